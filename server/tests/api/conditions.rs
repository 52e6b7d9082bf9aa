//! A role that counts in full at some hours or from some networks alone, over HTTP: what is left of it otherwise, and who may change it.
//!
//! The rule: the hours of a test are whole days, today or another, so that it holds at any hour.

use crate::support::{Actor, School, seed};
use axum::{Extension, Router, extract::ConnectInfo};
use chrono::{Datelike, TimeDelta, Utc};
use contract::rights::{Role, RoleSet};
use serde_json::{Value, json};
use std::net::SocketAddr;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day of the school's week, counted from today.
fn day(from_today: i64) -> &'static str {
    let at = Utc::now() + TimeDelta::hours(8) + TimeDelta::days(from_today);
    DAYS[usize::try_from(at.weekday().num_days_from_monday()).unwrap()]
}

fn on(days: &[&str]) -> Value {
    json!({ "hours": { "days": days, "from": "00:00", "to": "24:00" }, "networks": [] })
}

/// Today, and tomorrow should midnight come between.
fn now() -> Value {
    on(&[day(0), day(1)])
}

/// Another day.
fn not_now() -> Value {
    on(&[day(3)])
}

/// The consultant sees the names of their own families, and the matrix is at its second version.
async fn clear_to_consultants(school: &School) {
    seed::allow(school, "consultant", "student.name", "clear", "no").await;
}

fn change(version: i64, condition: &Value) -> Value {
    json!({ "version": version, "conditions": [{ "role": "consultant", "condition": condition }] })
}

fn from(router: &Router, address: &str) -> Router {
    router.clone().layer(Extension(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4000))))
}

async fn form(actor: &Actor, card: &str) -> String {
    actor.get(card).await.is(200).json["students"][0]["name"]["state"].as_str().unwrap().to_owned()
}

async fn outside_the_hours(school: &School) {
    let (li, gu, wu) = (school.consultant().await, school.privacy_officer().await, school.registrar().await);
    let known = seed::known(&li).await;
    clear_to_consultants(school).await;
    let card = format!("/api/families/{}", known.family);
    let total = li.get("/api/families").await.is(200).json["total"].clone();
    let key = li.passkey().await;
    let begun = li.post(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200).json;
    let credential = key.assert_uncounted(&begun["options"]);
    assert_eq!((form(&li, &card).await.as_str(), form(&wu, &card).await.as_str()), ("clear", "clear"));
    due_today(&li, &known.family).await;
    assert_eq!(offered(&li, &known.family).await, [true; 4]);

    // It narrows, so that one person is enough; it holds at the next request.
    gu.patch("/api/policy", change(2, &not_now())).await.is(200);
    assert_eq!((form(&li, &card).await.as_str(), form(&wu, &card).await.as_str()), ("masked", "clear"));
    let shown = li.get(&card).await.is(200).json;
    assert_eq!((&shown["may_keep"], &shown["students"][0]["can"]["edit"]), (&json!(false), &json!([])));
    assert!(!shown.to_string().contains(seed::VALUES.student));
    // The list is as long as before, and says who it is about in masks.
    assert_eq!(li.get("/api/families").await.is(200).json["total"], total);
    // What was begun within the hours is not finished outside of them.
    let finish = json!({ "ceremony": begun["ceremony"], "credential": credential });
    li.post("/api/reveals", finish).await.refused(404, "not_found");
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.refused(404, "not_found");
    li.post("/api/families/search", json!({ "by": "name", "text": seed::VALUES.student })).await.refused(403, "forbidden");
    li.post(&format!("/api/families/{}/notes", known.family), json!({ "body": "已到课" })).await.refused(403, "forbidden");
    li.patch(&card, json!({ "version": 1, "stage": "trial" })).await.refused(403, "forbidden");
    let bulk = json!({ "families": [{ "id": known.family, "version": 1 }], "stage": "trial", "preview": true });
    li.post("/api/families/bulk", bulk).await.refused(403, "forbidden");
    li.post(&format!("/api/guardians/{}/invitations", known.guardian), json!({})).await.refused(403, "forbidden");
    assert_eq!(li.get("/api/today").await.is(200).json["narrowed"], json!(["consultant"]));
    assert_eq!(wu.get("/api/today").await.is(200).json["narrowed"], json!([]));
    // What is refused is not offered.
    assert_eq!((offered(&li, &known.family).await, offered(&wu, &known.family).await), ([false; 4], [true; 4]));
}

async fn due_today(keeper: &Actor, family: &str) {
    let today = (Utc::now() + TimeDelta::hours(8)).date_naive();
    keeper.post(&format!("/api/families/{family}/notes"), json!({ "body": "再联系", "next_contact": today })).await.is(201);
}

async fn keeps(actor: &Actor) -> bool {
    let me = actor.get("/api/session").await.is(200).json;
    me["duties"].as_array().unwrap().contains(&json!("keep_families"))
}

