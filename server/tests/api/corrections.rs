//! Corrections: a guardian says what is wrong, and who may write the field decides.

use crate::support::{Actor, Answer, School, seed};
use serde_json::{Value, json};

/// A family of the consultant's, its guardian signed in.
async fn family(school: &School) -> (Actor, seed::Known, Actor) {
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let guardian = school.guardian_of(&known.guardian).await;
    (li, known, guardian)
}

fn of(child: &str) -> String {
    format!("/api/portal/children/{child}/corrections")
}

fn replace(field: &str, value: &str) -> Value {
    json!({ "field": field, "wish": "replace", "value": value, "words": "上个月换的" })
}

async fn ask(guardian: &Actor, child: &str, body: Value) -> String {
    guardian.post(&of(child), body).await.is(201).json["id"].as_str().unwrap().to_owned()
}

async fn decide(staff: &Actor, id: &str, version: i64, verdict: &str, answer: &str) -> Answer {
    staff.post(&format!("/api/corrections/{id}/decision"), json!({ "version": version, "verdict": verdict, "answer": answer })).await
}

/// What waits at somebody's desk, by the id of the correction.
async fn waiting(staff: &Actor, id: &str) -> Option<Value> {
    let page = staff.get("/api/corrections").await.is(200).json;
    page["items"].as_array().unwrap().iter().find(|item| item["correction"]["id"] == id).cloned()
}

#[tokio::test]
async fn what_a_guardian_proposes_is_written_when_somebody_accepts_it() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let asked = guardian.post(&of(&known.student), replace("guardian.phone", "100 3333 4444")).await.is(201).json;
    assert_eq!(asked["state"], "open");
    assert_eq!(asked["proposed"], json!({ "state": "clear", "value": "10033334444" }));
    let id = asked["id"].as_str().unwrap();
    let item = waiting(&li, id).await.unwrap();
    // The role sees the mask of either value and decides by it.
    assert_eq!(item["correction"]["proposed"], json!({ "state": "masked", "value": "100****4444" }));
    assert_eq!(item["present"], json!({ "state": "masked", "value": "100****5678" }));
    assert_eq!((&item["person"]["kind"], &item["person"]["version"]), (&json!("guardian"), &json!(1)));
    assert_eq!(item["correction"]["words"], json!({ "state": "masked", "value": "上个月换的" }));
    let count = li.get("/api/waiting").await.is(200).json;
    assert_eq!(count["corrections"], json!(1));
    let made = decide(&li, id, 1, "accept", "已改好").await.is(200).json;
    assert_eq!((&made["correction"]["state"], &made["person"]["version"]), (&json!("accepted"), &json!(2)));
    assert_eq!(made["present"]["value"], "100****4444");
    assert_eq!(waiting(&li, id).await, None);
    let card = guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    assert_eq!(card["me"]["phone"], json!({ "state": "clear", "value": "10033334444" }));
    let own = guardian.get(&of(&known.student)).await.is(200).json;
    assert_eq!((&own["items"][0]["state"], &own["items"][0]["decided_by"]["name"]), (&json!("accepted"), &json!("李老师")));
    assert_eq!(own["items"][0]["answer"]["value"], "已改好");
    // The new value is found like any other, the old one no longer.
    let found = |text: &'static str| json!({ "by": "phone", "text": text });
    assert_eq!(li.post("/api/families/search", found("10033334444")).await.is(200).json["items"][0]["id"], known.family);
    assert_eq!(li.post("/api/families/search", found("10012345678")).await.is(200).json["items"], json!([]));
    // The guardian reads both: that the field was written, and that the request was met.
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let actions: Vec<&str> = ledger["lines"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"changed") && actions.contains(&"correction_accepted"), "{actions:?}");
}

