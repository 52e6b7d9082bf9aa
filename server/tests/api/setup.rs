//! The school's settings and campuses, and how ready it is.

use super::passkeys::{begin, finish, with_key};
use crate::support::{School, actors::Times};
use serde_json::{Value, json};

#[tokio::test]
async fn the_settings_are_the_administrators_alone_and_need_a_fresh_passkey() {
    let school = School::open().await;
    let acts: [(&str, &str, Option<Value>); 5] = [
        ("GET", "/api/school/settings", None),
        ("PATCH", "/api/school/settings", Some(json!({ "name": "明德书院" }))),
        ("POST", "/api/campuses", Some(json!({ "name": "西城校区" }))),
        ("PATCH", "/api/campuses/00000000-0000-0000-0000-000000000009", Some(json!({ "name": "西城校区" }))),
        ("DELETE", "/api/campuses/00000000-0000-0000-0000-000000000009", None),
    ];
    let stale = school.stale("shen").await;
    for (method, path, body) in &acts {
        for login in ["li", "wu", "meng", "gu", "han"] {
            school.staff(login).await.ask(method, path, body.as_ref()).await.refused(403, "forbidden");
        }
        if *method != "GET" {
            stale.ask(method, path, body.as_ref()).await.refused(403, "step_up_required");
        }
    }
    for login in ["li", "meng", "han"] {
        school.staff(login).await.get("/api/school/setup").await.refused(403, "forbidden");
    }
    for login in ["gu", "shen"] {
        school.staff(login).await.get("/api/school/setup").await.is(200);
    }
}

#[tokio::test]
async fn a_new_name_of_the_school_is_everybodys_at_once() {
    let school = School::open().await;
    let (shen, li) = (school.administrator().await, school.consultant().await);
    let elsewhere = li.at(&school.second().await);
    shen.patch("/api/school/settings", json!({ "name": "  弘毅　书院 " })).await.is(200);
    for actor in [&li, &elsewhere] {
        assert_eq!(actor.get("/api/session").await.is(200).json["school"], "弘毅 书院");
    }
    for wrong in [json!({ "name": "" }), json!({ "name": "弘\u{202e}毅" }), json!({ "session_hours": 13 }), json!({ "session_hours": 0 })]
    {
        shen.patch("/api/school/settings", wrong).await.refused(422, "invalid_fields");
    }
}

#[tokio::test]
async fn a_campus_is_added_renamed_and_closed_only_when_it_is_empty() {
    let school = School::open().await;
    let (shen, li) = (school.administrator().await, school.consultant().await);
    let busy = crate::support::seed::campus(&li).await;
    shen.delete(&format!("/api/campuses/{busy}")).await.refused(422, "campus_in_use");
    let made = shen.post("/api/campuses", json!({ "name": "西城校区" })).await.is(201).json;
    let new = made["campuses"].as_array().unwrap().iter().find(|campus| campus["name"] == "西城校区").unwrap()["id"].clone();
    let path = format!("/api/campuses/{}", new.as_str().unwrap());
    let told = shen.post("/api/campuses", json!({ "name": "西城校区" })).await.refused(422, "invalid_fields").json;
    assert_eq!(told["fields"][0]["code"], "taken");
    shen.patch(&path, json!({ "name": "东城校区" })).await.is(200);
    let meng = school.principal().await;
    let named = |text: String| async move { text.contains("东城校区") };
    // A member of staff without a campus of their own sees every open one.
    school.sql("DELETE FROM staff_campus WHERE staff_id = (SELECT id FROM staff WHERE login = 'meng')").await;
    assert!(named(meng.get("/api/school").await.is(200).text()).await);
    shen.delete(&path).await.is(200);
    assert!(!named(meng.get("/api/school").await.is(200).text()).await);
    shen.delete(&path).await.refused(404, "not_found");
    shen.patch(&path, json!({ "name": "南城校区" })).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_steps_follow_the_facts() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let step = |name: &'static str| {
        let gu = gu.clone();
        async move {
            let setup = gu.get("/api/school/setup").await.is(200).json;
            let item = setup["items"].as_array().unwrap().iter().find(|item| item["step"] == name).unwrap().clone();
            (item["have"].as_u64().unwrap(), item["of"].as_u64().unwrap())
        }
    };
    assert_eq!(step("family").await, (1, 1));
    assert_eq!(step("matrix").await, (0, 1));
    gu.post("/api/policy/reviews", json!({ "version": 1 })).await.is(200);
    assert_eq!(step("matrix").await, (1, 1));
    let (keys, everybody) = step("second_passkey").await;
    assert!(keys == 0 && everybody >= 9);
    school.sql("DELETE FROM family").await;
    assert_eq!(step("family").await, (0, 1));
}

#[tokio::test]
async fn sessions_of_staff_end_as_early_as_the_school_says() {
    let school = School::open().await;
    school.administrator().await.patch("/api/school/settings", json!({ "session_hours": 3 })).await.is(200);
    let (_, mut key) = with_key(&school, "li").await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    let me = finish(&school, &begun, credential).await.is(200).json;
    let ends: chrono::DateTime<chrono::Utc> = serde_json::from_value(me["expires_at"].clone()).unwrap();
    let left = ends - chrono::Utc::now();
    assert!((170..=180).contains(&left.num_minutes()), "{left}");
    // One that is open ends as early, at once.
    let opened = Times { ago: chrono::TimeDelta::minutes(100), ..Times::FRESH };
    let li = school.session(school.staff_id("li").await, opened).await;
    li.get("/api/families").await.is(200);
    school.administrator().await.patch("/api/school/settings", json!({ "session_hours": 1 })).await.is(200);
    li.get("/api/families").await.refused(401, "not_signed_in");
}
