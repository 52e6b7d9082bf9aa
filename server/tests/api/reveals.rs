//! The deliberate look: begun with a reason, opened by a passkey that signs for exactly this.
//!
//! The rule: whatever else was signed, or signed by somebody else, opens nothing and counts nothing.

use crate::support::{Actor, Answer, School, key::Key, seed};
use serde_json::{Value, json};

#[tokio::test]
async fn a_reveal_answers_with_the_value_and_when_it_closes() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let revealed = li.reveal(&path, seed::because("guardian.phone")).await.is(200).json;
    assert_eq!(revealed["value"], json!({ "state": "clear", "value": seed::VALUES.phone }));
    assert_eq!((&revealed["closes_in"], &revealed["left_today"]), (&json!(30), &json!(29)));
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 29);
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["guardians"][0]["phone"]["state"], "masked", "a look opens nothing for later");
}

async fn finish(who: &Actor, begun: &Value, credential: Value) -> Answer {
    who.post("/api/reveals", json!({ "ceremony": begun["ceremony"], "credential": credential })).await
}

#[tokio::test]
async fn a_reveal_wants_a_passkey_however_fresh_the_session_is() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    for (path, field) in [
        (format!("/api/guardians/{}/reveals", known.guardian), "guardian.phone"),
        (format!("/api/students/{}/reveals", known.student), "student.name"),
    ] {
        // Without a passkey there is nothing that could sign, fresh or not.
        school.consultant().await.post(&path, seed::because(field)).await.refused(403, "forbidden");
        // An hour after the last assertion each look is signed for as ever.
        let stale = school.stale("li").await;
        stale.reveal(&path, seed::because(field)).await.is(200);
        let begun = stale.post(&path, seed::because(field)).await.is(200);
        for value in [seed::VALUES.phone, seed::VALUES.student, seed::VALUES.note] {
            assert!(!begun.text().contains(value), "the first half opens nothing");
        }
        school.sql("DELETE FROM passkey").await;
    }
}

#[tokio::test]
async fn what_was_signed_opens_once_in_its_own_session() {
    let school = School::open().await;
    let (li, again) = (school.consultant().await, school.consultant().await);
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let key = li.passkey().await;
    let begun = li.post(&path, seed::because("guardian.phone")).await.is(200).json;
    let credential = key.assert_uncounted(&begun["options"]);
    finish(&school.registrar().await, &begun, credential.clone()).await.refused(410, "lapsed");
    finish(&li, &begun, credential).await.refused(410, "lapsed");
    let begun = li.post(&path, seed::because("guardian.phone")).await.is(200).json;
    finish(&again, &begun, key.assert_uncounted(&begun["options"])).await.refused(410, "lapsed");
    let begun = li.post(&path, seed::because("guardian.phone")).await.is(200).json;
    let credential = key.assert_uncounted(&begun["options"]);
    finish(&li, &begun, credential.clone()).await.is(200);
    finish(&li, &begun, credential).await.refused(410, "lapsed");
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 29);
}

#[tokio::test]
async fn another_signature_opens_nothing_and_is_written_down() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let key = li.passkey().await;
    let begin = async || li.post(&path, seed::because("guardian.phone")).await.is(200).json;
    let refused = async |begun: &Value, credential: Value| {
        let before = school.trail_length().await;
        let answer = finish(&li, begun, credential).await.refused(403, "step_up_required");
        assert!(!answer.text().contains(seed::VALUES.phone));
        assert_eq!(school.trail_length().await, before + 1);
        assert_eq!(school.auditor().await.get("/api/trail").await.is(200).json["items"][0]["action"], "sign_in_refused");
    };
    // A signature for a step-up, for another look, by a stranger's key.
    let step_up = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    refused(&begin().await, key.assert_uncounted(&step_up["options"])).await;
    refused(&begin().await, key.assert_uncounted(&begin().await["options"])).await;
    let begun = begin().await;
    refused(&begun, Key::new(&school.origin).assert_uncounted(&begun["options"])).await;
    // Whoever holds the database turns the wish into another one: the passkey has signed the first.
    let begun = begin().await;
    let credential = key.assert_uncounted(&begun["options"]);
    let turned = "UPDATE ceremony SET state = REPLACE(state, '\"guardian.phone\"', '\"guardian.email\"')";
    assert_eq!(school.sql(turned).await, 3);
    refused(&begun, credential).await;
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 30);
}

#[tokio::test]
async fn a_right_that_is_taken_away_meanwhile_is_gone() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let key = li.passkey().await;
    let begun = li.post(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200).json;
    seed::allow(&school, "consultant", "guardian.phone", "masked", "no").await;
    finish(&li, &begun, key.assert_uncounted(&begun["options"])).await.refused(404, "not_found");
}

#[tokio::test]
async fn receipts_are_checked_with_the_keys_of_the_trail_alone() {
    let school = School::open().await;
    let (li, mut key) = super::passkeys::with_key(&school, "li").await;
    let known = seed::known(&li).await;
    for field in ["guardian.phone", "guardian.name"] {
        let begun = li.post(&format!("/api/guardians/{}/reveals", known.guardian), seed::because(field)).await.is(200).json;
        let credential = key.assert(&begun["options"]);
        finish(&li, &begun, credential).await.is(200);
    }
    let length = school.trail_length().await;
    let found = school.db.verify_receipts(length, length).await.unwrap();
    assert_eq!((found.book.receipts(), found.book.earlier(), found.faulty), (2, 0, 0));
    // A look by a key that was put into the database and not into the trail.
    school.registrar().await.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    let last = school.trail_length().await;
    let found = school.db.verify_receipts(last, last).await.unwrap();
    assert_eq!((found.book.receipts(), found.faults), (2, vec![(last, guard::receipt::Fault::UnknownKey)]));
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
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), wish).await.is(200);
    assert_eq!(school.trail_length().await, before + 1);
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200);
    assert!(!ledger.text().contains("10099998888"), "numbers in a reason are masked");
    let line = ledger.json["lines"].as_array().unwrap().iter().find(|line| line["action"] == "revealed").unwrap().clone();
    assert_eq!(line["who"], "李老师");
    assert_eq!(line["reason"]["code"], "other");
    assert!(line["reason"]["text"].as_str().unwrap().starts_with("改期"));
    assert_eq!(line["looks"], json!([{ "field": "guardian.phone", "form": "clear" }]));
    assert_eq!(line["signed"], true, "by the passkey of whoever looked");
    let shown = ledger.json["lines"].as_array().unwrap().iter().find(|line| line["action"] == "created").unwrap().clone();
    assert_eq!(shown["signed"], false);
}

#[tokio::test]
async fn the_thirty_first_reveal_of_a_day_is_refused() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    for left in (0..30).rev() {
        assert_eq!(li.reveal(&path, seed::because("guardian.name")).await.is(200).json["left_today"], left);
    }
    let answer = li.post(&path, seed::because("guardian.name")).await.refused(429, "quota_exhausted");
    assert!(!answer.text().contains(seed::VALUES.guardian));
    let again = school.consultant().await;
    again.post(&path, seed::because("guardian.phone")).await.refused(429, "quota_exhausted");
    school.registrar().await.reveal(&path, seed::because("guardian.phone")).await.is(200);
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
        asked.spawn(async move { li.reveal(&path, seed::because("guardian.phone")).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 30);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 10);
}
