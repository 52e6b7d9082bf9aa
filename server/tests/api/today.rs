//! The families to get in touch with.

use crate::support::{
    Actor, School,
    app::{ORIGIN, courier},
    seed,
};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use server::{api, state::App};
use std::sync::{Arc, Mutex};

fn day(from_now: i64) -> String {
    (Utc::now() + TimeDelta::hours(8) + TimeDelta::days(from_now)).date_naive().to_string()
}

/// Nobody is to be contacted but those of whom the test says so.
async fn calm() -> School {
    let school = School::open().await;
    school.sql("UPDATE family SET next_contact = NULL").await;
    school
}

async fn due(keeper: &Actor, on: i64) -> String {
    let known = seed::known(keeper).await;
    keeper.post(&format!("/api/families/{}/notes", known.family), json!({ "body": "再联系", "next_contact": day(on) })).await.is(201);
    known.family
}

fn ids(today: &Value) -> Vec<&str> {
    today["due"].as_array().unwrap().iter().map(|one| one["family"]["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn ones_own_families_come_first_each_by_its_day_and_no_further_than_seven_days() {
    let school = calm().await;
    let (li, zhou, wu) = (school.consultant().await, school.other_consultant().await, school.registrar().await);
    let (soon, late, now) = (due(&li, 7).await, due(&li, -3).await, due(&li, 0).await);
    due(&li, 8).await;
    let other = due(&zhou, -9).await;
    let mine = li.get("/api/today").await.is(200).json;
    assert_eq!(ids(&mine), [late.as_str(), &now, &soon], "another's family is not within a consultant's reach");
    assert_eq!(mine["counts"], json!({ "overdue": 1, "today": 1, "soon": 1 }));
    assert_eq!(mine["day"], day(0));
    let all = wu.get("/api/today").await.is(200).json;
    assert_eq!(ids(&all), [other.as_str(), &late, &now, &soon]);
    assert_eq!(all["counts"]["overdue"], 2);
    let hex = |id: &str| id.replace('-', "");
    let registrar = wu.who.unwrap().uuid().to_string();
    school.sql(&format!("UPDATE family SET owner_id = x'{}' WHERE id = x'{}'", hex(&registrar), hex(&late))).await;
    assert_eq!(ids(&wu.get("/api/today").await.is(200).json)[0], late, "one's own comes first");
}

#[tokio::test]
async fn a_note_takes_a_family_off_or_to_another_day() {
    let school = calm().await;
    let li = school.consultant().await;
    let family = due(&li, -1).await;
    let note = |next: Option<String>| json!({ "body": "谈过了", "next_contact": next });
    assert_eq!(li.get("/api/today").await.is(200).json["counts"], json!({ "overdue": 1, "today": 0, "soon": 0 }));
    li.post(&format!("/api/families/{family}/notes"), note(None)).await.is(201);
    let today = li.get("/api/today").await.is(200).json;
    assert_eq!(today["due"], json!([]));
    assert!(today["families"].as_u64().unwrap() > 0);
    // A later day was agreed on: a note that names none leaves it, one that names another moves it.
    for (next, counts) in [(Some(2), (0, 1)), (None, (0, 1)), (Some(0), (1, 0)), (None, (0, 0))] {
        li.post(&format!("/api/families/{family}/notes"), note(next.map(day))).await.is(201);
        let now = json!({ "overdue": 0, "today": counts.0, "soon": counts.1 });
        assert_eq!(li.get("/api/today").await.is(200).json["counts"], now, "{next:?}");
    }
}

#[tokio::test]
async fn who_reaches_nothing_sees_no_number_of_anything() {
    let school = calm().await;
    due(&school.consultant().await, 0).await;
    for who in [school.administrator().await, school.privacy_officer().await, school.auditor().await] {
        let today = who.get("/api/today").await.is(200).json;
        assert_eq!((&today["due"], &today["families"]), (&json!([]), &json!(0)));
        assert_eq!(today["counts"], json!({ "overdue": 0, "today": 0, "soon": 0 }));
    }
    school.guardian().await.get("/api/today").await.refused(404, "not_found");
}

#[tokio::test]
async fn the_names_are_in_the_viewers_form_and_the_look_is_recorded() {
    let school = calm().await;
    let li = school.consultant().await;
    due(&li, 0).await;
    let before = school.trail_length().await;
    let today = li.get("/api/today").await.is(200);
    let first = &today.json["due"][0];
    assert_eq!(first["family"]["students"][0]["name"]["state"], "masked");
    assert_eq!(first["guardian"]["phone"], json!({ "state": "masked", "value": "100****5678" }));
    assert!(first["guardian"]["can"]["reveal"].as_array().unwrap().contains(&json!("guardian.phone")), "to be opened where it stands");
    for value in [seed::VALUES.student, seed::VALUES.guardian, seed::VALUES.birth_date, seed::VALUES.phone, "birth_date"] {
        assert!(!today.text().contains(value), "{value}");
    }
    assert_eq!(school.trail_length().await, before + 1);
    let clear = school.registrar().await.get("/api/today").await.is(200).json;
    assert_eq!(clear["due"][0]["family"]["students"][0]["name"], json!({ "state": "clear", "value": seed::VALUES.student }));
}

async fn waiting(who: &Actor) -> Value {
    who.get("/api/waiting").await.is(200).json
}

#[tokio::test]
async fn what_waits_is_counted_by_the_reach_of_the_lists_and_is_no_look() {
    let school = calm().await;
    let (li, wu, meng) = (school.consultant().await, school.registrar().await, school.principal().await);
    due(&li, -2).await;
    due(&li, 0).await;
    due(&li, 1).await;
    let known = seed::known(&li).await;
    let length = school.trail_length().await;
    assert_eq!((&waiting(&li).await["contacts"], &waiting(&wu).await["contacts"]), (&json!(2), &json!(0)), "one's own, by today");
    assert_eq!(waiting(&school.other_consultant().await).await["contacts"], json!(0));
    assert_eq!(school.trail_length().await, length, "numbers are no look");

    let ask = json!({ "kind": "student", "record": known.student, "field": "student.id_card", "reason": { "code": "contract" } });
    let id = wu.post("/api/approvals", ask).await.is(201).json["mine"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!((&waiting(&meng).await["to_decide"], &waiting(&wu).await["to_decide"]), (&json!(1), &json!(0)), "nobody decides their own");
    for nobody in [school.administrator().await, school.auditor().await, school.teacher().await] {
        let none = json!({ "contacts": 0, "to_decide": 0, "granted": 0, "corrections": 0, "questions": 0, "tokens": 0, "findings": 0 });
        assert_eq!(waiting(&nobody).await, none);
    }
    let of = |id: &str| format!("/api/approvals/{id}/decision");
    meng.post(&of(&id), json!({ "answer": "grant", "hours": 1 })).await.is(200);
    assert_eq!((&waiting(&meng).await["to_decide"], &waiting(&wu).await["granted"]), (&json!(0), &json!(1)));
    wu.reveal(&format!("/api/students/{}/reveals", known.student), seed::because("student.id_card")).await.is(200);
    assert_eq!(waiting(&wu).await["granted"], json!(0), "used up");
    school.guardian().await.get("/api/waiting").await.refused(404, "not_found");
}

/// What a page asks of the database does not grow with what stands on it.
#[tokio::test]
async fn one_family_and_many_take_the_same_statements() {
    let school = calm().await;
    let (li, wu) = (school.consultant().await, school.registrar().await);
    let known = seed::known(&li).await;
    due(&li, 0).await;
    let statements = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&statements);
    let db = school.place.open().await.unwrap().observed(move |sql: &str| notes.lock().unwrap().push(sql.to_owned()));
    let router = api::router(App::start(db, school.place.vault().unwrap(), ORIGIN, courier(&school.place)).await.unwrap());
    let count = |path: &'static str| {
        let (wu, statements) = (wu.at(&router), Arc::clone(&statements));
        async move {
            wu.get(path).await.is(200);
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            statements.lock().unwrap().clear();
            let answer = wu.get(path).await.is(200).json;
            // The trail carries lines of its ledgers over when it pleases.
            let seen = statements.lock().unwrap().iter().filter(|sql: &&String| !sql.contains("trail_")).count();
            (answer, seen)
        }
    };
    let ask = |field: &str| json!({ "kind": "student", "record": known.student, "field": field, "reason": { "code": "contract" } });
    wu.post("/api/approvals", ask("student.id_card")).await.is(201);
    let ((_, few), (_, few_asked)) = (count("/api/today").await, count("/api/approvals").await);
    school.sql(&format!("UPDATE family SET next_contact = '{}'", day(0))).await;
    school
        .sql(
            "INSERT INTO approval SELECT randomblob(16), f.id, a.record_kind, a.record_id, a.field, a.asked_by, a.asked_at, a.asked_in, \
             'withdrawn', a.until, NULL, NULL, NULL FROM approval a, (SELECT id FROM family LIMIT 30) f",
        )
        .await;
    let ((today, many), (asked, many_asked)) = (count("/api/today").await, count("/api/approvals").await);
    assert!(today["due"].as_array().unwrap().len() > 20);
    assert!(asked["mine"].as_array().unwrap().len() > 30);
    assert_eq!((few, few_asked), (many, many_asked));
    assert!(few > 3 && few < 20, "{few}");
}
