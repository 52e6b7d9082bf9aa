//! The thread of a family: what it tells, to whom, and what it never tells.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn thread(actor: &Actor, family: &str, query: &str) -> Value {
    actor.get(&format!("/api/families/{family}/timeline{query}")).await.is(200).json
}

fn items(thread: &Value) -> &Vec<Value> {
    thread["items"].as_array().unwrap()
}

/// The fields of the newest change of a kind of record.
fn changed(thread: &Value, record: &str) -> Option<BTreeSet<String>> {
    let item = items(thread).iter().find(|item| item["line"]["action"] == "changed" && item["line"]["record"] == record)?;
    let looks = item["line"]["looks"].as_array().unwrap();
    Some(looks.iter().map(|look| look["field"].as_str().unwrap().to_owned()).collect())
}

fn set(fields: &[&str]) -> Option<BTreeSet<String>> {
    Some(fields.iter().map(|field| (*field).to_owned()).collect())
}

#[tokio::test]
async fn a_change_says_which_fields_and_what_it_set_of_the_family_and_never_what_a_field_held() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let day = "2031-05-06";
    let change = json!({ "version": 1, "stage": "trial", "next_contact": { "set": day } });
    let card = li.patch(&format!("/api/families/{}", known.family), change).await.is(200).json;
    assert_eq!((&card["stage"], &card["next_contact"]), (&json!("trial"), &json!(day)));
    let change = json!({ "version": 1, "phone": { "set": "10055556666" }, "employer": "erase" });
    li.patch(&format!("/api/guardians/{}", known.guardian), change).await.is(200);

    let thread = thread(&li, &known.family, "").await;
    assert_eq!(changed(&thread, "guardian"), set(&["guardian.phone", "guardian.employer"]));
    let moved = items(&thread).iter().find(|item| !item["moved"].is_null()).unwrap();
    assert_eq!(moved["moved"], json!({ "stage": "trial", "next_contact": { "set": day } }));
    let text = thread.to_string();
    for value in [seed::VALUES.phone, "10055556666", seed::VALUES.employer, seed::VALUES.note, seed::VALUES.student] {
        assert!(!text.contains(value), "{value}");
    }
    // The note is named, and who reads the card has what it says.
    let note = items(&thread).iter().find(|item| item["note"] == known.note.as_str()).unwrap();
    assert_eq!(note["line"]["record"], "note");
    // The card brings the same with it.
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(items(&card["timeline"]), items(&thread));
}

#[tokio::test]
async fn who_takes_over_is_named() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let wu = school.registrar().await;
    let me = li.who.unwrap().uuid().to_string();
    let facts = wu.get("/api/school").await.is(200).json;
    let other = facts["consultants"].as_array().unwrap().iter().find(|one| one["id"] != me.as_str()).unwrap();
    wu.patch(&format!("/api/families/{}", known.family), json!({ "version": 1, "owner": other["id"] })).await.is(200);
    let thread = thread(&wu, &known.family, "?kind=changes").await;
    assert_eq!(items(&thread).iter().find_map(|item| item["moved"].get("owner")), Some(other));
    // And so it is where many are handed over together.
    let back = json!({ "owner": me, "families": [{ "id": known.family, "version": 2 }] });
    assert_eq!(wu.post("/api/families/bulk", back).await.is(200).json["families"][0]["outcome"], "changed");
    let thread = self::thread(&wu, &known.family, "?kind=changes").await;
    let li = facts["consultants"].as_array().unwrap().iter().find(|one| one["id"] == me.as_str());
    assert_eq!(items(&thread).iter().find_map(|item| item["moved"].get("owner")), li);
}

#[tokio::test]
async fn history_is_told_as_the_roles_of_today_know_it() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    let chen = school.teacher().await;
    let change = json!({ "version": 1, "phone": { "set": "10055556666" }, "name": { "set": "诸葛听雨" } });
    li.patch(&format!("/api/guardians/{}", known.guardian), change).await.is(200);
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);

    assert_eq!(changed(&thread(&li, &known.family, "").await, "guardian"), set(&["guardian.name", "guardian.phone"]));
    // A phone is nothing to a teacher: neither that it was changed, nor why it was opened.
    let told = thread(&chen, &known.family, "").await;
    assert_eq!(changed(&told, "guardian"), set(&["guardian.name"]));
    assert!(!told.to_string().contains("phone") && !told.to_string().contains("回访课程"), "{told}");
    let opened = items(&told).iter().find(|item| item["line"]["action"] == "revealed").unwrap();
    assert_eq!((&opened["line"]["looks"], &opened["line"]["reason"]["text"]), (&json!([]), &json!("")));
    // From the next request after the matrix says so, and until it says otherwise.
    for (exposure, fields) in [("masked", ["guardian.name", "guardian.phone"].as_slice()), ("withheld", &["guardian.name"])] {
        let cell = json!({ "exposure": exposure, "reveal": "no", "edit": false, "search": false, "export": false });
        seed::change(&school, json!({ "cells": [{ "role": "teacher", "field": "guardian.phone", "cell": cell }] })).await;
        assert_eq!(changed(&thread(&chen, &known.family, "").await, "guardian"), set(fields), "{exposure}");
        let card = chen.get(&format!("/api/families/{}", known.family)).await.is(200).json;
        assert_eq!(changed(&card["timeline"], "guardian"), set(fields), "{exposure}");
    }
}

