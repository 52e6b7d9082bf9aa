//! Staff: who may do what to whom, and that it holds at the next request, on every server.

use super::{passkeys, tokens};
use crate::support::{Actor, School, key::Key, seed};
use serde_json::{Value, json};

async fn id(school: &School, login: &str) -> String {
    school.staff_id(login).await.uuid().to_string()
}

/// The actions of the last entries about a person, newest first.
async fn acts(school: &School, login: &str) -> Vec<String> {
    let lines = school.auditor().await.get("/api/trail?kind=staff").await.is(200).json;
    let mut acts = Vec::new();
    for line in lines["items"].as_array().unwrap().iter().filter(|line| line["action"] != "shown") {
        let entry = school.auditor().await.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json;
        if entry["record"]["mark"] == id(school, login).await.replace('-', "")[26..] {
            acts.push(line["action"].as_str().unwrap().to_owned());
        }
    }
    acts
}

fn somebody() -> Value {
    json!({ "login": "bai", "name": "白老师", "roles": ["teacher"], "campuses": [], "phone": "10012345678", "email": "bai@example.com" })
}

#[tokio::test]
async fn only_the_administrator_with_a_fresh_passkey_touches_staff() {
    let school = School::open().await;
    let li = id(&school, "li").await;
    let acts: [(&str, String, Option<Value>); 7] = [
        ("POST", "/api/staff".into(), Some(somebody())),
        ("PATCH", format!("/api/staff/{li}"), Some(json!({ "version": 1, "name": "李" }))),
        ("POST", format!("/api/staff/{li}/suspensions"), None),
        ("DELETE", format!("/api/staff/{li}/suspensions"), None),
        ("DELETE", format!("/api/staff/{li}/sessions"), None),
        ("POST", format!("/api/staff/{li}/departures"), Some(json!({ "families": 0 }))),
        ("POST", format!("/api/staff/{li}/enrolments"), None),
    ];
    let stale = school.stale("shen").await;
    for (method, path, body) in &acts {
        for login in ["li", "chen", "wu", "zheng", "meng", "gu", "han"] {
            school.staff(login).await.ask(method, path, body.as_ref()).await.refused(403, "forbidden");
        }
        school.guardian().await.ask(method, path, body.as_ref()).await.refused(404, "not_found");
        school.nobody().ask(method, path, body.as_ref()).await.refused(401, "not_signed_in");
        stale.ask(method, path, body.as_ref()).await.refused(403, "step_up_required");
    }
    for path in [format!("/api/staff/{li}"), format!("/api/staff/{li}/departures"), "/api/staff?role=teacher".into()] {
        for login in ["li", "meng", "gu", "han"] {
            school.staff(login).await.get(&path).await.refused(403, "forbidden");
        }
    }
    school.consultant().await.get("/api/session").await.is(200);
}

