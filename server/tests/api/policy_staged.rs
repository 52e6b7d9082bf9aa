//! A change of the matrix that waits for its moment where nobody gains by it, and who is told when a version comes between.
//!
//! The rule: it takes one person, like any narrowing, and that nobody gains is asked again at the moment. Deliberately absent: what widens,
//! which is `policy_proposals`.

use super::policy_proposals::{OFFICER, PATH, actions, cell, confirm, from_now, last, later, propose, roles, state, version, wider};
use crate::support::School;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Teachers see no notes any more, from a moment on.
fn less_from(version: i64, at: DateTime<Utc>) -> Value {
    let cells = json!([{ "role": "teacher", "field": "note.body", "cell": cell("withheld") }]);
    json!({ "version": version, "cells": cells, "words": "新学期起收紧", "from": at })
}

async fn less_waits_for_its_moment_and_for_nobody(school: &School) {
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let moment = from_now(48);
    let path = propose(&gu, less_from(1, moment)).await;
    let waiting = last(&meng).await;
    assert_eq!((&waiting["state"], &waiting["may_decide"], &waiting["decided_by"]), (&json!("scheduled"), &json!(false), &Value::Null));
    let holds_at: DateTime<Utc> = serde_json::from_value(waiting["holds_at"].clone()).unwrap();
    confirm(&meng, &path).await.refused(410, "lapsed");
    meng.delete(&path).await.refused(403, "forbidden");
    assert_eq!(gu.post(PATH, wider(1)).await.refused(422, "invalid_fields").json["fields"][0]["at"], "proposal");
    assert_eq!(school.app.enforce_policy(moment - TimeDelta::seconds(1)).await, Ok(Some(holds_at)));
    assert_eq!(version(&gu).await, 1);
    assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
    assert_eq!((version(&gu).await, state(&gu).await.as_str()), (2, "in_force"));
    let changed = actions(school, "policy_changed").await;
    assert_eq!((changed.len(), &changed[0]["who"]), (1, &json!("顾老师")));
    assert_eq!(gu.get("/api/policy").await.is(200).json["by"], "顾老师");
    assert_eq!(actions(school, "notice_sent").await.len(), 0, "it waits for nobody, so that nobody is asked");
    // It is called off by whoever staged it.
    let path =
        propose(&gu, json!({ "version": 2, "scopes": [{ "role": "finance", "scope": "none" }], "words": "停", "from": moment })).await;
    gu.delete(&path).await.is(200);
    assert_eq!((school.app.enforce_policy(moment).await, version(&gu).await), (Ok(None), 2));
}

#[tokio::test]
async fn what_narrows_waits_for_its_moment_and_for_nobody() {
    less_waits_for_its_moment_and_for_nobody(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_what_narrows_waits_for_its_moment_and_for_nobody() {
    if let Some(school) = School::on_postgres().await {
        less_waits_for_its_moment_and_for_nobody(&school).await;
    }
}

/// Nobody has confirmed it, so that it is asked once more whether anybody gains.
#[tokio::test]
async fn what_was_staged_as_narrowing_and_widens_does_not_come_into_force() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let moment = from_now(5);
    propose(&gu, less_from(1, moment)).await;
    let from = r#""registrar","field":"student.school","cell":{"exposure":"masked""#;
    let to = r#""registrar","field":"student.school","cell":{"exposure":"clear""#;
    assert_eq!(school.sql(&format!("UPDATE policy_proposal SET document = replace(document, '{from}', '{to}')")).await, 1);
    assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
    assert_eq!((version(&gu).await, state(&gu).await.as_str()), (1, "deserted"));
}

#[tokio::test]
async fn whoever_settled_a_change_is_told_that_a_version_has_overtaken_it() {
    let school = School::open().await;
    roles(&school, "wu", OFFICER).await;
    let (gu, meng, other) = (school.privacy_officer().await, school.principal().await, school.registrar().await);
    let path = propose(&gu, later(1, from_now(48))).await;
    confirm(&meng, &path).await.is(200);
    let before = actions(&school, "notice_sent").await.len();
    other.patch("/api/policy", json!({ "version": 1, "scopes": [{ "role": "finance", "scope": "none" }] })).await.is(200);
    let sent = actions(&school, "notice_sent").await;
    let mut told: Vec<&str> = sent[..sent.len() - before].iter().map(|line| line["who"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["孟校长", "顾老师"]);
    // Another version after it says nothing again.
    other.patch("/api/policy", json!({ "version": 2, "scopes": [{ "role": "teacher", "scope": "none" }] })).await.is(200);
    assert_eq!(actions(&school, "notice_sent").await.len(), sent.len());
}
