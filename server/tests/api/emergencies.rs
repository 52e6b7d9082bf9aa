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

async fn no_office_holds_one(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let (shen, principal, family) = (school.administrator().await, school.principal().await, format!("/api/families/{}", known.family));
    let change = async |login: &str, roles: Value| {
        let path = format!("/api/staff/{}", school.staff_id(login).await.uuid());
        let version = shen.get(&path).await.is(200).json["version"].clone();
        shen.patch(&path, json!({ "version": version, "roles": roles })).await.is(200);
    };
    // Asked by a teacher, who is made an auditor before it is decided.
    let chen = school.teacher().await;
    let id = ask(&chen).await;
    change("chen", json!(["teacher", "auditor"])).await;
    assert_eq!(one(&principal, &id).await["state"], "ended");
    decide(&principal, &id, true).await.refused(410, "lapsed");
    // The request of somebody who has an office in whichever way is not opened.
    school.sql("UPDATE emergency SET state = 'asked'").await;
    decide(&principal, &id, true).await.refused(410, "lapsed");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM staff WHERE emergency_until IS NOT NULL").await, 0);
    decide(&principal, &id, false).await.is(200);
    // Opened for a teacher, who is made one afterwards.
    change("chen", json!(["teacher"])).await;
    let id = ask(&chen).await;
    decide(&principal, &id, true).await.is(200);
    chen.get(&family).await.is(200);
    change("chen", json!(["teacher", "auditor"])).await;
    chen.get(&family).await.refused(404, "not_found");
    assert_eq!(one(&principal, &id).await["state"], "ended");
    // Nor does it come back with the roles of before.
    change("chen", json!(["teacher"])).await;
    chen.get(&family).await.refused(404, "not_found");
    // An hour that stands on the row of an office, however it came there, is nothing.
    let until = (chrono::Utc::now() + chrono::TimeDelta::minutes(30)).timestamp_micros();
    school.sql(&format!("UPDATE staff SET emergency_until = {until} WHERE login = 'chen'")).await;
    school.sql("UPDATE access_change SET seq = seq + 1").await;
    chen.get(&family).await.is(200);
    let both = contract::rights::RoleSet::from_iter([contract::rights::Role::Teacher, contract::rights::Role::Auditor]).bits();
    school.sql(&format!("UPDATE staff SET roles = {both} WHERE login = 'chen'")).await;
    school.sql("UPDATE access_change SET seq = seq + 1").await;
    chen.get(&family).await.refused(404, "not_found");
}

