//! Who sees which family, and how much of it.

use crate::support::{Actor, School, seed};
use contract::mask;
use serde_json::{Value, json};

async fn card(actor: &Actor, family: &str) -> Value {
    actor.get(&format!("/api/families/{family}")).await.is(200).json
}

fn masked(mask: contract::shown::Masked) -> Value {
    json!({ "state": "masked", "value": mask.as_str() })
}

fn clear(value: &str) -> Value {
    json!({ "state": "clear", "value": value })
}

fn withheld() -> Value {
    json!({ "state": "withheld" })
}

/// The same question about a record that is out of reach and about one that does not exist has one answer.
async fn is_as_if_it_were_not_there(actor: &Actor, path: &str, id: &str) {
    let forbidden = actor.get(&format!("{path}/{id}")).await.refused(404, "not_found");
    let missing = actor.get(&format!("{path}/{}", uuid::Uuid::now_v7())).await.refused(404, "not_found");
    assert_eq!(forbidden.without_trace(), missing.without_trace());
    let names = |answer: &crate::support::Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&forbidden), names(&missing));
    assert_eq!(forbidden.header("content-length"), missing.header("content-length"));
}

#[tokio::test]
async fn a_consultant_sees_a_masked_phone_of_an_own_family() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let card = card(&li, &known.family).await;
    let guardian = &card["guardians"][0];
    assert_eq!(guardian["phone"], masked(mask::phone(seed::VALUES.phone)));
    assert_eq!(guardian["name"], masked(mask::name(seed::VALUES.guardian)));
    assert_eq!(guardian["id_card"], withheld());
    assert_eq!(card["students"][0]["health_note"], withheld());
    assert_eq!(card["notes"][0]["body"], clear(seed::VALUES.note));
    assert_eq!(card["may_keep"], true);
}

#[tokio::test]
async fn a_consultant_finds_the_own_families_in_the_list_and_no_others() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let page = li.get("/api/families?limit=100").await.is(200).json;
    let id = serde_json::to_value(li.who.unwrap().uuid()).unwrap();
    let rows = page["items"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == known.family));
    assert!(rows.iter().all(|row| row["owner"]["id"] == id));
    assert_eq!(page["total"], rows.len());
    assert_eq!(page["shown_as"], json!(["consultant"]));
}

#[tokio::test]
async fn a_colleagues_family_is_not_found() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let other = school.other_consultant().await;
    is_as_if_it_were_not_there(&other, "/api/families", &known.family).await;
    let because = seed::because("guardian.phone");
    for path in [
        format!("/api/guardians/{}/reveals", known.guardian),
        format!("/api/students/{}/reveals", known.student),
        format!("/api/notes/{}/reveals", known.note),
    ] {
        let forbidden = other.post(&path, because.clone()).await.refused(404, "not_found");
        let missing = path.replace(path.split('/').nth(3).unwrap(), &uuid::Uuid::now_v7().to_string());
        let missing = other.post(&missing, because.clone()).await.refused(404, "not_found");
        assert_eq!(forbidden.without_trace(), missing.without_trace());
    }
    for (path, body) in [
        (format!("/api/families/{}", known.family), json!({ "version": 1, "stage": "left" })),
        (format!("/api/students/{}", known.student), json!({ "version": 1, "name": { "set": "温庭" } })),
        (format!("/api/guardians/{}", known.guardian), json!({ "version": 1, "name": { "set": "温庭" } })),
    ] {
        other.patch(&path, body).await.refused(404, "not_found");
    }
    other.post(&format!("/api/families/{}/notes", known.family), json!({ "body": "路过" })).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_refusal_is_written_down_like_a_look() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let before = school.trail_length().await;
    school.other_consultant().await.get(&format!("/api/families/{}", known.family)).await.refused(404, "not_found");
    assert_eq!(school.trail_length().await, before + 1);
}

#[tokio::test]
async fn a_teacher_sees_only_pupils_taught_today() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let chen = school.teacher().await;
    is_as_if_it_were_not_there(&chen, "/api/families", &known.family).await;
    seed::teach(&school, &known.student, "chen").await;
    let card = card(&chen, &known.family).await;
    assert_eq!(card["students"][0]["name"], clear(seed::VALUES.student));
    assert_eq!(card["students"][0]["address"], withheld());
    assert_eq!(card["guardians"][0]["phone"], withheld());
    assert_eq!(card["guardians"][0]["name"], masked(mask::name(seed::VALUES.guardian)));
    assert_eq!(card["may_keep"], false);
    school.sql("UPDATE enrolment SET ends = date('now', '-2 days') WHERE ends IS NULL").await;
    is_as_if_it_were_not_there(&chen, "/api/families", &known.family).await;
}

