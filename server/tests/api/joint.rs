//! The joint rules over HTTP: what some roles would see together is refused when the matrix is saved and when roles are given, with why.
//!
//! The rule: whichever of the two comes second is refused. Deliberately absent: the score, which the guard's own tests hold.

use crate::support::{Answer, School, seed};
use serde_json::{Value, json};

/// A principal finds a pupil by a guess at the identity number.
fn searched(version: i64) -> Value {
    let cell = json!({ "exposure": "masked", "reveal": "with_approval", "edit": false, "search": true, "export": false });
    json!({ "version": version, "cells": [{ "role": "principal", "field": "student.id_card", "cell": cell }] })
}

/// What both are refused with: the registrar sees the date in clear.
fn why(people: u32) -> Value {
    json!([{ "rule": "pupil_number", "roles": ["registrar", "principal"], "left": 91, "people": people, "refused": true }])
}

async fn give(school: &School, login: &str, roles: &[&str]) -> Answer {
    let shen = school.administrator().await;
    let path = format!("/api/staff/{}", school.staff_id(login).await.uuid());
    let version = shen.get(&path).await.is(200).json["version"].clone();
    shen.patch(&path, json!({ "version": version, "roles": roles })).await
}

async fn refused_to_whichever_comes_second(school: &School) {
    let (shen, gu) = (school.administrator().await, school.privacy_officer().await);
    give(school, "wu", &["registrar", "principal"]).await.is(200);
    assert_eq!(gu.patch("/api/policy", searched(1)).await.refused(422, "joint_rule").json["joint"], why(1));
    let mut proposed = searched(1);
    proposed["words"] = json!("查重");
    assert_eq!(gu.post("/api/policy/proposals", proposed).await.refused(422, "joint_rule").json["joint"], why(1));
    assert_eq!(gu.post("/api/policy/impact", seed::question(&searched(1))).await.is(200).json["concerns"], why(1));
    // Nor while they are suspended: letting them in again asks for nothing.
    let path = format!("/api/staff/{}/suspensions", school.staff_id("wu").await.uuid());
    shen.post(&path, json!({})).await.is(200);
    assert_eq!(gu.patch("/api/policy", searched(1)).await.refused(422, "joint_rule").json["joint"], why(0));
    shen.delete(&path).await.is(200);

    give(school, "wu", &["registrar"]).await.is(200);
    seed::change(school, searched(1)).await;
    let before = school.trail_length().await;
    assert_eq!(give(school, "wu", &["registrar", "principal"]).await.refused(422, "joint_rule").json["joint"], why(1));
    assert!(school.trail_length().await > before, "a refusal is written down");
    let campus = seed::campus(&school.consultant().await).await;
    let new = json!({ "login": "bai", "name": "白老师", "roles": ["principal", "registrar"], "campuses": [campus], "phone": "10012345678", "email": "bai@example.com" });
    assert_eq!(shen.post("/api/staff", new).await.refused(422, "joint_rule").json["joint"], why(1));
    give(school, "wu", &["registrar", "finance"]).await.is(200);
}

#[tokio::test]
async fn what_two_roles_see_together_is_refused_to_whichever_comes_second() {
    refused_to_whichever_comes_second(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_what_two_roles_see_together_is_refused_to_whichever_comes_second() {
    if let Some(school) = School::on_postgres().await {
        refused_to_whichever_comes_second(&school).await;
    }
}

/// A confirmation asks by the roles that people hold by then.
#[tokio::test]
async fn what_was_proposed_before_somebody_held_both_is_not_confirmed_after() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let mut wish = searched(1);
    wish["words"] = json!("查重");
    let made = gu.post("/api/policy/proposals", wish).await.is(201).json;
    give(&school, "wu", &["registrar", "principal"]).await.is(200);
    let decision = format!("/api/policy/proposals/{}/decision", made["last"]["id"].as_str().unwrap());
    assert_eq!(meng.post(&decision, json!({ "answer": "confirm" })).await.refused(422, "joint_rule").json["joint"], why(1));
    assert_eq!(gu.get("/api/policy").await.is(200).json["version"], 1);
}

/// The digits of a child's number that a registrar does not know are few, and each guess would be answered: nobody answers them.
#[tokio::test]
async fn a_registrar_finds_no_pupil_by_the_number_of_which_they_know_all_but_three_digits() {
    let school = School::open().await;
    let wu = school.registrar().await;
    let known = seed::known(&school.consultant().await).await;
    let card = wu.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    let pupil = &card["students"][0];
    assert_eq!((&pupil["birth_date"]["state"], &pupil["id_card"]["state"]), (&json!("clear"), &json!("masked")));
    let find =
        async |text: String| wu.post("/api/families/search", json!({ "by": "id_card", "text": text })).await.is(200).json["items"].clone();
    assert_eq!(find(seed::id_card(seed::VALUES.student_id_card)).await, json!([]), "the right guess is like any other");
    // A guardian's number, beside which no date is held, is still found by.
    assert_eq!(find(seed::id_card(seed::VALUES.guardian_id_card)).await[0]["id"], known.family);
}