#[tokio::test]
async fn a_refusal_says_why_and_its_numbers_are_masked() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let id =
        ask(&guardian, &known.student, json!({ "field": "student.school", "wish": "check", "words": "早就转学了，问 10099998888" })).await;
    let item = waiting(&li, &id).await.unwrap();
    assert_eq!(item["correction"]["words"]["value"], "早就转学了，问 100****8888");
    let silent = decide(&li, &id, 1, "decline", " ").await.refused(422, "invalid_fields");
    assert_eq!(silent.json["fields"], json!([{ "at": "answer", "code": "required" }]));
    decide(&li, &id, 1, "decline", "学籍系统里没有变，请打 10077776666").await.is(200);
    let own = guardian.get(&of(&known.student)).await.is(200).json;
    assert_eq!(own["items"][0]["state"], "declined");
    assert_eq!(own["items"][0]["answer"]["value"], "学籍系统里没有变，请打 100****6666");
    assert_eq!(own["items"][0]["words"]["value"], "早就转学了，问 10099998888");
}

#[tokio::test]
async fn what_should_not_be_kept_is_erased_and_what_has_to_be_there_is_not() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, json!({ "field": "guardian.employer", "wish": "erase" })).await;
    decide(&li, &id, 1, "accept", "").await.is(200);
    let card = guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    assert_eq!(card["me"]["employer"], json!({ "state": "clear", "value": null }));
    let name = guardian.post(&of(&known.student), json!({ "field": "student.name", "wish": "erase" })).await.refused(422, "invalid_fields");
    assert_eq!(name.json["fields"], json!([{ "at": "wish", "code": "required" }]));
}

#[tokio::test]
async fn where_the_school_should_find_out_whoever_accepts_says_what_it_found() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    guardian.post(&of(&known.student), json!({ "field": "student.school", "wish": "check" })).await.refused(422, "invalid_fields");
    let id = ask(&guardian, &known.student, json!({ "field": "student.school", "wish": "check", "words": "写错了" })).await;
    let empty = decide(&li, &id, 1, "accept", "").await.refused(422, "invalid_fields");
    assert_eq!(empty.json["fields"], json!([{ "at": "value", "code": "required" }]));
    let path = format!("/api/corrections/{id}/decision");
    let mask = json!({ "version": 1, "verdict": "accept", "value": "海淀**小学" });
    assert_eq!(li.post(&path, mask).await.refused(422, "invalid_fields").json["fields"][0]["code"], "looks_masked");
    li.post(&path, json!({ "version": 1, "verdict": "accept", "value": "白鹿洞小学" })).await.is(200);
    let card = guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    assert_eq!(card["student"]["school"]["value"], "白鹿洞小学");
}

#[tokio::test]
async fn a_proposal_is_a_value_of_its_field_or_refused() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    for (field, value, code) in [
        ("guardian.phone", "12", "malformed"),
        ("guardian.phone", "100****5678", "looks_masked"),
        ("guardian.phone", "", "required"),
        ("student.birth_date", "2016-02-30", "date_range"),
        ("guardian.id_card", "110101198503120018", "check_digit"),
    ] {
        let answer = guardian.post(&of(&known.student), replace(field, value)).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"], json!([{ "at": "value", "code": code }]), "{field} {value}");
    }
    let long = json!({ "field": "guardian.phone", "wish": "erase", "words": "长".repeat(501) });
    assert_eq!(guardian.post(&of(&known.student), long).await.refused(422, "invalid_fields").json["fields"][0]["at"], "words");
    for field in ["note.body", "staff.phone", "correction.words"] {
        guardian.post(&of(&known.student), replace(field, "x")).await.refused(422, "invalid_fields");
    }
    guardian.post(&of(&known.student), json!({ "field": "t1.phone", "wish": "replace" })).await.refused(400, "malformed_request");
    let more = json!({ "field": "guardian.phone", "wish": "erase", "about": known.guardian });
    guardian.post(&of(&known.student), more).await.refused(400, "malformed_request");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM correction").await, 0);
}

#[tokio::test]
async fn of_a_field_one_correction_is_open_and_two_at_once_are_one() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let mut asked = tokio::task::JoinSet::new();
    for digit in 0..6 {
        let (guardian, path) = (guardian.clone(), of(&known.student));
        asked.spawn(async move { guardian.post(&path, replace("guardian.phone", &format!("1003333444{digit}"))).await });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let late = answers.into_iter().find(|answer| answer.status != 201).unwrap().refused(409, "version_conflict");
    assert_eq!(late.json["current"]["state"], "open");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM correction").await, 1);
}

