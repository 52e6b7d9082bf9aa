//! What the relying party must reject; each comes with a signature that is right, so that it is the rule that refuses.

use super::passkeys::{begin, enrol, finish, link, with_key};
use crate::support::{
    School,
    app::ORIGIN,
    key::{Key, Said, UP, UV, b64, bytes},
};
use serde_json::{Value, json};

pub async fn ready() -> (School, Key) {
    let school = School::open().await;
    let mut key = Key::new(ORIGIN);
    enrol(&school, &mut key, "li").await;
    (school, key)
}

/// Both ways in refuse what `change` makes of an answer, and accept the next one as it should be.
async fn is_refused(school: &School, key: &mut Key, what: &str, change: impl Fn(&mut Said)) {
    for login in [Some("li"), None] {
        let begun = begin(school, login).await;
        let credential = key.assert_as(&begun["options"], &change);
        let answer = finish(school, &begun, credential).await;
        assert_eq!((answer.status, answer.code()), (401, "sign_in_refused"), "{what}, {login:?}");
        assert!(answer.token().is_none());
        let begun = begin(school, login).await;
        let credential = key.assert(&begun["options"]);
        finish(school, &begun, credential).await.is(200);
    }
}

/// Both ways in refuse an answer that `change` spoils after it was signed.
async fn is_refused_spoilt(school: &School, key: &mut Key, what: &str, change: impl Fn(&mut Value)) {
    for login in [Some("li"), None] {
        let begun = begin(school, login).await;
        let mut credential = key.assert(&begun["options"]);
        change(&mut credential);
        let answer = finish(school, &begun, credential).await;
        assert_eq!((answer.status, answer.code()), (401, "sign_in_refused"), "{what}, {login:?}");
        assert!(answer.token().is_none());
    }
}

#[tokio::test]
async fn w1_a_type_that_is_not_get_is_refused() {
    let (school, mut key) = ready().await;
    for kind in ["webauthn.create", "", "webauthn.GET"] {
        is_refused(&school, &mut key, kind, |said| said.client["type"] = json!(kind)).await;
    }
}

#[tokio::test]
async fn w2_a_challenge_that_is_not_the_one_given_is_refused() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "one bit", |said| {
        let mut challenge = bytes(&said.client["challenge"]);
        challenge[0] ^= 1;
        said.client["challenge"] = json!(b64(&challenge));
    })
    .await;
    is_refused(&school, &mut key, "empty", |said| said.client["challenge"] = json!("")).await;
    is_refused(&school, &mut key, "absent", |said| {
        said.client.as_object_mut().unwrap().remove("challenge");
    })
    .await;
}

#[tokio::test]
async fn w3_the_same_answer_twice_is_refused_the_second_time() {
    let (school, mut key) = ready().await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    finish(&school, &begun, credential.clone()).await.is(200);
    finish(&school, &begun, credential.clone()).await.refused(410, "lapsed");
    let other = begin(&school, Some("li")).await;
    finish(&school, &other, credential).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn w3_of_two_that_send_the_same_answer_at_once_one_gets_in() {
    let (school, mut key) = ready().await;
    let begun = begin(&school, None).await;
    let credential = key.assert(&begun["options"]);
    let (one, two) = tokio::join!(finish(&school, &begun, credential.clone()), finish(&school, &begun, credential.clone()));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

#[tokio::test]
async fn w3_a_ceremony_that_was_failed_cannot_be_tried_again() {
    let (school, mut key) = ready().await;
    let begun = begin(&school, Some("li")).await;
    let wrong = key.assert_as(&begun["options"], |said| said.flags = UP);
    finish(&school, &begun, wrong).await.refused(401, "sign_in_refused");
    let right = key.assert(&begun["options"]);
    finish(&school, &begun, right).await.refused(410, "lapsed");
}

#[tokio::test]
async fn w4_a_challenge_of_another_ceremony_session_or_time_is_refused() {
    let (school, mut key) = ready().await;
    let (one, two) = (begin(&school, Some("li")).await, begin(&school, Some("li")).await);
    let credential = key.assert(&one["options"]);
    finish(&school, &two, credential).await.refused(401, "sign_in_refused");

    let (here, there) = (school.stale("li").await, school.stale("li").await);
    let begun = here.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    there.post("/api/step-up/finish", body.clone()).await.refused(401, "sign_in_refused");
    finish(&school, &begun, credential_of(&body)).await.refused(410, "lapsed");

    let begun = here.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    finish(&school, &begun, credential).await.refused(410, "lapsed");

    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    let now = chrono::Utc::now().timestamp_micros() - 1;
    school.sql(&format!("UPDATE ceremony SET expires_at = {now}")).await;
    finish(&school, &begun, credential).await.refused(410, "lapsed");
}

fn credential_of(body: &Value) -> Value {
    body["credential"].clone()
}

#[tokio::test]
async fn w5_another_origin_is_refused() {
    let (school, mut key) = ready().await;
    for origin in [
        "https://localhost:8080",
        "http://localhost:8081",
        "http://localhost",
        "http://school.localhost:8080",
        "http://localhost.evil.example:8080",
        "http://evil.example",
        "null",
        "",
    ] {
        is_refused(&school, &mut key, origin, |said| said.client["origin"] = json!(origin)).await;
    }
}

#[tokio::test]
async fn w6_w7_an_answer_from_inside_another_page_is_refused() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "crossOrigin", |said| said.client["crossOrigin"] = json!(true)).await;
    is_refused(&school, &mut key, "topOrigin", |said| said.client["topOrigin"] = json!("https://evil.example")).await;
}

