//! The same on PostgreSQL, in short: the queries are the same, the engine is not.

use crate::support::{School, key::Key, seed};
use serde_json::json;

#[tokio::test]
async fn on_postgresql_a_family_is_kept_shown_revealed_searched_and_exported() {
    let Some(school) = School::on_postgres().await else { return };
    let (li, other, wu) = (school.consultant().await, school.other_consultant().await, school.registrar().await);
    let known = seed::known(&li).await;
    let path = format!("/api/families/{}", known.family);
    assert_eq!(li.get(&path).await.is(200).json["guardians"][0]["phone"]["value"], "100****5678");
    other.get(&path).await.refused(404, "not_found");
    let guardian = format!("/api/guardians/{}", known.guardian);
    let revealed = li.reveal(&format!("{guardian}/reveals"), seed::because("guardian.phone")).await.is(200).json;
    assert_eq!(revealed["value"]["value"], seed::VALUES.phone);
    let found = li.post("/api/families/search", json!({ "by": "name", "text": "zgyq" })).await.is(200).json;
    assert_eq!(found["items"][0]["id"], known.family);
    wu.patch(&guardian, json!({ "version": 1, "phone": { "set": "10033334444" } })).await.is(200);
    li.patch(&guardian, json!({ "version": 1, "phone": "erase" })).await.refused(409, "version_conflict");
    assert!(li.post("/api/families/exports", json!({ "format": "csv" })).await.is(200).text().contains("100****4444"));
    let parent = school.guardian_of(&known.guardian).await;
    let ledger = parent.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    assert!(ledger["lines"].as_array().unwrap().iter().any(|line| line["action"] == "revealed"));
}

#[tokio::test]
async fn on_postgresql_a_passkey_signs_in_once_and_the_matrix_holds_everywhere() {
    let Some(school) = School::on_postgres().await else { return };
    let mut key = Key::new(&school.origin);
    super::passkeys::enrol(&school, &mut key, "li").await;
    let begun = super::passkeys::begin(&school, None).await;
    let credential = key.assert(&begun["options"]);
    let (one, two) = tokio::join!(
        super::passkeys::finish(&school, &begun, credential.clone()),
        super::passkeys::finish(&school, &begun, credential.clone())
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let elsewhere = li.at(&school.second().await);
    seed::allow(&school, "consultant", "guardian.phone", "withheld", "no").await;
    let card = elsewhere.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["guardians"][0]["phone"], json!({ "state": "withheld" }));
}

#[tokio::test]
async fn on_postgresql_of_forty_reveals_at_once_thirty_pass_and_without_a_trail_none() {
    let Some(school) = School::on_postgres().await else { return };
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}/reveals", known.guardian);
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (li, path) = (li.clone(), path.clone());
        asked.spawn(async move { li.reveal(&path, seed::because("guardian.phone")).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 30, "{answers:?}");
    school.sql("ALTER TABLE trail_head RENAME TO trail_head_away").await;
    school.registrar().await.reveal(&path, seed::because("guardian.phone")).await.refused(503, "trail_unavailable");
    li.get("/api/families").await.refused(503, "trail_unavailable");
}
