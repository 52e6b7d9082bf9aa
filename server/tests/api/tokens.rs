//! Tokens for programs over HTTP.
//!
//! The rule: two people make one, it reads masks on the routes that the ledger names and nothing anywhere else, and it is over at the next
//! request when what it stands on is. Deliberately absent: what the policy gives a program, which is a property held in the guard.

use super::{alarms::raised, processes::Server, route_ledger::operations};
use crate::support::{Actor, Answer, School, actors::Times, log, seed};
use axum::{Extension, body::Body, extract::ConnectInfo, http::header};
use serde_json::{Value, json};
use server::ledger::{BY_TOKEN, For, ROUTES};
use std::{collections::BTreeSet, net::SocketAddr};

/// What is asked for, by a role.
pub(super) fn wish(role: &str) -> Value {
    json!({ "name": "每日名单", "why": "每天早上核对名单，出错打 13800138000", "role": role, "days": 30 })
}

async fn ask(who: &Actor, wish: Value) -> String {
    who.post("/api/tokens", wish).await.is(201).json["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn decide(who: &Actor, id: &str, confirm: bool) -> Answer {
    who.post(&format!("/api/tokens/{id}/decision"), json!({ "confirm": confirm })).await
}

async fn make(who: &Actor, id: &str) -> Answer {
    who.post(&format!("/api/tokens/{id}/secrets"), json!({})).await
}

async fn one(who: &Actor, id: &str) -> Value {
    let list = who.get("/api/tokens").await.is(200).json;
    list["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
}

/// A token of `who` that the principal confirmed: its id and its secret.
pub(super) async fn living(school: &School, who: &Actor, wish: Value) -> (String, String) {
    let id = ask(who, wish).await;
    decide(&school.privacy_officer().await, &id, true).await.is(200);
    let secret = make(who, &id).await.is(201).json["secret"].as_str().unwrap().to_owned();
    (id, secret)
}

/// A program, which has no cookie.
pub(super) async fn program(at: &Actor, method: &str, path: &str, secret: &str) -> Answer {
    let request = at.with_token(None).request(method, path).header(header::AUTHORIZATION, format!("Bearer {secret}"));
    at.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap()).await
}

async fn reads_masks(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let wu = school.registrar().await;
    let (id, secret) = living(school, &wu, wish("registrar")).await;
    assert!(secret.starts_with("shendu_") && secret.len() == 50, "43 digits are 256 bits");
    let card = format!("/api/families/{}", known.family);
    let own = wu.get(&card).await.is(200).json;
    assert_eq!(own["students"][0]["name"]["state"], "clear", "the person sees it");
    let read = program(&wu, "GET", &card, &secret).await.is(200);
    assert_eq!(read.json["students"][0]["name"]["state"], "masked");
    assert_eq!(read.json["guardians"][0]["phone"], json!({ "state": "masked", "value": "100****5678" }));
    for path in [card.as_str(), "/api/families", "/api/school", "/api/classes"] {
        let text = program(&wu, "GET", path, &secret).await.is(200).text();
        assert!(!text.contains(r#""state":"clear""#) && !text.contains(seed::VALUES.student), "{path} {text}");
    }
    assert_eq!(read.json["guardians"][0]["can"], json!({ "reveal": [], "ask": [], "edit": [] }));

    // Guardians and whoever reads the trail are told that a program looked, in whose name.
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let by_program: Vec<&Value> = ledger["lines"].as_array().unwrap().iter().filter(|line| line["program"] == true).collect();
    assert!(!by_program.is_empty() && by_program.iter().all(|line| line["roles"] == json!(["registrar"])), "{ledger}");
    let trail = school.auditor().await.get("/api/trail?action=shown").await.is(200).json;
    let seq = trail["items"].as_array().unwrap().iter().find(|line| line["program"] == true).unwrap()["seq"].clone();
    let entry = school.auditor().await.get(&format!("/api/trail/{seq}")).await.is(200).json;
    assert!(id.replace('-', "").ends_with(entry["token"].as_str().unwrap()) && entry["session"].is_null(), "{entry}");
    assert!(one(&wu, &id).await["used_at"].is_string());
}

#[tokio::test]
async fn a_program_reads_masks_and_everybody_is_told_that_it_was_one() {
    reads_masks(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_program_reads_masks() {
    if let Some(school) = School::on_postgres().await {
        reads_masks(&school).await;
    }
}

/// Every route of the ledger, with every role that takes a token.
#[tokio::test]
async fn a_token_opens_the_routes_that_the_ledger_names_and_no_other() {
    let school = School::open().await;
    let (meng, nobody) = (school.principal().await, school.nobody());
    let family = seed::known(&school.consultant().await).await.family;
    let class = meng.get("/api/classes").await.is(200).json["items"][0]["id"].as_str().unwrap().to_owned();
    let (_, secret) = living(&school, &meng, wish("principal")).await;
    let before = school.number("SELECT COUNT(*) AS n FROM session").await;
    for (method, path, whom, ..) in ROUTES.iter().copied() {
        let id = if path.contains("classes") { &class } else { &family };
        let real = path.replace("{id}", id);
        let answer = program(&nobody, method, &real, &secret).await;
        match (method == "GET" && BY_TOKEN.contains(&path), whom) {
            (true, _) => drop(answer.is(200)),
            (false, For::Anybody) => {
                let without = nobody.ask(method, &real, Some(&json!({}))).await;
                assert_eq!((answer.status, answer.code()), (without.status, without.code()), "{method} {path}");
                // A ceremony begins with another challenge each time.
                if method == "GET" {
                    assert_eq!(answer.without_trace(), without.without_trace(), "{path}");
                }
            }
            (false, _) => drop(answer.refused(401, "not_signed_in")),
        }
    }
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM session").await, before);
    // Another method of a route that is open.
    for method in ["POST", "PATCH", "DELETE", "HEAD"] {
        let answer = program(&nobody, method, "/api/families", &secret).await;
        assert!(answer.status >= 400, "{method}");
    }
    program(&nobody, "GET", "/api/families?when=none", &secret).await.is(400);
}

#[test]
fn what_a_token_opens_is_read_by_staff_and_the_document_says_so() {
    let (_, operations) = operations();
    let listed: BTreeSet<&str> = BY_TOKEN.iter().copied().collect();
    assert_eq!(listed.len(), BY_TOKEN.len(), "a route is listed twice");
    for path in BY_TOKEN {
        assert!(ROUTES.iter().any(|(method, of, whom, ..)| *method == "GET" && of == path && *whom == For::Staff), "{path}");
    }
    let said: BTreeSet<&str> =
        operations.iter().filter(|(_, operation)| !operation["security"].is_null()).map(|((_, path), _)| path.as_str()).collect();
    assert_eq!(said, listed);
}

#[tokio::test]
async fn a_request_with_a_cookie_and_a_token_is_nobodys() {
    let school = School::open().await;
    let li = school.consultant().await;
    let (_, secret) = living(&school, &li, wish("consultant")).await;
    for path in ["/api/families", "/api/today", "/api/account"] {
        for value in [format!("Bearer {secret}"), "bearer x".into()] {
            let request = li.request("GET", path).header(header::AUTHORIZATION, value).body(Body::empty()).unwrap();
            li.send(request).await.refused(401, "not_signed_in");
        }
        // What a proxy before the server asks for is its own.
        let request = li.request("GET", path).header(header::AUTHORIZATION, "Basic eDp5").body(Body::empty()).unwrap();
        li.send(request).await.is(200);
    }
    for sent in ["", "shendu_", &format!("{secret}x"), &secret.to_uppercase(), &secret.replace("shendu_", "")] {
        program(&li, "GET", "/api/families", sent).await.refused(401, "not_signed_in");
    }
    program(&li, "GET", &format!("/api/families?token={secret}"), "x").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn it_takes_two_people_with_a_passkey_and_the_secret_is_shown_once() {
    let school = School::open().await;
    let (li, meng) = (school.consultant().await, school.principal().await);
    school.stale("li").await.post("/api/tokens", wish("consultant")).await.refused(403, "step_up_required");
    li.post("/api/tokens", wish("principal")).await.refused(403, "forbidden");
    school.administrator().await.post("/api/tokens", wish("administrator")).await.refused(403, "forbidden");
    li.post("/api/tokens", json!({ "name": "", "why": "核对", "role": "consultant", "days": 30 })).await.refused(422, "invalid_fields");
    let id = ask(&li, wish("consultant")).await;
    assert!(!one(&li, &id).await["words"].as_str().unwrap().contains("13800138000"));
    make(&li, &id).await.refused(410, "lapsed");
    for who in [school.administrator().await, school.auditor().await, school.registrar().await, li.clone()] {
        decide(&who, &id, true).await.refused(403, "forbidden");
    }
    decide(&school.stale("meng").await, &id, true).await.refused(403, "step_up_required");
    assert_eq!(meng.get("/api/waiting").await.is(200).json["tokens"], 1);
    decide(&meng, &id, true).await.is(200);
    assert_eq!(meng.get("/api/waiting").await.is(200).json["tokens"], 0);
    make(&meng, &id).await.refused(404, "not_found");
    make(&school.stale("li").await, &id).await.refused(403, "step_up_required");
    make(&li, &id).await.is(201);
    make(&li, &id).await.refused(410, "lapsed");
    decide(&meng, &id, true).await.refused(410, "lapsed");
    // One's own never waits for oneself.
    let own = ask(&meng, wish("principal")).await;
    assert_eq!(meng.get("/api/waiting").await.is(200).json["tokens"], 0);
    decide(&meng, &own, true).await.refused(404, "not_found");
    // Others know of none that is not theirs.
    let wu = school.registrar().await;
    assert_eq!(wu.get("/api/tokens").await.is(200).json["items"], json!([]));
    wu.delete(&format!("/api/tokens/{id}")).await.refused(404, "not_found");
    school.guardian().await.get("/api/tokens").await.refused(404, "not_found");
}

#[tokio::test]
async fn it_is_over_at_the_next_request_when_what_it_stands_on_is() {
    let school = School::open().await;
    let (li, shen) = (school.consultant().await, school.administrator().await);
    let works = async |secret: &str| program(&li, "GET", "/api/families", secret).await.status == 200;

    // Its owner, whoever approves and the administrator end it; nobody else.
    for ends in [li.clone(), school.principal().await, school.privacy_officer().await, shen.clone()] {
        let (id, secret) = living(&school, &li, wish("consultant")).await;
        assert!(works(&secret).await);
        ends.delete(&format!("/api/tokens/{id}")).await.is(200);
        assert!(!works(&secret).await);
        ends.delete(&format!("/api/tokens/{id}")).await.refused(410, "lapsed");
    }
    // Time, another role, a rung that was raised, by the row alone.
    let (_, secret) = living(&school, &li, wish("consultant")).await;
    for (end, back) in [
        ("UPDATE staff SET roles = 8 WHERE login = 'li'", "UPDATE staff SET roles = 1 WHERE login = 'li'"),
        ("UPDATE api_token SET credential = 'mfa'", "UPDATE api_token SET credential = 'passkey'"),
        (
            "UPDATE api_token SET state = 'confirmed' WHERE state = 'living'",
            "UPDATE api_token SET state = 'living' WHERE state = 'confirmed'",
        ),
        ("UPDATE staff SET active = FALSE WHERE login = 'li'", "UPDATE staff SET active = TRUE WHERE login = 'li'"),
        ("UPDATE api_token SET until = until - 32 * 86400000000", "UPDATE api_token SET until = until + 32 * 86400000000"),
    ] {
        assert!(works(&secret).await, "before {end}");
        school.sql(end).await;
        assert!(!works(&secret).await, "{end}");
        school.sql(back).await;
    }
    assert!(works(&secret).await);
    // A suspension ends it for good, and so do all sessions at once.
    let who = li.who.unwrap().uuid();
    shen.post(&format!("/api/staff/{who}/suspensions"), json!({})).await.is(200);
    assert!(!works(&secret).await);
    shen.delete(&format!("/api/staff/{who}/suspensions")).await.is(200);
    assert!(!works(&secret).await);
    let li = school.consultant().await;
    let (_, secret) = living(&school, &li, wish("consultant")).await;
    shen.delete(&format!("/api/staff/{who}/sessions")).await.is(200);
    assert!(!works(&secret).await);
}

/// The matrix names the first place over the teacher, and the administrator gives it to chen.
async fn homeroom(school: &School, zh: &str, scope: &str) {
    let named = json!([{ "role": "teacher_a", "zh": zh, "en": zh }]);
    seed::change(school, json!({ "roles": named, "scopes": [{ "role": "teacher_a", "scope": scope }] })).await;
    let shen = school.administrator().await;
    let path = format!("/api/staff/{}", school.staff_id("chen").await.uuid());
    let version = shen.get(&path).await.is(200).json["version"].clone();
    shen.patch(&path, json!({ "version": version, "roles": ["teacher", "teacher_a"] })).await.is(200);
}

async fn ends_with_its_role(school: &School) {
    homeroom(school, "班主任", "teaches_now").await;
    let (chen, gu) = (school.teacher().await, school.privacy_officer().await);
    let (id, secret) = living(school, &chen, wish("teacher_a")).await;
    let (_, other) = living(school, &chen, wish("teacher")).await;
    let waiting = ask(&chen, wish("teacher_a")).await;
    program(&chen, "GET", "/api/families", &secret).await.is(200);
    let version = gu.get("/api/policy").await.is(200).json["version"].clone();
    gu.patch("/api/policy", json!({ "version": version, "roles": [{ "role": "teacher_a", "zh": "", "en": "" }] })).await.is(200);
    program(&chen, "GET", "/api/families", &secret).await.refused(401, "not_signed_in");
    // Another role takes the place, reaches more and is given to the same person: it is not the role that was confirmed.
    homeroom(school, "年级组长", "all").await;
    let chen = school.teacher().await;
    program(&chen, "GET", "/api/families", &secret).await.refused(401, "not_signed_in");
    for id in [&id, &waiting] {
        assert_eq!(one(&chen, id).await["state"], "ended");
    }
    decide(&gu, &waiting, true).await.refused(410, "lapsed");
    let list = program(&chen, "GET", "/api/families", &other).await.is(200).json;
    assert_eq!((&list["find"], &list["may_export"]), (&json!([]), &json!(false)), "a program neither finds nor exports");
    let ended = school.auditor().await.get("/api/trail?action=token_ended").await.is(200).json;
    let who: Vec<&Value> = ended["items"].as_array().unwrap().iter().map(|line| &line["who"]).collect();
    assert_eq!(who, ["顾老师", "顾老师"]);
}

#[tokio::test]
async fn a_token_ends_with_the_role_that_the_school_gives_up() {
    ends_with_its_role(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_token_ends_with_the_role_that_the_school_gives_up() {
    if let Some(school) = School::on_postgres().await {
        ends_with_its_role(&school).await;
    }
}

#[tokio::test]
async fn from_another_network_it_is_nobodys_and_the_attempt_is_written_down() {
    let school = School::open().await;
    let li = school.consultant().await;
    let mut bound = wish("consultant");
    bound["networks"] = json!(["203.0.113.0/24"]);
    let (id, secret) = living(&school, &li, bound).await;
    assert_eq!(one(&li, &id).await["networks"], json!(["203.0.113.0/24"]));
    let from = |address: &str| {
        let router = school.router.clone().layer(Extension(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4000))));
        li.at(&router)
    };
    program(&from("203.0.113.9"), "GET", "/api/families", &secret).await.is(200);
    let before = school.trail_length().await;
    for elsewhere in [from("198.51.100.1"), li.clone()] {
        program(&elsewhere, "GET", "/api/families", &secret).await.refused(401, "not_signed_in");
    }
    assert_eq!(school.trail_length().await, before + 2);
    let refused = school.auditor().await.get("/api/trail?action=refused").await.is(200).json;
    assert_eq!(refused["items"][0]["program"], true);
}

#[tokio::test]
async fn the_secret_is_in_no_file_no_log_and_no_answer_but_one() {
    log::keep();
    let school = School::open().await;
    let li = school.consultant().await;
    let (id, secret) = living(&school, &li, wish("consultant")).await;
    program(&li, "GET", "/api/families", &secret).await.is(200);
    program(&li, "POST", "/api/tokens", &secret).await.refused(401, "not_signed_in");
    li.delete(&format!("/api/tokens/{id}")).await.is(200);
    let answer = program(&li, "GET", "/api/families", &secret).await.refused(401, "not_signed_in");
    let digits = secret.strip_prefix("shendu_").unwrap();
    assert!(!answer.text().contains(digits) && !log::lines().contains(digits));
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    let files = school.files();
    assert!(holds(&files, "token_made"), "the file of the trail is among them");
    assert!(!holds(&files, digits));
    for who in [&li, &school.principal().await] {
        assert!(!who.get("/api/tokens").await.is(200).text().contains(digits));
    }
}

#[tokio::test]
async fn nobody_has_more_than_five() {
    let school = School::open().await;
    let li = school.consultant().await;
    let first = ask(&li, wish("consultant")).await;
    for _ in 1..5 {
        ask(&li, wish("consultant")).await;
    }
    li.post("/api/tokens", wish("consultant")).await.refused(422, "invalid_fields");
    decide(&school.principal().await, &first, false).await.is(200);
    assert_eq!(one(&li, &first).await["state"], "refused");
    ask(&li, wish("consultant")).await;
}

#[tokio::test]
async fn a_token_is_asked_for_so_often_a_minute() {
    let school = School::open().await;
    let li = school.consultant().await;
    let (_, secret) = living(&school, &li, wish("consultant")).await;
    let mut answers = Vec::new();
    for _ in 0..130 {
        answers.push(program(&li, "GET", "/api/school", &secret).await);
    }
    answers.remove(0).is(200);
    answers.pop().unwrap().refused(429, "too_many_requests");
    li.get("/api/school").await.is(200);
}

#[tokio::test]
async fn a_confirmed_token_is_an_alarm_for_those_who_watch() {
    let school = School::open().await;
    let li = school.consultant().await;
    let _watch = Server::start_with(&school, &[]).await;
    let id = ask(&li, wish("consultant")).await;
    decide(&school.principal().await, &id, true).await.is(200);
    let seen = raised(&school.administrator().await, "token_confirmed").await;
    assert_eq!((&seen["severity"], &seen["who"], &seen["own"]), (&json!("notice"), &json!("孟校长"), &json!(false)));
}

/// Hours and networks of the role are those of the person; a token is masked within them as well.
#[tokio::test]
async fn somebody_who_is_slowed_down_is_slow_by_program_too() {
    let school = School::open().await;
    let li = school.session(school.staff_id("li").await, Times::FRESH).await;
    let (_, secret) = living(&school, &li, wish("consultant")).await;
    let until = (chrono::Utc::now() + chrono::TimeDelta::hours(1)).timestamp_micros();
    school.sql(&format!("UPDATE staff SET slowed_until = {until} WHERE login = 'li'")).await;
    let mut statuses = BTreeSet::new();
    for _ in 0..5 {
        statuses.insert(program(&li, "GET", "/api/families", &secret).await.status);
    }
    assert_eq!(statuses, BTreeSet::from([200, 429]));
}
