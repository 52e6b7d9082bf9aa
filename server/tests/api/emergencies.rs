//! Emergency access.
//!
//! The rule: it takes a second person, it ends by itself and at a word, it writes nothing and takes nothing out, and everybody reads of
//! it. Deliberately absent: what the role sees of each field, which is the matrix's and is tested there.

use super::{alarms::raised, processes::Server};
use crate::support::{Actor, Answer, School, seed};
use serde_json::{Value, json};

async fn ask(who: &Actor) -> String {
    let list = who.post("/api/emergencies", json!({ "why": "学员受伤，要马上联系家长 13800138000" })).await.is(201).json;
    assert_eq!(list["may_ask"], false, "one at a time");
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn decide(who: &Actor, id: &str, open: bool) -> Answer {
    who.post(&format!("/api/emergencies/{id}/decision"), json!({ "open": open })).await
}

async fn one(who: &Actor, id: &str) -> Value {
    let list = who.get("/api/emergencies").await.is(200).json;
    list["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
}

/// A school, a family at the campus of a teacher who does not teach it, and the teacher.
async fn begun() -> (School, seed::Known, Actor) {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let teacher = school.teacher().await;
    teacher.get(&format!("/api/families/{}", known.family)).await.refused(404, "not_found");
    (school, known, teacher)
}

#[tokio::test]
async fn a_second_person_opens_it_and_the_family_is_reached_until_it_is_ended() {
    let (school, known, teacher) = begun().await;
    let (principal, family) = (school.principal().await, format!("/api/families/{}", known.family));
    let id = ask(&teacher).await;
    teacher.get(&family).await.refused(404, "not_found");
    let seen = one(&principal, &id).await;
    assert_eq!((&seen["state"], &seen["own"], &seen["may_decide"]), (&json!("asked"), &json!(false), &json!(true)));
    assert!(!seen["words"].as_str().unwrap().contains("13800138000"), "numbers are masked before they are kept");
    decide(&principal, &id, true).await.is(200);
    let card = teacher.get(&family).await.is(200).json;
    assert_eq!(card["students"][0]["name"]["state"], "clear");
    // Whoever asks who sees it is told of them, and by which role.
    let question = json!({ "family": known.family, "field": "guardian.address" });
    let sights = principal.post("/api/policy/sights", question).await.is(200).json;
    let sights = sights["seen"][0]["sights"].as_array().unwrap().clone();
    let by_emergency = |one: &&Value| one["steps"].as_array().unwrap().iter().any(|step| step["role"] == "emergency");
    let people = sights.iter().find(by_emergency).unwrap()["people"].clone();
    assert_eq!(people.as_array().unwrap().len(), 1, "{sights:?}");
    assert_eq!(card["guardians"][0]["phone"]["state"], "masked", "the number is opened deliberately, with a reason");
    let reveal = format!("/api/guardians/{}/reveals", known.guardian);
    let opened = teacher.reveal(&reveal, seed::because("guardian.phone")).await.is(200).json;
    assert_eq!(opened["value"]["state"], "clear");
    // The guardian reads by which role.
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let roles: Vec<&Value> = ledger["lines"].as_array().unwrap().iter().map(|line| &line["roles"]).collect();
    assert!(roles.iter().any(|roles| roles.as_array().unwrap().contains(&json!("emergency"))), "{roles:?}");
    teacher.delete(&format!("/api/emergencies/{id}")).await.is(200);
    teacher.get(&family).await.refused(404, "not_found");
    teacher.reveal(&reveal, seed::because("guardian.phone")).await.refused(404, "not_found");
    assert_eq!(one(&principal, &id).await["state"], "ended");
}

#[tokio::test]
async fn nobody_opens_their_own_and_nobody_without_the_duty_opens_one() {
    let (school, _, teacher) = begun().await;
    let principal = school.principal().await;
    let own = ask(&principal).await;
    decide(&principal, &own, true).await.refused(404, "not_found");
    let id = ask(&teacher).await;
    for who in [school.consultant().await, school.registrar().await, school.administrator().await, school.auditor().await] {
        decide(&who, &id, true).await.refused(403, "forbidden");
    }
    assert_eq!(one(&teacher, &id).await["state"], "asked");
    assert!(school.consultant().await.get("/api/emergencies").await.is(200).json["items"].as_array().unwrap().is_empty());
    school.consultant().await.delete(&format!("/api/emergencies/{id}")).await.refused(404, "not_found");
    teacher.delete(&format!("/api/emergencies/{id}")).await.is(200);
    decide(&principal, &id, true).await.refused(410, "lapsed");
}

#[tokio::test]
async fn the_three_offices_cannot_ask() {
    let school = School::open().await;
    for who in [school.administrator().await, school.privacy_officer().await, school.auditor().await] {
        assert_eq!(who.get("/api/emergencies").await.is(200).json["may_ask"], false);
        who.post("/api/emergencies", json!({ "why": "想看一看" })).await.refused(403, "forbidden");
    }
    let teacher = school.teacher().await;
    teacher.post("/api/emergencies", json!({ "why": "  " })).await.is(422);
    teacher.post("/api/emergencies", json!({ "why": "急", "role": "principal" })).await.is(400);
}

#[tokio::test]
async fn an_emergency_writes_nothing_and_takes_nothing_out() {
    let (school, known, teacher) = begun().await;
    let id = ask(&teacher).await;
    decide(&school.principal().await, &id, true).await.is(200);
    let card = teacher.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["students"][0]["can"]["edit"], json!([]));
    let body = json!({ "version": card["students"][0]["version"], "name": "另一个名字" });
    let answer = teacher.patch(&format!("/api/students/{}", known.student), body).await;
    assert!(answer.status >= 400, "{answer:?}");
    teacher.post("/api/families/exports", json!({ "format": "csv" })).await.refused(403, "forbidden");
}

#[tokio::test]
async fn its_hour_is_over_by_the_clock_alone() {
    let (school, known, teacher) = begun().await;
    let (principal, family) = (school.principal().await, format!("/api/families/{}", known.family));
    let id = ask(&teacher).await;
    decide(&principal, &id, true).await.is(200);
    teacher.get(&family).await.is(200);
    let past = (chrono::Utc::now() - chrono::TimeDelta::seconds(1)).timestamp_micros();
    // Opened by a clock that was a day ahead: an hour is an hour.
    let ahead = (chrono::Utc::now() + chrono::TimeDelta::hours(25)).timestamp_micros();
    assert_eq!(school.sql(&format!("UPDATE staff SET emergency_until = {ahead} WHERE emergency_until IS NOT NULL")).await, 1);
    assert_eq!(school.sql(&format!("UPDATE emergency SET until = {ahead} WHERE state = 'open'")).await, 1);
    school.sql("UPDATE access_change SET seq = seq + 1").await;
    teacher.get(&family).await.refused(404, "not_found");
    assert_eq!(one(&principal, &id).await["state"], "lapsed");
    assert_eq!(school.sql(&format!("UPDATE staff SET emergency_until = {past} WHERE emergency_until IS NOT NULL")).await, 1);
    teacher.get(&family).await.refused(404, "not_found");
    school.sql(&format!("UPDATE emergency SET until = {past}")).await;
    assert_eq!(one(&principal, &id).await["state"], "lapsed");
    teacher.delete(&format!("/api/emergencies/{id}")).await.refused(410, "lapsed");
    assert_eq!(teacher.get("/api/emergencies").await.is(200).json["may_ask"], true);
}

async fn is_an_alarm_for_others(school: &School) {
    let (teacher, privacy_officer) = (school.teacher().await, school.privacy_officer().await);
    let _watch = Server::start_with(school, &[]).await;
    let id = ask(&teacher).await;
    decide(&privacy_officer, &id, true).await.is(200);
    let seen = raised(&school.administrator().await, "emergency_opened").await;
    assert_eq!((&seen["severity"], &seen["own"]), (&json!("critical"), &json!(false)));
    // Whoever opened it does not look into it.
    assert_eq!(raised(&privacy_officer, "emergency_opened").await["own"], true);
    // Whoever asked reads that it is open, and by whom.
    let own = one(&teacher, &id).await;
    assert_eq!((&own["state"], &own["may_end"]), (&json!("open"), &json!(true)));
    assert!(!own["decided_by"]["name"].as_str().unwrap().is_empty());
    // Letters went to those who could open it, and say nothing of what happened.
    let letters = school.outbox(1).await;
    assert!(letters.iter().any(|letter| letter.to_string().contains("紧急查看")));
    assert!(!format!("{letters:?}").contains("受伤"));
}

#[tokio::test]
async fn opening_one_is_an_alarm_for_others() {
    is_an_alarm_for_others(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_opening_one_is_an_alarm_for_others() {
    if let Some(school) = School::on_postgres().await {
        is_an_alarm_for_others(&school).await;
    }
}
