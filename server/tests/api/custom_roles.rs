//! Roles that a school makes itself, over HTTP: made by two people, given by the administrator, seen exactly as their row says, and
//! gone for everybody when they are given up. On both engines what depends on locks.
//!
//! The rule: what a role may is asked as whoever has it. Deliberately absent: the decisions themselves, which the guard's laws hold.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};

const CELL: &str = "withheld";

fn cell(exposure: &str) -> Value {
    json!({ "exposure": exposure, "reveal": "no", "edit": false, "search": false, "export": false })
}

/// 班主任 over the teacher: the names of the campus in clear, and a masked phone.
fn homeroom() -> Value {
    json!({
        "roles": [{ "role": "teacher_a", "zh": "班主任", "en": "Homeroom teacher" }],
        "scopes": [{ "role": "teacher_a", "scope": "campus" }],
        "cells": [
            { "role": "teacher_a", "field": "student.name", "cell": cell("clear") },
            { "role": "teacher_a", "field": "guardian.phone", "cell": cell("masked") },
        ],
    })
}

fn at(version: i64, mut change: Value) -> Value {
    change["version"] = json!(version);
    change
}

/// Gives somebody roles; answers as the server does.
async fn give(school: &School, login: &str, roles: &[&str]) -> crate::support::Answer {
    let shen = school.administrator().await;
    let path = format!("/api/staff/{}", school.staff_id(login).await.uuid());
    let version = shen.get(&path).await.is(200).json["version"].clone();
    shen.patch(&path, json!({ "version": version, "roles": roles })).await
}

async fn roles_of(school: &School, login: &str) -> Value {
    let path = format!("/api/staff/{}", school.staff_id(login).await.uuid());
    school.administrator().await.get(&path).await.is(200).json["roles"].clone()
}

/// The states of the fields of a family's first pupil and first guardian, with what could be done.
async fn seen(actor: &Actor, family: &str) -> (Value, Value) {
    let card = actor.get(&format!("/api/families/{family}")).await.is(200).json;
    (card["students"][0].clone(), card["guardians"][0].clone())
}