#[tokio::test]
async fn of_two_decisions_one_counts() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let wu = school.registrar().await;
    let id = ask(&guardian, &known.student, replace("guardian.phone", "10033334444")).await;
    let (one, two) = tokio::join!(decide(&li, &id, 1, "accept", ""), decide(&wu, &id, 1, "decline", "不对"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text(), two.text());
    let again = decide(&li, &id, 2, "accept", "").await.refused(409, "version_conflict");
    assert_ne!(again.json["current"]["correction"]["state"], "open");
    let written = school.number("SELECT COUNT(*) AS n FROM trail WHERE action IN ('correction_accepted', 'correction_declined')").await;
    assert_eq!(written, 1);
}

#[tokio::test]
async fn a_record_that_moved_on_is_not_written_over() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, replace("guardian.phone", "10033334444")).await;
    li.patch(&format!("/api/guardians/{}", known.guardian), json!({ "version": 1, "phone": { "set": "10066667777" } })).await.is(200);
    let late = decide(&li, &id, 1, "accept", "").await.refused(409, "version_conflict");
    assert_eq!((&late.json["current"]["correction"]["state"], &late.json["current"]["person"]["version"]), (&json!("open"), &json!(2)));
    assert_eq!(late.json["current"]["present"]["value"], "100****7777");
    let card = guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    assert_eq!(card["me"]["phone"]["value"], "10066667777");
    decide(&li, &id, 2, "accept", "").await.is(200);
}

#[tokio::test]
async fn another_guardians_correction_does_not_exist() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, replace("student.school", "白鹿洞小学")).await;
    // The other parent of the same child, and a parent of another family.
    let new = json!({ "relation": "father", "name": "诸葛远", "phone": "10055556666" });
    let card = li.post(&format!("/api/families/{}/guardians", known.family), new).await.is(201).json;
    let father = card["guardians"].as_array().unwrap().iter().find(|one| one["id"] != known.guardian.as_str()).unwrap()["id"].clone();
    let father = school.guardian_of(father.as_str().unwrap()).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    let stranger = school.guardian_of(&other.guardian).await;
    for somebody in [&father, &stranger] {
        let path = |id: &str| format!("/api/portal/corrections/{id}/withdrawal");
        let theirs = somebody.post(&path(&id), json!({})).await.refused(404, "not_found");
        let missing = somebody.post(&path(&uuid::Uuid::now_v7().to_string()), json!({})).await.refused(404, "not_found");
        assert_eq!(theirs.without_trace(), missing.without_trace());
    }
    // A parent of the same child does not read what the other asked for.
    assert_eq!(father.get(&of(&known.student)).await.is(200).json["items"], json!([]));
    stranger.get(&of(&known.student)).await.refused(404, "not_found");
    stranger.post(&of(&known.student), replace("student.school", "白鹿洞小学")).await.refused(404, "not_found");
    assert_eq!(waiting(&li, &id).await.unwrap()["correction"]["state"], "open");
    let taken = guardian.post(&format!("/api/portal/corrections/{id}/withdrawal"), json!({})).await.is(200).json;
    assert_eq!(taken["state"], "withdrawn");
    guardian.post(&format!("/api/portal/corrections/{id}/withdrawal"), json!({})).await.refused(409, "version_conflict");
    decide(&li, &id, 1, "accept", "").await.refused(409, "version_conflict");
}

#[tokio::test]
async fn a_guardian_whose_custody_is_blocked_asks_for_nothing() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, replace("student.school", "白鹿洞小学")).await;
    let hex = known.guardian.replace('-', "");
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE guardian_id = x'{hex}'")).await;
    for answer in [
        guardian.get(&of(&known.student)).await,
        guardian.post(&of(&known.student), replace("student.school", "青松岭小学")).await,
        guardian.post(&of(&known.student), replace("guardian.phone", "10033334444")).await,
        guardian.post(&format!("/api/portal/corrections/{id}/withdrawal"), json!({})).await,
    ] {
        assert!(answer.status == 404 || answer.status == 401, "{}", answer.text());
    }
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM correction WHERE state = 'open'").await, 1);
}