#[tokio::test]
async fn a_registrar_sees_names_of_the_own_campus_and_masked_phones() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let wu = school.registrar().await;
    let card = card(&wu, &known.family).await;
    assert_eq!(card["students"][0]["name"], clear(seed::VALUES.student));
    assert_eq!(card["students"][0]["id_card"], masked(mask::id_card(&seed::id_card(seed::VALUES.student_id_card))));
    assert_eq!(card["guardians"][0]["phone"], masked(mask::phone(seed::VALUES.phone)));
    assert_eq!(card["guardians"][0]["employer"], withheld());
    assert_eq!(card["students"][0]["can"]["ask"], json!(["student.id_card"]));
}

#[tokio::test]
async fn a_registrar_of_another_campus_finds_nothing() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let here = seed::campus(&school.registrar().await).await;
    let mut others = 0;
    for person in school.db.staff_logins().await.unwrap() {
        let registrar = school.staff(&person.login).await;
        if person.roles.has(contract::rights::Role::Registrar) && seed::campus(&registrar).await != here {
            is_as_if_it_were_not_there(&registrar, "/api/families", &known.family).await;
            others += 1;
        }
    }
    assert!(others > 0);
}

#[tokio::test]
async fn finance_sees_who_pays_and_not_how_to_reach_the_child() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let card = card(&school.finance().await, &known.family).await;
    assert_eq!(card["guardians"][0]["name"], clear(seed::VALUES.guardian));
    assert_eq!(card["guardians"][0]["phone"], masked(mask::phone(seed::VALUES.phone)));
    assert_eq!(card["guardians"][0]["email"], withheld());
    assert_eq!(card["students"][0]["birth_date"], withheld());
    assert_eq!(card["notes"][0]["body"], withheld());
}

#[tokio::test]
async fn a_principal_sees_every_campus_masked() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let meng = school.principal().await;
    let card = card(&meng, &known.family).await;
    assert_eq!(card["students"][0]["name"], masked(mask::name(seed::VALUES.student)));
    assert_eq!(card["guardians"][0]["email"], masked(mask::email(seed::VALUES.email)));
    let page = meng.get("/api/families?limit=100").await.is(200).json;
    let campuses: std::collections::BTreeSet<_> =
        page["items"].as_array().unwrap().iter().map(|row| row["campus"]["id"].to_string()).collect();
    assert!(campuses.len() > 1);
}

#[tokio::test]
async fn an_administrator_an_officer_and_an_auditor_see_no_family() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    for actor in [school.administrator().await, school.privacy_officer().await, school.auditor().await] {
        let page = actor.get("/api/families").await.is(200).json;
        assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)));
        is_as_if_it_were_not_there(&actor, "/api/families", &known.family).await;
        actor.post("/api/families/search", json!({ "by": "phone", "text": seed::VALUES.phone })).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_guardian_is_not_served_by_the_staff_routes() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let guardian = school.guardian_of(&known.guardian).await;
    guardian.get("/api/families").await.refused(404, "not_found");
    guardian.get(&format!("/api/families/{}", known.family)).await.refused(404, "not_found");
    guardian.post("/api/families/search", json!({ "by": "name", "text": "诸葛" })).await;
    guardian.post("/api/families/exports", json!({ "format": "csv" })).await.refused(404, "not_found");
    guardian.post(&format!("/api/students/{}/reveals", known.student), seed::because("student.id_card")).await.refused(404, "not_found");
    guardian.get("/api/school").await.refused(404, "not_found");
}

#[tokio::test]
async fn nobody_gets_nothing() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let nobody = school.nobody();
    for path in ["/api/account", "/api/school", "/api/families", "/api/policy", "/api/trail", "/api/staff"] {
        nobody.get(path).await.refused(401, "not_signed_in");
    }
    nobody.get(&format!("/api/families/{}", known.family)).await.refused(401, "not_signed_in");
    nobody.get("/api/portal/children").await.refused(401, "not_signed_in");
    nobody.get("/api/health").await.is(200);
}

#[tokio::test]
async fn duties_open_their_pages_and_no_others() {
    let school = School::open().await;
    let pages = ["/api/policy", "/api/trail", "/api/staff"];
    for (login, opens) in [
        ("li", [false, false, false]),
        ("chen", [false, false, false]),
        ("zheng", [false, false, false]),
        ("meng", [true, false, false]),
        ("shen", [true, false, true]),
        ("gu", [true, true, false]),
        ("han", [true, true, false]),
    ] {
        let actor = school.staff(login).await;
        for (page, open) in pages.iter().zip(opens) {
            let answer = actor.get(page).await;
            if open {
                answer.is(200)
            } else {
                answer.refused(403, "forbidden")
            };
        }
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let school = School::open().await;
    let meng = school.principal().await;
    let total = meng.get("/api/families?limit=1").await.is(200).json["total"].as_u64().unwrap();
    let (mut seen, mut after) = (std::collections::BTreeSet::new(), String::new());
    loop {
        let page = meng.get(&format!("/api/families?limit=7{after}")).await.is(200).json;
        for row in page["items"].as_array().unwrap() {
            assert!(seen.insert(row["id"].to_string()));
        }
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen.len() as u64, total);
}