/// What the answers say may be written: by the duty, on the card, as a note there, as a note on the page of today.
async fn offered(actor: &Actor, family: &str) -> [bool; 4] {
    let card = actor.get(&format!("/api/families/{family}")).await.is(200).json;
    let today = actor.get("/api/today").await.is(200).json;
    let due = today["due"].as_array().unwrap().iter().find(|due| due["family"]["id"] == family).unwrap();
    let [kept, on_card, on_today] = [&card["may_keep"], &card["may_note"], &due["may_note"]].map(|may| may.as_bool().unwrap());
    [keeps(actor).await, kept, on_card, on_today]
}

#[tokio::test]
async fn a_note_is_offered_where_it_is_taken() {
    let school = School::open().await;
    let (li, wu, gu) = (school.consultant().await, school.registrar().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    due_today(&li, &known.family).await;
    let notes = format!("/api/families/{}/notes", known.family);
    let cell = json!({ "exposure": "masked", "reveal": "no", "edit": false, "search": false, "export": false });
    gu.patch("/api/policy", json!({ "version": 1, "cells": [{ "role": "consultant", "field": "note.body", "cell": cell }] })).await.is(200);
    assert_eq!(offered(&li, &known.family).await, [true, true, false, false], "the duty stays, the field is not theirs to write");
    li.post(&notes, json!({ "body": "已到课" })).await.refused(422, "invalid_fields");
    // Two roles: one reaches the family and rests, the other does not reach it. Neither keeps it.
    gu.patch("/api/policy", json!({ "version": 2, "scopes": [{ "role": "registrar", "scope": "none" }] })).await.is(200);
    school.sql(&format!("UPDATE family SET owner_id = x'{}'", wu.who.unwrap().uuid().simple())).await;
    school
        .sql(&format!("UPDATE staff SET roles = {} WHERE login = 'wu'", RoleSet::from_iter([Role::Consultant, Role::Registrar]).bits()))
        .await;
    school.sql("UPDATE access_change SET seq = seq + 1").await;
    gu.patch("/api/policy", change(3, &not_now())).await.is(200);
    assert_eq!(offered(&wu, &known.family).await, [true, false, false, false]);
    wu.post(&notes, json!({ "body": "已到课" })).await.refused(403, "forbidden");
}

#[tokio::test]
async fn an_answer_to_a_step_up_says_what_holds_where_it_was_asked() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    gu.patch("/api/policy", change(1, &json!({ "networks": ["203.0.113.0/24"] }))).await.is(200);
    for (address, expected) in [("203.0.113.7", true), ("198.51.100.7", false)] {
        let li = school.consultant().await;
        let (key, there) = (li.passkey().await, li.at(&from(&school.router, address)));
        assert_eq!(keeps(&there).await, expected, "{address}");
        let begun = there.post("/api/step-up/begin", json!({})).await.is(200).json;
        let credential = key.assert_uncounted(&begun["options"]);
        let me = there.post("/api/step-up/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200).json;
        assert_eq!(me["duties"] == json!(["keep_families"]), expected, "{address}");
    }
}

#[tokio::test]
async fn outside_its_hours_a_role_shows_masks_and_does_nothing_from_the_next_request_on() {
    outside_the_hours(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_outside_its_hours_a_role_shows_masks_and_does_nothing() {
    if let Some(school) = School::on_postgres().await {
        outside_the_hours(&school).await;
    }
}

#[tokio::test]
async fn what_loosens_a_condition_takes_two_people_however_it_comes() {
    let school = School::open().await;
    let (li, gu, meng) = (school.consultant().await, school.privacy_officer().await, school.principal().await);
    let card = format!("/api/families/{}", seed::known(&li).await.family);
    clear_to_consultants(&school).await;
    gu.patch("/api/policy", change(2, &not_now())).await.is(200);
    for looser in [now(), on(&[day(3), day(4)]), json!({}), json!({ "networks": ["203.0.113.0/24"] })] {
        gu.patch("/api/policy", change(3, &looser)).await.refused(403, "approval_required");
        let impact = gu.post("/api/policy/impact", seed::question(&change(3, &looser))).await.is(200).json;
        assert_eq!((&impact["widens"], &impact["conditions"][0]["gains"]), (&json!(true), &json!(true)), "{impact}");
    }
    gu.post("/api/policy/rollbacks", json!({ "version": 3, "to": 2 })).await.refused(403, "approval_required");
    // Tighter is one person's.
    let tighter = json!({ "hours": { "days": [day(3)], "from": "07:00", "to": "20:00" }, "networks": ["203.0.113.9/24"] });
    let kept = gu.patch("/api/policy", change(3, &tighter)).await.is(200).json;
    let of = |role: &str, conditions: &Value| {
        let all = conditions.as_array().unwrap().clone();
        (all.len(), all.into_iter().find(|one| one["role"] == role).unwrap()["condition"].clone())
    };
    let written = json!({ "hours": { "days": [day(3)], "from": "07:00", "to": "20:00" }, "networks": ["203.0.113.0/24"] });
    assert_eq!(of("consultant", &kept["conditions"]), (5, written.clone()));
    assert_eq!(of("teacher", &kept["conditions"]).1, json!({ "hours": null, "networks": [] }));

    let mut wish = change(4, &now());
    wish["words"] = json!("顾问轮班");
    let proposed = gu.post("/api/policy/proposals", wish).await.is(201).json;
    assert_eq!(proposed["last"]["impact"]["conditions"][0]["from"], written);
    assert_eq!(form(&li, &card).await, "masked");
    let path = format!("/api/policy/proposals/{}/decision", proposed["last"]["id"].as_str().unwrap());
    meng.post(&path, json!({ "answer": "confirm" })).await.is(200);
    assert_eq!(form(&li, &card).await, "clear");
    let history = gu.get("/api/policy/versions").await.is(200).json;
    let said: Vec<_> = history["items"].as_array().unwrap().iter().map(|one| one["conditions"].as_array().unwrap().len()).collect();
    assert_eq!(said, [1, 1, 1, 0, 0]);
    assert_eq!(history["items"][1]["conditions"][0]["loses"], json!(true));
    let earlier = gu.get("/api/policy/versions/1").await.is(200).json;
    assert_eq!(of("consultant", &earlier["conditions"]), (5, json!({ "hours": null, "networks": [] })));
}

#[tokio::test]
async fn a_network_is_where_the_request_comes_from_and_an_unknown_one_is_none() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let card = format!("/api/families/{}", seed::known(&li).await.family);
    clear_to_consultants(&school).await;
    let networks = json!({ "networks": ["203.0.113.0/24", "2001:db8:5::/48"] });
    gu.patch("/api/policy", change(2, &networks)).await.is(200);
    for (address, expected) in
        [("203.0.113.7", "clear"), ("2001:db8:5::7", "clear"), ("198.51.100.7", "masked"), ("2001:db8:6::7", "masked")]
    {
        assert_eq!(form(&li.at(&from(&school.router, address)), &card).await, expected, "{address}");
    }
    assert_eq!(form(&li, &card).await, "masked");
    // Who asks what others see is told of the condition; nobody's address is in the trail.
    let family = card.rsplit('/').next().unwrap();
    let seen = gu.post("/api/policy/sights", json!({ "family": family, "field": "student.name" })).await.is(200).json;
    let steps = seen["seen"][0]["sights"].as_array().unwrap().iter().flat_map(|sight| sight["steps"].as_array().unwrap());
    let of: Vec<&Value> = steps.filter(|step| step["role"] == "consultant" && step["reached"] == json!(true)).collect();
    assert!(
        !of.is_empty() && of.iter().all(|step| step["narrowed"] == json!(false) && step["condition"]["networks"] == networks["networks"])
    );
    let trail = gu.get("/api/trail").await.is(200).text();
    assert!(!trail.contains("203.0.113.7") && !trail.contains("198.51.100.7"));
}

#[tokio::test]
async fn a_simulation_is_of_this_hour() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let family = seed::known(&li).await.family;
    gu.patch("/api/policy", change(1, &not_now())).await.is(200);
    let who = school.staff_id("li").await.uuid();
    let answer = gu.post("/api/policy/views", json!({ "staff": who, "family": family })).await.is(200).json;
    let field = &answer["seen"][0]["fields"][0];
    assert_eq!((&field["right"]["form"], &field["right"]["edit"]), (&json!("masked"), &json!(false)), "{field}");
    assert_eq!((&field["steps"][0]["narrowed"], &field["steps"][0]["condition"]), (&json!(true), &not_now()));
}

#[tokio::test]
async fn a_condition_that_is_none_or_of_a_role_that_takes_none_is_refused() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let hours = |days: &[&str], from: &str, to: &str| json!({ "hours": { "days": days, "from": from, "to": to } });
    for wrong in [
        hours(&[], "07:00", "20:00"),
        hours(&["monday"], "20:00", "07:00"),
        hours(&["monday"], "7:00", "20:00"),
        hours(&["someday"], "07:00", "20:00"),
        json!({ "networks": ["0.0.0.0/0"] }),
        json!({ "networks": ["::/0"] }),
        json!({ "networks": ["校内"] }),
        json!({ "networks": vec!["203.0.113.0/24"; 17] }),
        json!({ "zone": "UTC" }),
    ] {
        gu.patch("/api/policy", change(1, &wrong)).await.refused(400, "malformed_request");
    }
    for role in ["administrator", "privacy_officer", "auditor", "guardian", "emergency"] {
        let wish = json!({ "version": 1, "conditions": [{ "role": role, "condition": { "networks": ["203.0.113.0/24"] } }] });
        gu.patch("/api/policy", wish).await.refused(400, "malformed_request");
    }
    for login in ["li", "meng", "shen", "han"] {
        school.staff(login).await.patch("/api/policy", change(1, &not_now())).await.refused(403, "forbidden");
    }
    assert_eq!(gu.get("/api/policy").await.is(200).json["version"], 1);
}
