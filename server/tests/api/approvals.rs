//! Approvals: what opens only after somebody else has agreed.
//!
//! The rule: a ticket is of one person, one record and one field, is good once and for its time, and only as long as the matrix
//! asks for one and whoever granted it may still grant. Deliberately absent: the values, but in the one look that is granted.

use crate::support::{Actor, Answer, School, seed};
use serde_json::{Value, json};
use store::Engine;

const FIELD: &str = "student.id_card";

fn asked(kind: &str, record: &str, field: &str) -> Value {
    json!({ "kind": kind, "record": record, "field": field, "reason": { "code": "contract", "text": "报名核对" } })
}

async fn ask(who: &Actor, record: &str) -> String {
    let list = who.post("/api/approvals", asked("student", record, FIELD)).await.is(201).json;
    list["mine"][0]["id"].as_str().unwrap().to_owned()
}

async fn decide(who: &Actor, id: &str, decision: Value) -> Answer {
    who.post(&format!("/api/approvals/{id}/decision"), decision).await
}

async fn grant(who: &Actor, id: &str) {
    decide(who, id, json!({ "answer": "grant", "hours": 1 })).await.is(200);
}

async fn open(who: &Actor, student: &str) -> Answer {
    who.reveal(&format!("/api/students/{student}/reveals"), seed::because(FIELD)).await
}