#[tokio::test]
async fn no_office_holds_an_emergency_however_it_comes_about() {
    no_office_holds_one(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_no_office_holds_an_emergency_however_it_comes_about() {
    if let Some(school) = School::on_postgres().await {
        no_office_holds_one(&school).await;
    }
}

#[tokio::test]
async fn a_suspension_and_a_departure_end_it() {
    let (school, known, teacher) = begun().await;
    let (shen, principal, family) = (school.administrator().await, school.principal().await, format!("/api/families/{}", known.family));
    let id = ask(&teacher).await;
    decide(&principal, &id, true).await.is(200);
    teacher.get(&family).await.is(200);
    let person = format!("/api/staff/{}", teacher.who.unwrap().uuid());
    shen.post(&format!("{person}/suspensions"), json!({})).await.is(200);
    assert_eq!(one(&principal, &id).await["state"], "ended");
    shen.delete(&format!("{person}/suspensions")).await.is(200);
    let again = school.teacher().await;
    again.get("/api/families").await.is(200);
    again.get(&family).await.refused(404, "not_found");
    let id = ask(&again).await;
    decide(&principal, &id, true).await.is(200);
    shen.post(&format!("{person}/departures"), json!({ "families": 0 })).await.is(200);
    assert_eq!(one(&principal, &id).await["state"], "ended");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM staff WHERE emergency_until IS NOT NULL").await, 0);
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

async fn writes_nothing_beside_a_role_that_does(school: &School) {
    let (li, zhou, principal) = (school.consultant().await, school.other_consultant().await, school.principal().await);
    let (known, own) = (seed::known(&li).await, seed::known(&zhou).await);
    let (path, me) = (format!("/api/families/{}", known.family), zhou.who.unwrap().uuid());
    zhou.get(&path).await.refused(404, "not_found");
    let id = ask(&zhou).await;
    decide(&principal, &id, true).await.is(200);
    let card = zhou.get(&path).await.is(200).json;
    assert_eq!((&card["may_keep"], &card["may_note"]), (&json!(false), &json!(false)));
    let version = card["version"].clone();
    for mut change in [json!({ "owner": me }), json!({ "stage": "left" }), json!({ "next_contact": { "set": "2030-01-01" } })] {
        change["version"] = version.clone();
        zhou.patch(&path, change).await.refused(403, "forbidden");
    }
    zhou.post(&format!("{path}/notes"), json!({ "body": "已联系" })).await.refused(403, "forbidden");
    zhou.post(&format!("{path}/students"), json!({ "name": "诸葛二" })).await.refused(403, "forbidden");
    zhou.post(&format!("{path}/guardians"), json!({ "relation": "father", "name": "诸葛三" })).await.refused(403, "forbidden");
    zhou.post(&format!("/api/guardians/{}/invitations", known.guardian), json!({})).await.refused(403, "forbidden");
    let mine = zhou.get(&format!("/api/families/{}", own.family)).await.is(200).json["version"].clone();
    let families = json!([{ "id": known.family, "version": version }, { "id": own.family, "version": mine }]);
    let length = school.trail_length().await;
    for preview in [true, false] {
        let wish = json!({ "families": families, "stage": "trial", "preview": preview });
        let report = zhou.post("/api/families/bulk", wish).await.is(200).json;
        let outcomes: Vec<&Value> = report["families"].as_array().unwrap().iter().map(|line| &line["outcome"]).collect();
        assert_eq!(outcomes, ["forbidden", "changed"], "the own ones are one's own still");
    }
    assert_eq!(school.trail_length().await, length + 3, "two refusals and one change");
    zhou.delete(&format!("/api/emergencies/{id}")).await.is(200);
    zhou.get(&path).await.refused(404, "not_found");
    let after = li.get(&path).await.is(200).json;
    assert_eq!((&after["version"], &after["owner"], &after["stage"]), (&version, &card["owner"], &card["stage"]));
}

#[tokio::test]
async fn an_emergency_writes_nothing_beside_a_role_that_does() {
    writes_nothing_beside_a_role_that_does(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_an_emergency_writes_nothing_beside_a_role_that_does() {
    if let Some(school) = School::on_postgres().await {
        writes_nothing_beside_a_role_that_does(&school).await;
    }
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
    // What the rule cannot be set to does not hold, whoever stored it.
    let loose = json!({ "rule": "emergency_opened", "setting": { "on": true, "threshold": 1, "minutes": 60, "answer": "nothing" } });
    privacy_officer.patch("/api/alarms/rules", loose).await.is(200);
    school.sql("UPDATE alarm_rule SET watched = FALSE, threshold = 1000").await;
    let _watch = Server::start_with(school, &[]).await;
    let id = ask(&teacher).await;
    decide(&privacy_officer, &id, true).await.is(200);
    let seen = raised(&school.administrator().await, "emergency_opened").await;
    assert_eq!((&seen["severity"], &seen["who"], &seen["own"]), (&json!("critical"), &json!("顾老师"), &json!(false)));
    // Whoever opened it does not look into it.
    assert_eq!(raised(&privacy_officer, "emergency_opened").await["own"], true);
    // Whoever asked reads that it is open, and by whom.
    let own = one(&teacher, &id).await;
    assert_eq!((&own["state"], &own["may_end"]), (&json!("open"), &json!(true)));
    assert!(!own["decided_by"]["name"].as_str().unwrap().is_empty());
    // Letters went to those who could open it or watch, but not to whoever did, and say nothing of what happened.
    let told = opened_letters(school, 3).await;
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["han", "meng", "shen"]);
    for (to, text) in &told {
        let (leads, not) = if to == "meng" { ("/today", "/admin/alarms") } else { ("/admin/alarms", "/today") };
        assert!(text.contains(leads) && !text.contains(not), "{text}");
        assert_eq!((text.contains("“今日”"), text.contains("“值守”")), (to == "meng", to != "meng"), "{text}");
        assert!(!text.contains("受伤"), "{text}");
    }
    // Another one is another alarm, though nobody closed the first.
    teacher.delete(&format!("/api/emergencies/{id}")).await.is(200);
    let again = ask(&teacher).await;
    decide(&privacy_officer, &again, true).await.is(200);
    assert_eq!(opened_letters(school, 6).await.len(), 6);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM alarm WHERE rule = 'emergency_opened'").await, 2);
}

/// Who was told that an emergency was opened, by login, and in which words; waits until there are so many.
async fn opened_letters(school: &School, count: usize) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for _ in 0..100 {
        let of_it = |letter: Value| {
            let (to, text) = (letter["to"].as_str()?.to_owned(), letter["text"].as_str()?.to_owned());
            text.contains("紧急查看已开启").then(|| (to.split('@').next().unwrap_or_default().to_owned(), text))
        };
        told = school.outbox(0).await.into_iter().filter_map(of_it).collect();
        if told.len() >= count {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    told.sort();
    told
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
