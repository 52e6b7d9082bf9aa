//! Many families changed at once: each as if it were alone.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};

async fn rows(actor: &Actor, query: &str) -> Vec<Value> {
    actor.get(&format!("/api/families?limit=100{query}")).await.is(200).json["items"].as_array().unwrap().clone()
}

fn named(rows: &[Value]) -> Value {
    rows.iter().map(|row| json!({ "id": row["id"], "version": row["version"] })).collect()
}

fn outcomes(report: &Value) -> Vec<&str> {
    report["families"].as_array().unwrap().iter().map(|line| line["outcome"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_consultant_moves_many_families_and_each_has_an_entry_of_its_own() {
    let school = School::open().await;
    let li = school.consultant().await;
    let before = rows(&li, "&when=stage-not.left").await;
    assert!(before.len() > 2);
    let wish = json!({ "families": named(&before), "stage": "left" });
    let length = school.trail_length().await;
    let mut preview = wish.clone();
    preview["preview"] = json!(true);
    let foreseen = li.post("/api/families/bulk", preview).await.is(200).json;
    assert_eq!(school.trail_length().await, length);
    assert_eq!(rows(&li, "&when=stage-not.left").await.len(), before.len());
    let length = school.trail_length().await;
    let report = li.post("/api/families/bulk", wish.clone()).await.is(200).json;
    assert_eq!(report, foreseen);
    assert!(outcomes(&report).iter().all(|outcome| *outcome == "changed"));
    assert_eq!(school.trail_length().await, length + i64::try_from(before.len()).unwrap());
    assert!(rows(&li, "&when=stage-not.left").await.is_empty());
    // A second time everybody was faster.
    assert!(outcomes(&li.post("/api/families/bulk", wish).await.is(200).json).iter().all(|outcome| *outcome == "conflict"));
}

#[tokio::test]
async fn the_report_says_why_a_family_was_left_as_it_is() {
    let school = School::open().await;
    let meng = school.principal().await;
    let known = seed::known(&school.consultant().await).await;
    let all = rows(&meng, "").await;
    let here = all.iter().find(|row| row["id"] == known.family.as_str()).unwrap();
    let elsewhere = all.iter().find(|row| row["campus"] != here["campus"]).unwrap();
    let zhou = school.staff_id("zhou").await.uuid();
    let nobody = uuid::Uuid::now_v7();
    let stale = all.iter().find(|row| row["id"] != here["id"] && row["campus"] == here["campus"]).unwrap();
    let wish = json!({ "owner": zhou, "families": [
        { "id": here["id"], "version": here["version"] },
        { "id": elsewhere["id"], "version": elsewhere["version"] },
        { "id": stale["id"], "version": 0 },
        { "id": nobody, "version": 1 },
    ] });
    assert_eq!(outcomes(&meng.post("/api/families/bulk", wish).await.is(200).json), ["changed", "other_campus", "conflict", "not_found"]);
    let moved = rows(&meng, &format!("&when=owner.{zhou}")).await;
    let moved = moved.iter().find(|row| row["id"] == here["id"]).unwrap();
    let again = json!({ "owner": zhou, "families": [{ "id": here["id"], "version": moved["version"] }] });
    assert_eq!(outcomes(&meng.post("/api/families/bulk", again).await.is(200).json), ["already"]);
}

#[tokio::test]
async fn a_family_out_of_reach_is_as_one_that_is_not_there_and_both_are_written_down() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let other = school.other_consultant().await;
    let length = school.trail_length().await;
    let wish = json!({ "stage": "left", "families": [{ "id": known.family, "version": 1 }, { "id": uuid::Uuid::now_v7(), "version": 1 }] });
    assert_eq!(outcomes(&other.post("/api/families/bulk", wish.clone()).await.is(200).json), ["not_found", "not_found"]);
    assert_eq!(school.trail_length().await, length + 2);
    let mut preview = wish;
    preview["preview"] = json!(true);
    assert_eq!(outcomes(&other.post("/api/families/bulk", preview).await.is(200).json), ["not_found", "not_found"]);
    assert_eq!(school.trail_length().await, length + 4);
}

#[tokio::test]
async fn whoever_does_not_keep_families_changes_none() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let wish = json!({ "stage": "left", "families": [{ "id": known.family, "version": 1 }] });
    for actor in [school.teacher().await, school.finance().await, school.auditor().await, school.administrator().await] {
        actor.post("/api/families/bulk", wish.clone()).await.refused(403, "forbidden");
    }
    school.guardian().await.post("/api/families/bulk", wish.clone()).await.refused(404, "not_found");
    school.nobody().post("/api/families/bulk", wish).await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn what_is_no_list_of_families_is_refused() {
    let school = School::open().await;
    let li = school.consultant().await;
    let one = json!({ "id": uuid::Uuid::now_v7(), "version": 1 });
    let many: Vec<Value> = (0..201).map(|_| json!({ "id": uuid::Uuid::now_v7(), "version": 1 })).collect();
    for families in [json!([]), json!([one, one]), json!(many)] {
        li.post("/api/families/bulk", json!({ "families": families, "stage": "left" })).await.refused(422, "invalid_fields");
    }
    for wish in [
        json!({ "families": [one] }),
        json!({ "families": [one], "stage": "x" }),
        json!({ "families": [one], "stage": "left", "campus": 1 }),
    ] {
        li.post("/api/families/bulk", wish).await.refused(400, "malformed_request");
    }
}
