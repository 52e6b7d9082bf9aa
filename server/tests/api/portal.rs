//! A guardian's own portal.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn a_guardian_sees_the_own_child_and_not_another() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    let guardian = school.guardian_of(&own.guardian).await;
    let children = guardian.get("/api/portal/children").await.is(200).json;
    assert_eq!(children["children"].as_array().unwrap().len(), 1);
    assert_eq!(children["children"][0]["id"], own.student);
    let card = guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200).json;
    assert_eq!(card["student"]["name"], json!({ "state": "clear", "value": seed::VALUES.student }));
    assert_eq!(card["me"]["phone"], json!({ "state": "clear", "value": seed::VALUES.phone }));
    assert_eq!(card["student"]["id_card"]["state"], "masked");
    for path in ["", "/ledger"] {
        let forbidden = guardian.get(&format!("/api/portal/children/{}{path}", other.student)).await.refused(404, "not_found");
        let missing = guardian.get(&format!("/api/portal/children/{}{path}", uuid::Uuid::now_v7())).await.refused(404, "not_found");
        assert_eq!(forbidden.without_trace(), missing.without_trace());
    }
}

#[tokio::test]
async fn a_blocked_guardian_sees_nothing_of_the_child_from_the_next_request() {
    let school = School::open().await;
    let own = seed::known(&school.consultant().await).await;
    let guardian = school.guardian_of(&own.guardian).await;
    guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200);
    let hex = own.guardian.replace('-', "");
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE guardian_id = x'{hex}'")).await;
    let answer = guardian.get(&format!("/api/portal/children/{}", own.student)).await;
    assert!(answer.status == 404 || answer.status == 401, "{}", answer.text());
    assert!(!answer.text().contains(seed::VALUES.student));
}

#[tokio::test]
async fn staff_have_no_portal() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    li.get("/api/portal/children").await.refused(404, "not_found");
    li.get(&format!("/api/portal/children/{}", own.student)).await.refused(404, "not_found");
    li.get(&format!("/api/portal/children/{}/ledger", own.student)).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_first_guardian_of_the_demonstration_has_children() {
    let school = School::open().await;
    let children = school.guardian().await.get("/api/portal/children").await.is(200).json;
    assert!(!children["children"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_ledger_says_who_looked_at_which_fields_in_which_form() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    li.get(&format!("/api/families/{}", own.family)).await.is(200);
    let guardian = school.guardian_of(&own.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", own.student)).await.is(200).json;
    let shown = ledger["lines"].as_array().unwrap().iter().find(|line| line["action"] == "shown").unwrap();
    assert_eq!(shown["who"], "李老师");
    assert!(shown["looks"].as_array().unwrap().contains(&json!({ "field": "guardian.phone", "form": "masked" })));
    assert!(!shown["looks"].to_string().contains("id_card"), "a withheld field was not looked at: {shown}");
}
