//! Without a trail nothing leaves: every route that discloses answers 503 while the trail cannot be written.

use crate::support::{Actor, School, key::Key, seed};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

/// A look that is begun and signed, and waits to be opened.
async fn signed(who: &Actor, path: &str, field: &str) -> (Actor, &'static str, String, Option<Value>) {
    let key = who.passkey().await;
    let begun = who.post(path, seed::because(field)).await.is(200).json;
    let credential = key.assert_uncounted(&begun["options"]);
    (who.clone(), "POST", "/api/reveals".into(), Some(json!({ "ceremony": begun["ceremony"], "credential": credential })))
}

/// Every route that discloses, with somebody who may use it.
async fn asks(school: &School, known: &seed::Known) -> Vec<(Actor, &'static str, String, Option<Value>)> {
    let li = school.consultant().await;
    let guardian = school.guardian_of(&known.guardian).await;
    let campus = seed::campus(&li).await;
    let family = format!("/api/families/{}", known.family);
    let child = format!("/api/portal/children/{}", known.student);
    let student = json!({ "name": "诸葛知行" });
    let parent = json!({ "relation": "father", "name": "诸葛远" });
    let (han, meng) = (school.auditor().await, school.principal().await);
    let day = (chrono::Utc::now() + chrono::TimeDelta::hours(8)).date_naive();
    let drawn = han.post("/api/audits", json!({ "from": day, "to": day })).await.is(201).json;
    let audit = format!("/api/audits/{}", drawn["document"]["id"].as_str().unwrap());
    let owner = school.staff_id("shen").await.uuid();
    let finding = json!({ "risk": "low", "words": "账号久未使用", "owner": owner, "due": day });
    let (gu, person) = (school.privacy_officer().await, school.staff_id("li").await.uuid());
    vec![
        (li.clone(), "GET", "/api/families".into(), None),
        (li.clone(), "POST", "/api/families/search".into(), Some(json!({ "by": "name", "text": "诸葛" }))),
        (li.clone(), "POST", "/api/families/search".into(), Some(json!({ "by": "phone", "text": seed::VALUES.phone }))),
        (li.clone(), "POST", "/api/families/exports".into(), Some(json!({ "format": "csv" }))),
        (li.clone(), "GET", family.clone(), None),
        (li.clone(), "POST", format!("{family}/notes"), Some(json!({ "body": "回访" }))),
        (li.clone(), "POST", format!("{family}/students"), Some(student)),
        (li.clone(), "POST", format!("{family}/guardians"), Some(parent)),
        (li.clone(), "POST", "/api/families".into(), Some(seed::VALUES.intake(&campus))),
        (li.clone(), "PATCH", family, Some(json!({ "version": 1, "stage": "trial" }))),
        (li.clone(), "PATCH", format!("/api/students/{}", known.student), Some(json!({ "version": 1, "name": { "set": "诸葛知秋" } }))),
        (li.clone(), "PATCH", format!("/api/guardians/{}", known.guardian), Some(json!({ "version": 1, "name": { "set": "诸葛知澜" } }))),
        signed(&li, &format!("/api/students/{}/reveals", known.student), "student.name").await,
        signed(&li, &format!("/api/guardians/{}/reveals", known.guardian), "guardian.phone").await,
        (li, "GET", "/api/families/00000000-0000-7000-8000-000000000000".into(), None),
        signed(&school.registrar().await, &format!("/api/guardians/{}/reveals", known.guardian), "guardian.email").await,
        (han.clone(), "GET", audit.clone(), None),
        (han.clone(), "POST", format!("{audit}/findings"), Some(finding)),
        (meng, "POST", format!("{audit}/declining"), Some(json!({ "words": "缺导出一节的说明" }))),
        (han, "GET", "/api/trail".into(), None),
        (school.administrator().await, "GET", "/api/staff".into(), None),
        (school.consultant().await, "GET", "/api/trail".into(), None),
        (gu.clone(), "POST", "/api/policy/views".into(), Some(json!({ "staff": person, "family": known.family }))),
        (gu, "POST", "/api/policy/sights".into(), Some(json!({ "family": known.family, "field": "guardian.phone" }))),
        (guardian.clone(), "GET", "/api/portal/children".into(), None),
        (guardian.clone(), "GET", child.clone(), None),
        (guardian, "GET", format!("{child}/ledger"), None),
    ]
}

