//! The ladder of credentials, and the way in by password and code.
//!
//! The rule: a code is computed as the app of its owner would; to use one after another the last step is set back behind the
//! school's back, since a test does not wait for half a minute.

use super::{
    passkeys::{begin, enrol, finish, with_key},
    places::Reached,
};
use crate::support::{Actor, Answer, School, actors::Times, app::ORIGIN, key::Key, seed};
use chrono::TimeDelta;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "seven tangerines in the attic";

/// What the app of a secret shows, so many steps from now.
pub fn code(secret: &str, steps: i64) -> String {
    let app = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).with_account_name("x").build().unwrap();
    app.generate(u64::try_from(chrono::Utc::now().timestamp() + 30 * steps).unwrap()).to_string()
}

/// Lets a role sign in with this at least.
pub async fn rung(school: &School, role: &str, least: &str) -> Answer {
    school.administrator().await.patch("/api/school/ladder", json!({ "rungs": [{ "role": role, "least": least }] })).await
}

/// Sets a password; gives back the secret of the codes. No step is used afterwards.
pub async fn set(school: &School, who: &Actor, password: &str) -> String {
    let begun = who.post("/api/account/password/begin", json!({ "password": password })).await.is(200).json;
    let secret = begun["secret"].as_str().unwrap().to_owned();
    who.post("/api/account/password/finish", json!({ "ceremony": begun["ceremony"], "code": code(&secret, 0) })).await.is(200);
    unused(school).await;
    secret
}

/// As if no code had been used yet.
async fn unused(school: &School) {
    school.sql("UPDATE password SET last_step = 0").await;
}

pub async fn sign_in(school: &School, login: &str, password: &str, code: &str) -> Answer {
    school.nobody().post("/api/sign-in/password", json!({ "login": login, "password": password, "code": code })).await
}

/// A school where consultants may, and Li has.
async fn with_password(school: &School) -> String {
    rung(school, "consultant", "mfa").await.is(200);
    set(school, &school.consultant().await, PASSWORD).await
}

async fn inside(school: &School, answer: &Answer) -> Actor {
    school.consultant().await.with_token(answer.token())
}

async fn actions(school: &School, action: &str, credential: Option<&str>) -> usize {
    let han = school.auditor().await;
    let lines = han.get(&format!("/api/trail?action={action}")).await.is(200).json;
    let mut found = 0;
    for line in lines["items"].as_array().unwrap() {
        let entry = han.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json;
        found += usize::from(entry["credential"].as_str() == credential);
    }
    found
}

async fn lets_in_and_opens_nothing(school: &School) {
    let secret = with_password(school).await;
    let answer = sign_in(school, " li ", PASSWORD, &code(&secret, 0)).await.is(200);
    assert_eq!((&answer.json["name"], &answer.json["fresh_until"]), (&json!("李老师"), &Value::Null));
    let li = inside(school, &answer).await;
    li.get("/api/families").await.is(200);
    assert_eq!(li.get("/api/account/credentials").await.is(200).json["present"], "mfa");
    // Whatever asks for presence still does.
    for (method, path) in
        [("POST", "/api/account/recovery-codes"), ("POST", "/api/account/passkeys/begin"), ("DELETE", "/api/account/password")]
    {
        li.ask(method, path, None).await.refused(403, "step_up_required");
    }
    let again = json!({ "password": "eight tangerines in the attic" });
    li.post("/api/account/password/begin", again).await.refused(403, "step_up_required");
    assert_eq!(actions(school, "signed_in", Some("mfa")).await, 1);
    assert_eq!(actions(school, "password_set", None).await, 1);
}

