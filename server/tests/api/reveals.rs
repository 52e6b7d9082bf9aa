//! The deliberate look.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn a_reveal_answers_with_the_value_and_when_it_closes() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let revealed = li.post(&path, seed::because("guardian.phone")).await.is(200).json;
    assert_eq!(revealed["value"], json!({ "state": "clear", "value": seed::VALUES.phone }));
    assert_eq!((&revealed["closes_in"], &revealed["left_today"]), (&json!(30), &json!(29)));
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 29);
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["guardians"][0]["phone"]["state"], "masked", "a look opens nothing for later");
}

#[tokio::test]
async fn a_reveal_wants_a_fresh_passkey() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let stale = school.stale("li").await;
    let before = school.trail_length().await;
    for (path, field) in [
        (format!("/api/guardians/{}/reveals", known.guardian), "guardian.phone"),
        (format!("/api/students/{}/reveals", known.student), "student.name"),
        (format!("/api/notes/{}/reveals", known.note), "note.body"),
    ] {
        let answer = stale.post(&path, seed::because(field)).await.refused(403, "step_up_required");
        assert!(!answer.text().contains(seed::VALUES.phone));
    }
    let _ = before;
    assert_eq!(stale.get("/api/session").await.is(200).json["reveals_left"], 30);
}

#[tokio::test]
async fn a_reveal_wants_a_reason() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    li.post(&path, json!({ "field": "guardian.phone" })).await.refused(400, "malformed_request");
    let empty = json!({ "field": "guardian.phone", "reason": { "code": "other", "text": "  " } });
    let fields = li.post(&path, empty).await.refused(422, "invalid_fields").json["fields"].clone();
    assert_eq!(fields, json!([{ "at": "reason.text", "code": "required" }]));
    let long = json!({ "field": "guardian.phone", "reason": { "code": "other", "text": "长".repeat(201) } });
    li.post(&path, long).await.refused(422, "invalid_fields");
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 30);
}

#[tokio::test]
async fn a_reveal_wants_the_right_to_the_field() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let guardian = format!("/api/guardians/{}/reveals", known.guardian);
    li.post(&guardian, seed::because("guardian.id_card")).await.refused(404, "not_found");
    li.post(&guardian, seed::because("student.name")).await.refused(404, "not_found");
    let student = format!("/api/students/{}/reveals", known.student);
    let registrar = school.registrar().await;
    registrar.post(&student, seed::because("student.id_card")).await.refused(403, "approval_required");
    school.finance().await.post(&guardian, seed::because("guardian.phone")).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_guardian_reads_in_the_ledger_who_opened_the_phone_and_why() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let wish = json!({ "field": "guardian.phone", "reason": { "code": "other", "text": "改期，回拨 10099998888" } });
    let before = school.trail_length().await;
    li.post(&format!("/api/guardians/{}/reveals", known.guardian), wish).await.is(200);
    assert_eq!(school.trail_length().await, before + 1);
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200);
    assert!(!ledger.text().contains("10099998888"), "numbers in a reason are masked");
    let line = ledger.json["lines"].as_array().unwrap().iter().find(|line| line["action"] == "revealed").unwrap().clone();
    assert_eq!(line["who"], "李老师");
    assert_eq!(line["reason"]["code"], "other");
    assert!(line["reason"]["text"].as_str().unwrap().starts_with("改期"));
    assert_eq!(line["looks"], json!([{ "field": "guardian.phone", "form": "clear" }]));
}

#[tokio::test]
async fn the_thirty_first_reveal_of_a_day_is_refused() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    for left in (0..30).rev() {
        assert_eq!(li.post(&path, seed::because("guardian.name")).await.is(200).json["left_today"], left);
    }
    let answer = li.post(&path, seed::because("guardian.name")).await.refused(429, "quota_exhausted");
    assert!(!answer.text().contains(seed::VALUES.guardian));
    let again = school.consultant().await;
    again.post(&path, seed::because("guardian.phone")).await.refused(429, "quota_exhausted");
    school.registrar().await.post(&path, seed::because("guardian.phone")).await.is(200);
}

#[tokio::test]
async fn of_forty_reveals_at_once_thirty_pass() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (li, path) = (li.clone(), path.clone());
        asked.spawn(async move { li.post(&path, seed::because("guardian.phone")).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 30);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 10);
}