#[tokio::test]
async fn who_may_not_write_the_field_or_does_not_reach_the_record_finds_nothing() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    seed::teach(&school, &known.student, "chen").await;
    let id = ask(&guardian, &known.student, replace("guardian.phone", "10033334444")).await;
    let missing = uuid::Uuid::now_v7().to_string();
    // A colleague, a teacher of the child, finance, a principal who reads it: none of them writes it.
    let zhou = school.other_consultant().await;
    for somebody in [zhou, school.teacher().await, school.finance().await, school.principal().await, school.auditor().await] {
        assert_eq!(somebody.get("/api/corrections").await.is(200).json["items"], json!([]));
        assert_eq!(somebody.get("/api/waiting").await.is(200).json["corrections"], json!(0));
        let theirs = decide(&somebody, &id, 1, "accept", "").await.refused(404, "not_found");
        let none = decide(&somebody, &missing, 1, "accept", "").await.refused(404, "not_found");
        assert_eq!(theirs.without_trace(), none.without_trace());
    }
    // The right to write the field is taken away between list and decision.
    let wu = school.registrar().await;
    assert!(waiting(&wu, &id).await.is_some());
    let officer = school.privacy_officer().await;
    let version = officer.get("/api/policy").await.is(200).json["version"].clone();
    let cell = json!({ "exposure": "masked", "reveal": "no", "edit": false, "search": false, "export": false });
    let change = json!({ "version": version, "cells": [{ "role": "registrar", "field": "guardian.phone", "cell": cell }] });
    officer.patch("/api/policy", change).await.is(200);
    assert_eq!(waiting(&wu, &id).await, None);
    decide(&wu, &id, 1, "accept", "").await.refused(404, "not_found");
    guardian.get("/api/corrections").await.refused(404, "not_found");
    decide(&guardian, &id, 1, "accept", "").await.refused(404, "not_found");
    school.consultant().await.get(&of(&known.student)).await.refused(404, "not_found");
    let card = guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200).json;
    assert_eq!(card["me"]["phone"]["value"], seed::VALUES.phone);
}

#[tokio::test]
async fn a_staff_list_is_paged_oldest_first_and_the_clock_runs() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let first = ask(&guardian, &known.student, replace("student.school", "白鹿洞小学")).await;
    let second = ask(&guardian, &known.student, replace("guardian.email", "new@example.com")).await;
    school.sql(&format!("UPDATE correction SET asked_at = asked_at - 20 * 86400000000 WHERE id = x'{}'", first.replace('-', ""))).await;
    let page = li.get("/api/corrections").await.is(200).json;
    let ids: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|item| &item["correction"]["id"]).collect();
    assert_eq!((ids, &page["total"]), (vec![&json!(first), &json!(second)], &json!(2)));
    assert_eq!(li.get("/api/waiting").await.is(200).json["corrections"], json!(2));
    let asked: chrono::DateTime<chrono::Utc> = page["items"][1]["correction"]["asked_at"].as_str().unwrap().parse().unwrap();
    let due = (asked + chrono::TimeDelta::hours(8)).date_naive() + chrono::TimeDelta::days(15);
    assert_eq!(page["items"][1]["correction"]["due"], json!(due));
    assert_eq!(li.get("/api/corrections?state=accepted").await.is(200).json["items"], json!([]));
    for query in ["?state=x", "?after=x", "?field=guardian.phone", "?limit=1"] {
        li.get(&format!("/api/corrections{query}")).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn without_the_trail_nothing_is_asked_and_nothing_decided() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, replace("guardian.phone", "10033334444")).await;
    school.sql("DELETE FROM trail_head").await;
    guardian.post(&of(&known.student), replace("guardian.email", "new@example.com")).await.refused(503, "trail_unavailable");
    decide(&li, &id, 1, "accept", "").await.refused(503, "trail_unavailable");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM correction WHERE state = 'open'").await, 1);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM guardian WHERE version = 2").await, 0);
}