#[tokio::test]
async fn w8_a_key_of_another_relying_party_is_refused() {
    let (school, mut key) = ready().await;
    for rp in ["evil.example", "host", ""] {
        is_refused(&school, &mut key, rp, |said| said.rp = rp.into()).await;
    }
}

#[tokio::test]
async fn w9_w10_without_presence_or_verification_nobody_gets_in() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "no presence", |said| said.flags = UV).await;
    is_refused(&school, &mut key, "no verification", |said| said.flags = UP).await;
    is_refused(&school, &mut key, "neither", |said| said.flags = 0).await;
    let token = link(&school, "zhou").await;
    for flags in [0x41, 0x44, 0x40, 0x05] {
        let opened = school.nobody().post("/api/enrolments/open", json!({ "token": token })).await.is(200).json;
        let credential = Key::new(ORIGIN).attest_as(&opened["options"], |said| said.flags = flags);
        let body = json!({ "ceremony": opened["ceremony"], "credential": credential });
        school.nobody().post("/api/enrolments/finish", body).await.refused(401, "sign_in_refused");
    }
}

#[tokio::test]
async fn w11_a_wish_for_less_verification_is_refused() {
    let school = School::open().await;
    let wish = json!({ "login": "li", "userVerification": "discouraged" });
    school.nobody().post("/api/sign-in/begin", wish).await.refused(400, "malformed_request");
}

#[tokio::test]
async fn w12_a_key_that_is_backed_up_and_cannot_be_is_refused() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "BE=0, BS=1", |said| said.flags = UP | UV | 0x10).await;
}

#[tokio::test]
async fn w13_a_key_that_becomes_one_that_can_be_backed_up_is_refused() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "BE=1", |said| said.flags = UP | UV | 0x08).await;
}

/// A registration that `change` makes is refused, and nothing signs in by it.
pub async fn is_not_registered(school: &School, what: &str, change: impl FnOnce(&mut Said), spoil: impl FnOnce(&mut Value)) {
    let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(school, "zhou").await })).await.is(200).json;
    let mut credential = Key::new(ORIGIN).attest_as(&opened["options"], change);
    spoil(&mut credential);
    let body = json!({ "ceremony": opened["ceremony"], "credential": credential });
    let answer = school.nobody().post("/api/enrolments/finish", body).await;
    assert_eq!((answer.status, answer.code()), (401, "sign_in_refused"), "{what}");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM passkey").await, 0, "{what}");
}

#[tokio::test]
async fn a_registration_is_checked_like_a_sign_in() {
    let school = School::open().await;
    let fine = |_: &mut Value| ();
    is_not_registered(&school, "W1", |said| said.client["type"] = json!("webauthn.get"), fine).await;
    is_not_registered(&school, "W2", |said| said.client["challenge"] = json!(b64(&[1; 32])), fine).await;
    is_not_registered(&school, "W5", |said| said.client["origin"] = json!("http://evil.example"), fine).await;
    is_not_registered(&school, "W6", |said| said.client["crossOrigin"] = json!(true), fine).await;
    is_not_registered(&school, "W7", |said| said.client["topOrigin"] = json!("https://evil.example"), fine).await;
    is_not_registered(&school, "W8", |said| said.rp = "evil.example".into(), fine).await;
    is_not_registered(&school, "W14, an algorithm that was not offered", |said| drop(said.key.insert(3.into(), (-8).into())), fine).await;
    is_not_registered(&school, "W22", |_| (), |credential| credential["id"] = json!(b64(&[7; 32]))).await;
    is_not_registered(
        &school,
        "W17, an unknown format",
        |_| (),
        |credential| {
            let mut object = bytes(&credential["response"]["attestationObject"]);
            object[6..10].copy_from_slice(b"nope");
            credential["response"]["attestationObject"] = json!(b64(&object));
        },
    )
    .await;
    is_not_registered(
        &school,
        "W20, data after the end",
        |_| (),
        |credential| {
            let mut object = bytes(&credential["response"]["attestationObject"]);
            object.push(0);
            credential["response"]["attestationObject"] = json!(b64(&object));
        },
    )
    .await;
}