async fn made_given_seen_and_given_up(school: &School) {
    let (chen, li) = (school.teacher().await, school.consultant().await);
    let known = seed::known(&li).await;
    let card = format!("/api/families/{}", known.family);
    // A place that nobody has named is given to nobody.
    give(school, "chen", &["teacher_a"]).await.refused(422, "invalid_fields");
    chen.get(&card).await.refused(404, "not_found");

    seed::change(school, homeroom()).await;
    give(school, "chen", &["teacher_a"]).await.is(200);
    give(school, "chen", &["teacher_b"]).await.refused(422, "invalid_fields");
    assert_eq!(roles_of(school, "chen").await, json!(["teacher_a"]));
    let me = chen.get("/api/session").await.is(200).json;
    assert_eq!((&me["roles"], &me["duties"]), (&json!(["teacher_a"]), &json!([])));
    assert_eq!(me["named"], "teacher_a|班主任|Homeroom teacher");

    // Exactly the row, and nothing of the row of its base, which shows birth dates and opens health notes.
    let (student, guardian) = seen(&chen, &known.family).await;
    assert_eq!(student["name"], json!({ "state": "clear", "value": seed::VALUES.student }));
    assert_eq!(guardian["phone"]["state"], "masked");
    for (record, field) in
        [(&student, "birth_date"), (&student, "health_note"), (&student, "address"), (&guardian, "name"), (&guardian, "email")]
    {
        assert_eq!(record[field], json!({ "state": CELL }), "{field}");
    }
    for record in [&student, &guardian] {
        assert!(["reveal", "ask", "edit"].iter().all(|what| record["can"][what].as_array().is_none_or(Vec::is_empty)), "{record}");
    }
    chen.post("/api/families", seed::VALUES.intake(&seed::campus(&li).await)).await.refused(403, "forbidden");
    chen.post("/api/families/search", json!({ "by": "name", "text": seed::VALUES.student })).await.refused(403, "forbidden");
    chen.post("/api/families/exports", json!({ "format": "csv" })).await.refused(403, "forbidden");
    let list = chen.get("/api/families").await.is(200).json;
    assert_eq!((&list["find"], &list["may_export"]), (&json!([]), &json!(false)), "nothing is offered that is refused");

    // Why, and who: by its own name in every answer that tells of it.
    let gu = school.privacy_officer().await;
    let id = school.staff_id("chen").await.uuid();
    let why = gu.post("/api/policy/views", json!({ "staff": id, "family": known.family })).await.is(200).json;
    assert!(why["seen"].to_string().contains("\"role\":\"teacher_a\""), "{why}");
    let ledger = gu.get("/api/trail?action=shown").await.is(200).json;
    assert!(ledger["items"].as_array().unwrap().iter().any(|line| line["roles"] == json!(["teacher_a"])));

    // Given up: one person is enough, everybody loses it in the same moment, and there is an entry for each.
    let retired = json!({ "roles": [{ "role": "teacher_a", "zh": "", "en": "" }] });
    let impact = gu.post("/api/policy/impact", seed::question(&at(2, retired.clone()))).await.is(200).json;
    assert_eq!((&impact["widens"], &impact["people"][0]["people"]), (&json!(false), &json!(1)), "{impact}");
    assert_eq!((&impact["people"][0]["lose"]["many"], &impact["people"][0]["gain"]["many"]), (&json!(1), &json!(0)));
    assert_eq!((&impact["roles"][0]["loses"], &impact["roles"][0]["from"]["zh"]), (&json!(true), &json!("班主任")));
    gu.patch("/api/policy", at(2, retired)).await.is(200);
    chen.get(&card).await.refused(404, "not_found");
    assert_eq!(chen.get("/api/session").await.is(200).json["roles"], json!([]));
    assert_eq!(roles_of(school, "chen").await, json!([]));
    let taken = school.auditor().await.get("/api/trail?action=roles_changed").await.is(200).json["items"][0].clone();
    let entry = school.auditor().await.get(&format!("/api/trail/{}", taken["seq"])).await.is(200).json;
    assert_eq!((&taken["who"], &entry["roles"]), (&json!("顾老师"), &json!([["teacher_a"], []])), "{entry}");

    // The way back widens, so that it takes two; and it gives the role back to nobody.
    gu.post("/api/policy/rollbacks", json!({ "version": 3, "to": 2 })).await.refused(403, "approval_required");
    seed::change(school, homeroom()).await;
    assert_eq!(roles_of(school, "chen").await, json!([]));
    chen.get(&card).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_role_is_made_given_seen_and_given_up() {
    made_given_seen_and_given_up(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_a_role_is_made_given_seen_and_given_up() {
    if let Some(school) = School::on_postgres().await {
        made_given_seen_and_given_up(&school).await;
    }
}

#[tokio::test]
async fn to_make_a_role_takes_two_people_though_its_row_is_empty_and_to_name_it_otherwise_one() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let bare = json!({ "roles": [{ "role": "consultant_b", "zh": " 招生实习生 ", "en": "Admissions trainee" }] });
    gu.patch("/api/policy", at(1, bare.clone())).await.refused(403, "approval_required");
    let impact = gu.post("/api/policy/impact", seed::question(&at(1, bare.clone()))).await.is(200).json;
    assert_eq!((&impact["widens"], &impact["roles"][0]["gains"]), (&json!(true), &json!(true)));
    assert_eq!((&impact["roles"][0]["to"]["zh"], &impact["roles"][0]["from"]["zh"]), (&json!("招生实习生"), &json!("")), "as it is kept");
    seed::change(&school, bare).await;
    let renamed = json!({ "roles": [{ "role": "consultant_b", "zh": "招生助理", "en": "Admissions aide" }] });
    let document = gu.patch("/api/policy", at(2, renamed)).await.is(200).json;
    assert_eq!(document["roles"], json!([{ "role": "consultant_b", "zh": "招生助理", "en": "Admissions aide" }]));
    // Its duties are those of its base, and its row is empty: it takes in a family and sees nothing of it.
    give(&school, "zhou", &["consultant_b"]).await.is(200);
    let zhou = school.other_consultant().await;
    assert_eq!(zhou.get("/api/session").await.is(200).json["duties"], json!(["keep_families"]));
    // What a role that is not named would see is kept by no version, so that naming it brings nothing back.
    let hidden = json!({ "cells": [{ "role": "finance_c", "field": "guardian.phone", "cell": cell("clear") }], "scopes": [{ "role": "finance_c", "scope": "all" }] });
    let document = gu.patch("/api/policy", at(3, hidden)).await.is(200).json;
    assert!(!document.to_string().contains("finance_c"));
    let history = gu.get("/api/policy/versions").await.is(200).json;
    let said: Vec<_> = history["items"].as_array().unwrap().iter().map(|one| one["roles"].as_array().unwrap().len()).collect();
    assert_eq!(said, [0, 1, 1, 0]);
}

#[tokio::test]
async fn a_name_is_plain_and_nobody_elses() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let named = |zh: &str, en: &str| at(1, json!({ "roles": [{ "role": "teacher_a", "zh": zh, "en": en }], "words": "试一试" }));
    for (zh, en, wrong, code) in [
        ("教师", "Homeroom", "roles.0.zh", "taken"),
        ("班主任", "auditor", "roles.0.en", "taken"),
        ("班主任", "", "roles.0.en", "required"),
        ("=1+1", "Homeroom", "roles.0.zh", "malformed"),
        ("班\u{202E}主任", "Homeroom", "roles.0.zh", "malformed"),
        ("班主任", "Homeroom\u{0007}", "roles.0.en", "malformed"),
        ("班主任班主任班主任班主任班主任班主任班主任班主任班", "Homeroom", "roles.0.zh", "too_long"),
    ] {
        for (method, path) in [("POST", "/api/policy/impact"), ("PATCH", "/api/policy"), ("POST", "/api/policy/proposals")] {
            let mut wish = named(zh, en);
            if path != "/api/policy/proposals" {
                wish.as_object_mut().unwrap().remove("words");
            }
            if path == "/api/policy/impact" {
                wish = seed::question(&wish);
            }
            let answer = gu.ask(method, path, Some(&wish)).await.refused(422, "invalid_fields");
            assert_eq!(answer.json["fields"], json!([{ "at": wrong, "code": code }]), "{path} {zh} {en}");
        }
    }
    let two = |other: &str| {
        let one = json!({ "role": "teacher_a", "zh": "班主任", "en": "Homeroom" });
        at(1, json!({ "roles": [one, { "role": "finance_a", "zh": other, "en": "HOMEROOM" }] }))
    };
    gu.post("/api/policy/impact", seed::question(&two("出纳"))).await.refused(422, "invalid_fields");
    gu.patch("/api/policy", two("出纳")).await.refused(422, "invalid_fields");
    let mut wish = two("出纳");
    wish["words"] = json!("同名");
    let refused = gu.post("/api/policy/proposals", wish).await.refused(422, "invalid_fields");
    assert_eq!(refused.json["fields"], json!([{ "at": "roles", "code": "taken" }]));
    for role in ["teacher", "principal", "teacher_d", "guardian"] {
        let change = at(1, json!({ "roles": [{ "role": role, "zh": "班主任", "en": "Homeroom" }] }));
        gu.patch("/api/policy", change).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_role_of_the_schools_own_has_no_rung_of_its_own_and_the_joint_rule_holds_for_it() {
    let school = School::open().await;
    let (shen, gu) = (school.administrator().await, school.privacy_officer().await);
    let rungs = async || shen.get("/api/school/ladder").await.is(200).json;
    let before = rungs().await;
    assert!(!before.to_string().contains("teacher_a"));
    // Whoever has one stands on the rung of its base, and is counted there.
    seed::change(&school, homeroom()).await;
    give(&school, "chen", &["teacher_a"]).await.is(200);
    assert_eq!(rungs().await, before);
    let chen = school.teacher().await;
    shen.patch("/api/school/ladder", json!({ "rungs": [{ "role": "teacher", "least": "mfa" }] })).await.is(200);
    assert_eq!(chen.get("/api/session").await.is(200).json["roles"], json!(["teacher_a"]));
    shen.patch("/api/school/ladder", json!({ "rungs": [{ "role": "teacher_a", "least": "mfa" }] })).await.refused(422, "invalid_fields");
    let mut both = homeroom();
    both["cells"] = json!([
        { "role": "teacher_a", "field": "student.birth_date", "cell": cell("clear") },
        { "role": "teacher_a", "field": "student.id_card", "cell": cell("clear") },
    ]);
    gu.patch("/api/policy", at(2, both)).await.refused(422, "joint_rule");
}

#[tokio::test]
async fn guardians_read_who_sees_what_by_the_roles_that_are_there() {
    let school = School::open().await;
    let guardian = school.guardian().await;
    let portal = async || guardian.get("/api/session").await.is(200).json["named"].clone();
    assert_eq!(portal().await, "");
    seed::change(&school, homeroom()).await;
    assert_eq!(portal().await, "teacher_a|班主任|Homeroom teacher");
    let children = guardian.get("/api/portal/children").await.is(200).json;
    let child = children["children"][0]["id"].as_str().or(children["items"][0]["id"].as_str()).unwrap();
    let held = guardian.get(&format!("/api/portal/children/{child}")).await.is(200).text();
    assert!(held.contains(r#""role":"teacher_a""#) && !held.contains("teacher_b"));
}