async fn state(who: &Actor, id: &str) -> String {
    let list = who.get("/api/approvals").await.is(200).json;
    let one = list["mine"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    one["state"].as_str().unwrap().to_owned()
}

/// A school, a family in it, and the number that everything here is about.
async fn begun() -> (School, seed::Known, String) {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    (school, known, seed::id_card(seed::VALUES.student_id_card))
}

#[tokio::test]
async fn what_was_granted_opens_once_and_the_guardian_reads_every_step() {
    let (school, known, number) = begun().await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    open(&wu, &known.student).await.refused(403, "approval_required");
    let id = ask(&wu, &known.student).await;
    assert_eq!(state(&wu, &id).await, "asked");
    open(&wu, &known.student).await.refused(403, "approval_required");
    let waiting = meng.get("/api/approvals").await.is(200);
    assert!(!waiting.text().contains(&number));
    let one = &waiting.json["to_decide"][0];
    assert_eq!(
        (&one["id"], &one["by"]["name"], &one["field"], &one["words"]),
        (&json!(id), &json!("吴老师"), &json!(FIELD), &json!("报名核对"))
    );
    assert_eq!(one["family"]["id"], known.family);
    assert_eq!(one["family"]["students"][0]["name"]["state"], "masked", "in the approver's own form");
    grant(&meng, &id).await;
    assert_eq!(state(&wu, &id).await, "granted");
    let opened = open(&wu, &known.student).await.is(200).json;
    assert_eq!(opened["value"], json!({ "state": "clear", "value": number }));
    assert_eq!(opened["left_today"], 29, "it counts like any look");
    let again = open(&wu, &known.student).await.refused(403, "approval_required");
    assert!(!again.text().contains(&number));
    assert_eq!(state(&wu, &id).await, "used");
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let lines: Vec<(&str, &str)> = ledger["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["looks"][0]["field"] == FIELD)
        .map(|line| (line["action"].as_str().unwrap(), line["who"].as_str().unwrap()))
        .collect();
    assert_eq!(lines, [("revealed", "吴老师"), ("approval_granted", "孟校长"), ("approval_asked", "吴老师")]);
}

#[tokio::test]
async fn an_approval_is_of_one_person_one_record_and_one_field() {
    let (school, known, _) = begun().await;
    let li = school.consultant().await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    grant(&school.privacy_officer().await, &id).await;
    // The principal needs an approval for the same field, and this one is the registrar's.
    open(&meng, &known.student).await.refused(403, "approval_required");
    open(&wu, &other.student).await.refused(403, "approval_required");
    let guardian = format!("/api/guardians/{}/reveals", known.guardian);
    wu.post(&guardian, seed::because("guardian.id_card")).await.refused(403, "approval_required");
    wu.post(&format!("/api/students/{}/reveals", known.student), seed::because("guardian.id_card")).await.refused(404, "not_found");
    assert_eq!(state(&wu, &id).await, "granted", "none of these used it up");
    open(&wu, &known.student).await.is(200);
}

#[tokio::test]
async fn an_approval_opens_no_more_when_its_time_is_over() {
    let (school, known, _) = begun().await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    grant(&meng, &id).await;
    school.sql("UPDATE approval SET until = until - 3600000000").await;
    open(&wu, &known.student).await.refused(403, "approval_required");
    assert_eq!(state(&wu, &id).await, "lapsed");
    let next = ask(&wu, &known.student).await;
    assert_ne!(next, id, "what has lapsed can be asked again");
    school.sql("UPDATE approval SET until = until - 700000000000").await;
    decide(&meng, &next, json!({ "answer": "grant", "hours": 1 })).await.refused(410, "lapsed");
    assert_eq!(meng.get("/api/approvals").await.is(200).json["to_decide"], json!([]));
}

#[tokio::test]
async fn of_eight_looks_at_once_by_one_approval_one_opens() {
    let (school, known, _) = begun().await;
    let wu = school.registrar().await;
    let id = ask(&wu, &known.student).await;
    grant(&school.principal().await, &id).await;
    let second = school.second().await;
    let mut asked = tokio::task::JoinSet::new();
    for turn in 0..8 {
        let (wu, student) = (if turn % 2 == 0 { wu.clone() } else { wu.at(&second) }, known.student.clone());
        asked.spawn(async move { open(&wu, &student).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 403).count(), 7, "{answers:?}");
    assert_eq!(wu.get("/api/session").await.is(200).json["reveals_left"], 29, "what did not open was not counted");
}

#[tokio::test]
async fn what_was_withdrawn_or_refused_opens_nothing() {
    let (school, known, _) = begun().await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    grant(&meng, &id).await;
    wu.delete(&format!("/api/approvals/{id}")).await.is(200);
    open(&wu, &known.student).await.refused(403, "approval_required");
    assert_eq!(state(&wu, &id).await, "withdrawn");
    wu.delete(&format!("/api/approvals/{id}")).await.refused(410, "lapsed");
    let id = ask(&wu, &known.student).await;
    decide(&meng, &id, json!({ "answer": "refuse", "why": " " })).await.refused(422, "invalid_fields");
    decide(&meng, &id, json!({ "answer": "refuse", "why": "问过家长 10012345678，不必了" })).await.is(200);
    open(&wu, &known.student).await.refused(403, "approval_required");
    let list = wu.get("/api/approvals").await.is(200);
    assert_eq!(list.json["mine"][0]["answer"], "问过家长 100****5678，不必了");
    assert!(!list.text().contains("10012345678"), "numbers in a reason are masked");
    decide(&meng, &id, json!({ "answer": "grant", "hours": 1 })).await.refused(410, "lapsed");
}

#[tokio::test]
async fn nobody_decides_what_they_ask_themselves() {
    let (school, known, _) = begun().await;
    let (meng, gu) = (school.principal().await, school.privacy_officer().await);
    let id = ask(&meng, &known.student).await;
    assert_eq!(meng.get("/api/approvals").await.is(200).json["to_decide"], json!([]));
    decide(&meng, &id, json!({ "answer": "grant", "hours": 1 })).await.refused(404, "not_found");
    open(&meng, &known.student).await.refused(403, "approval_required");
    let waiting = gu.get("/api/approvals").await.is(200).json["to_decide"][0].clone();
    assert_eq!((&waiting["id"], &waiting["family"]), (&json!(id), &Value::Null), "the officer reaches no family");
    grant(&gu, &id).await;
    open(&meng, &known.student).await.is(200);
}

#[tokio::test]
async fn nobody_decides_without_the_duty_or_a_fresh_passkey() {
    let (school, known, _) = begun().await;
    let wu = school.registrar().await;
    let id = ask(&wu, &known.student).await;
    let yes = || json!({ "answer": "grant", "hours": 1 });
    for who in [
        wu.clone(),
        school.consultant().await,
        school.teacher().await,
        school.finance().await,
        school.administrator().await,
        school.auditor().await,
    ] {
        decide(&who, &id, yes()).await.refused(403, "forbidden");
    }
    decide(&school.guardian().await, &id, yes()).await.refused(404, "not_found");
    decide(&school.stale("meng").await, &id, yes()).await.refused(403, "step_up_required");
    for hours in [0, 25] {
        decide(&school.principal().await, &id, json!({ "answer": "grant", "hours": hours })).await.refused(422, "invalid_fields");
    }
    school.consultant().await.delete(&format!("/api/approvals/{id}")).await.refused(404, "not_found");
    assert_eq!(state(&wu, &id).await, "asked");
}

#[tokio::test]
async fn a_suspended_approver_decides_nothing_and_what_they_granted_is_void() {
    let (school, known, _) = begun().await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    grant(&meng, &id).await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'meng'").await;
    open(&wu, &known.student).await.refused(403, "approval_required");
    decide(&meng, &id, json!({ "answer": "grant", "hours": 1 })).await.refused(401, "not_signed_in");
    school.sql("UPDATE staff SET active = TRUE WHERE login = 'meng'").await;
    open(&wu, &known.student).await.is(200);
}

async fn a_void_one_does_not_stand_in_the_way(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let (wu, meng, gu) = (school.registrar().await, school.principal().await, school.privacy_officer().await);
    let void = ask(&wu, &known.student).await;
    grant(&meng, &void).await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'meng'").await;
    assert_eq!(state(&wu, &void).await, "lapsed", "as if it were not");
    let next = ask(&wu, &known.student).await;
    assert_ne!(next, void);
    assert_eq!(ask(&wu, &known.student).await, next, "this one waits");
    grant(&gu, &next).await;
    assert_eq!(ask(&wu, &known.student).await, next, "and this one holds");
    open(&wu, &known.student).await.is(200);
    assert_eq!(state(&wu, &next).await, "used");
}

#[tokio::test]
async fn a_void_approval_does_not_stand_in_the_way_of_another() {
    a_void_one_does_not_stand_in_the_way(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_void_approval_does_not_stand_in_the_way_of_another() {
    if let Some(school) = School::on_postgres().await {
        a_void_one_does_not_stand_in_the_way(&school).await;
    }
}

#[tokio::test]
async fn a_matrix_that_says_no_meanwhile_is_obeyed() {
    let (school, known, number) = begun().await;
    let (wu, gu) = (school.registrar().await, school.privacy_officer().await);
    let id = ask(&wu, &known.student).await;
    grant(&gu, &id).await;
    seed::allow(&school, "registrar", FIELD, "masked", "no").await;
    let refused = open(&wu, &known.student).await.refused(404, "not_found");
    assert!(!refused.text().contains(&number));
    wu.post("/api/approvals", asked("student", &known.student, FIELD)).await.refused(403, "forbidden");
    assert_eq!(state(&wu, &id).await, "granted", "a look that was not permitted uses nothing up");
    // A number that opens with a reason may not stand beside a birth date in clear.
    seed::allow(&school, "registrar", "student.birth_date", "masked", "no").await;
    seed::allow(&school, "registrar", FIELD, "masked", "with_reason").await;
    open(&wu, &known.student).await.is(200);
    assert_eq!(state(&wu, &id).await, "granted", "nor does one for which a reason is enough");
}

#[tokio::test]
async fn one_asks_only_for_what_the_matrix_wants_approved_and_only_within_reach() {
    let (school, known, _) = begun().await;
    let wu = school.registrar().await;
    let post = |who: Actor, body: Value| async move { who.post("/api/approvals", body).await };
    // A reason is enough; no right at all; another kind of record.
    post(wu.clone(), asked("guardian", &known.guardian, "guardian.phone")).await.refused(403, "forbidden");
    post(school.consultant().await, asked("student", &known.student, FIELD)).await.refused(403, "forbidden");
    post(wu.clone(), asked("guardian", &known.guardian, FIELD)).await.refused(403, "forbidden");
    post(wu.clone(), asked("family", &known.family, FIELD)).await.refused(422, "invalid_fields");
    let mut empty = asked("student", &known.student, FIELD);
    empty["reason"] = json!({ "code": "other", "text": " " });
    post(wu.clone(), empty).await.refused(422, "invalid_fields");
    let missing = post(wu.clone(), asked("student", &uuid::Uuid::now_v7().to_string(), FIELD)).await.refused(404, "not_found");
    let beyond = post(school.other_consultant().await, asked("student", &known.student, FIELD)).await.refused(404, "not_found");
    assert_eq!(missing.without_trace(), beyond.without_trace());
    post(school.guardian_of(&known.guardian).await, asked("student", &known.student, FIELD)).await.refused(404, "not_found");
    assert_eq!(wu.get("/api/approvals").await.is(200).json["mine"], json!([]));
}

#[tokio::test]
async fn who_asks_twice_has_asked_once() {
    let (school, known, _) = begun().await;
    let wu = school.registrar().await;
    let (first, second) = (ask(&wu, &known.student).await, ask(&wu, &known.student).await);
    assert_eq!(first, second);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM approval").await, 1);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'approval_asked'").await, 1);
}

#[tokio::test]
async fn a_step_and_its_entry_are_one() {
    let (school, known, _) = begun().await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    school.sql("CREATE TRIGGER no_trail BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    decide(&meng, &id, json!({ "answer": "grant", "hours": 1 })).await.refused(503, "trail_unavailable");
    wu.delete(&format!("/api/approvals/{id}")).await.refused(503, "trail_unavailable");
    school.sql("DROP TRIGGER no_trail").await;
    assert_eq!(state(&wu, &id).await, "asked");
    grant(&meng, &id).await;
    school.sql("CREATE TRIGGER no_trail BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    open(&wu, &known.student).await.refused(503, "trail_unavailable");
    school.sql("DROP TRIGGER no_trail").await;
    assert_eq!(state(&wu, &id).await, "granted", "a look that was not written down used nothing up");
    assert_eq!(wu.get("/api/session").await.is(200).json["reveals_left"], 30);
    open(&wu, &known.student).await.is(200);
}

#[tokio::test]
async fn an_approval_survives_a_used_up_quota() {
    let (school, known, _) = begun().await;
    let wu = school.registrar().await;
    let id = ask(&wu, &known.student).await;
    grant(&school.principal().await, &id).await;
    for _ in 0..30 {
        wu.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    }
    open(&wu, &known.student).await.refused(429, "quota_exhausted");
    assert_eq!(state(&wu, &id).await, "granted");
}

/// The same on PostgreSQL, where two machines can meet in the middle of a transaction.
#[tokio::test]
async fn on_postgresql_one_of_eight_looks_opens() {
    let Some(school) = School::on_postgres().await else { return };
    assert_eq!(school.db.engine(), Engine::Postgres);
    let known = seed::known(&school.consultant().await).await;
    let wu = school.registrar().await;
    let id = ask(&wu, &known.student).await;
    grant(&school.principal().await, &id).await;
    let second = school.second().await;
    let mut asked = tokio::task::JoinSet::new();
    for turn in 0..8 {
        let (wu, student) = (if turn % 2 == 0 { wu.clone() } else { wu.at(&second) }, known.student.clone());
        asked.spawn(async move { open(&wu, &student).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(state(&wu, &id).await, "used");
}
