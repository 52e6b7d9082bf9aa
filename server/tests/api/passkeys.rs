//! Getting in with a passkey: enrolment by link, sign-in, step-up, more keys, recovery.

use crate::support::{Actor, Answer, School, actors::Times, app::ORIGIN, key::Key, seed};
use serde_json::{Value, json};
use webauthn_authenticator_rs::{
    WebauthnAuthenticator,
    prelude::{CreationChallengeResponse, RequestChallengeResponse, Url},
    softpasskey::SoftPasskey,
};

/// A link for a member of staff, as the administrator makes it.
pub async fn link(school: &School, login: &str) -> String {
    let id = school.staff_id(login).await.uuid();
    let made = school.administrator().await.ask("POST", &format!("/api/staff/{id}/enrolments"), None).await.is(201);
    let url = made.json["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&format!("{}/enrol#", school.origin)), "{url}");
    url.split_once('#').unwrap().1.to_owned()
}

/// Enrols a key by a link; the answer sets a cookie.
pub async fn enrol(school: &School, key: &mut Key, login: &str) -> Answer {
    let token = link(school, login).await;
    let nobody = school.nobody();
    let opened = nobody.post("/api/enrolments/open", json!({ "token": token })).await.is(200).json;
    let finish = json!({ "ceremony": opened["ceremony"], "credential": key.attest(&opened["options"]), "name": "手机" });
    nobody.post("/api/enrolments/finish", finish).await.is(200)
}

/// Begins a sign-in with a name, or without one.
pub async fn begin(school: &School, login: Option<&str>) -> Value {
    school.nobody().post("/api/sign-in/begin", json!({ "login": login })).await.is(200).json
}

/// Ends it.
pub async fn finish(school: &School, begun: &Value, credential: Value) -> Answer {
    school.nobody().post("/api/sign-in/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await
}

/// A consultant with a key of their own, signed in by it.
pub async fn with_key(school: &School, login: &str) -> (Actor, Key) {
    let mut key = Key::new(&school.origin);
    let token = enrol(school, &mut key, login).await.token();
    (school.staff(login).await.with_token(token), key)
}

#[tokio::test]
async fn a_soft_passkey_enrols_signs_in_and_steps_up() {
    let school = School::open().await;
    let origin = Url::parse(ORIGIN).unwrap();
    let mut device = SoftPasskey::new(true);
    let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(&school, "li").await })).await.is(200).json;
    assert_eq!((&opened["login"], &opened["roles"]), (&json!("li"), &json!(["consultant"])));
    let mut options = opened["options"].clone();
    assert_eq!(options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    // This device keeps no discoverable keys; the wish for one is the client's to grant.
    options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(false);
    let options: CreationChallengeResponse = serde_json::from_value(options).unwrap();
    let made = device.do_registration(origin.clone(), options).unwrap();
    let finish_body = json!({ "ceremony": opened["ceremony"], "credential": made, "name": "安全钥匙" });
    let enrolled = school.nobody().post("/api/enrolments/finish", finish_body).await.is(200);
    assert_eq!(enrolled.json["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(enrolled.json["me"]["passkeys"], 1);

    let begun = begin(&school, Some("li")).await;
    let options: RequestChallengeResponse = serde_json::from_value(begun["options"].clone()).unwrap();
    let said = device.do_authentication(origin.clone(), options).unwrap();
    let me = finish(&school, &begun, serde_json::to_value(said).unwrap()).await.is(200);
    let li = school.consultant().await.with_token(me.token());
    assert!(li.get("/api/session").await.is(200).json["fresh_until"].is_string());

    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let options: RequestChallengeResponse = serde_json::from_value(begun["options"].clone()).unwrap();
    let said = device.do_authentication(origin, options).unwrap();
    li.post("/api/step-up/finish", json!({ "ceremony": begun["ceremony"], "credential": said })).await.is(200);
}

#[tokio::test]
async fn a_discoverable_passkey_signs_in_without_a_name() {
    let school = School::open().await;
    let mut key = Key::new(ORIGIN);
    enrol(&school, &mut key, "li").await;
    let begun = begin(&school, None).await;
    assert!(begun["options"]["publicKey"]["allowCredentials"].as_array().is_none_or(Vec::is_empty));
    assert_eq!(begun["options"]["publicKey"]["userVerification"], "required");
    let credential = key.assert(&begun["options"]);
    let me = finish(&school, &begun, credential).await.is(200);
    assert_eq!(me.json["name"], "李老师");
}

#[tokio::test]
async fn an_enrolment_link_works_once() {
    let school = School::open().await;
    let token = link(&school, "li").await;
    let nobody = school.nobody();
    let open = || nobody.post("/api/enrolments/open", json!({ "token": token }));
    let (one, two) = (open().await.is(200).json, open().await.is(200).json);
    let (mut first, mut second) = (Key::new(ORIGIN), Key::new(ORIGIN));
    let body = json!({ "ceremony": one["ceremony"], "credential": first.attest(&one["options"]) });
    nobody.post("/api/enrolments/finish", body).await.is(200);
    let body = json!({ "ceremony": two["ceremony"], "credential": second.attest(&two["options"]) });
    let late = nobody.post("/api/enrolments/finish", body).await.refused(410, "lapsed");
    assert!(late.token().is_none());
    open().await.refused(410, "lapsed");
    let begun = begin(&school, Some("li")).await;
    let credential = second.assert(&begun["options"]);
    finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn an_enrolment_link_lapses_and_a_made_up_one_is_answered_alike() {
    let school = School::open().await;
    let token = link(&school, "li").await;
    school.sql("UPDATE invitation SET expires_at = 1").await;
    let lapsed = school.nobody().post("/api/enrolments/open", json!({ "token": token })).await.refused(410, "lapsed");
    let unknown = school.nobody().post("/api/enrolments/open", json!({ "token": "x" })).await.refused(410, "lapsed");
    assert_eq!(lapsed.without_trace(), unknown.without_trace());
}

#[tokio::test]
async fn a_link_is_made_by_the_administrator_with_a_fresh_passkey_alone() {
    let school = School::open().await;
    let id = school.staff_id("li").await.uuid();
    let path = format!("/api/staff/{id}/enrolments");
    school.consultant().await.ask("POST", &path, None).await.refused(403, "forbidden");
    school.principal().await.ask("POST", &path, None).await.refused(403, "forbidden");
    school.stale("shen").await.ask("POST", &path, None).await.refused(403, "step_up_required");
}

#[tokio::test]
async fn an_unknown_name_begins_a_sign_in_like_a_known_one() {
    let school = School::open().await;
    let mut key = Key::new(ORIGIN);
    enrol(&school, &mut key, "li").await;
    let (known, unknown, again) =
        (begin(&school, Some("li")).await, begin(&school, Some("nobody9")).await, begin(&school, Some("nobody9")).await);
    let names = |value: &Value| value["options"]["publicKey"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    for name in ["timeout", "userVerification", "rpId"] {
        assert_eq!(known["options"]["publicKey"][name], unknown["options"]["publicKey"][name], "{name}");
    }
    let allowed = |value: &Value| value["options"]["publicKey"]["allowCredentials"].clone();
    assert_eq!(allowed(&unknown), allowed(&again), "asked twice, the same keys are named");
    let number = |value: &Value| allowed(value).as_array().unwrap().len();
    assert_eq!(number(&known), number(&unknown));
    enrol(&school, &mut Key::new(ORIGIN), "li").await;
    assert_eq!(number(&begin(&school, Some("li")).await), number(&unknown), "a second key does not show");
    let shape = |value: &Value| allowed(value)[0].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(shape(&known), shape(&unknown));
    assert_eq!(
        known["options"].as_object().unwrap().keys().collect::<Vec<_>>(),
        unknown["options"].as_object().unwrap().keys().collect::<Vec<_>>()
    );
    let credential = key.assert(&unknown["options"]);
    finish(&school, &unknown, credential).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn a_step_up_gives_a_new_token_and_the_old_one_is_worth_nothing() {
    let school = School::open().await;
    let (_, mut key) = with_key(&school, "li").await;
    let li = school.stale("li").await;
    li.post("/api/account/recovery-codes", json!({})).await.refused(403, "step_up_required");
    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    let done = li.post("/api/step-up/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    let renewed = li.with_token(done.token());
    assert_ne!(renewed.token, li.token);
    assert_eq!(done.json["session"], serde_json::to_value(li.session).unwrap());
    assert_eq!(done.json["expires_at"], renewed.get("/api/session").await.is(200).json["expires_at"], "a step-up prolongs nothing");
    li.get("/api/account").await.refused(401, "not_signed_in");
    renewed.post("/api/account/recovery-codes", json!({})).await.is(200);
}

#[tokio::test]
async fn a_step_up_that_fails_leaves_the_session_as_it_was() {
    let school = School::open().await;
    with_key(&school, "li").await;
    let li = school.stale("li").await;
    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = Key::new(ORIGIN).assert(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    li.post("/api/step-up/finish", body).await.refused(403, "step_up_required");
    let me = li.get("/api/session").await.is(200).json;
    assert!(me["session"].is_string() && me["fresh_until"].is_null(), "{me}");
}

#[tokio::test]
async fn another_passkey_is_added_with_a_fresh_one_alone() {
    let school = School::open().await;
    let (li, _) = with_key(&school, "li").await;
    let stale = school.stale("li").await;
    stale.post("/api/account/passkeys/begin", json!({})).await.refused(403, "step_up_required");
    stale.post("/api/account/recovery-codes", json!({})).await.refused(403, "step_up_required");
    let begun = li.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    let mut second = Key::new(ORIGIN);
    let body = json!({ "ceremony": begun["ceremony"], "credential": second.attest(&begun["options"]), "name": "备用" });
    stale.post("/api/account/passkeys/finish", body.clone()).await.refused(410, "lapsed");
    li.post("/api/account/passkeys/finish", body).await.refused(410, "lapsed");
    let begun = li.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    let body = json!({ "ceremony": begun["ceremony"], "credential": second.attest(&begun["options"]), "name": "备用" });
    assert_eq!(li.post("/api/account/passkeys/finish", body).await.is(200).json["passkeys"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_removed_passkey_ends_the_other_sessions_and_signs_in_no_more() {
    let school = School::open().await;
    let (li, mut first) = with_key(&school, "li").await;
    let (li_two, _) = with_key(&school, "li").await;
    let account = li_two.get("/api/account").await.is(200).json;
    let id = account["passkeys"][0]["id"].as_str().unwrap();
    school.stale("li").await.delete(&format!("/api/account/passkeys/{id}")).await.refused(403, "step_up_required");
    school.other_consultant().await.delete(&format!("/api/account/passkeys/{id}")).await.refused(404, "not_found");
    let begun = begin(&school, Some("li")).await;
    li_two.delete(&format!("/api/account/passkeys/{id}")).await.is(200);
    li.get("/api/account").await.refused(401, "not_signed_in");
    let credential = first.assert(&begun["options"]);
    finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
    let left = li_two.get("/api/account").await.is(200).json["passkeys"][0]["id"].as_str().unwrap().to_owned();
    li_two.delete(&format!("/api/account/passkeys/{left}")).await.refused(422, "invalid_fields");
}

#[tokio::test]
async fn a_guardian_who_came_by_a_code_may_register_the_first_passkey() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let who = guard::Actor::Guardian(known.guardian.parse().unwrap());
    let guardian = school.session(who, Times { proved: None, ..Times::STALE }).await;
    let begun = guardian.post("/api/account/passkeys/begin", json!({})).await.is(200);
    assert!(!begun.text().contains(seed::VALUES.guardian));
    let mut key = Key::new(ORIGIN);
    let body = json!({ "ceremony": begun.json["ceremony"], "credential": key.attest(&begun.json["options"]) });
    guardian.post("/api/account/passkeys/finish", body).await.is(200);
    guardian.post("/api/account/passkeys/begin", json!({})).await.refused(403, "step_up_required");
    let begun = begin(&school, None).await;
    let credential = key.assert(&begun["options"]);
    assert_eq!(finish(&school, &begun, credential).await.is(200).json["surface"], "portal");
}

#[tokio::test]
async fn a_recovery_code_registers_a_passkey_once() {
    let school = School::open().await;
    let mut key = Key::new(ORIGIN);
    let codes = enrol(&school, &mut key, "li").await.json["recovery_codes"].clone();
    let nobody = school.nobody();
    let wrong = nobody.post("/api/recovery/begin", json!({ "login": "li", "code": "AAAA-BBBB-CCCC" })).await;
    let wrong = wrong.refused(401, "sign_in_refused");
    let unknown = nobody.post("/api/recovery/begin", json!({ "login": "nobody9", "code": codes[0] })).await;
    assert_eq!(unknown.refused(401, "sign_in_refused").without_trace(), wrong.without_trace());
    let begun = nobody.post("/api/recovery/begin", json!({ "login": "li", "code": codes[0] })).await.is(200).json;
    let mut new = Key::new(ORIGIN);
    let body = json!({ "ceremony": begun["ceremony"], "credential": new.attest(&begun["options"]) });
    nobody.post("/api/enrolments/finish", body).await.is(200);
    nobody.post("/api/recovery/begin", json!({ "login": "li", "code": codes[0] })).await.refused(401, "sign_in_refused");
}