#[tokio::test]
async fn reading_the_thread_is_recorded_and_is_no_look_at_the_family() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let before = thread(&li, &known.family, "").await;
    let rows = school.trail_length().await;
    let after = thread(&li, &known.family, "").await;
    assert_eq!(before, after);
    assert_eq!(school.trail_length().await, rows + 1);
    // A look at the card is one, and a guardian reads of it.
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    assert_eq!(items(&thread(&li, &known.family, "").await).len(), items(&after).len() + 1);
}

#[tokio::test]
async fn stretches_follow_each_other_without_gap_or_repetition_and_the_kinds_share_all_between_them() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    seed::teach(&school, &known.student, "chen").await;
    for number in 0..50 {
        li.get(&format!("/api/families/{}", known.family)).await.is(200);
        if number % 10 == 0 {
            li.post(&format!("/api/families/{}/notes", known.family), json!({ "body": format!("第 {number} 次来电") })).await.is(201);
        }
    }
    let mut told = Vec::new();
    for kind in ["all", "notes", "changes", "looks"] {
        let (mut seen, mut after, mut stretches) = (Vec::new(), String::new(), 0);
        loop {
            let stretch = thread(&li, &known.family, &format!("?kind={kind}{after}")).await;
            seen.extend(items(&stretch).iter().map(Value::to_string));
            stretches += 1;
            let Some(next) = stretch["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{kind} repeats itself");
        told.push((seen, stretches));
    }
    let [(all, stretches), (notes, _), (changes, _), (looks, _)] = told.as_slice() else { unreachable!() };
    assert!(*stretches > 1);
    let parts: BTreeSet<&String> = notes.iter().chain(changes).chain(looks).collect();
    assert_eq!(parts, all.iter().collect());
    assert_eq!(notes.len(), 6);
    assert!(changes.iter().any(|item| item.contains("\"is\":\"class\"")), "{changes:?}");
    for query in ["?after=x", "?after=1", "?after=1.2", "?kind=x", "?limit=1"] {
        li.get(&format!("/api/families/{}/timeline{query}", known.family)).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_thread_out_of_reach_is_as_if_it_were_not_there() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    for actor in [school.other_consultant().await, school.administrator().await, school.teacher().await] {
        let forbidden = actor.get(&format!("/api/families/{}/timeline", known.family)).await.refused(404, "not_found");
        let missing = actor.get(&format!("/api/families/{}/timeline", uuid::Uuid::now_v7())).await.refused(404, "not_found");
        assert_eq!(forbidden.without_trace(), missing.without_trace());
    }
    school.guardian_of(&known.guardian).await.get(&format!("/api/families/{}/timeline", known.family)).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_teacher_hears_nothing_of_a_sibling_who_is_not_taught() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let brother = json!({ "name": "诸葛砚冬", "school": "柏树岭小学" });
    let card = li.post(&format!("/api/families/{}/students", known.family), brother).await.is(201).json;
    let brother = card["students"].as_array().unwrap().iter().find(|one| one["id"] != known.student.as_str()).unwrap()["id"].clone();
    seed::teach(&school, &known.student, "chen").await;
    let chen = school.teacher().await;
    let card = chen.get(&format!("/api/families/{}", known.family)).await.is(200);
    assert!(!card.text().contains(brother.as_str().unwrap()), "a kinship or an item of the thread names the sibling");
    assert_eq!(card.json["guardians"][0]["kinships"].as_array().unwrap().len(), 1);
    let told = thread(&chen, &known.family, "?kind=changes").await;
    assert!(items(&told).iter().all(|item| item["line"]["record"] != "student"), "{told}");
    // Whoever reaches both is told of both.
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["guardians"][0]["kinships"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_note_without_a_day_is_done_with_what_was_due_and_leaves_a_later_day_alone() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/families/{}", known.family);
    let note = |day: Value| json!({ "body": "来过电话", "next_contact": day });
    for (first, then) in [("2001-01-01", Value::Null), ("2099-01-01", json!("2099-01-01"))] {
        li.post(&format!("{path}/notes"), note(json!(first))).await.is(201);
        let card = li.post(&format!("{path}/notes"), note(Value::Null)).await.is(201).json;
        assert_eq!(card["next_contact"], then);
    }
    let version = li.get(&path).await.json["version"].clone();
    let card = li.patch(&path, json!({ "version": version, "next_contact": "erase" })).await.is(200).json;
    assert_eq!(card["next_contact"], Value::Null);
    let refused = li.patch(&path, json!({ "version": card["version"], "next_contact": { "set": "9999-01-01" } })).await;
    assert_eq!(refused.refused(422, "invalid_fields").json["fields"][0]["at"], "next_contact");
}
