//! Saved views: whose they are, and that they widen nothing.

use crate::support::{Actor, School};
use serde_json::{Value, json};

fn look(when: &str) -> Value {
    json!({ "filter": { "when": when, "match": "all", "sort": "recent" }, "columns": ["stage", "owner"], "density": "compact" })
}

async fn names(actor: &Actor) -> Vec<String> {
    let views = actor.get("/api/views").await.is(200).json;
    views["views"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

async fn kept(actor: &Actor, name: &str, shared: bool, when: &str) -> String {
    let wish = json!({ "name": name, "shared": shared, "look": look(when) });
    actor.post("/api/views", wish).await.is(201).json["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_view_is_its_makers_alone_until_it_is_shared() {
    let school = School::open().await;
    let (li, meng) = (school.consultant().await, school.principal().await);
    kept(&li, "我的线索", false, "owner.me_stage.lead").await;
    let shared = kept(&meng, "全校线索", true, "stage.lead").await;
    kept(&meng, "校长自用", false, "").await;
    assert_eq!(names(&li).await, ["我的线索", "全校线索"]);
    assert_eq!(names(&meng).await, ["全校线索", "校长自用"]);
    assert_eq!(names(&school.teacher().await).await, ["全校线索"]);
    let views = li.get("/api/views").await.is(200).json;
    assert_eq!((&views["may_share"], &views["views"][1]["own"]), (&json!(false), &json!(false)));
    // Locked for the others, and not there where it was never shared.
    let before = school.trail_length().await;
    li.patch(&format!("/api/views/{shared}"), json!({ "name": "改名" })).await.refused(403, "forbidden");
    li.delete(&format!("/api/views/{shared}")).await.refused(403, "forbidden");
    assert_eq!(school.trail_length().await, before + 2);
    let own = li.get("/api/views").await.json["views"][0]["id"].as_str().unwrap().to_owned();
    let (foreign, missing) = (format!("/api/views/{own}"), format!("/api/views/{}", uuid::Uuid::now_v7()));
    assert_eq!(
        meng.delete(&foreign).await.refused(404, "not_found").without_trace(),
        meng.delete(&missing).await.refused(404, "not_found").without_trace()
    );
    assert_eq!(names(&li).await.len(), 2);
}

#[tokio::test]
async fn sharing_is_for_principals_and_registrars() {
    let school = School::open().await;
    for (login, may) in [("li", false), ("chen", false), ("zheng", false), ("gu", false), ("wu", true), ("meng", true)] {
        let actor = school.staff(login).await;
        let wish = json!({ "name": "共用", "shared": true, "look": look("") });
        let answer = actor.post("/api/views", wish).await;
        assert_eq!(answer.status, if may { 201 } else { 403 }, "{login}");
        let own = kept(&actor, "自用", false, "").await;
        let answer = actor.patch(&format!("/api/views/{own}"), json!({ "shared": true })).await;
        assert_eq!(answer.status, if may { 200 } else { 403 }, "{login}");
    }
    school.guardian().await.get("/api/views").await.refused(404, "not_found");
    school.nobody().get("/api/views").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn whoever_uses_a_shared_view_sees_what_they_reach_and_no_more() {
    let school = School::open().await;
    let (li, meng) = (school.consultant().await, school.principal().await);
    let who = meng.who.unwrap().uuid();
    kept(&meng, "全校", true, "stage.lead.trial.enrolled.left").await;
    kept(&meng, "我的", true, "owner.me").await;
    let run = async |actor: &Actor, at: usize| {
        let views = actor.get("/api/views").await.is(200).json;
        let filter = &views["views"][at]["look"]["filter"];
        let path = format!("/api/families?limit=100&when={}&match={}", filter["when"].as_str().unwrap(), filter["match"].as_str().unwrap());
        actor.get(&path).await.is(200).json
    };
    let own = li.get("/api/families?limit=100").await.is(200).json;
    assert_eq!(run(&li, 0).await["items"], own["items"]);
    assert!(run(&meng, 0).await["total"].as_u64() > own["total"].as_u64());
    // "Me" is whoever asks, not whoever made the view.
    assert_eq!(run(&li, 1).await["items"], own["items"]);
    assert!(run(&meng, 1).await["items"].as_array().unwrap().iter().all(|row| row["owner"]["id"] == json!(who)));
}

#[tokio::test]
async fn a_view_is_changed_and_removed_with_an_entry_each() {
    let school = School::open().await;
    let li = school.consultant().await;
    let id = kept(&li, "线索", false, "stage.lead").await;
    let before = school.trail_length().await;
    let path = format!("/api/views/{id}");
    let card = li.patch(&path, json!({ "name": "试听", "look": look("stage.trial") })).await.is(200).json;
    assert_eq!((&card["name"], &card["look"]["filter"]["when"]), (&json!("试听"), &json!("stage.trial")));
    li.delete(&path).await.is(200);
    assert_eq!(school.trail_length().await, before + 2);
    assert!(names(&li).await.is_empty());
}

#[tokio::test]
async fn a_name_is_sealed_on_the_disk_and_loses_its_numbers() {
    let school = School::open().await;
    let li = school.consultant().await;
    kept(&li, "张妈妈 10012345678 周末", false, "").await;
    assert_eq!(names(&li).await, ["张妈妈 100****5678 周末"]);
    let files = school.files();
    for secret in ["张妈妈", "10012345678"] {
        assert!(!files.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

#[tokio::test]
async fn what_is_no_view_is_refused() {
    let school = School::open().await;
    let li = school.consultant().await;
    for (name, columns) in
        [("", json!([])), (" ", json!([])), (&*"长".repeat(41), json!([])), ("a\nb", json!([])), ("线索", json!(["stage", "stage"]))]
    {
        let mut look = look("");
        look["columns"] = columns;
        li.post("/api/views", json!({ "name": name, "look": look })).await.refused(422, "invalid_fields");
    }
    for look in [look("phone.100"), look("stage"), json!({ "filter": {}, "columns": ["id_card"], "density": "usual" }), json!({})] {
        li.post("/api/views", json!({ "name": "线索", "look": look })).await.refused(400, "malformed_request");
    }
    for _ in 0..50 {
        kept(&li, "线索", false, "").await;
    }
    li.post("/api/views", json!({ "name": "线索", "look": look("") })).await.refused(422, "invalid_fields");
}

#[tokio::test]
async fn a_condition_that_nobody_knows_is_refused_like_any_other_text() {
    let school = School::open().await;
    let li = school.consultant().await;
    for query in [
        "when=name.x",
        "when=guardian.phone.100",
        "when=stage.lead__owner.me",
        "match=or",
        "stage=lead",
        "mine=true",
        "filter=x",
        "when=owner.me&when=owner.me",
    ] {
        li.get(&format!("/api/families?{query}")).await.refused(400, "malformed_request");
    }
    li.post("/api/families/exports", json!({ "format": "csv", "filter": { "when": "id_card.1" } })).await.refused(400, "malformed_request");
}