#[tokio::test]
async fn w19_authenticator_data_that_is_too_long_or_too_short_is_refused() {
    let (school, mut key) = ready().await;
    is_refused(&school, &mut key, "bytes left over", |said| said.tail = vec![0]).await;
    is_refused(&school, &mut key, "extensions that are not there", |said| said.flags = UP | UV | 0x80).await;
    is_refused_spoilt(&school, &mut key, "too short", |credential| {
        credential["response"]["authenticatorData"] = json!(b64(&[0; 36]));
    })
    .await;
}

#[tokio::test]
async fn w21_client_data_that_is_no_text_is_refused_and_unknown_keys_are_let_be() {
    let (school, mut key) = ready().await;
    for client in [&[0xff, 0xfe][..], b"", b"[]", b"null", b"{\"type\":\"webauthn.get\""] {
        is_refused_spoilt(&school, &mut key, "client data", |credential| {
            credential["response"]["clientDataJSON"] = json!(b64(client));
        })
        .await;
    }
    let begun = begin(&school, None).await;
    let credential = key.assert_as(&begun["options"], |said| said.client["other_keys_can_be_added_here"] = json!("do not compare"));
    finish(&school, &begun, credential).await.is(200);
}

#[tokio::test]
async fn w18_a_credential_of_somebody_else_cannot_be_registered() {
    let (school, mut key) = ready().await;
    let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(&school, "zhou").await })).await.is(200).json;
    let mut thief = Key::new(ORIGIN);
    thief.id.clone_from(&key.id);
    let body = json!({ "ceremony": opened["ceremony"], "credential": thief.attest(&opened["options"]) });
    school.nobody().post("/api/enrolments/finish", body).await.refused(401, "sign_in_refused");
    let begun = begin(&school, None).await;
    let credential = key.assert(&begun["options"]);
    assert_eq!(finish(&school, &begun, credential).await.is(200).json["name"], "李老师");
}

#[tokio::test]
async fn w22_an_id_that_is_not_the_raw_id_is_refused() {
    let (school, mut key) = ready().await;
    let other = b64(&[7; 32]);
    is_refused_spoilt(&school, &mut key, "id", |credential| credential["id"] = json!(other)).await;
    is_refused_spoilt(&school, &mut key, "rawId", |credential| credential["rawId"] = json!(other)).await;
    is_refused_spoilt(&school, &mut key, "no id", |credential| {
        credential.as_object_mut().unwrap().remove("id");
    })
    .await;
    is_refused_spoilt(&school, &mut key, "type", |credential| credential["type"] = json!("password")).await;
}