#[tokio::test]
async fn nothing_leaves_while_the_trail_cannot_be_written() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let asks = asks(&school, &known).await;
    school.sql("ALTER TABLE trail_head RENAME TO trail_head_away").await;
    let families = school.number("SELECT COUNT(*) AS n FROM family").await;
    let people =
        school.number("SELECT (SELECT COUNT(*) FROM student) + (SELECT COUNT(*) FROM guardian) + (SELECT COUNT(*) FROM note) AS n").await;
    for (actor, method, path, body) in &asks {
        let answer = actor.ask(method, path, body.as_ref()).await;
        assert_eq!((answer.status, answer.code()), (503, "trail_unavailable"), "{method} {path}: {}", answer.text());
        for value in [seed::VALUES.phone, seed::VALUES.student, seed::VALUES.guardian, "100****"] {
            assert!(!answer.text().contains(value), "{method} {path}");
        }
    }
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM family").await, families);
    let after = "SELECT (SELECT COUNT(*) FROM student) + (SELECT COUNT(*) FROM guardian) + (SELECT COUNT(*) FROM note) AS n";
    assert_eq!(school.number(after).await, people);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM guardian WHERE version > 1").await, 0);
    school.nobody().get("/api/health").await.refused(503, "trail_unavailable");
    school.sql("ALTER TABLE trail_head_away RENAME TO trail_head").await;
    for (actor, method, path, body) in &asks {
        let answer = actor.ask(method, path, body.as_ref()).await;
        assert!(answer.status < 500, "{method} {path}: {}", answer.text());
    }
    school.nobody().get("/api/health").await.is(200);
}

#[tokio::test]
async fn nothing_leaves_while_rows_of_the_trail_are_refused() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let asks = asks(&school, &known).await;
    school.sql("CREATE TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no room'); END").await;
    for (actor, method, path, body) in &asks {
        let answer = actor.ask(method, path, body.as_ref()).await;
        assert_eq!((answer.status, answer.code()), (503, "trail_unavailable"), "{method} {path}: {}", answer.text());
    }
    school.nobody().get("/api/health").await.refused(503, "trail_unavailable");
    assert_eq!(school.consultant().await.get("/api/session").await.is(200).json["reveals_left"], 30, "nothing was counted");
    school.sql("DROP TRIGGER full").await;
    let li = school.consultant().await;
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
}

#[tokio::test]
async fn nobody_gets_in_while_the_trail_cannot_be_written() {
    let school = School::open().await;
    let mut key = Key::new(&school.origin);
    super::passkeys::enrol(&school, &mut key, "li").await;
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    school.sql("ALTER TABLE trail_head RENAME TO trail_head_away").await;
    let answer = super::passkeys::finish(&school, &begun, credential).await.refused(503, "trail_unavailable");
    assert!(answer.token().is_none());
    school.sql("ALTER TABLE trail_head_away RENAME TO trail_head").await;
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    super::passkeys::finish(&school, &begun, credential).await.is(200);
}

/// Somebody else holds the one lock of the file, as a disk does that does not answer: what dies before the trail dies of the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_disk_that_does_not_answer_is_the_trail_being_down_wherever_a_request_meets_it() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    li.passkey().await;
    school.sql("UPDATE session SET seen_at = seen_at - 600000000").await;
    let other = school.behind().await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let reveals = format!("/api/guardians/{}/reveals", known.guardian);
    let nobody = school.nobody();
    let (list, look, present, sign_in) = tokio::join!(
        li.get("/api/families"),
        li.post(&reveals, seed::because("guardian.phone")),
        li.get("/api/session"),
        nobody.post("/api/sign-in/begin", json!({ "login": null })),
    );
    for refused in [list, look, sign_in] {
        refused.refused(503, "trail_unavailable");
    }
    nobody.get("/api/health").await.refused(503, "trail_unavailable");
    // That a session could not be kept awake decides nothing.
    present.is(200);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    li.reveal(&reveals, seed::because("guardian.phone")).await.is(200);
    nobody.get("/api/health").await.is(200);
}
