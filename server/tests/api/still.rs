//! What was begun before somebody's access ended does not go on after it: exports, changes of many, lines that stay open, ways in.
//!
//! The rule: on SQLite a lock that the test holds lets a request wait between what it reads and what it writes. Deliberately
//! absent: times; whatever is waited for is asked for again.

use super::{
    passkeys::{enrol, with_key},
    processes::Server,
};
use crate::support::{Actor, Answer, School, actors::Times, app::ORIGIN, key::Key};
use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;

/// What somebody asks for while nothing can be written, and what is done behind the school's back meanwhile.
async fn meanwhile(school: &School, who: &Actor, (path, wish): (&'static str, Value), done: &str) -> Answer {
    let lock = school.behind().await;
    lock.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    lock.execute_unprepared(done).await.unwrap();
    let asked = tokio::spawn({
        let who = who.clone();
        async move { who.post(path, wish).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!asked.is_finished(), "it wrote nothing");
    lock.execute_unprepared("COMMIT").await.unwrap();
    lock.close().await.unwrap();
    asked.await.unwrap()
}

const NOTHING: &str = "UPDATE staff SET version = version WHERE login = 'li'";

#[tokio::test]
async fn no_file_is_sent_to_somebody_whose_access_ended_while_it_was_made() {
    let school = School::open().await;
    let li = school.consultant().await;
    let list = || ("/api/families/exports", json!({ "format": "csv" }));
    meanwhile(&school, &li, list(), NOTHING).await.is(200);
    for (done, status) in [
        ("UPDATE staff SET active = 0 WHERE login = 'li'", 401),
        ("UPDATE session SET ended_at = 1 WHERE owner_id = (SELECT id FROM staff WHERE login = 'li')", 401),
        ("UPDATE session SET seen_at = seen_at - 7200000000", 401),
        (r#"UPDATE school SET ladder = '[{"role":"consultant","least":"attested_passkey"}]'"#, 401),
        ("UPDATE staff SET roles = 2 WHERE login = 'li'", 403),
    ] {
        let li = school.consultant().await;
        let answer = meanwhile(&school, &li, list(), done).await.is(status);
        assert!(answer.header("content-disposition").is_empty(), "{done}");
        school.sql("UPDATE staff SET active = 1, roles = 1 WHERE login = 'li'").await;
        school.sql("UPDATE school SET ladder = '[]'").await;
    }
    for path in ["/api/trail/exports", "/api/approvals/exports"] {
        let suspended = "UPDATE staff SET active = 0 WHERE login = 'han'";
        meanwhile(&school, &school.auditor().await, (path, json!({})), suspended).await.refused(401, "not_signed_in");
        school.sql("UPDATE staff SET active = 1 WHERE login = 'han'").await;
    }
}

#[tokio::test]
async fn a_change_of_many_families_stops_where_the_access_of_whoever_makes_it_ends() {
    let school = School::open().await;
    let li = school.consultant().await;
    let rows = li.get("/api/families?limit=100&when=stage-not.left").await.is(200).json["items"].clone();
    let named: Vec<Value> = rows.as_array().unwrap().iter().map(|row| json!({ "id": row["id"], "version": row["version"] })).collect();
    assert!(named.len() > 2);
    let wish = json!({ "families": named, "stage": "left" });
    let changed = async || school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'changed'").await;
    let before = changed().await;
    let suspended = "UPDATE staff SET active = 0 WHERE login = 'li'";
    meanwhile(&school, &li, ("/api/families/bulk", wish), suspended).await.refused(401, "not_signed_in");
    assert_eq!(changed().await, before + 1, "the one that had begun");
}

#[tokio::test]
async fn a_line_that_stays_open_ends_with_the_role_the_rung_the_use_and_the_access() {
    let school = School::open().await;
    let watch = Server::start_with(&school, &[]).await;
    let late = Duration::from_secs(12);
    let mut lines = Vec::new();
    let (idle, low) = (school.privacy_officer().await, school.auditor().await);
    for who in [&idle, &low, &school.administrator().await] {
        lines.push(watch.listen(who, "/api/alarms/live"));
    }
    school.sql("UPDATE session SET seen_at = seen_at - 7200000000 WHERE owner_id = (SELECT id FROM staff WHERE login = 'gu')").await;
    school.sql("UPDATE session SET credential = 'mfa' WHERE owner_id = (SELECT id FROM staff WHERE login = 'han')").await;
    school.sql("UPDATE staff SET active = 0 WHERE login = 'shen'").await;
    for (line, why) in lines.iter_mut().zip(["unused", "a rung", "suspended"]) {
        assert!(line.ends(late), "{why}");
    }
    let mut line = watch.listen(&school.privacy_officer().await, "/api/alarms/live");
    school.sql("UPDATE staff SET roles = 2 WHERE login = 'gu'").await;
    assert!(line.ends(late), "a role");
}

/// A way in by a recovery code that was begun; what ends it.
async fn begun(school: &School, code: &Value) -> Value {
    let begun = school.nobody().post("/api/recovery/begin", json!({ "login": "li", "code": code })).await.is(200).json;
    let mut key = Key::new(ORIGIN);
    json!({ "ceremony": begun["ceremony"], "credential": key.attest(&begun["options"]) })
}

async fn nothing_begun_ends(school: &School) {
    let mut key = Key::new(ORIGIN);
    let enrolled = enrol(school, &mut key, "li").await;
    let codes = enrolled.json["recovery_codes"].clone();
    let li = school.consultant().await;
    let path = format!("/api/staff/{}/sessions", li.who.unwrap().uuid());
    let finish = async |body: Value| school.nobody().post("/api/enrolments/finish", body).await;
    let stolen = begun(school, &codes[0]).await;
    school.administrator().await.delete(&path).await.is(200);
    finish(stolen).await.refused(410, "lapsed");
    // New codes say the same.
    let stolen = begun(school, &codes[1]).await;
    let codes = school.consultant().await.post("/api/account/recovery-codes", json!({})).await.is(200).json["codes"].clone();
    finish(stolen).await.refused(410, "lapsed");
    // Whoever comes in by a code has lost something: what else is open ends, and they are told of both.
    let before = school.consultant().await;
    let body = begun(school, &codes[0]).await;
    let me = finish(body).await.is(200);
    before.get("/api/account").await.refused(401, "not_signed_in");
    school.nobody().with_token(me.token()).get("/api/account").await.is(200);
    let letters = school.outbox(4).await;
    let about = |words: &str| letters.iter().filter(|one| one["text"].as_str().unwrap().contains(words)).count();
    assert_eq!((about("恢复码"), about("新增了一个通行密钥")), (3, 1), "{letters:?}");
}

#[tokio::test]
async fn a_recovery_that_was_begun_ends_with_the_sessions_and_with_new_codes_and_one_that_ends_is_alone() {
    nothing_begun_ends(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_recovery_that_was_begun_ends_with_the_sessions_and_with_new_codes() {
    if let Some(school) = School::on_postgres().await {
        nothing_begun_ends(&school).await;
    }
}

#[tokio::test]
async fn whoever_has_a_passkey_more_is_told() {
    let school = School::open().await;
    let (li, _) = with_key(&school, "li").await;
    let begun = li.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    let mut key = Key::new(ORIGIN);
    let body = json!({ "ceremony": begun["ceremony"], "credential": key.attest(&begun["options"]) });
    li.post("/api/account/passkeys/finish", body).await.is(200);
    let letters = school.outbox(1).await;
    assert_eq!((letters.len(), &letters[0]["to"]), (1, &json!("li@example.com")), "and nobody is of the first: {letters:?}");
    assert!(letters[0]["text"].as_str().unwrap().contains("新增了一个通行密钥"));
}

#[tokio::test]
async fn the_list_of_ones_sessions_has_none_that_ended_by_being_unused_and_an_entry_names_the_one_that_was_ended() {
    let school = School::open().await;
    let li = school.consultant().await;
    let id = li.who.unwrap();
    let unused = school.session(id, Times { ago: TimeDelta::minutes(121), ..Times::FRESH }).await.session.unwrap().to_string();
    let other = school.session(id, Times { ago: TimeDelta::minutes(119), ..Times::FRESH }).await.session.unwrap().to_string();
    let listed = li.get("/api/account").await.is(200).json["sessions"].to_string();
    assert!(listed.contains(&other) && !listed.contains(&unused), "{listed}");
    let ended = async || school.auditor().await.get("/api/trail?action=session_ended").await.is(200).json["items"].clone();
    li.delete(&format!("/api/account/sessions/{}", uuid::Uuid::new_v4())).await.refused(404, "not_found");
    assert_eq!(ended().await, json!([]), "of nothing there is no entry");
    li.delete(&format!("/api/account/sessions/{other}")).await.is(200);
    let entry = school.auditor().await.get(&format!("/api/trail/{}", ended().await[0]["seq"])).await.is(200).json;
    let own = school.auditor().await.get("/api/trail?action=signed_out").await.is(200).json["items"].clone();
    assert_eq!(own, json!([]));
    li.post("/api/sign-out", json!({})).await.is(200);
    let out = school.auditor().await.get("/api/trail?action=signed_out").await.is(200).json["items"][0]["seq"].clone();
    let out = school.auditor().await.get(&format!("/api/trail/{out}")).await.is(200).json;
    assert!(entry["session"].is_string() && entry["session"] != out["session"], "{entry}");
}
