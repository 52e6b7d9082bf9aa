//! Guardians on the ladder: a code lets them in until the school asks them for a passkey; what a code is worth from then on.
//!
//! The rule: what a stranger is answered about a contact is the same whether its owner has a passkey, has none, or is not known.

use super::{
    entry::{ask, code_in, enter, invite},
    passkeys::{begin, finish},
    passwords::rung,
};
use crate::support::{Actor, Answer, School, actors::Times, key::Key, seed};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A guardian who came by a code, behind the school's back.
async fn by_code(school: &School, known: &seed::Known) -> Actor {
    let who = guard::Actor::Guardian(known.guardian.parse().unwrap());
    school.session(who, Times { proved: None, ..Times::FRESH }).await
}

/// Makes the first passkey in a session.
async fn register(who: &Actor, key: &mut Key) -> Answer {
    let begun = who.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    let body = json!({ "ceremony": begun["ceremony"], "credential": key.attest(&begun["options"]), "name": "手机" });
    who.post("/api/account/passkeys/finish", body).await
}

/// Signs in by it.
async fn by_passkey(school: &School, key: &mut Key) -> Answer {
    let begun = begin(school, None).await;
    let credential = key.assert(&begun["options"]);
    finish(school, &begun, credential).await
}

/// The messages of a code or about one, once there are so many; word of a new device goes besides.
async fn about_codes(school: &School, number: usize) -> Vec<String> {
    for _ in 0..100 {
        let letters = school.outbox(0).await;
        let texts = letters.iter().map(|letter| letter["text"].as_str().unwrap().to_owned());
        let texts: Vec<String> = texts.filter(|text| !text.contains("New device")).collect();
        if texts.len() >= number {
            return texts;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no such message came");
}

/// Asks for a code by the contact on file; the ceremony, and what the so-manieth message says.
async fn message(school: &School, number: usize) -> (Value, String) {
    let asked = ask(school, json!({ "by": "contact", "contact": seed::VALUES.phone })).await;
    let texts = about_codes(school, number).await;
    assert_eq!(texts.len(), number);
    (asked["ceremony"].clone(), texts.last().unwrap().clone())
}

async fn makes_one_first(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    rung(school, "guardian", "passkey").await.is(200);
    let (ceremony, text) = message(school, 1).await;
    let me = enter(school, &ceremony, &code_in(&text)).await.is(200);
    assert_eq!((&me.json["surface"], &me.json["roles"], &me.json["duties"]), (&json!("portal"), &json!([]), &json!([])));
    let father = school.nobody().with_token(me.token());
    let child = format!("/api/portal/children/{}", known.student);
    for path in ["/api/portal/children", &child, &format!("{child}/ledger"), "/api/families", "/api/account/credentials"] {
        father.get(path).await.refused(403, "credential_too_low");
    }
    father.post(&format!("{child}/questions"), json!({ "line": 1, "words": "为什么？" })).await.refused(403, "credential_too_low");
    father.delete("/api/account/sessions").await.refused(403, "credential_too_low");
    father.post("/api/step-up/begin", json!({})).await.refused(403, "credential_too_low");
    assert_eq!(father.get("/api/session").await.is(200).json["roles"], json!([]));
    assert_eq!(father.get("/api/account").await.is(200).json["passkeys"], json!([]));
    // With the passkey the session stands on the rung, by a token of its own, on every server.
    let mut key = Key::new(&school.origin);
    let made = register(&father, &mut key).await.is(200);
    father.get("/api/account").await.refused(401, "not_signed_in");
    let father = father.with_token(made.token());
    assert_eq!(father.get("/api/session").await.is(200).json["roles"], json!(["guardian"]));
    father.get(&child).await.is(200);
    father.at(&school.second().await).get(&child).await.is(200);
    by_passkey(school, &mut key).await.is(200);
}

#[tokio::test]
async fn a_guardian_without_a_passkey_comes_by_a_code_to_make_one_and_to_nothing_else() {
    makes_one_first(&School::open().await).await;
}

async fn a_code_opens_nothing(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let (early, text) = message(school, 1).await;
    let mut key = Key::new(&school.origin);
    register(&by_code(school, &known).await, &mut key).await.is(200);
    rung(school, "guardian", "passkey").await.is(200);
    let unknown = ask(school, json!({ "by": "contact", "contact": "10055556666" })).await;
    let wrong = enter(school, &unknown["ceremony"], "000000").await.refused(422, "invalid_fields").without_trace();
    // The right code, which was sent before.
    let right = enter(school, &early, &code_in(&text)).await.refused(422, "invalid_fields");
    assert!(right.token().is_none());
    assert_eq!(right.without_trace(), wrong);
    // From now on none goes: its owner is told, and nobody else.
    let (ceremony, text) = message(school, 2).await;
    assert!(text.contains("通行密钥") && !text.contains(|letter: char| letter.is_ascii_digit()), "{text}");
    assert_eq!(enter(school, &ceremony, "000000").await.refused(422, "invalid_fields").without_trace(), wrong);
    for _ in 0..4 {
        enter(school, &ceremony, "000000").await.refused(422, "invalid_fields");
        enter(school, &unknown["ceremony"], "000000").await.refused(422, "invalid_fields");
    }
    let spent = enter(school, &unknown["ceremony"], "000000").await.refused(410, "lapsed").without_trace();
    assert_eq!(enter(school, &ceremony, "000000").await.refused(410, "lapsed").without_trace(), spent);
    let me = by_passkey(school, &mut key).await.is(200);
    school.nobody().with_token(me.token()).get("/api/portal/children").await.is(200);
    // Lowered again, a code is enough.
    rung(school, "guardian", "any").await.is(200);
    let (ceremony, text) = message(school, 3).await;
    let me = enter(school, &ceremony, &code_in(&text)).await.is(200);
    assert_eq!(me.json["roles"], json!(["guardian"]));
    school.nobody().with_token(me.token()).get("/api/portal/children").await.is(200);
}

#[tokio::test]
async fn a_code_opens_nothing_to_a_guardian_who_has_the_passkey_and_nobody_but_them_is_told() {
    a_code_opens_nothing(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_guardians_make_a_passkey_first_and_come_by_it_alone() {
    if let Some(school) = School::on_postgres().await {
        makes_one_first(&school).await;
    }
    if let Some(school) = School::on_postgres().await {
        a_code_opens_nothing(&school).await;
    }
}

#[tokio::test]
async fn the_raised_rung_holds_at_the_next_request_of_sessions_that_are_open() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    let mut key = Key::new(&school.origin);
    register(&by_code(&school, &known).await, &mut key).await.is(200);
    let proved = school.nobody().with_token(by_passkey(&school, &mut key).await.is(200).token());
    let (with, without) = (by_code(&school, &known).await, by_code(&school, &other).await);
    let second = school.second().await;
    for who in [&proved, &with, &without] {
        who.at(&second).get("/api/portal/children").await.is(200);
    }
    rung(&school, "guardian", "passkey").await.is(200);
    proved.at(&second).get("/api/portal/children").await.is(200);
    without.at(&second).get("/api/portal/children").await.refused(403, "credential_too_low");
    with.at(&second).get("/api/account").await.refused(401, "not_signed_in");
    with.get("/api/portal/children").await.refused(401, "not_signed_in");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'session_ended'").await, 1);
    // Lowered again: what stood goes on, and what ended stays so.
    rung(&school, "guardian", "any").await.is(200);
    without.get("/api/portal/children").await.is(200);
    with.get("/api/portal/children").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn of_two_who_came_by_a_code_the_one_who_makes_the_passkey_puts_the_other_out() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    rung(&school, "guardian", "passkey").await.is(200);
    let (one, two) = (by_code(&school, &known).await, by_code(&school, &known).await);
    let mut theirs = Key::new(&school.origin);
    let begun = two.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    register(&one, &mut Key::new(&school.origin)).await.is(200);
    let body = json!({ "ceremony": begun["ceremony"], "credential": theirs.attest(&begun["options"]), "name": "手机" });
    two.post("/api/account/passkeys/finish", body).await.refused(401, "not_signed_in");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM passkey").await, 1);
}

#[tokio::test]
async fn an_invitation_lets_whoever_lost_the_passkey_begin_anew_and_ends_what_the_old_one_opened() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let mut lost = Key::new(&school.origin);
    register(&by_code(&school, &known).await, &mut lost).await.is(200);
    rung(&school, "guardian", "passkey").await.is(200);
    let open = school.nobody().with_token(by_passkey(&school, &mut lost).await.is(200).token());
    let token = invite(&school, &known).await;
    let asked = ask(&school, json!({ "by": "invitation", "token": token, "channel": "sms" })).await;
    let text = about_codes(&school, 1).await[0].clone();
    // Until the code is there, nothing has happened.
    enter(&school, &asked["ceremony"], "12345").await.refused(422, "invalid_fields");
    open.get("/api/portal/children").await.is(200);
    let me = enter(&school, &asked["ceremony"], &code_in(&text)).await.is(200);
    assert_eq!((&me.json["roles"], &me.json["passkeys"]), (&json!([]), &json!(0)));
    open.get("/api/portal/children").await.refused(401, "not_signed_in");
    by_passkey(&school, &mut lost).await.refused(401, "sign_in_refused");
    let father = school.nobody().with_token(me.token());
    father.get("/api/portal/children").await.refused(403, "credential_too_low");
    let mut new = Key::new(&school.origin);
    let father = father.with_token(register(&father, &mut new).await.is(200).token());
    father.get("/api/portal/children").await.is(200);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'passkey_removed'").await, 1);
    // Where the school asks for none, an invitation takes nothing away.
    rung(&school, "guardian", "any").await.is(200);
    let token = invite(&school, &known).await;
    let asked = ask(&school, json!({ "by": "invitation", "token": token, "channel": "sms" })).await;
    let text = about_codes(&school, 2).await[1].clone();
    enter(&school, &asked["ceremony"], &code_in(&text)).await.is(200);
    father.get("/api/portal/children").await.is(200);
    by_passkey(&school, &mut new).await.is(200);
}

#[tokio::test]
async fn no_role_of_staff_stands_on_a_code_alone_and_guardians_on_nothing_that_they_cannot_have() {
    let school = School::open().await;
    let shen = school.administrator().await;
    let usual = shen.get("/api/school/ladder").await.is(200).json;
    for wrong in [
        json!({ "role": "teacher", "least": "any" }),
        json!({ "role": "administrator", "least": "any" }),
        json!({ "role": "teacher_a", "least": "any" }),
        json!({ "role": "teacher_a", "least": "passkey" }),
        json!({ "role": "emergency", "least": "any" }),
        json!({ "role": "guardian", "least": "mfa" }),
        json!({ "role": "guardian", "least": "attested_passkey" }),
        json!({ "role": "guardian", "least": "any", "idle_minutes": 1441 }),
        json!({ "role": "guardian", "least": "any", "hours": 721 }),
        json!({ "role": "teacher", "least": "passkey", "idle_minutes": 1440 }),
    ] {
        let refused = shen.patch("/api/school/ladder", json!({ "rungs": [wrong] })).await.refused(422, "invalid_fields");
        assert_eq!(refused.json["fields"], json!([{ "at": "rungs", "code": "malformed" }]), "{wrong}");
    }
    assert_eq!(shen.get("/api/school/ladder").await.is(200).json, usual);
    let of_guardians = |card: &Value| card["rungs"].as_array().unwrap().iter().find(|rung| rung["role"] == "guardian").unwrap().clone();
    let card = of_guardians(&usual);
    assert_eq!((&card["least"], &card["idle_minutes"], &card["hours"]), (&json!("any"), &json!(1440), &json!(720)));
    assert!(card["people"].as_u64().unwrap() > 0 && card["passkeys"] == 0 && card["passwords"] == 0, "{card}");
    // What is left out is the usual time of guardians, not that of staff.
    let card = of_guardians(&rung(&school, "guardian", "passkey").await.is(200).json);
    assert_eq!((&card["least"], &card["idle_minutes"], &card["hours"]), (&json!("passkey"), &json!(1440), &json!(720)));
}

/// As if somebody had written it into the database.
#[tokio::test]
async fn what_a_hand_wrote_into_the_ladder_lets_nobody_in_by_less() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let (li, father) = (school.consultant().await, by_code(&school, &known).await);
    for written in [
        r#"[{"role":"consultant","least":"any"},{"role":"guardian","least":"mfa"}]"#,
        r#"[{"role":"consultant_a","least":"any"},{"role":"guardian","least":"attested_passkey"}]"#,
    ] {
        school.sql(&format!("UPDATE school SET ladder = '{written}'")).await;
        for role in ["consultant", "guardian"] {
            let card = school.administrator().await.get("/api/school/ladder").await.is(200).json;
            assert_eq!(card["rungs"].as_array().unwrap().iter().find(|rung| rung["role"] == role).unwrap()["least"], "passkey");
        }
        father.get("/api/portal/children").await.refused(403, "credential_too_low");
        li.get("/api/families").await.is(200);
        for opened in ["'any'", "NULL", "'mfa'"] {
            let low = school.consultant().await;
            school.sql(&format!("UPDATE session SET credential = {opened} WHERE id = x'{}'", low.session.unwrap().0.simple())).await;
            low.get("/api/families").await.refused(401, "not_signed_in");
        }
    }
    // Somebody of staff who is a guardian by their row alone is let in by no code either.
    school.sql("UPDATE school SET ladder = '[]'").await;
    school.sql("UPDATE staff SET roles = 256 WHERE login = 'li'").await;
    let low = school.consultant().await;
    school.sql(&format!("UPDATE session SET credential = 'any' WHERE id = x'{}'", low.session.unwrap().0.simple())).await;
    low.get("/api/session").await.is(200);
    low.get("/api/account").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_guardians_session_lives_as_long_as_the_school_says_and_never_longer_than_a_day_and_thirty() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let who = guard::Actor::Guardian(known.guardian.parse().unwrap());
    let opened = async |hours| school.session(who, Times { ago: TimeDelta::hours(hours), left: TimeDelta::days(30), proved: None }).await;
    opened(23).await.get("/api/portal/children").await.is(200);
    let shorter = json!({ "rungs": [{ "role": "guardian", "least": "any", "idle_minutes": 720 }] });
    school.administrator().await.patch("/api/school/ladder", shorter).await.is(200);
    opened(11).await.get("/api/portal/children").await.is(200);
    opened(13).await.get("/api/portal/children").await.refused(401, "not_signed_in");
    let shorter = json!({ "rungs": [{ "role": "guardian", "least": "any", "hours": 10 }] });
    school.administrator().await.patch("/api/school/ladder", shorter).await.is(200);
    opened(11).await.get("/api/portal/children").await.refused(401, "not_signed_in");
}