#[tokio::test]
async fn w23_a_signature_that_is_not_right_is_refused() {
    let (school, mut key) = ready().await;
    is_refused_spoilt(&school, &mut key, "empty", |credential| credential["response"]["signature"] = json!("")).await;
    is_refused_spoilt(&school, &mut key, "flipped", |credential| {
        let mut signature = bytes(&credential["response"]["signature"]);
        let last = signature.len() - 1;
        signature[last] ^= 1;
        credential["response"]["signature"] = json!(b64(&signature));
    })
    .await;
    is_refused_spoilt(&school, &mut key, "r and s are zero", |credential| {
        credential["response"]["signature"] = json!(b64(&[0x30, 6, 2, 1, 0, 2, 1, 0]));
    })
    .await;
    is_refused_spoilt(&school, &mut key, "other authenticator data", |credential| {
        let mut data = bytes(&credential["response"]["authenticatorData"]);
        data[36] ^= 1;
        credential["response"]["authenticatorData"] = json!(b64(&data));
    })
    .await;
    let mut stranger = Key::new(ORIGIN);
    stranger.id.clone_from(&key.id);
    stranger.user.clone_from(&key.user);
    let begun = begin(&school, None).await;
    let credential = stranger.assert(&begun["options"]);
    finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn w24_a_user_handle_that_is_missing_or_anothers_is_refused() {
    let (school, mut key) = ready().await;
    let zhou = school.staff_id("zhou").await.uuid();
    for user in [None, Some(String::new()), Some(b64(zhou.as_bytes())), Some(b64(&[1; 100]))] {
        let begun = begin(&school, None).await;
        let credential = key.assert_as(&begun["options"], |said| said.user.clone_from(&user));
        finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
    }
}

#[tokio::test]
async fn w25_a_key_that_was_not_asked_for_and_a_suspended_person_are_refused() {
    let (school, mut key) = ready().await;
    let (_, mut zhou) = with_key(&school, "zhou").await;
    let begun = begin(&school, Some("li")).await;
    let credential = zhou.assert(&begun["options"]);
    finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
    let (named, discovered) = (begin(&school, Some("li")).await, begin(&school, None).await);
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'li'").await;
    for begun in [named, discovered, begin(&school, Some("li")).await] {
        let credential = key.assert(&begun["options"]);
        finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
    }
}

#[tokio::test]
async fn w27_a_registration_is_no_sign_in_and_a_sign_in_no_registration() {
    let (school, mut key) = ready().await;
    let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(&school, "zhou").await })).await.is(200).json;
    let registration = Key::new(ORIGIN).attest(&opened["options"]);
    finish(&school, &opened, registration.clone()).await.refused(410, "lapsed");
    let begun = begin(&school, None).await;
    finish(&school, &begun, registration).await.refused(401, "sign_in_refused");
    let begun = begin(&school, Some("li")).await;
    let assertion = key.assert(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": assertion });
    school.nobody().post("/api/enrolments/finish", body).await.refused(410, "lapsed");
    let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(&school, "zhou").await })).await.is(200).json;
    let body = json!({ "ceremony": opened["ceremony"], "credential": assertion });
    school.nobody().post("/api/enrolments/finish", body).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn w28_every_sign_in_is_a_session_of_its_own() {
    let (school, mut key) = ready().await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let begun = begin(&school, None).await;
        let credential = key.assert(&begun["options"]);
        let before = school.consultant().await;
        let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
        let answer = before.post("/api/sign-in/finish", body).await.is(200);
        assert_ne!(answer.token(), before.token);
        assert!(seen.insert(answer.token()));
        assert!(seen.insert(answer.json["session"].as_str().map(str::to_owned)));
    }
}

#[tokio::test]
async fn w29_the_limit_of_the_way_in_does_not_depend_on_what_is_sent() {
    let school = School::open().await;
    let nobody = school.nobody();
    let mut statuses = Vec::new();
    for turn in 0..130 {
        let request = nobody.request("POST", "/api/sign-in/begin").header("content-type", "application/json");
        let request = request.header("x-forwarded-for", format!("10.0.0.{turn}")).header("x-real-ip", format!("10.1.0.{turn}"));
        let body = json!({ "login": format!("somebody{turn}") }).to_string();
        statuses.push(nobody.send(request.body(body.into()).unwrap()).await.status);
    }
    assert_eq!(statuses[0], 200);
    assert!(statuses.contains(&429));
}

#[tokio::test]
async fn w29_guesses_at_recovery_codes_are_few() {
    let school = School::open().await;
    let mut last = 0;
    for turn in 0..8 {
        let wish = json!({ "login": format!("{}li", " ".repeat(turn)), "code": format!("AAAA-BBBB-CCC{turn}") });
        last = school.nobody().post("/api/recovery/begin", wish).await.status;
    }
    assert_eq!(last, 429, "no spelling of a name has guesses of its own");
    // Those that were answered are written down as of whom they would have been.
    let refused = "SELECT COUNT(*) AS n FROM trail WHERE action = 'sign_in_refused' AND actor_id IS NOT NULL";
    assert_eq!(school.number(refused).await, 5);
    let long = json!({ "login": "橘".repeat(60_000), "code": "AAAA-BBBB-CCCC" });
    school.nobody().post("/api/recovery/begin", long).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn w30_no_passkey_is_added_without_a_fresh_one() {
    let (school, _) = ready().await;
    let li = school.stale("li").await;
    li.post("/api/account/passkeys/begin", json!({})).await.refused(403, "step_up_required");
    assert_eq!(li.get("/api/account").await.is(200).json["passkeys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn every_refusal_has_one_answer_and_a_line_in_the_trail() {
    let (school, mut key) = ready().await;
    let before = school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'sign_in_refused'").await;
    let mut bodies = std::collections::BTreeSet::new();
    for login in [Some("li"), None, Some("nobody9")] {
        let begun = begin(&school, login).await;
        let credential = key.assert_as(&begun["options"], |said| said.flags = UP);
        bodies.insert(finish(&school, &begun, credential).await.without_trace().to_string());
        let begun = begin(&school, login).await;
        bodies.insert(finish(&school, &begun, json!({ "id": "x" })).await.without_trace().to_string());
    }
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    let after = school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'sign_in_refused'").await;
    assert_eq!(after, before + 6);
}