#[tokio::test]
async fn a_member_of_staff_is_taken_in_with_a_sealed_contact_and_found_by_the_filters() {
    let school = School::open().await;
    let shen = school.administrator().await;
    let made = shen.post("/api/staff", somebody()).await.is(201).json;
    assert_eq!((made["state"].as_str(), made["roles"][0].as_str()), (Some("active"), Some("teacher")));
    assert_eq!(made["phone"], json!({ "state": "masked", "value": "100****5678" }));
    let files = school.files();
    for value in ["10012345678", "bai@example.com"] {
        assert!(!files.windows(value.len()).any(|window| window == value.as_bytes()), "{value} lies in the folder");
    }
    let found = |query: &'static str| {
        let shen = shen.clone();
        async move {
            let page = shen.get(&format!("/api/staff{query}")).await.is(200).json;
            page["items"].as_array().unwrap().iter().map(|card| card["login"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert!(found("?role=teacher").await.contains(&"bai".to_owned()));
    assert!(!found("?role=auditor").await.contains(&"bai".to_owned()));
    assert!(!found("?state=left").await.contains(&"bai".to_owned()));
    assert_eq!(acts(&school, "bai").await.last().map(String::as_str), Some("staff_created"));
    shen.get("/api/staff?phone=1").await.refused(400, "malformed_request");
}

#[tokio::test]
async fn what_is_wrong_with_somebody_new_is_told_at_once_and_nothing_is_stored() {
    let school = School::open().await;
    let shen = school.administrator().await;
    let bad = json!({ "login": "白", "name": " ", "roles": ["guardian"], "phone": "1", "email": "100****5678" });
    let told = shen.post("/api/staff", bad).await.refused(422, "invalid_fields").json;
    let at: Vec<&str> = told["fields"].as_array().unwrap().iter().map(|field| field["at"].as_str().unwrap()).collect();
    assert_eq!(at, ["login", "name", "roles", "phone", "email"]);
    let mut taken = somebody();
    taken["login"] = json!("LI");
    let told = shen.post("/api/staff", taken).await.refused(422, "invalid_fields").json;
    assert_eq!(told["fields"][0], json!({ "at": "login", "code": "taken" }));
    let mut nowhere = somebody();
    nowhere["campuses"] = json!(["00000000-0000-0000-0000-000000000009"]);
    shen.post("/api/staff", nowhere).await.refused(422, "invalid_fields");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM staff WHERE login = 'bai'").await, 0);
}

#[tokio::test]
async fn roles_and_campuses_hold_at_the_next_request_on_both_servers() {
    let school = School::open().await;
    let (shen, zheng) = (school.administrator().await, school.finance().await);
    let elsewhere = zheng.at(&school.second().await);
    let total = |actor: Actor| async move { actor.get("/api/families").await.is(200).json["total"].as_u64().unwrap() };
    assert!(total(zheng.clone()).await > 0 && total(elsewhere.clone()).await > 0);
    let path = format!("/api/staff/{}", id(&school, "zheng").await);
    let card = shen.patch(&path, json!({ "version": 1, "campuses": [] })).await.is(200).json;
    assert_eq!((total(zheng.clone()).await, total(elsewhere.clone()).await), (0, 0));
    zheng.get("/api/trail").await.refused(403, "forbidden");
    shen.patch(&path, json!({ "version": card["version"], "roles": ["finance", "auditor"] })).await.is(200);
    for actor in [&zheng, &elsewhere] {
        actor.get("/api/trail").await.is(200);
    }
    let done = acts(&school, "zheng").await;
    assert!(done.contains(&"roles_changed".to_owned()) && done.contains(&"campuses_changed".to_owned()), "{done:?}");
    let late = shen.patch(&path, json!({ "version": 1, "name": "郑" })).await.refused(409, "version_conflict").json;
    assert_eq!(late["current"]["version"], 3);
}

#[tokio::test]
async fn nobody_changes_their_own_roles_or_campuses() {
    let school = School::open().await;
    let shen = school.administrator().await;
    let path = format!("/api/staff/{}", id(&school, "shen").await);
    for change in [json!({ "version": 1, "roles": ["administrator", "principal"] }), json!({ "version": 1, "campuses": [] })] {
        shen.patch(&path, change).await.refused(422, "own_roles");
    }
    shen.patch(&path, json!({ "version": 1, "name": "沈" })).await.is(200);
}

#[tokio::test]
async fn the_three_duties_stay_apart_unless_the_school_allows_two() {
    let school = School::open().await;
    let shen = school.administrator().await;
    let path = format!("/api/staff/{}", id(&school, "gu").await);
    let two = |version| json!({ "version": version, "roles": ["privacy_officer", "auditor"] });
    let three = |version| json!({ "version": version, "roles": ["privacy_officer", "auditor", "administrator"] });
    shen.patch(&path, two(1)).await.refused(422, "duties_apart");
    let mut new = somebody();
    new["roles"] = json!(["administrator", "auditor"]);
    shen.post("/api/staff", new.clone()).await.refused(422, "duties_apart");
    shen.patch("/api/school/settings", json!({ "two_of_three": true })).await.is(200);
    shen.patch(&path, two(1)).await.is(200);
    shen.patch(&path, three(2)).await.refused(422, "duties_apart");
    // What somebody holds now does not become forbidden behind their back.
    shen.patch("/api/school/settings", json!({ "two_of_three": false })).await.refused(422, "duties_apart");
    shen.patch(&path, json!({ "version": 2, "roles": ["privacy_officer"] })).await.is(200);
    shen.patch("/api/school/settings", json!({ "two_of_three": false })).await.is(200);
    shen.post("/api/staff", new).await.refused(422, "duties_apart");
}

async fn last_administrator(school: &School) {
    let shen = school.administrator().await;
    let own = id(school, "shen").await;
    shen.post(&format!("/api/staff/{own}/suspensions"), json!({})).await.refused(422, "last_administrator");
    shen.post(&format!("/api/staff/{own}/departures"), json!({ "families": 0 })).await.refused(422, "last_administrator");
    let mut new = somebody();
    new["roles"] = json!(["administrator"]);
    let bai = shen.post("/api/staff", new).await.is(201).json["id"].as_str().unwrap().to_owned();
    let second = school.staff("bai").await;
    // Of two who suspend each other, one stays.
    let (theirs, ours) = (format!("/api/staff/{own}/suspensions"), format!("/api/staff/{bai}/suspensions"));
    let (one, two) = tokio::join!(second.post(&theirs, json!({})), shen.post(&ours, json!({})));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!([401, 422].contains(&statuses[1]), "{statuses:?}");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM staff WHERE active AND login IN ('shen', 'bai')").await, 1);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    last_administrator(&School::open().await).await;
}

async fn suspension(school: &School) {
    let (shen, li) = (school.administrator().await, school.consultant().await);
    let elsewhere = li.at(&school.second().await);
    let path = format!("/api/staff/{}", id(school, "li").await);
    let link = shen.post(&format!("{path}/enrolments"), json!({})).await.is(201).json;
    let token = link["url"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    li.get("/api/families").await.is(200);
    let card = shen.post(&format!("{path}/suspensions"), json!({})).await.is(200).json;
    assert_eq!((card["state"].as_str(), card["sessions"].as_u64()), (Some("suspended"), Some(0)));
    for actor in [&li, &elsewhere] {
        actor.get("/api/families").await.refused(401, "not_signed_in");
    }
    school.nobody().post("/api/enrolments/open", json!({ "token": token })).await.refused(410, "lapsed");
    shen.post(&format!("{path}/suspensions"), json!({})).await.refused(404, "not_found");
    assert_eq!(shen.delete(&format!("{path}/suspensions")).await.is(200).json["state"], "active");
    li.get("/api/families").await.refused(401, "not_signed_in");
    school.nobody().post("/api/enrolments/open", json!({ "token": token })).await.refused(410, "lapsed");
    school.consultant().await.get("/api/families").await.is(200);
    // The second suspension came to nothing, and is written down as what it was.
    assert_eq!(acts(school, "li").await[..3], ["staff_restored", "refused", "staff_suspended"]);
}

#[tokio::test]
async fn a_suspension_ends_sessions_and_links_at_once_and_the_old_ones_do_not_come_back() {
    suspension(&School::open().await).await;
}

#[tokio::test]
async fn ending_all_sessions_leaves_the_person_free_to_come_back() {
    let school = School::open().await;
    let (shen, one, two) = (school.administrator().await, school.consultant().await, school.consultant().await);
    shen.delete(&format!("/api/staff/{}/sessions", id(&school, "li").await)).await.is(200);
    one.get("/api/families").await.refused(401, "not_signed_in");
    two.get("/api/families").await.refused(401, "not_signed_in");
    school.consultant().await.get("/api/families").await.is(200);
    shen.delete("/api/staff/00000000-0000-0000-0000-000000000009/sessions").await.refused(404, "not_found");
}

async fn departure(school: &School) {
    let (shen, zhou) = (school.administrator().await, school.other_consultant().await);
    // Every way in that somebody can have: a passkey, recovery codes, a token for a program, a link that nobody has used.
    let mut key = Key::new(&school.origin);
    let enrolled = passkeys::enrol(school, &mut key, "li").await;
    let code = enrolled.json["recovery_codes"][0].clone();
    let li = school.consultant().await.with_token(enrolled.token());
    let (_, secret) = tokens::living(school, &li, tokens::wish("consultant")).await;
    tokens::program(&li, "GET", "/api/families", &secret).await.is(200);
    let link = passkeys::link(school, "li").await;
    let begun = passkeys::begin(school, None).await;
    let of_li = async |table: &str, by: &str| {
        school.number(&format!("SELECT COUNT(*) AS n FROM {table} JOIN staff ON staff.id = {table}.{by} WHERE login = 'li'")).await
    };
    assert_eq!((of_li("passkey", "owner_id").await, of_li("recovery_code", "staff_id").await), (1, 10));
    let known = seed::known(&li).await;
    let card = format!("/api/families/{}", known.family);
    zhou.get(&card).await.refused(404, "not_found");
    let path = format!("/api/staff/{}/departures", id(school, "li").await);
    let plan = shen.get(&path).await.is(200).json;
    let families = plan["families"].as_u64().unwrap();
    assert!(families > 0 && plan["sessions"].as_u64().unwrap() > 0);
    assert_eq!((&plan["passkeys"], &plan["links"]), (&json!(1), &json!(1)));
    assert!(!shen.get(&path).await.text().contains(&known.family));
    let to = id(school, "zhou").await;
    // Without a successor, to somebody who is none, to themselves, or by another number: nothing happens.
    for body in [
        json!({ "families": families }),
        json!({ "families": families, "to": id(school, "chen").await }),
        json!({ "families": families, "to": id(school, "li").await }),
        json!({ "families": families + 1, "to": to }),
    ] {
        shen.post(&path, body).await.refused(422, "invalid_fields");
    }
    li.get(&card).await.is(200);
    let before = li.get(&card).await.is(200).json["version"].as_i64().unwrap();
    let left = shen.post(&path, json!({ "families": families, "to": to })).await.is(200).json;
    assert_eq!((left["state"].as_str(), left["passkeys"].as_u64()), (Some("left"), Some(0)));
    li.get(&card).await.refused(401, "not_signed_in");
    assert_eq!((of_li("passkey", "owner_id").await, of_li("recovery_code", "staff_id").await), (0, 0));
    tokens::program(&li, "GET", "/api/families", &secret).await.refused(401, "not_signed_in");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM api_token WHERE state = 'living'").await, 0);
    for begun in [begun, passkeys::begin(school, None).await] {
        let credential = key.assert(&begun["options"]);
        passkeys::finish(school, &begun, credential).await.refused(401, "sign_in_refused");
    }
    school.nobody().post("/api/recovery/begin", json!({ "login": "li", "code": code })).await.refused(401, "sign_in_refused");
    school.nobody().post("/api/enrolments/open", json!({ "token": link })).await.refused(410, "lapsed");
    let now = zhou.get(&card).await.is(200).json;
    assert_eq!(now["version"].as_i64(), Some(before + 1));
    shen.get(&card).await.refused(404, "not_found");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM family JOIN staff ON staff.id = owner_id WHERE login = 'li'").await, 0);
    // Gone for good: neither a link nor a restoration brings them back.
    let base = format!("/api/staff/{}", id_of_left(school, "li").await);
    shen.post(&format!("{base}/enrolments"), json!({})).await.refused(404, "not_found");
    shen.delete(&format!("{base}/suspensions")).await.refused(404, "not_found");
    shen.patch(&base, json!({ "version": 2, "name": "李" })).await.refused(404, "not_found");
    let conflict = zhou.patch(&card, json!({ "version": before, "stage": "left" })).await.refused(409, "version_conflict").json;
    assert_eq!(conflict["since"][0]["action"], "changed");
}

#[tokio::test]
async fn whoever_leaves_hands_over_and_the_administrator_learns_numbers_alone() {
    departure(&School::open().await).await;
}

async fn id_of_left(school: &School, login: &str) -> String {
    let page = school.administrator().await.get("/api/staff?state=left").await.is(200).json;
    let card = page["items"].as_array().unwrap().iter().find(|card| card["login"] == login).unwrap().clone();
    card["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_act_that_cannot_be_written_down_does_not_happen() {
    let school = School::open().await;
    let (shen, li) = (school.administrator().await, school.consultant().await);
    let path = format!("/api/staff/{}/suspensions", id(&school, "li").await);
    school.sql("CREATE TRIGGER no_more BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'full'); END").await;
    shen.post(&path, json!({})).await.refused(503, "trail_unavailable");
    school.sql("DROP TRIGGER no_more").await;
    li.get("/api/families").await.is(200);
}

#[tokio::test]
async fn on_postgresql_the_last_administrator_stays() {
    if let Some(school) = School::on_postgres().await {
        last_administrator(&school).await;
    }
}

#[tokio::test]
async fn on_postgresql_whoever_leaves_hands_over_and_the_administrator_learns_numbers_alone() {
    if let Some(school) = School::on_postgres().await {
        departure(&school).await;
    }
}

#[tokio::test]
async fn on_postgresql_a_suspension_ends_sessions_and_links_at_once_and_the_old_ones_do_not_come_back() {
    if let Some(school) = School::on_postgres().await {
        suspension(&school).await;
    }
}
