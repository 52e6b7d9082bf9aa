//! Sessions: when they end, cookies, other sites, headers.

use crate::support::{Actor, Answer, School, actors::Times, app::ORIGIN, key::Key, seed};
use axum::{body::Body, http::header};
use chrono::TimeDelta;
use serde_json::json;
use server::courier::CourierConfig;

#[tokio::test]
async fn a_session_of_staff_ends_after_two_hours_unused() {
    let school = School::open().await;
    let li = school.staff_id("li").await;
    let at = |minutes| Times { ago: TimeDelta::minutes(minutes), ..Times::STALE };
    school.session(li, at(119)).await.get("/api/account").await.is(200);
    school.session(li, at(121)).await.get("/api/account").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_of_a_guardian_ends_after_a_day_unused() {
    let school = School::open().await;
    let guardian = guard::Actor::Guardian(school.db.first_guardian().await.unwrap().unwrap());
    let at = |hours| Times { ago: TimeDelta::hours(hours), left: TimeDelta::days(30), proved: None };
    school.session(guardian, at(23)).await.get("/api/account").await.is(200);
    school.session(guardian, at(25)).await.get("/api/account").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_ends_at_its_last_minute_however_much_it_is_used() {
    let school = School::open().await;
    let li = school.session(school.staff_id("li").await, Times { left: TimeDelta::seconds(2), ..Times::FRESH }).await;
    li.get("/api/account").await.is(200);
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    li.get("/api/account").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_that_was_opened_or_used_by_a_clock_that_was_ahead_is_over_once_it_is_set_right() {
    let school = School::open().await;
    let ahead = (chrono::Utc::now() + TimeDelta::days(1)).timestamp_micros();
    let hardly = (chrono::Utc::now() + TimeDelta::seconds(20)).timestamp_micros();
    for columns in [["created_at"].as_slice(), &["seen_at"], &["created_at", "seen_at"]] {
        let li = school.consultant().await;
        let set = async |at: i64| {
            let to = columns.iter().map(|column| format!("{column} = {at}")).collect::<Vec<_>>().join(", ");
            school.sql(&format!("UPDATE session SET {to}")).await;
            school.sql("UPDATE access_change SET seq = seq + 1").await;
        };
        // Two servers need not agree to the second.
        set(hardly).await;
        li.get("/api/account").await.is(200);
        set(ahead).await;
        li.get("/api/account").await.refused(401, "not_signed_in");
    }
}

#[tokio::test]
async fn a_session_that_was_ended_elsewhere_is_over_at_the_next_request() {
    let school = School::open().await;
    let (one, two) = (school.consultant().await, school.consultant().await);
    let gone = two.session.unwrap();
    one.delete(&format!("/api/account/sessions/{gone}")).await.is(200);
    two.get("/api/account").await.refused(401, "not_signed_in");
    one.get("/api/account").await.is(200);
    let others = school.other_consultant().await.session.unwrap();
    one.delete(&format!("/api/account/sessions/{others}")).await.refused(404, "not_found");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_cookie() {
    let school = School::open().await;
    let li = school.consultant().await;
    let answer = li.post("/api/sign-out", json!({})).await.is(200);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert!(answer.header("clear-site-data").contains("cache"));
    li.get("/api/account").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn the_question_who_is_signed_in_is_answered_to_nobody_too() {
    let school = School::open().await;
    let nobody = school.nobody();
    assert!(nobody.get("/api/session").await.is(200).json.is_null());
    assert!(nobody.with_token(Some("a".repeat(43))).get("/api/session").await.is(200).json.is_null());
    let li = school.consultant().await;
    assert_eq!(li.get("/api/session").await.is(200).json["session"], serde_json::to_value(li.session).unwrap());
    li.post("/api/sign-out", json!({})).await.is(200);
    assert!(li.get("/api/session").await.is(200).json.is_null());
}

#[tokio::test]
async fn a_suspended_person_is_out_at_the_next_request() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'li'").await;
    li.get(&format!("/api/families/{}", known.family)).await.refused(401, "not_signed_in");
    li.post(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_role_that_was_taken_away_is_gone_at_the_next_request() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    gu.get("/api/trail").await.is(200);
    school.sql("UPDATE staff SET roles = 2 WHERE login = 'gu'").await;
    gu.get("/api/trail").await.refused(403, "forbidden");
    gu.get("/api/policy").await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_cookie_that_comes_from_another_browser_ends_its_session() {
    let school = School::open().await;
    let li = school.consultant().await;
    let other = school.consultant().await;
    let by = async |agent: &str| {
        let request = li.request("GET", "/api/families").header(header::USER_AGENT, agent).body(Body::empty()).unwrap();
        li.send(request).await
    };
    // A browser that names itself in a way that nobody knows is the same as one that does not.
    by("curl/8").await.is(200);
    by("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36").await.refused(401, "not_signed_in");
    by("curl/8").await.refused(401, "not_signed_in");
    other.get("/api/account").await.is(200);
    let line = school.auditor().await.get("/api/trail?action=session_moved").await.is(200).json["items"][0].clone();
    assert_eq!((&line["who"], &line["action"]), (&json!("李老师"), &json!("session_moved")));
}

#[tokio::test]
async fn a_sixth_session_ends_the_one_that_was_used_longest_ago() {
    is_displaced(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_too_a_sixth_session_ends_the_first_with_an_entry() {
    if let Some(school) = School::on_postgres().await {
        is_displaced(&school).await;
    }
}

async fn is_displaced(school: &School) {
    let displaced = async || school.auditor().await.get("/api/trail?action=session_displaced").await.is(200).json["items"].clone();
    let mut key = Key::new(&school.origin);
    let first = super::passkeys::enrol(school, &mut key, "li").await.token();
    let mut tokens = vec![first];
    for _ in 0..5 {
        assert_eq!(displaced().await, json!([]));
        let begun = super::passkeys::begin(school, Some("li")).await;
        let credential = key.assert(&begun["options"]);
        tokens.push(super::passkeys::finish(school, &begun, credential).await.is(200).token());
    }
    // One entry, by whoever signed in, which names the session that ended.
    let lines = displaced().await;
    assert_eq!((lines.as_array().unwrap().len(), &lines[0]["who"]), (1, &json!("李老师")));
    let entry = school.auditor().await.get(&format!("/api/trail/{}", lines[0]["seq"])).await.is(200).json;
    let ended = school.number("SELECT COUNT(*) AS n FROM session WHERE ended_at IS NOT NULL").await;
    assert!(ended == 1 && entry["session"].as_str().is_some_and(|mark| mark.len() == 6), "{ended} {entry}");
    let li = school.nobody();
    li.with_token(tokens[0].clone()).get("/api/account").await.refused(401, "not_signed_in");
    for token in &tokens[1..] {
        li.with_token(token.clone()).get("/api/account").await.is(200);
    }
    school.other_consultant().await.get("/api/account").await.is(200);
}

#[tokio::test]
async fn a_made_up_token_opens_nothing() {
    let school = School::open().await;
    let li = school.consultant().await;
    let mut token = li.token.clone().unwrap();
    let last = token.pop().unwrap();
    token.push(if last == '0' { '1' } else { '0' });
    for wrong in [token, String::new(), "a".repeat(10_000), "%00".into()] {
        li.with_token(Some(wrong)).get("/api/account").await.refused(401, "not_signed_in");
    }
}

async fn from(actor: &Actor, headers: &[(&str, &str)]) -> Answer {
    let mut request = actor.request("POST", "/api/sign-out").header(header::HOST, "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    actor.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_request_from_another_site_is_refused() {
    let school = School::open().await;
    let li = school.consultant().await;
    for headers in [
        [("sec-fetch-site", "cross-site")].as_slice(),
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://localhost:8081")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)],
    ] {
        from(&li, headers).await.refused(403, "cross_site");
    }
    li.get("/api/account").await.is(200);
    from(&li, &[("sec-fetch-site", "same-origin"), ("origin", ORIGIN)]).await.is(200);
}

#[tokio::test]
async fn a_sign_in_from_another_site_is_refused() {
    let school = School::open().await;
    let nobody = school.nobody();
    let request = nobody.request("POST", "/api/sign-in/begin").header("sec-fetch-site", "cross-site");
    let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap();
    nobody.send(request).await.refused(403, "cross_site");
}

async fn cookie(school: &School) -> String {
    let mut key = Key::new(&school.origin);
    super::passkeys::enrol(school, &mut key, "li").await.header("set-cookie").to_owned()
}

#[tokio::test]
async fn a_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let cookie = cookie(&School::open().await).await;
    assert!(cookie.starts_with("shendu="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_cookie_over_tls_is_bound_to_the_host() {
    let courier = CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() };
    let cookie = cookie(&School::at("https://school.example", courier).await).await;
    assert!(cookie.starts_with("__Host-shendu="), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn every_answer_forbids_caching_sniffing_framing_and_scripts() {
    let school = School::open().await;
    let li = school.consultant().await;
    for answer in [
        li.get("/api/families").await.is(200),
        li.get("/api/nothing").await,
        school.nobody().get("/api/session").await,
        li.post("/api/families/exports", json!({ "format": "csv" })).await.is(200),
    ] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(answer.headers.get("access-control-allow-origin").is_none());
        assert!(answer.headers.get("server").is_none());
    }
    let page = school.nobody().get("/").await;
    let policy = page.header("content-security-policy");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[tokio::test]
async fn every_other_session_is_ended_at_once_and_this_one_stays() {
    let school = School::open().await;
    let (one, two) = (school.guardian().await, school.guardian().await);
    let stranger = school.consultant().await;
    let left = one.delete("/api/account/sessions").await.is(200).json;
    assert_eq!(left["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(left["sessions"][0]["current"], true);
    two.get("/api/account").await.refused(401, "not_signed_in");
    one.get("/api/account").await.is(200);
    stranger.get("/api/account").await.is(200);
    school.nobody().delete("/api/account/sessions").await.refused(401, "not_signed_in");
}
