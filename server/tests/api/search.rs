//! Search by a personal value.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn a_family_is_found_by_a_whole_phone_and_shown_as_in_the_list() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let found = li.post("/api/families/search", json!({ "by": "phone", "text": "100-1234-5678" })).await.is(200).json;
    let list = li.get("/api/families?limit=100").await.is(200).json;
    let row = list["items"].as_array().unwrap().iter().find(|row| row["id"] == known.family).unwrap();
    assert_eq!(found["items"], json!([row]));
    for part in ["1001234567", "12345678", "100"] {
        let answer = li.post("/api/families/search", json!({ "by": "phone", "text": part })).await;
        assert!(answer.status == 422 || answer.json["items"] == json!([]), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_name_is_found_by_its_characters_and_its_initials() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    for text in ["诸葛砚秋", "zgyq", "听澜"] {
        let found = li.post("/api/families/search", json!({ "by": "name", "text": text })).await.is(200).json;
        assert!(found["items"].as_array().unwrap().iter().any(|row| row["id"] == known.family), "{text}");
    }
}

#[tokio::test]
async fn a_search_finds_nothing_out_of_reach() {
    let school = School::open().await;
    seed::known(&school.consultant().await).await;
    let other = school.other_consultant().await;
    let hit = other.post("/api/families/search", json!({ "by": "phone", "text": seed::VALUES.phone })).await.is(200);
    let miss = other.post("/api/families/search", json!({ "by": "phone", "text": "10055556666" })).await.is(200);
    assert_eq!(hit.json, miss.json);
}

#[tokio::test]
async fn a_search_wants_the_right_to_search_by_the_field() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    seed::teach(&school, &known.student, "chen").await;
    let chen = school.teacher().await;
    for (by, text) in [("phone", seed::VALUES.phone), ("email", seed::VALUES.email)] {
        chen.post("/api/families/search", json!({ "by": by, "text": text })).await.refused(403, "forbidden");
    }
    let card = seed::id_card(seed::VALUES.guardian_id_card);
    let li = school.consultant().await;
    li.post("/api/families/search", json!({ "by": "id_card", "text": card })).await.refused(403, "forbidden");
    let found = school.registrar().await.post("/api/families/search", json!({ "by": "id_card", "text": card })).await.is(200).json;
    assert_eq!(found["items"][0]["id"], known.family);
    let by_guardian = chen.post("/api/families/search", json!({ "by": "name", "text": seed::VALUES.guardian })).await.is(200).json;
    assert_eq!(by_guardian["items"], json!([]), "a teacher searches by names of pupils, not of guardians");
}

#[tokio::test]
async fn a_lookup_of_a_masked_value_counts_against_the_quota() {
    let school = School::open().await;
    let li = school.consultant().await;
    seed::known(&li).await;
    li.post("/api/families/search", json!({ "by": "phone", "text": "10055556666" })).await.is(200);
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 29);
    li.post("/api/families/search", json!({ "by": "name", "text": "诸葛" })).await.is(200);
    assert_eq!(li.get("/api/session").await.is(200).json["reveals_left"], 29);
}

#[tokio::test]
async fn too_many_searches_a_minute_are_refused_with_a_time_to_wait() {
    let school = School::open().await;
    let li = school.consultant().await;
    let wish = json!({ "by": "name", "text": "诸葛" });
    for _ in 0..30 {
        li.post("/api/families/search", wish.clone()).await.is(200);
    }
    let mut answer = li.post("/api/families/search", wish.clone()).await;
    for _ in 0..5 {
        if answer.status == 200 {
            answer = li.post("/api/families/search", wish.clone()).await;
        }
    }
    let answer = answer.refused(429, "too_many_requests");
    assert!(answer.json["retry_after"].as_u64().unwrap() > 0);
    assert_eq!(answer.header("retry-after"), answer.json["retry_after"].to_string());
    let again = school.consultant().await;
    again.post("/api/families/search", wish.clone()).await.refused(429, "too_many_requests");
    school.registrar().await.post("/api/families/search", wish).await.is(200);
}

#[tokio::test]
async fn a_quota_of_lookups_ends_too() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    for _ in 0..30 {
        li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    }
    let answer = li.post("/api/families/search", json!({ "by": "phone", "text": seed::VALUES.phone })).await;
    assert!(!answer.refused(429, "quota_exhausted").text().contains(&known.family));
}

#[tokio::test]
async fn a_list_says_by_what_its_reader_finds_and_whether_they_export() {
    let school = School::open().await;
    seed::known(&school.consultant().await).await;
    let (phone, email) = (seed::VALUES.phone.to_owned(), seed::VALUES.email.to_owned());
    let card = seed::id_card(seed::VALUES.guardian_id_card);
    let ways = [
        ("name", seed::VALUES.student.to_owned(), ["student.name", "guardian.name"]),
        ("phone", phone, ["guardian.phone", "guardian.second_phone"]),
        ("id_card", card, ["student.id_card", "guardian.id_card"]),
        ("email", email, ["guardian.email"; 2]),
    ];
    // As the matrix is at first, and once a consultant neither finds by a number nor exports it, nor anything else.
    for narrower in [false, true] {
        if narrower {
            let none = json!({ "exposure": "withheld", "reveal": "no", "edit": false, "search": false, "export": false });
            let cells: Vec<_> =
                contract::FieldKey::ALL.iter().map(|field| json!({ "role": "consultant", "field": field, "cell": none })).collect();
            seed::change(&school, json!({ "cells": cells })).await;
        }
        for login in ["li", "chen", "wu", "zheng", "meng", "shen", "gu", "han"] {
            let who = school.staff(login).await;
            let list = who.get("/api/families?limit=1").await.is(200).json;
            let finds = list["find"].as_array().unwrap();
            for (by, text, fields) in &ways {
                let offered = fields.iter().any(|field| finds.contains(&json!(field)));
                let answer = who.post("/api/families/search", json!({ "by": by, "text": text })).await;
                assert_eq!((answer.status != 403, answer.status == 200), (offered, offered), "{login} {by}");
            }
            let file = who.post("/api/families/exports", json!({ "format": "csv" })).await;
            assert_eq!(list["may_export"] == true, file.status == 200, "{login}");
        }
    }
}
