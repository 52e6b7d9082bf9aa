//! What is malformed: one answer for each cause, nothing written, and nothing of it in a log or in the trail.

use crate::support::{Actor, Answer, School, log, seed};
use axum::{body::Body, http::header};
use serde_json::{Value, json};

const MARK: &str = "KINGFISHER10099887766";

async fn raw(actor: &Actor, method: &str, path: &str, kind: Option<&str>, body: impl Into<Body>) -> Answer {
    let request = actor.request(method, path);
    let request = match kind {
        Some(kind) => request.header(header::CONTENT_TYPE, kind),
        None => request,
    };
    actor.send(request.body(body.into()).unwrap()).await
}

/// What happened is nowhere: not in the answer, the log, the trail, the database.
async fn is_nowhere(school: &School, answer: &Answer) {
    assert!(!answer.text().contains(MARK));
    let lines = log::lines();
    assert!(!lines.contains(MARK), "in a log line: {:?}", lines.lines().find(|line| line.contains(MARK)));
    let files = school.files();
    assert!(!files.windows(MARK.len()).any(|window| window == MARK.as_bytes()), "in a file");
}

/// A school, a consultant, a family, and a log that is kept.
async fn ready() -> (School, Actor, seed::Known) {
    log::keep();
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    (school, li, known)
}

#[tokio::test]
async fn broken_json_is_a_malformed_request() {
    let (school, li, known) = ready().await;
    for body in [format!("{{\"body\":\"{MARK}"), MARK.to_owned(), format!("[\"{MARK}\"]"), format!("{{\"body\":{{\"{MARK}\":1}}}}")] {
        let answer = raw(&li, "POST", &format!("/api/families/{}/notes", known.family), Some("application/json"), body).await;
        is_nowhere(&school, &answer.refused(400, "malformed_request")).await;
    }
}

