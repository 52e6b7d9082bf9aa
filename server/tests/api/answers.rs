//! What is done by itself when an alarm is raised, each of it, over HTTP.
//!
//! The rule: it holds at the next request, and it is done again while the alarm is open. Deliberately absent: slowing down, whose turns
//! are tried with the alarms.

use super::{alarms::*, processes::Server};
use crate::support::{Actor, School};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LATE: Duration = Duration::from_secs(5);

/// Waits until the one alarm of this rule has counted so much.
async fn counted(watcher: &Actor, rule: &str, count: u64) -> Value {
    let begun = Instant::now();
    loop {
        let page = watcher.get("/api/alarms").await.is(200).json;
        let of_rule: Vec<&Value> = page["items"].as_array().unwrap().iter().filter(|alarm| alarm["rule"] == rule).collect();
        if let [alarm] = of_rule.as_slice()
            && alarm["count"] == count
        {
            return (*alarm).clone();
        }
        assert!(begun.elapsed() < LATE, "{of_rule:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn is_given_again(school: &School) {
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let watch = Server::start_with(school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "end_sessions")).await.is(200);
    refused_five_times(&li).await;
    assert_eq!(counted(&gu, "walking_ids", 5).await["answer"], "end_sessions");
    li.get("/api/families").await.refused(401, "not_signed_in");
    // A page that is open hears of more of it, and the one alarm has another entry.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut line = watch.listen(&gu, "/api/alarms/live");
    let again = school.consultant().await;
    refused_five_times(&again).await;
    counted(&gu, "walking_ids", 10).await;
    again.get("/api/families").await.refused(401, "not_signed_in");
    assert!(line.hears("event: alarms", LATE), "nobody is told that more is counted");
    // That of the rule which was set is the third.
    for (action, count) in [("alarm_raised", 3), ("sessions_ended", 2)] {
        assert_eq!(school.number(&format!("SELECT COUNT(*) AS n FROM trail WHERE action = '{action}'")).await, count, "{action}");
    }
}

#[tokio::test]
async fn sessions_end_each_time_while_the_alarm_is_open() {
    is_given_again(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_sessions_end_each_time_while_the_alarm_is_open() {
    if let Some(school) = School::on_postgres().await {
        is_given_again(&school).await;
    }
}

#[tokio::test]
async fn whoever_was_let_in_again_and_goes_on_is_suspended_again_and_a_sharper_answer_holds_for_an_open_alarm() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "nothing")).await.is(200);
    refused_five_times(&li).await;
    assert_eq!(counted(&gu, "walking_ids", 5).await["answer"], "nothing");
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "freeze")).await.is(200);
    refused_five_times(&li).await;
    let alarm = counted(&gu, "walking_ids", 10).await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("freeze"), &json!(true)));
    li.get("/api/families").await.refused(401, "not_signed_in");
    let path = format!("/api/alarms/{}/undoing", alarm["id"].as_str().unwrap());
    assert_eq!(gu.post(&path, json!({})).await.is(200).json["undoable"], false);
    let again = school.consultant().await;
    refused_five_times(&again).await;
    let alarm = counted(&gu, "walking_ids", 15).await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("freeze"), &json!(true)));
    again.get("/api/families").await.refused(401, "not_signed_in");
    gu.post(&path, json!({})).await.is(200);
    school.consultant().await.get("/api/families").await.is(200);
}

#[tokio::test]
async fn whoever_is_to_step_up_proves_presence_anew_before_what_asks_for_it_and_works_on() {
    let school = School::open().await;
    let (shen, gu) = (school.administrator().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "step_up")).await.is(200);
    let path = format!("/api/staff/{}/sessions", school.staff_id("zhou").await.uuid());
    shen.delete(&path).await.is(200);
    for _ in 0..5 {
        shen.get("/api/trail").await.refused(403, "forbidden");
    }
    let alarm = raised(&gu, "walking_ids").await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("step_up"), &json!(false)));
    shen.delete(&path).await.refused(403, "step_up_required");
    shen.get("/api/staff").await.is(200);
}
