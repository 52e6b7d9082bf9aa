//! The matrix: a change holds from the next request of anybody, on every server.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn a_field_is_withheld_at_the_next_request_after_the_matrix_changed() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/families/{}", known.family);
    let elsewhere = li.at(&school.second().await);
    for actor in [&li, &elsewhere] {
        assert_eq!(actor.get(&path).await.is(200).json["guardians"][0]["phone"]["state"], "masked");
    }
    seed::allow(&school, "consultant", "guardian.phone", "Withheld".to_lowercase().as_str(), "no").await;
    for actor in [&li, &elsewhere] {
        assert_eq!(actor.get(&path).await.is(200).json["guardians"][0]["phone"], json!({ "state": "withheld" }));
    }
    let reveal = format!("/api/guardians/{}/reveals", known.guardian);
    elsewhere.post(&reveal, seed::because("guardian.phone")).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_scope_that_was_taken_away_is_empty_at_the_next_request() {
    let school = School::open().await;
    let (meng, gu) = (school.principal().await, school.privacy_officer().await);
    assert!(meng.get("/api/families").await.is(200).json["total"].as_u64().unwrap() > 0);
    let change = json!({ "version": 1, "scopes": [{ "role": "principal", "scope": "none" }] });
    gu.patch("/api/policy", change).await.is(200);
    assert_eq!(meng.get("/api/families").await.is(200).json["total"], 0);
}

#[tokio::test]
async fn the_matrix_is_changed_by_the_officer_with_a_fresh_passkey_alone() {
    let school = School::open().await;
    let change = json!({ "version": 1, "scopes": [{ "role": "administrator", "scope": "all" }] });
    for login in ["li", "meng", "shen", "han"] {
        school.staff(login).await.patch("/api/policy", change.clone()).await.refused(403, "forbidden");
    }
    school.stale("gu").await.patch("/api/policy", change.clone()).await.refused(403, "step_up_required");
    assert_eq!(school.privacy_officer().await.get("/api/policy").await.is(200).json["version"], 1);
    assert_eq!(school.administrator().await.get("/api/families").await.is(200).json["total"], 0);
}

#[tokio::test]
async fn of_two_changes_from_one_version_the_second_gets_the_present_matrix() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    gu.patch("/api/policy", json!({ "version": 1, "scopes": [{ "role": "finance", "scope": "none" }] })).await.is(200);
    let late = gu.patch("/api/policy", json!({ "version": 1, "scopes": [{ "role": "finance", "scope": "all" }] })).await;
    let late = late.refused(409, "version_conflict").json;
    assert_eq!(late["current"]["version"], 2);
    let scopes = late["current"]["scopes"].as_array().unwrap();
    assert!(scopes.contains(&json!({ "role": "finance", "scope": "none" })));
}
