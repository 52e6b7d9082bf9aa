//! By what a browser is known to whoever signed in with it, what they are told of one that is new, and when it is forgotten.
//!
//! The rule: a browser is a value in a cookie; one that shows none is a new one, whatever it says of itself.

use super::{
    entry::by_code,
    passkeys::{begin, enrol},
};
use crate::support::{Actor, Answer, School, key::Key, seed};
use axum::{body::Body, http::header};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use server::courier::CourierConfig;

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux) Firefox/140.0";

/// Signs in with a passkey in a browser that says this of itself.
async fn enter(school: &School, browser: &Actor, login: &str, key: &mut Key, says: &str) -> Answer {
    let begun = begin(school, Some(login)).await;
    let body = json!({ "ceremony": begun["ceremony"], "credential": key.assert(&begun["options"]) }).to_string();
    let request = browser.request("POST", "/api/sign-in/finish").header(header::CONTENT_TYPE, "application/json");
    browser.send(request.header(header::USER_AGENT, says).body(Body::from(body)).unwrap()).await.is(200)
}

/// How many devices are known of a member of staff.
async fn known(school: &School, login: &str) -> i64 {
    school.number(&format!("SELECT COUNT(*) AS n FROM device JOIN staff ON staff.id = device.owner_id WHERE login = '{login}'")).await
}

async fn is_told(school: &School) {
    let mut key = Key::new(&school.origin);
    let first = enrol(school, &mut key, "li").await.device();
    let on = |device: Option<String>| school.nobody().on(device);
    // Two words that are others tell of nothing, and the same two words of another browser do not hide it.
    enter(school, &on(first.clone()), "li", &mut key, CHROME).await;
    let second = enter(school, &on(None), "li", &mut key, CHROME).await.device();
    assert!(second.is_some() && second != first);
    assert_eq!(enter(school, &on(second.clone()), "li", &mut key, FIREFOX).await.device(), second, "a browser keeps its value");
    // What is none of ours is a browser without one, and a value that this person never had is new to them.
    let forged = enter(school, &on(Some("li".into())), "li", &mut key, FIREFOX).await.device();
    assert!(forged.is_some_and(|value| value.len() == 43));
    enter(school, &on(Some("A".repeat(43))), "li", &mut key, CHROME).await;
    let letters = school.outbox(3).await;
    let words: Vec<bool> = letters.iter().map(|letter| letter["text"].as_str().unwrap().contains("Chrome · Windows")).collect();
    assert_eq!(words, [true, false, true], "{letters:?}");
    assert_eq!((&letters[0]["channel"], &letters[0]["to"]), (&json!("email"), &json!("li@example.com")));
    let told = school.auditor().await.get("/api/trail?action=notice_sent").await.is(200).json;
    assert_eq!((told["items"].as_array().unwrap().len(), &told["items"][0]["who"]), (3, &json!("李老师")));
    assert!(!told.to_string().contains("li@example.com"));
    // An address that does not open keeps nobody out.
    school.sql("UPDATE staff SET email = phone WHERE login = 'li'").await;
    enter(school, &on(None), "li", &mut key, FIREFOX).await;
    assert_eq!(known(school, "li").await, 5);
}

#[tokio::test]
async fn whoever_signs_in_on_a_new_device_is_told_by_mail() {
    is_told(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_whoever_signs_in_on_a_new_device_is_told_by_mail() {
    if let Some(school) = School::on_postgres().await {
        is_told(&school).await;
    }
}

#[tokio::test]
async fn a_browser_is_known_to_one_person_and_nothing_says_who_shares_it() {
    let school = School::open().await;
    let (mut of_li, mut of_zhou) = (Key::new(&school.origin), Key::new(&school.origin));
    let shared = enrol(&school, &mut of_li, "li").await.device();
    enrol(&school, &mut of_zhou, "zhou").await;
    // A browser of Li's is new to Zhou.
    let browser = school.nobody().on(shared.clone());
    assert_eq!(enter(&school, &browser, "zhou", &mut of_zhou, CHROME).await.device(), shared);
    assert_eq!(school.outbox(1).await[0]["to"], "zhou@example.com");
    enter(&school, &browser, "zhou", &mut of_zhou, CHROME).await;
    enter(&school, &browser, "li", &mut of_li, CHROME).await;
    assert_eq!(school.outbox(1).await.len(), 1);
    assert_eq!((known(&school, "li").await, known(&school, "zhou").await), (1, 2));
    let value = shared.unwrap();
    assert!(!school.files().windows(value.len()).any(|bytes| bytes == value.as_bytes()));
    assert_eq!(school.number("SELECT COUNT(DISTINCT digest) AS n FROM device").await, 3);
}

#[tokio::test]
async fn the_cookie_outlives_the_session_and_opens_nothing() {
    let school = School::open().await;
    let mut key = Key::new(&school.origin);
    let enrolled = enrol(&school, &mut key, "li").await;
    let browser = school.nobody().on(enrolled.device());
    let out = browser.with_token(enrolled.token()).post("/api/sign-out", json!({})).await.is(200);
    assert_eq!(out.headers.get_all(header::SET_COOKIE).iter().count(), 1);
    assert!(out.header("set-cookie").starts_with("shendu=;"), "{}", out.header("set-cookie"));
    browser.get("/api/families").await.refused(401, "not_signed_in");
    browser.with_token(enrolled.device()).get("/api/families").await.refused(401, "not_signed_in");
    enter(&school, &browser, "li", &mut key, CHROME).await;
    assert_eq!((school.outbox(0).await.len(), known(&school, "li").await), (0, 1));
}

#[tokio::test]
async fn the_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts_and_other_sites_for_a_year() {
    let courier = CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() };
    for (school, begins, secure) in [
        (School::open().await, "shendu-device=", false),
        (School::at("https://school.example", courier).await, "__Host-shendu-device=", true),
    ] {
        let enrolled = enrol(&school, &mut Key::new(&school.origin), "li").await;
        let cookies: Vec<&str> = enrolled.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 2);
        assert!(cookies[1].starts_with(begins), "{}", cookies[1]);
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"] {
            assert!(cookies[1].contains(part), "{}", cookies[1]);
        }
        assert!(cookies[1].contains("Secure") == secure && !cookies[1].contains("Domain"), "{}", cookies[1]);
    }
}