#[tokio::test]
async fn a_password_and_a_code_let_in_and_open_nothing_that_asks_for_presence() {
    lets_in_and_opens_nothing(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_too_a_password_and_a_code_let_in_once() {
    if let Some(school) = School::on_postgres().await {
        lets_in_and_opens_nothing(&school).await;
        school.sql("DELETE FROM session").await;
        used_once(&school).await;
    }
}

/// A field is opened by a signature of a passkey alone.
#[tokio::test]
async fn whoever_came_by_password_opens_a_field_with_a_passkey_and_with_nothing_else() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let secret = with_password(&school).await;
    let li = inside(&school, &sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.is(200)).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    // They have no passkey at all any more, so there is nothing that could sign.
    li.post(&path, seed::because("guardian.phone")).await.refused(403, "forbidden");
    li.reveal(&path, seed::because("guardian.phone")).await.is(200);
}

async fn used_once(school: &School) {
    let secret = match school.number("SELECT COUNT(*) AS n FROM password").await {
        0 => with_password(school).await,
        _ => set(school, &school.consultant().await, PASSWORD).await,
    };
    let now = code(&secret, 0);
    sign_in(school, "li", PASSWORD, &now).await.is(200);
    let again = sign_in(school, "li", PASSWORD, &now).await.refused(401, "sign_in_refused");
    assert!(again.token().is_none());
    // Nor one of before it.
    sign_in(school, "li", PASSWORD, &code(&secret, -1)).await.refused(401, "sign_in_refused");
    unused(school).await;
    // On two machines at once, one gets in.
    let (here, there) = (school.nobody(), school.nobody().at(&school.second().await));
    let now = code(&secret, 0);
    let body = json!({ "login": "li", "password": PASSWORD, "code": now });
    let (one, two) = tokio::join!(here.post("/api/sign-in/password", body.clone()), there.post("/api/sign-in/password", body.clone()));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn a_code_lets_in_once() {
    used_once(&School::open().await).await;
}

#[tokio::test]
async fn everything_that_is_wrong_has_one_answer_and_is_written_down() {
    let school = School::open().await;
    let secret = with_password(&school).await;
    // Zhou may and has none; Wu may not and had one; Li is right but for one thing.
    rung(&school, "registrar", "mfa").await.is(200);
    let other = set(&school, &school.registrar().await, PASSWORD).await;
    rung(&school, "registrar", "passkey").await.is(200);
    let right = code(&secret, 0);
    let wrong = [
        ("nobody9", PASSWORD, right.clone()),
        ("zhou", PASSWORD, right.clone()),
        ("wu", PASSWORD, code(&other, 0)),
        ("li", "seven tangerines in the cellar", right.clone()),
        ("li", PASSWORD, code(&secret, -3)),
        ("li", PASSWORD, String::new()),
    ];
    let mut answers = Vec::new();
    for (login, password, code) in &wrong {
        let answer = sign_in(&school, login, password, code).await.refused(401, "sign_in_refused");
        assert!(answer.token().is_none(), "{login}");
        answers.push(answer.without_trace());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(actions(&school, "sign_in_refused", Some("mfa")).await, wrong.len());
    // Nothing of it counted as a use.
    sign_in(&school, "li", PASSWORD, &right).await.is(200);
}

#[tokio::test]
async fn whoever_is_suspended_or_has_left_is_refused_and_what_they_had_is_gone_when_they_leave() {
    let school = School::open().await;
    let secret = with_password(&school).await;
    let id = school.staff_id("li").await.uuid();
    let shen = school.administrator().await;
    shen.ask("POST", &format!("/api/staff/{id}/suspensions"), None).await.is(200);
    sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.refused(401, "sign_in_refused");
    let plan = shen.get(&format!("/api/staff/{id}/departures")).await.is(200).json;
    let to = school.staff_id("zhou").await.uuid();
    shen.post(&format!("/api/staff/{id}/departures"), json!({ "families": plan["families"], "to": to })).await.is(200);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM password").await, 0);
}

#[tokio::test]
async fn only_whose_roles_all_may_sets_a_password_and_only_with_a_fresh_passkey() {
    let school = School::open().await;
    let wish = || json!({ "password": PASSWORD });
    let li = school.consultant().await;
    li.post("/api/account/password/begin", wish()).await.refused(403, "forbidden");
    rung(&school, "consultant", "mfa").await.is(200);
    school.stale("li").await.post("/api/account/password/begin", wish()).await.refused(403, "step_up_required");
    school.registrar().await.post("/api/account/password/begin", wish()).await.refused(403, "forbidden");
    let father = school.guardian().await;
    father.post("/api/account/password/begin", wish()).await.refused(404, "not_found");
    father.get("/api/account/credentials").await.refused(404, "not_found");
    // One role more, of which a passkey is asked.
    school.sql("UPDATE staff SET roles = roles + 2 WHERE login = 'li'").await;
    li.post("/api/account/password/begin", wish()).await.refused(403, "forbidden");
    assert_eq!(li.get("/api/account/credentials").await.is(200).json["least"], "passkey");
}

#[tokio::test]
async fn a_password_that_is_short_or_everybodys_is_refused_by_name() {
    let school = School::open().await;
    rung(&school, "consultant", "mfa").await.is(200);
    let li = school.consultant().await;
    for (password, why) in [
        ("short one", "malformed"),
        ("woaini1314520!", "guessable"),
        ("88888888888888", "guessable"),
        ("lilaoshi20240901", "guessable"),
        ("mingdeshuyuan123", "guessable"),
    ] {
        let answer = li.post("/api/account/password/begin", json!({ "password": password })).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"], json!([{ "at": "password", "code": why }]), "{password}");
        assert!(!answer.text().contains(password));
    }
    let long = "橘a7#".repeat(40);
    let answer = li.post("/api/account/password/begin", json!({ "password": long })).await.refused(422, "invalid_fields");
    assert_eq!(answer.json["fields"][0]["code"], "too_long");
}

#[tokio::test]
async fn setting_up_takes_a_right_code_of_the_very_session_and_five_tries() {
    let school = School::open().await;
    rung(&school, "consultant", "mfa").await.is(200);
    let (li, elsewhere) = (school.consultant().await, school.consultant().await);
    let begun = li.post("/api/account/password/begin", json!({ "password": PASSWORD })).await.is(200);
    assert!(begun.header("cache-control").contains("no-store"));
    assert!(begun.json["qr"].as_str().unwrap().contains("<svg"));
    let secret = begun.json["secret"].as_str().unwrap().to_owned();
    let with = |code: String| json!({ "ceremony": begun.json["ceremony"], "code": code });
    elsewhere.post("/api/account/password/finish", with(code(&secret, 0))).await.refused(410, "lapsed");
    for _ in 0..4 {
        let answer = li.post("/api/account/password/finish", with("000".into())).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"][0]["at"], "code");
    }
    li.post("/api/account/password/finish", with(code(&secret, 0))).await.refused(410, "lapsed");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM password").await, 0);
    // The code that ends the set-up is used by it.
    let begun = li.post("/api/account/password/begin", json!({ "password": PASSWORD })).await.is(200).json;
    let used = code(begun["secret"].as_str().unwrap(), 0);
    li.post("/api/account/password/finish", json!({ "ceremony": begun["ceremony"], "code": used })).await.is(200);
    elsewhere.get("/api/session").await.is(200);
    elsewhere.get("/api/families").await.refused(401, "not_signed_in");
    sign_in(&school, "li", PASSWORD, &used).await.refused(401, "sign_in_refused");
    for hidden in [PASSWORD.as_bytes(), begun["secret"].as_str().unwrap().as_bytes(), b"$argon2id$"] {
        assert!(!school.files().windows(hidden.len()).any(|bytes| bytes == hidden));
    }
}

#[tokio::test]
async fn what_is_removed_lets_nobody_in() {
    let school = School::open().await;
    let secret = with_password(&school).await;
    let by_password = inside(&school, &sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.is(200)).await;
    let li = school.consultant().await;
    assert!(li.get("/api/account/credentials").await.is(200).json["password_set"].is_string());
    li.delete("/api/account/password").await.is(200);
    li.delete("/api/account/password").await.refused(404, "not_found");
    by_password.get("/api/families").await.refused(401, "not_signed_in");
    unused(&school).await;
    sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.refused(401, "sign_in_refused");
    assert_eq!(actions(&school, "password_removed", None).await, 1);
}

#[tokio::test]
async fn guesses_close_this_way_for_a_while_and_never_that_of_the_passkey() {
    let school = School::open().await;
    let (li, mut key) = with_key(&school, "li").await;
    rung(&school, "consultant", "mfa").await.is(200);
    let secret = set(&school, &li, PASSWORD).await;
    for _ in 0..5 {
        sign_in(&school, "li", "not this one, of course", "123456").await.refused(401, "sign_in_refused");
    }
    let late = sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.refused(429, "too_many_requests");
    assert!(late.json["retry_after"].as_u64().unwrap() > 0);
    // An unknown name is counted alike, and one name says nothing of another.
    for _ in 0..5 {
        sign_in(&school, "nobody9", "not this one, of course", "123456").await.refused(401, "sign_in_refused");
    }
    sign_in(&school, "nobody9", "not this one, of course", "123456").await.refused(429, "too_many_requests");
    sign_in(&school, "zhou", "not this one, of course", "123456").await.refused(401, "sign_in_refused");
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    finish(&school, &begun, credential).await.is(200);
}

async fn strangers_close_nothing_on_a_known_device(school: &School) {
    // A password that is set forgets every device but the one on which it is, so it comes first.
    let secret = with_password(school).await;
    let enrolled = enrol(school, &mut Key::new(ORIGIN), "li").await;
    let known = school.nobody().on(enrolled.device());
    // With nothing of before in memory, as after a restart.
    let reached = Reached::new(school, None).await;
    let by_password = async |who: &Actor, from: &str, password: &str, code: String| {
        who.at(&reached.from(from)).post("/api/sign-in/password", json!({ "login": "li", "password": password, "code": code })).await
    };
    let recover = async |who: &Actor, from: &str, code: Value| {
        who.at(&reached.from(from)).post("/api/recovery/begin", json!({ "login": "li", "code": code })).await
    };
    let stranger = school.nobody();
    for number in 0..20 {
        let from = format!("198.51.100.{}", number / 4);
        by_password(&stranger, &from, "not this one, of course", "123456".into()).await.refused(401, "sign_in_refused");
        recover(&stranger, &from, json!("AAAA-BBBB-CCCC")).await.refused(401, "sign_in_refused");
    }
    // Closed to everybody else, Li in a browser that nobody knows among them, and to a browser that is known of Zhou alone.
    let of_zhou = school.nobody().on(enrol(school, &mut Key::new(ORIGIN), "zhou").await.device());
    for who in [&stranger, &of_zhou, &school.nobody().on(Some("A".repeat(43)))] {
        by_password(who, "203.0.113.1", PASSWORD, code(&secret, 0)).await.refused(429, "too_many_requests");
        recover(who, "203.0.113.1", enrolled.json["recovery_codes"][0].clone()).await.refused(429, "too_many_requests");
    }
    // On Li's own it is not, not even at the address of the stranger, and has its own five in a minute.
    for _ in 0..4 {
        by_password(&known, "198.51.100.1", "not this one, of course", "123456".into()).await.refused(401, "sign_in_refused");
    }
    by_password(&known, "198.51.100.1", PASSWORD, code(&secret, 0)).await.is(200);
    by_password(&known, "203.0.113.1", PASSWORD, code(&secret, 0)).await.refused(429, "too_many_requests");
    recover(&known, "198.51.100.1", enrolled.json["recovery_codes"][0].clone()).await.is(200);
}

#[tokio::test]
async fn strangers_close_this_way_to_themselves_and_not_to_a_device_that_its_owner_is_known_by() {
    strangers_close_nothing_on_a_known_device(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_strangers_close_nothing_on_a_known_device() {
    if let Some(school) = School::on_postgres().await {
        strangers_close_nothing_on_a_known_device(&school).await;
    }
}

#[tokio::test]
async fn sessions_live_as_long_as_the_ladder_says_of_the_strictest_role_at_once_and_on_every_server() {
    let school = School::open().await;
    let (shen, id, second) = (school.administrator().await, school.staff_id("li").await, school.second().await);
    let rungs = |role: &str, idle: u32, hours: u32| json!({ "rungs": [{ "role": role, "least": "passkey", "idle_minutes": idle, "hours": hours }] });
    for (idle, hours) in [(4, 12), (121, 12), (60, 0), (60, 13)] {
        shen.patch("/api/school/ladder", rungs("consultant", idle, hours)).await.refused(422, "invalid_fields");
    }
    let opened = async |minutes| school.session(id, Times { ago: TimeDelta::minutes(minutes), ..Times::FRESH }).await;
    let (long, short) = (opened(40).await, opened(20).await);
    let card = shen.patch("/api/school/ladder", rungs("consultant", 30, 12)).await.is(200).json;
    assert_eq!((&card["rungs"][0]["idle_minutes"], &card["rungs"][0]["hours"]), (&json!(30), &json!(12)));
    long.at(&second).get("/api/families").await.refused(401, "not_signed_in");
    long.get("/api/families").await.refused(401, "not_signed_in");
    short.get("/api/families").await.is(200);
    // At the latest, however much it is used.
    shen.patch("/api/school/ladder", rungs("consultant", 120, 1)).await.is(200);
    opened(61).await.get("/api/families").await.refused(401, "not_signed_in");
    opened(59).await.at(&second).get("/api/families").await.is(200);
    let (_, mut key) = with_key(&school, "li").await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    let me = finish(&school, &begun, credential).await.is(200).json;
    let ends: chrono::DateTime<chrono::Utc> = serde_json::from_value(me["expires_at"].clone()).unwrap();
    assert!((55..=60).contains(&(ends - chrono::Utc::now()).num_minutes()), "{ends}");
    // A role more never lets a session live longer.
    shen.patch("/api/school/ladder", rungs("teacher", 15, 12)).await.is(200);
    opened(20).await.get("/api/families").await.is(200);
    school.sql("UPDATE staff SET roles = roles + 2 WHERE login = 'li'").await;
    opened(20).await.get("/api/families").await.refused(401, "not_signed_in");
    opened(61).await.get("/api/families").await.refused(401, "not_signed_in");
    opened(10).await.get("/api/families").await.is(200);
}

#[tokio::test]
async fn the_ladder_is_the_administrators_and_a_change_is_written_down_and_raises_an_alarm_s_entry() {
    let school = School::open().await;
    let wish = json!({ "rungs": [{ "role": "consultant", "least": "mfa" }] });
    for login in ["li", "wu", "meng", "gu", "han"] {
        let who = school.staff(login).await;
        who.get("/api/school/ladder").await.refused(403, "forbidden");
        who.patch("/api/school/ladder", wish.clone()).await.refused(403, "forbidden");
    }
    school.guardian().await.get("/api/school/ladder").await.refused(404, "not_found");
    school.stale("shen").await.patch("/api/school/ladder", wish.clone()).await.refused(403, "step_up_required");
    let shen = school.administrator().await;
    let card = shen.get("/api/school/ladder").await.is(200).json;
    assert!(card["rungs"].as_array().unwrap().iter().all(|rung| {
        let least = if rung["role"] == "guardian" { "any" } else { "passkey" };
        rung["least"] == least && rung["passwords"] == 0
    }));
    assert_eq!(card["rungs"].as_array().unwrap().len(), 9);
    for wrong in [
        json!({ "rungs": [{ "role": "guardian", "least": "mfa" }] }),
        json!({ "rungs": [{ "role": "emergency", "least": "mfa" }] }),
        json!({ "rungs": [{ "role": "teacher", "least": "mfa" }, { "role": "teacher", "least": "passkey" }] }),
    ] {
        shen.patch("/api/school/ladder", wrong).await.refused(422, "invalid_fields");
    }
    shen.patch("/api/school/ladder", json!({ "rungs": [{ "role": "teacher", "least": "none" }] })).await.refused(400, "malformed_request");
    // Without a list of authenticators nobody could ever come in again.
    let told = rung(&school, "teacher", "attested_passkey").await.refused(422, "invalid_fields").json;
    assert_eq!(told["fields"], json!([{ "at": "attestation", "code": "required" }]));
    assert_eq!(school.nobody().get("/api/sign-in/ways").await.is(200).json, json!({ "password": false }));
    shen.patch("/api/school/ladder", wish.clone()).await.is(200);
    shen.patch("/api/school/ladder", wish).await.is(200);
    assert_eq!(school.nobody().get("/api/sign-in/ways").await.is(200).json, json!({ "password": true }));
    assert_eq!(actions(&school, "ladder_changed", None).await, 1);
}

#[tokio::test]
async fn a_rung_that_is_raised_ends_at_the_next_request_what_stands_below_it_on_every_server() {
    let school = School::open().await;
    let secret = with_password(&school).await;
    let li = inside(&school, &sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.is(200)).await;
    let by_passkey = school.consultant().await;
    let elsewhere = li.at(&school.second().await);
    elsewhere.get("/api/families").await.is(200);
    rung(&school, "consultant", "passkey").await.is(200);
    for who in [&li, &elsewhere] {
        who.get("/api/families").await.refused(401, "not_signed_in");
    }
    assert_eq!(li.get("/api/session").await.is(200).json, Value::Null);
    by_passkey.get("/api/families").await.is(200);
    // Lowered again it does not come back to life.
    rung(&school, "consultant", "mfa").await.is(200);
    li.get("/api/families").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_passkey_raises_a_session_that_was_opened_by_password() {
    let school = School::open().await;
    let (li, mut key) = with_key(&school, "li").await;
    rung(&school, "consultant", "mfa").await.is(200);
    let secret = set(&school, &li, PASSWORD).await;
    let li = inside(&school, &sign_in(&school, "li", PASSWORD, &code(&secret, 0)).await.is(200)).await;
    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    let proved = li.post("/api/step-up/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    let li = li.with_token(proved.token());
    assert_eq!(li.get("/api/account/credentials").await.is(200).json["present"], "passkey");
    rung(&school, "consultant", "passkey").await.is(200);
    li.get("/api/families").await.is(200);
}

/// A key below the rung is none, for a sign-in and for an act.
#[tokio::test]
async fn a_passkey_below_the_rung_opens_nothing_and_nobody_raises_the_rung_they_do_not_stand_on() {
    let school = School::open().await;
    let mut key = Key::new(ORIGIN);
    enrol(&school, &mut key, "li").await;
    let li = school.consultant().await;
    // As if a list had been given, and chosen from, behind the school's back.
    school.sql(r#"UPDATE school SET ladder = '[{"role":"consultant","least":"attested_passkey"}]'"#).await;
    li.get("/api/families").await.refused(401, "not_signed_in");
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    let answer = finish(&school, &begun, credential).await.refused(403, "credential_too_low");
    assert!(answer.token().is_none());
    school.sql("UPDATE passkey SET attested = TRUE").await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    let me = finish(&school, &begun, credential).await.is(200);
    inside(&school, &me).await.get("/api/families").await.is(200);
}