#[tokio::test]
async fn another_content_type_is_unsupported() {
    let (school, li, known) = ready().await;
    for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data")] {
        let body = json!({ "body": MARK }).to_string();
        let answer = raw(&li, "POST", &format!("/api/families/{}/notes", known.family), kind, body).await;
        is_nowhere(&school, &answer.refused(415, "unsupported_media")).await;
    }
    assert_eq!(li.get(&format!("/api/families/{}", known.family)).await.json["notes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let (school, li, known) = ready().await;
    let body = json!({ "body": format!("{MARK}{}", "长".repeat(200_000)) }).to_string();
    let answer = raw(&li, "POST", &format!("/api/families/{}/notes", known.family), Some("application/json"), body).await;
    is_nowhere(&school, &answer.refused(413, "too_large")).await;
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_refused() {
    let (school, li, known) = ready().await;
    let student = format!("/api/students/{}", known.student);
    let bodies: Vec<(&str, String, Value)> = vec![
        ("PATCH", student.clone(), json!({ "version": 1, MARK: 1 })),
        ("PATCH", student, json!({ "version": 1, "id": MARK })),
        ("PATCH", format!("/api/guardians/{}", known.guardian), json!({ "version": 1, "custody": MARK })),
        ("PATCH", format!("/api/families/{}", known.family), json!({ "version": 1, "campus": MARK })),
        ("POST", format!("/api/families/{}/notes", known.family), json!({ "body": "一", "written_by": MARK })),
        ("POST", "/api/families/search".into(), json!({ "by": "phone", "text": "10012345678", "scope": MARK })),
        ("POST", "/api/families/search".into(), json!({ "by": MARK, "text": "1" })),
        ("POST", "/api/families/exports".into(), json!({ "format": "csv", "fields": [MARK] })),
        ("POST", format!("/api/guardians/{}/reveals", known.guardian), json!({ "field": MARK, "reason": { "code": "follow_up" } })),
        ("POST", "/api/sign-in/begin".into(), json!({ "login": "li", "userVerification": MARK })),
    ];
    for (method, path, body) in bodies {
        let answer = li.ask(method, &path, Some(&body)).await;
        is_nowhere(&school, &answer.refused(400, "malformed_request")).await;
    }
}

#[tokio::test]
async fn a_parameter_that_nobody_knows_is_refused() {
    let (school, li, _) = ready().await;
    for query in ["phone", "sort", "limit", "after", "campus", "q", "fields", "include"] {
        let answer = li.get(&format!("/api/families?{query}={MARK}")).await;
        is_nowhere(&school, &answer.refused(400, "malformed_request")).await;
    }
    for limit in ["0", "101", "-1", "65536"] {
        li.get(&format!("/api/families?limit={limit}")).await.refused(400, "malformed_request");
    }
    let auditor = school.auditor().await;
    for query in ["actor", "after", "action"] {
        let answer = auditor.get(&format!("/api/trail?{query}={MARK}")).await;
        is_nowhere(&school, &answer.refused(400, "malformed_request")).await;
    }
}

#[tokio::test]
async fn a_wrong_method_and_a_wrong_path_are_problems() {
    let (school, li, known) = ready().await;
    for (method, path) in [("PUT", format!("/api/families/{}", known.family)), ("DELETE", format!("/api/families/{}", known.family))] {
        let answer = raw(&li, method, &path, Some("application/json"), json!({ "version": MARK }).to_string()).await;
        is_nowhere(&school, &answer.refused(405, "method_not_allowed")).await;
    }
    for path in [format!("/api/{MARK}"), "/api".into(), format!("/api/families/{MARK}"), format!("/api/families/{}/{MARK}", known.family)] {
        is_nowhere(&school, &li.get(&path).await.refused(404, "not_found")).await;
    }
}

#[tokio::test]
async fn what_was_typed_wrongly_into_a_field_is_not_kept() {
    let (school, li, known) = ready().await;
    let wish = json!({ "version": 1, "phone": { "set": MARK } });
    let answer = li.patch(&format!("/api/guardians/{}", known.guardian), wish).await;
    is_nowhere(&school, &answer.refused(422, "invalid_fields")).await;
    let answer = li.post("/api/families/search", json!({ "by": "phone", "text": MARK })).await;
    is_nowhere(&school, &answer.refused(422, "invalid_fields")).await;
    let answer = school.nobody().post("/api/portal/codes", json!({ "by": "contact", "contact": MARK })).await;
    is_nowhere(&school, &answer.refused(422, "invalid_fields")).await;
    let answer = school.nobody().post("/api/recovery/begin", json!({ "login": MARK, "code": MARK })).await;
    is_nowhere(&school, &answer.refused(401, "sign_in_refused")).await;
}

#[tokio::test]
async fn what_was_typed_rightly_is_in_no_log_either() {
    let (school, li, known) = ready().await;
    li.post("/api/families/search", json!({ "by": "phone", "text": seed::VALUES.phone })).await.is(200);
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    let lines = log::lines();
    assert!(lines.contains("/api/families/search"), "the log is kept");
    for value in [seed::VALUES.phone, seed::VALUES.student, seed::VALUES.email, seed::VALUES.wechat, seed::VALUES.note] {
        assert!(!lines.contains(value));
    }
    let path = lines.lines().find(|line| line.contains(&known.family));
    assert!(path.is_none(), "routes are logged, not paths: {path:?}");
    assert!(!lines.contains(li.token.as_ref().unwrap()));
    drop(school);
}

#[tokio::test]
async fn every_refusal_has_a_trace_id_of_its_own_that_is_in_the_log() {
    let (_school, li, _) = ready().await;
    let (one, two) = (li.get("/api/nothing").await, li.get("/api/nothing").await);
    assert_ne!(one.json["trace_id"], two.json["trace_id"]);
    assert_eq!(one.json["trace_id"], one.header("x-trace-id"));
    assert!(log::lines().contains(one.header("x-trace-id")));
}
