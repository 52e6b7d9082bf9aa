//! The trail for whoever reads it: filters, one line unfolded, what came since, verification, the file.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};
use std::time::Duration;

async fn lines(actor: &Actor, query: &str) -> Vec<Value> {
    actor.get(&format!("/api/trail{query}")).await.is(200).json["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_trail_is_for_the_officer_and_the_auditor_alone() {
    let school = School::open().await;
    let acts: [(&str, &str, Option<Value>); 7] = [
        ("GET", "/api/trail", None),
        ("GET", "/api/trail/1", None),
        ("GET", "/api/trail/news?since=0", None),
        ("GET", "/api/trail/verifications", None),
        ("POST", "/api/trail/verifications", None),
        ("DELETE", "/api/trail/verifications", None),
        ("POST", "/api/trail/exports", Some(json!({}))),
    ];
    for (method, path, body) in &acts {
        for login in ["li", "chen", "wu", "meng", "shen"] {
            school.staff(login).await.ask(method, path, body.as_ref()).await.refused(403, "forbidden");
        }
        school.guardian().await.ask(method, path, body.as_ref()).await.refused(404, "not_found");
    }
}

async fn filters(school: &School) {
    let (li, han) = (school.consultant().await, school.auditor().await);
    let known = seed::known(&li).await;
    for _ in 0..60 {
        li.get(&format!("/api/families/{}", known.family)).await.is(200);
    }
    let who = school.staff_id("li").await.uuid();
    let first = han.get(&format!("/api/trail?who={who}&kind=family&action=shown")).await.is(200).json;
    let next = first["next"].as_str().unwrap().to_owned();
    let second = lines(&han, &format!("?who={who}&kind=family&action=shown&after={next}")).await;
    let all: Vec<i64> = first["items"].as_array().unwrap().iter().chain(&second).map(|line| line["seq"].as_i64().unwrap()).collect();
    // Sixty looks, and the one with which the note that was written came back.
    assert_eq!(all.len(), 61);
    assert!(all.windows(2).all(|pair| pair[0] > pair[1]), "{all:?}");
    let other = school.staff_id("zhou").await.uuid();
    assert_eq!(lines(&han, &format!("?who={other}&action=shown")).await.len(), 0);
    assert_eq!(lines(&han, "?from=2999-01-01").await.len(), 0);
    assert_eq!(lines(&han, "?to=2001-01-01").await.len(), 0);
    let today = (chrono::Utc::now() + chrono::TimeDelta::hours(8)).date_naive();
    assert!(lines(&han, &format!("?from={today}&to={today}&who={who}")).await.len() >= 50);
    assert_eq!(lines(&han, "?after=1").await.len(), 0);
    for wrong in ["?who=x", "?kind=x", "?from=yesterday", "?record=1", "?after=x", "?text=1", "?same=x", "?whose=-", "?by=li", "?by="] {
        han.get(&format!("/api/trail{wrong}")).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn filters_narrow_together_and_pages_follow_each_other() {
    filters(&School::open().await).await;
}

async fn leads_on(school: &School) {
    let (li, wu, han) = (school.consultant().await, school.registrar().await, school.auditor().await);
    let (one, other) = (seed::known(&li).await, seed::known_with(&li, &seed::Values { phone: "10011112222", ..seed::VALUES }).await);
    let guardian = school.guardian_of(&one.guardian).await;
    for family in [&one.family, &other.family] {
        li.get(&format!("/api/families/{family}")).await.is(200);
    }
    wu.get(&format!("/api/families/{}", one.family)).await.is(200);
    guardian.get(&format!("/api/portal/children/{}", one.student)).await.is(200);
    let seq = |line: &Value| line["seq"].as_i64().unwrap();
    let newest = async |query: &str| lines(&han, query).await[0].clone();
    let end = |id: &str| id.replace('-', "")[26..].to_owned();
    // About the same record: by whoever it was, and no line about another family.
    let by_wu = newest(&format!("?who={}&action=shown&kind=family", school.staff_id("wu").await.uuid())).await;
    let same = lines(&han, &format!("?same={}", seq(&by_wu))).await;
    assert!(same.iter().any(|line| line["who"] == "李老师") && same.iter().any(|line| line["who"] == "吴老师"), "{same:?}");
    for line in &same {
        let entry = han.get(&format!("/api/trail/{}", seq(line))).await.is(200).json;
        assert_eq!(entry["record"]["mark"], end(&one.family));
    }
    assert!(lines(&han, &format!("?same={}&action=created", seq(&by_wu))).await.len() < same.len(), "filters narrow together");
    // By the same guardian, of whom the list has no name and no id.
    let looked = newest("?action=shown&kind=student").await;
    assert_eq!((&looked["who"], &looked["roles"]), (&json!(""), &json!(["guardian"])));
    let theirs = lines(&han, &format!("?whose={}", seq(&looked))).await;
    assert!(!theirs.is_empty() && theirs.iter().all(|line| line["roles"] == json!(["guardian"])), "{theirs:?}");
    let page = han.get(&format!("/api/trail?whose={}&same={}", seq(&looked), seq(&looked))).await.is(200);
    for whole in [&one.family, &one.student, &one.guardian, &other.guardian] {
        assert!(!page.text().contains(whole.as_str()));
    }
    // A line about nothing and one that is not there are one answer.
    let listed = newest("?action=trail_read").await;
    let about_nothing = han.get(&format!("/api/trail?same={}", seq(&listed))).await.is(200).json;
    for missing in ["0", "-7", "999999999"] {
        assert_eq!(han.get(&format!("/api/trail?same={missing}")).await.is(200).json, about_nothing);
        assert_eq!(han.get(&format!("/api/trail?whose={missing}")).await.is(200).json, about_nothing);
    }
    assert_eq!(about_nothing["items"], json!([]));
    let guess = json!({ "login": "nobody9", "code": "AAAA-BBBB-CCCC" });
    school.nobody().post("/api/recovery/begin", guess).await.refused(401, "sign_in_refused");
    let unknown = lines(&han, "?by=nobody&action=sign_in_refused").await;
    assert!(!unknown.is_empty() && unknown.iter().all(|line| line["who"] == "" && line["roles"] == json!([])), "{unknown:?}");
    assert!(lines(&han, "?by=program").await.is_empty(), "no program was here");
    // The file holds what the list shows.
    let file = han.post("/api/trail/exports", json!({ "same": seq(&by_wu) })).await.is(200).text();
    assert_eq!(file.lines().count(), lines(&han, &format!("?same={}", seq(&by_wu))).await.len() + 1, "{file}");
}

#[tokio::test]
async fn a_line_leads_to_others_about_its_record_and_by_its_person_and_names_neither() {
    leads_on(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_line_leads_to_others_about_its_record_and_by_its_person() {
    if let Some(school) = School::on_postgres().await {
        leads_on(&school).await;
    }
}

#[tokio::test]
async fn a_line_unfolds_to_forms_and_marks_that_lead_nowhere() {
    let school = School::open().await;
    let (li, han) = (school.consultant().await, school.auditor().await);
    let known = seed::known(&li).await;
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    let line = lines(&han, "?action=shown&kind=family").await[0].clone();
    let answer = han.get(&format!("/api/trail/{}", line["seq"])).await.is(200);
    for whole in [&known.family, &known.student, &known.guardian, &known.note] {
        assert!(!answer.text().contains(whole.as_str()));
    }
    let entry = answer.json;
    assert_eq!(entry["record"]["mark"], known.family.replace('-', "")[26..]);
    assert_eq!(entry["families"], 1);
    assert!(entry["groups"].as_array().unwrap().iter().any(|group| group["records"][0]["kind"] == "guardian"));
    assert_eq!(entry["hash"].as_str().unwrap().len(), 64);
    for missing in ["0", "999999999", "x"] {
        han.get(&format!("/api/trail/{missing}")).await.refused(404, "not_found");
    }
}

async fn news(school: &School) {
    let (li, han, gu) = (school.consultant().await, school.auditor().await, school.privacy_officer().await);
    let last = lines(&han, "").await[0]["seq"].as_i64().unwrap();
    let newer = |actor: Actor| async move { actor.get(&format!("/api/trail/news?since={last}")).await.is(200).json };
    // Two who watch do not wake each other.
    lines(&gu, "").await;
    lines(&han, "").await;
    assert_eq!(newer(han.clone()).await, json!({ "newer": 0 }));
    let before = school.trail_length().await;
    newer(han.clone()).await;
    assert_eq!(school.trail_length().await, before, "asking for news is no look");
    li.get("/api/families").await.is(200);
    assert_eq!(newer(han.clone()).await, json!({ "newer": 1 }));
    // A session that ended hears nothing more.
    school.sql("UPDATE session SET ended_at = 1").await;
    han.get(&format!("/api/trail/news?since={last}")).await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn news_are_a_number_and_looks_at_the_trail_are_no_news() {
    news(&School::open().await).await;
}

async fn verified(actor: &Actor) -> Value {
    for _ in 0..200 {
        let verification = actor.get("/api/trail/verifications").await.is(200).json;
        if verification["state"] != "running" {
            return verification;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the verification does not end");
}

#[tokio::test]
async fn a_verification_runs_beside_and_finds_what_was_altered() {
    let school = School::open().await;
    let han = school.auditor().await;
    assert!(han.get("/api/trail/verifications").await.is(200).json.is_null());
    han.delete("/api/trail/verifications").await.refused(404, "not_found");
    han.post("/api/trail/verifications", json!({})).await.is(200);
    let whole = verified(&han).await;
    assert_eq!((whole["state"].as_str(), whole["fault"].as_str()), (Some("whole"), None));
    assert!(whole["rows"].as_i64().unwrap() > 0);
    school.sql("DROP TRIGGER trail_no_update").await;
    school.sql("UPDATE trail SET record_kind = 'note' WHERE seq = (SELECT MIN(seq) FROM trail WHERE record_kind = 'family')").await;
    han.post("/api/trail/verifications", json!({})).await.is(200);
    let broken = verified(&han).await;
    assert_eq!((broken["state"].as_str(), broken["fault"].as_str()), (Some("broken"), Some("mislabelled")));
    assert_eq!(lines(&han, "?action=trail_verified").await.len(), 2);
}

#[tokio::test]
async fn one_verification_at_a_time_and_one_that_is_cancelled_or_silent_is_over() {
    let school = School::open().await;
    let han = school.auditor().await;
    let now = chrono::Utc::now().timestamp_micros();
    let running = |id: u8, seen: i64| {
        format!(
            "INSERT INTO verification (id, started_at, started_by, seen_at, state, rows, \"of\") \
             VALUES (x'000000000000000000000000000000{id:02x}', {now}, '韩', {seen}, 'running', 5, 9)"
        )
    };
    school.sql(&running(1, now)).await;
    let under_way = han.post("/api/trail/verifications", json!({})).await.is(200).json;
    assert_eq!((under_way["state"].as_str(), under_way["rows"].as_i64()), (Some("running"), Some(5)));
    assert_eq!(lines(&han, "?action=trail_verified").await.len(), 0);
    assert_eq!(han.delete("/api/trail/verifications").await.is(200).json["state"], "cancelled");
    // One whose server stopped does not stand in the way.
    school.sql("DELETE FROM verification").await;
    school.sql(&running(2, now - 120_000_000)).await;
    assert_eq!(han.get("/api/trail/verifications").await.is(200).json["state"], "failed");
    han.post("/api/trail/verifications", json!({})).await.is(200);
    assert_eq!(verified(&han).await["state"], "whole");
}

#[tokio::test]
async fn the_file_holds_what_the_list_shows_and_is_written_down() {
    let school = School::open().await;
    let (li, han) = (school.consultant().await, school.auditor().await);
    let known = seed::known(&li).await;
    let reveal = json!({ "field": "guardian.phone", "reason": { "code": "other", "text": "=1+1 回访" } });
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), reveal).await.is(200);
    let file = han.post("/api/trail/exports", json!({ "action": "revealed" })).await.is(200);
    assert!(file.header("content-disposition").contains("trail.csv"));
    let text = file.text();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("guardian.phone clear") && text.contains(",guardian ") && text.contains("other =1+1"), "{text}");
    for value in [seed::VALUES.phone, known.guardian.as_str()] {
        assert!(!text.contains(value));
    }
    assert_eq!(lines(&han, "?action=trail_exported").await.len(), 1);
    han.post("/api/trail/exports", json!({ "record": 1 })).await.refused(400, "malformed_request");
}

#[tokio::test]
async fn on_postgresql_filters_narrow_together_and_pages_follow_each_other() {
    if let Some(school) = School::on_postgres().await {
        filters(&school).await;
    }
}

#[tokio::test]
async fn on_postgresql_news_are_a_number_and_looks_at_the_trail_are_no_news() {
    if let Some(school) = School::on_postgres().await {
        news(&school).await;
    }
}