async fn is_forgotten(school: &School) {
    let mut key = Key::new(&school.origin);
    let enrolled = enrol(school, &mut key, "li").await;
    let here = school.nobody().on(enrolled.device());
    let elsewhere = enter(school, &school.nobody(), "li", &mut key, CHROME).await.device();
    assert_eq!(known(school, "li").await, 2);
    // Whoever ends their other sessions keeps the device on which they do.
    here.with_token(enrolled.token()).delete("/api/account/sessions").await.is(200);
    assert_eq!(known(school, "li").await, 1);
    enter(school, &here, "li", &mut key, CHROME).await;
    let letters = school.outbox(1).await.len();
    enter(school, &school.nobody().on(elsewhere), "li", &mut key, CHROME).await;
    assert_eq!(school.outbox(letters + 1).await.len(), 2, "only of the other one");
    // The administrator ends all.
    let (shen, id) = (school.administrator().await, school.staff_id("li").await.uuid());
    shen.delete(&format!("/api/staff/{id}/sessions")).await.is(200);
    assert_eq!(known(school, "li").await, 0);
    enter(school, &here, "li", &mut key, CHROME).await;
    assert_eq!(school.outbox(3).await.len(), 3);
    // A recovery code forgets all but the browser in which it leads to a session.
    enter(school, &school.nobody(), "li", &mut key, CHROME).await;
    assert_eq!(known(school, "li").await, 2);
    let code = enrolled.json["recovery_codes"][0].clone();
    let begun = here.post("/api/recovery/begin", json!({ "login": "li", "code": code })).await.is(200).json;
    let mut new = Key::new(&school.origin);
    let body = json!({ "ceremony": begun["ceremony"], "credential": new.attest(&begun["options"]) });
    here.post("/api/enrolments/finish", body).await.is(200);
    assert_eq!(known(school, "li").await, 1);
    // And they end with the account.
    let plan = shen.get(&format!("/api/staff/{id}/departures")).await.is(200).json;
    let to = school.staff_id("zhou").await.uuid();
    shen.post(&format!("/api/staff/{id}/departures"), json!({ "families": plan["families"], "to": to })).await.is(200);
    assert_eq!(known(school, "li").await, 0);
}

#[tokio::test]
async fn whatever_ends_all_that_somebody_has_open_forgets_their_devices() {
    is_forgotten(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_whatever_ends_all_that_somebody_has_open_forgets_their_devices() {
    if let Some(school) = School::on_postgres().await {
        is_forgotten(&school).await;
    }
}

async fn guardian_is_told(school: &School) {
    let own = seed::known(&school.consultant().await).await;
    let told = async || -> Vec<Value> {
        let letters = school.outbox(0).await;
        letters.into_iter().filter(|letter| letter["text"].as_str().unwrap().contains("新设备")).collect()
    };
    // Not of the first sign-in, nor of the browser of it.
    let first = by_code(school, &school.nobody(), seed::VALUES.phone).await.device();
    by_code(school, &school.nobody().on(first), seed::VALUES.phone).await;
    // One of two new ones on a day, by telephone, whichever way the code came.
    by_code(school, &school.nobody(), seed::VALUES.email).await;
    by_code(school, &school.nobody(), seed::VALUES.email).await;
    by_code(school, &school.nobody(), seed::VALUES.phone).await;
    let letters = told().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert_eq!((&letters[0]["channel"], &letters[0]["to"]), (&json!("sms"), &json!(seed::VALUES.phone)));
    assert!(letters[0]["text"].as_str().unwrap().contains("? · ?"), "{letters:?}");
    let guardian = school.guardian_of(&own.guardian).await;
    let who = guardian.who.unwrap();
    assert!(school.db.was_told(who, Utc::now() - TimeDelta::days(1)).await.unwrap());
    assert!(!school.db.was_told(who, Utc::now()).await.unwrap());
    let lines = school.auditor().await.get("/api/trail?action=notice_sent").await.is(200);
    assert_eq!(lines.json["items"].as_array().unwrap().len(), 1);
    assert!(!lines.text().contains(seed::VALUES.phone));
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", own.student)).await.is(200).text();
    assert!(!ledger.contains("notice_sent"), "{ledger}");
}

#[tokio::test]
async fn a_guardian_is_told_of_a_new_device_by_a_message_and_once_a_day() {
    guardian_is_told(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_guardian_is_told_of_a_new_device_by_a_message_and_once_a_day() {
    if let Some(school) = School::on_postgres().await {
        guardian_is_told(&school).await;
    }
}
