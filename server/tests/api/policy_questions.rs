//! Questions about the matrix, its history, and the way back.

use crate::support::{School, seed};
use serde_json::{Value, json};

fn cell(exposure: &str, reveal: &str) -> Value {
    json!({ "exposure": exposure, "reveal": reveal, "edit": false, "search": false, "export": false })
}

fn change(version: i64, role: &str, field: &str, cell: Value) -> Value {
    json!({ "version": version, "cells": [{ "role": role, "field": field, "cell": cell }] })
}

fn question(role: &str, field: &str, cell: Value) -> Value {
    seed::question(&change(1, role, field, cell))
}

#[tokio::test]
async fn questions_and_the_way_back_are_the_officers_alone() {
    let school = School::open().await;
    let acts = [
        ("/api/policy/impact", question("teacher", "guardian.phone", cell("masked", "no"))),
        ("/api/policy/rollbacks", json!({ "version": 1, "to": 1 })),
        ("/api/policy/reviews", json!({ "version": 1 })),
    ];
    let stale = school.stale("gu").await;
    for (path, body) in acts {
        for login in ["li", "chen", "meng", "shen", "han"] {
            school.staff(login).await.post(path, body.clone()).await.refused(403, "forbidden");
        }
        if path.ends_with("rollbacks") || path.ends_with("reviews") {
            stale.post(path, body).await.refused(403, "step_up_required");
        }
    }
    for path in ["/api/policy/versions", "/api/policy/versions/1", "/api/colleagues"] {
        school.teacher().await.get(path).await.refused(403, "forbidden");
        school.auditor().await.get(path).await.is(200);
    }
}

#[tokio::test]
async fn the_impact_counts_and_names_people_and_changes_nothing() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let asked = gu.post("/api/policy/impact", question("teacher", "guardian.phone", cell("masked", "with_reason"))).await.is(200).json;
    assert_eq!(asked["cells"][0]["gains"], true);
    let teachers = school.number("SELECT COUNT(*) AS n FROM staff WHERE active AND (roles & 2) <> 0").await;
    let people = &asked["people"][0];
    assert_eq!((&people["role"], &people["people"], &people["gain"]["many"]), (&json!("teacher"), &json!(teachers), &json!(teachers)));
    let names = people["gain"]["names"].as_array().unwrap();
    assert!(names.len() == usize::try_from(teachers).unwrap() && names.contains(&json!("陈老师")), "{people}");
    assert_eq!(people["lose"], json!({ "many": 0, "names": [] }));
    // Whoever has as much by another role, wherever the first one reaches, gains nothing.
    seed::change(&school, json!({ "scopes": [{ "role": "finance", "scope": "all" }] })).await;
    school.sql("UPDATE staff SET roles = 2 + 8 WHERE login = 'chen'").await;
    let masked = gu.post("/api/policy/impact", question("teacher", "guardian.phone", cell("masked", "no"))).await.is(200).json;
    assert_eq!((&masked["people"][0]["people"], &masked["people"][0]["gain"]["many"]), (&json!(teachers), &json!(teachers - 1)));
    assert!(!masked["people"][0]["gain"]["names"].as_array().unwrap().contains(&json!("陈老师")));
    // Of guardians, how many.
    let withheld = gu.post("/api/policy/impact", question("guardian", "student.school", cell("withheld", "no"))).await.is(200).json;
    let lose = &withheld["people"][0]["lose"];
    assert!(lose["many"].as_u64().unwrap() > 0 && lose["names"] == json!([]), "{withheld}");
    let version = gu.get("/api/policy").await.is(200).json["version"].clone();
    assert_eq!(version, 2);
    // The administrator's limits are limits here too.
    let nothing = gu.post("/api/policy/impact", question("administrator", "staff.phone", cell("clear", "with_reason"))).await.is(200).json;
    assert_eq!(nothing["cells"][0]["to"]["exposure"], "masked");
}

#[tokio::test]
async fn a_birth_date_in_clear_beside_a_number_that_opens_is_refused_however_it_comes() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    for opens in [cell("clear", "no"), cell("masked", "with_reason")] {
        let wish = change(1, "registrar", "student.id_card", opens);
        let concerns = gu.post("/api/policy/impact", seed::question(&wish)).await.is(200).json["concerns"].clone();
        assert_eq!((&concerns[0]["roles"], &concerns[0]["refused"]), (&json!(["registrar"]), &json!(true)));
        gu.patch("/api/policy", wish).await.refused(422, "joint_rule");
    }
    assert_eq!(gu.get("/api/policy").await.is(200).json["version"], 1);
    // The other way round, and by going back.
    seed::change(&school, change(1, "consultant", "student.id_card", cell("masked", "with_reason"))).await;
    gu.patch("/api/policy", change(2, "consultant", "student.birth_date", cell("clear", "no"))).await.refused(422, "joint_rule");
    gu.patch("/api/policy", change(2, "consultant", "student.birth_date", cell("withheld", "no"))).await.is(200);
    // What was not begun by a change does not stand in its way.
    gu.patch("/api/policy", change(3, "teacher", "note.body", cell("withheld", "no"))).await.is(200);
}

#[tokio::test]
async fn going_back_is_a_new_version_and_where_it_widens_it_takes_two() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    let phone = |card: Value| card["guardians"][0]["phone"]["state"].as_str().unwrap().to_owned();
    let path = format!("/api/families/{}", known.family);
    gu.patch("/api/policy", change(1, "consultant", "guardian.phone", cell("withheld", "no"))).await.is(200);
    assert_eq!(phone(li.get(&path).await.is(200).json), "withheld");
    for wrong in [json!({ "version": 2, "to": 2 }), json!({ "version": 2, "to": 7 }), json!({ "version": 2, "to": 0 })] {
        gu.post("/api/policy/rollbacks", wrong).await.refused(404, "not_found");
    }
    gu.post("/api/policy/rollbacks", json!({ "version": 1, "to": 1 })).await.refused(409, "version_conflict");
    gu.post("/api/policy/rollbacks", json!({ "version": 2, "to": 1 })).await.refused(403, "approval_required");
    let back = json!({ "version": 2, "to": 1, "words": "回到上一版" });
    for wrong in [json!({ "version": 2, "to": 2 }), json!({ "version": 2, "to": 7 })] {
        let wrong = json!({ "words": "回到", "version": wrong["version"], "to": wrong["to"] });
        gu.post("/api/policy/proposals", wrong).await.refused(404, "not_found");
    }
    let made = gu.post("/api/policy/proposals", back).await.is(201).json;
    assert_eq!(phone(li.get(&path).await.is(200).json), "withheld");
    let decision = format!("/api/policy/proposals/{}/decision", made["last"]["id"].as_str().unwrap());
    school.principal().await.post(&decision, json!({ "answer": "confirm" })).await.is(200);
    assert_eq!(phone(li.get(&path).await.is(200).json), "masked");
    let history = school.auditor().await.get("/api/policy/versions").await.is(200).json;
    let versions: Vec<_> = history["items"].as_array().unwrap().iter().map(|item| item["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, [3, 2, 1]);
    assert_eq!(history["items"][0]["cells"][0]["to"]["exposure"], "masked");
    assert_eq!(history["items"][2]["cells"], json!([]));
    assert_eq!(gu.get("/api/policy/versions/2").await.is(200).json["version"], 2);
    gu.get("/api/policy/versions/9").await.refused(404, "not_found");
    // Back to the narrower one takes one person.
    assert_eq!(gu.post("/api/policy/rollbacks", json!({ "version": 3, "to": 2 })).await.is(200).json["version"], 4);
    assert_eq!(phone(li.get(&path).await.is(200).json), "withheld");
    let trail = school.auditor().await.get("/api/trail?action=policy_rolled_back").await.is(200).json;
    assert_eq!(trail["items"].as_array().unwrap().len(), 1);
}

/// The way back is the earlier version alone: what it says nothing of is withheld, and the preview says so.
#[tokio::test]
async fn the_preview_of_the_way_back_is_what_it_does() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    gu.patch("/api/policy", change(1, "finance", "guardian.phone", cell("withheld", "no"))).await.is(200);
    // A version from before there was the field.
    let statement = "UPDATE policy SET document = json_set(document, '$.cells', json((SELECT json_group_array(json(value)) FROM \
                     json_each(document, '$.cells') WHERE json_extract(value, '$.field') <> 'student.school'))) WHERE version = 1";
    assert_eq!(school.sql(statement).await, 1);
    let back = json!({ "to": 1 });
    let said = gu.post("/api/policy/impact", back.clone()).await.is(200).json;
    let lost = |effects: &Value| {
        let fields = effects.as_array().unwrap().iter().filter(|cell| cell["loses"] == true && cell["field"] == "student.school");
        fields.map(|cell| cell["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(lost(&said["cells"]), ["consultant", "registrar", "principal", "guardian"]);
    for (wrong, status, code) in [
        (json!({ "to": 2 }), 404, "not_found"),
        (json!({ "to": 0 }), 404, "not_found"),
        (json!({ "to": 1, "version": 2 }), 400, "malformed_request"),
        (json!({ "to": 1, "scopes": [{ "role": "finance", "scope": "none" }] }), 422, "invalid_fields"),
    ] {
        gu.post("/api/policy/impact", wrong).await.refused(status, code);
    }
    // What is proposed says the same, and so does the version that it makes.
    let made = gu.post("/api/policy/proposals", json!({ "version": 2, "to": 1, "words": "回到上一版" })).await.is(201).json;
    assert_eq!(made["last"]["impact"]["cells"], said["cells"]);
    let decision = format!("/api/policy/proposals/{}/decision", made["last"]["id"].as_str().unwrap());
    school.principal().await.post(&decision, json!({ "answer": "confirm" })).await.is(200);
    let history = gu.get("/api/policy/versions").await.is(200).json;
    assert_eq!(history["items"][0]["cells"], said["cells"]);
}
