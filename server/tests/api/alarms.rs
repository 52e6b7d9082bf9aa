//! Alarms: raised by what is done over HTTP, read and closed by whoever watches, never by whoever they are about.

use super::processes::Server;
use crate::support::{Actor, School, seed};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LATE: Duration = Duration::from_secs(5);

/// The alarms that the privacy officer sees, once there is one of this rule; fails when there is none in time.
pub(super) async fn raised(watcher: &Actor, rule: &str) -> Value {
    let begun = Instant::now();
    while begun.elapsed() < LATE {
        let page = watcher.get("/api/alarms").await.is(200).json;
        let found = page["items"].as_array().unwrap().iter().find(|alarm| alarm["rule"] == rule).cloned();
        if let Some(found) = found {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no alarm {rule} within {LATE:?}");
}

pub(super) fn setting(rule: &str, threshold: u32, answer: &str) -> Value {
    json!({ "rule": rule, "setting": { "on": true, "threshold": threshold, "minutes": 60, "answer": answer } })
}

pub(super) async fn refused_five_times(who: &Actor) {
    for _ in 0..5 {
        who.get("/api/staff").await.refused(403, "forbidden");
    }
}

async fn is_found_and_closed(school: &School) {
    let (li, gu, shen) = (school.consultant().await, school.privacy_officer().await, school.administrator().await);
    let _watch = Server::start_with(school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "nothing")).await.is(200);
    refused_five_times(&li).await;
    // The entry of the change says how the rule was and how it is.
    let han = school.auditor().await;
    let line = han.get("/api/trail?action=watch_changed").await.is(200).json["items"][0]["seq"].clone();
    let tuning = han.get(&format!("/api/trail/{line}")).await.is(200).json["tuning"].clone();
    let (before, after) = (&tuning["before"], &tuning["after"]);
    assert_eq!((&tuning["rule"], &after["threshold"]), (&json!("walking_ids"), &json!(5)));
    assert_eq!((&before["answer"], &after["answer"], &after["minutes"]), (&json!("nothing"), &json!("nothing"), &json!(60)));
    assert_ne!(before["threshold"], after["threshold"]);
    let alarm = raised(&gu, "walking_ids").await;
    assert_eq!((&alarm["severity"], &alarm["count"], &alarm["state"]), (&json!("warning"), &json!(5), &json!("open")));
    assert!(!alarm["who"].as_str().unwrap().is_empty() && alarm["own"] == false);
    assert_eq!(alarm["evidence"].as_array().unwrap().len(), 5);
    // Its own entry says which alarm, and by which rule.
    let lines = han.get("/api/trail?action=alarm_raised").await.is(200).json["items"].as_array().unwrap().clone();
    let mut marks = Vec::new();
    for line in lines {
        marks.push(han.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json["alarm"].clone());
    }
    assert!(marks.contains(&json!({ "id": alarm["id"], "rule": "walking_ids" })), "{marks:?}");

    // More of it is counted to the same alarm.
    refused_five_times(&li).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let page = gu.get("/api/alarms").await.is(200).json;
    let of_rule: Vec<&Value> = page["items"].as_array().unwrap().iter().filter(|alarm| alarm["rule"] == "walking_ids").collect();
    assert_eq!((of_rule.len(), &of_rule[0]["count"]), (1, &json!(10)));

    // The change of the rules is an alarm too, and whoever made it cannot close it.
    let changed = raised(&shen, "watch_changed").await;
    let closing = json!({ "outcome": "usual", "words": "按计划调整" });
    let path = |alarm: &Value, act: &str| format!("/api/alarms/{}/{act}", alarm["id"].as_str().unwrap());
    assert_eq!(raised(&gu, "watch_changed").await["own"], true);
    gu.post(&path(&changed, "closing"), closing.clone()).await.refused(403, "forbidden");
    gu.post(&path(&changed, "taking"), json!({})).await.refused(403, "forbidden");
    shen.post(&path(&changed, "closing"), closing.clone()).await.is(200);

    // Taken, closed with words whose numbers are masked, once.
    assert_eq!(gu.post(&path(&alarm, "taking"), json!({})).await.is(200).json["state"], "taken");
    gu.post(&path(&alarm, "closing"), json!({ "outcome": "usual", "words": " " })).await.refused(422, "invalid_fields");
    let words = json!({ "outcome": "mistake", "words": "已电话 10012345678 询问" });
    let closed = gu.post(&path(&alarm, "closing"), words.clone()).await.is(200).json;
    assert!(closed["state"] == "closed" && !closed["words"].as_str().unwrap().contains("10012345678"), "{closed}");
    let again = gu.post(&path(&alarm, "closing"), words).await;
    assert!(again.status == 409 || again.code() == "lapsed", "{}", again.text());
    assert!(gu.get("/api/alarms?closed=true").await.is(200).text().contains(alarm["id"].as_str().unwrap()));
    assert!(!gu.get("/api/alarms").await.is(200).text().contains(alarm["id"].as_str().unwrap()));

    // Whoever does not watch has no alarms, and no rules.
    for who in [&li, &school.principal().await] {
        for path in ["/api/alarms", "/api/alarms/rules", "/api/alarms/watch", "/api/alarms/live"] {
            who.get(path).await.refused(403, "forbidden");
        }
    }
    shen.patch("/api/alarms/rules", setting("walking_ids", 9, "nothing")).await.refused(403, "forbidden");
    gu.patch("/api/alarms/rules", setting("walking_ids", 0, "nothing")).await.refused(422, "invalid_fields");
    school.stale("gu").await.patch("/api/alarms/rules", setting("walking_ids", 9, "nothing")).await.refused(403, "step_up_required");
    let watch = gu.get("/api/alarms/watch").await.is(200).json;
    assert!(watch["awake"] == true && watch["hours"].as_array().unwrap().len() == 24, "{watch}");
}

#[tokio::test]
async fn an_attack_is_an_alarm_within_five_seconds_and_somebody_else_closes_it() {
    is_found_and_closed(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_an_attack_is_an_alarm_within_five_seconds_and_somebody_else_closes_it() {
    if let Some(school) = School::on_postgres().await {
        is_found_and_closed(&school).await;
    }
}

#[tokio::test]
async fn an_alarm_that_freezes_holds_at_the_next_request_and_is_taken_back_by_another() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "freeze")).await.is(200);
    refused_five_times(&li).await;
    let alarm = raised(&gu, "walking_ids").await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("freeze"), &json!(true)));
    li.get("/api/families").await.refused(401, "not_signed_in");
    let path = format!("/api/alarms/{}/undoing", alarm["id"].as_str().unwrap());
    school.stale("gu").await.post(&path, json!({})).await.refused(403, "step_up_required");
    assert_eq!(gu.post(&path, json!({})).await.is(200).json["undoable"], false);
    assert!(gu.post(&path, json!({})).await.status >= 400, "once");
    // The session stays ended; the person may come in again.
    li.get("/api/families").await.refused(401, "not_signed_in");
    school.consultant().await.get("/api/families").await.is(200);
}

#[tokio::test]
async fn the_last_administrator_is_not_frozen_and_what_was_done_instead_is_said() {
    let school = School::open().await;
    let (shen, gu) = (school.administrator().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "freeze")).await.is(200);
    for _ in 0..5 {
        shen.get("/api/trail").await.refused(403, "forbidden");
    }
    assert_eq!(raised(&gu, "walking_ids").await["answer"], "end_sessions");
    shen.get("/api/staff").await.refused(401, "not_signed_in");
    school.administrator().await.get("/api/staff").await.is(200);
}

#[tokio::test]
async fn two_servers_and_a_restart_raise_an_alarm_once() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let watches = [Server::start_with(&school, &[]).await, Server::start_with(&school, &[]).await];
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "nothing")).await.is(200);
    refused_five_times(&li).await;
    raised(&gu, "walking_ids").await;
    drop(watches);
    let _again = Server::start_with(&school, &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let raised = "SELECT count(*) AS n FROM trail WHERE action = 'alarm_raised'";
    assert_eq!(school.number(raised).await, 2, "of the tries, and of the rule that was changed");
    assert_eq!(school.number("SELECT sum(hits) AS n FROM alarm WHERE rule = 'walking_ids'").await, 5);
}

#[tokio::test]
async fn what_was_counted_before_a_restart_is_known_after_it() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let first = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 8, "nothing")).await.is(200);
    raised(&gu, "watch_changed").await;
    refused_five_times(&li).await;
    drop(first);
    let _again = Server::start_with(&school, &[]).await;
    refused_five_times(&li).await;
    assert!(raised(&gu, "walking_ids").await["count"].as_u64().unwrap() >= 8);
}

#[tokio::test]
async fn a_grave_alarm_is_told_by_e_mail_to_those_who_watch_and_not_to_whoever_it_is_about() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("bulk_reading", 1, "nothing")).await.is(200);
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    let alarm = raised(&gu, "bulk_reading").await;
    let sent: Vec<Value> =
        school.outbox(2).await.into_iter().filter(|one| one["text"].as_str().unwrap().contains("短时间内大量查看家庭")).collect();
    assert!(!sent.is_empty(), "nobody was told");
    let name = alarm["who"].as_str().unwrap();
    for letter in &sent {
        let text = letter["text"].as_str().unwrap();
        assert!(!text.contains(name) && !text.contains(&known.family), "{text}");
    }
}

#[tokio::test]
async fn a_rule_that_is_set_again_says_how_it_was_set_before_and_so_does_the_file() {
    let school = School::open().await;
    let (gu, han) = (school.privacy_officer().await, school.auditor().await);
    for threshold in [5, 7] {
        gu.patch("/api/alarms/rules", setting("walking_ids", threshold, "slow_down")).await.is(200);
    }
    let line = han.get("/api/trail?action=watch_changed").await.is(200).json["items"][0]["seq"].clone();
    let tuning = han.get(&format!("/api/trail/{line}")).await.is(200).json["tuning"].clone();
    assert_eq!(tuning["before"], setting("walking_ids", 5, "slow_down")["setting"]);
    assert_eq!(tuning["after"], setting("walking_ids", 7, "slow_down")["setting"]);
    let file = han.post("/api/trail/exports", json!({ "action": "watch_changed" })).await.is(200).text();
    assert!(file.contains("walking_ids: on 5/60 slow_down -> on 7/60 slow_down"), "{file}");
}

#[tokio::test]
async fn what_a_rule_cannot_be_set_to_is_refused_and_does_not_hold_where_it_is_stored() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let refused = async |change: Value, at: &str| {
        let answer = gu.patch("/api/alarms/rules", change).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"][0]["at"], at, "{}", answer.text());
    };
    let mut off = setting("emergency_opened", 1, "nothing");
    off["setting"]["on"] = json!(false);
    refused(off, "on").await;
    refused(setting("emergency_opened", 2, "nothing"), "threshold").await;
    // A stranger who fails in somebody's name shuts nobody out; and nobody has no sessions.
    for rule in ["failed_sign_ins", "spraying", "ended_account_tries", "code_storm", "clock_back"] {
        for answer in ["step_up", "slow_down", "end_sessions", "freeze"] {
            refused(setting(rule, 5, answer), "answer").await;
        }
        gu.patch("/api/alarms/rules", setting(rule, 5, "nothing")).await.is(200);
    }
    gu.patch("/api/alarms/rules", setting("emergency_opened", 1, "slow_down")).await.is(200);
    school.sql("UPDATE alarm_rule SET watched = FALSE, threshold = 100000 WHERE rule = 'emergency_opened'").await;
    school.sql("UPDATE alarm_rule SET answer = 'freeze' WHERE rule = 'failed_sign_ins'").await;
    let rules = gu.get("/api/alarms/rules").await.is(200).json;
    let held = |rule: &str| rules["items"].as_array().unwrap().iter().find(|card| card["rule"] == rule).unwrap()["setting"].clone();
    assert_eq!(held("emergency_opened"), setting("emergency_opened", 1, "slow_down")["setting"]);
    assert_eq!(held("failed_sign_ins"), setting("failed_sign_ins", 5, "nothing")["setting"]);
}

#[tokio::test]
async fn who_has_left_gets_no_letter_and_an_address_that_does_not_open_keeps_nobody_else_from_knowing() {
    let school = School::open().await;
    let (li, zhou) = (school.consultant().await, school.other_consultant().await);
    let (gu, shen) = (school.privacy_officer().await, school.administrator().await);
    let han = school.staff_id("han").await.uuid();
    shen.post(&format!("/api/staff/{han}/departures"), json!({ "families": 0 })).await.is(200);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "nothing")).await.is(200);
    let told = async || -> Vec<String> {
        let letters = school.outbox(0).await;
        let of_it = letters.iter().filter(|one| one["text"].as_str().unwrap().contains("反复访问无权"));
        of_it.map(|one| one["to"].as_str().unwrap().to_owned()).collect()
    };
    let told_in_time = async |who: &str, count: usize| {
        let begun = Instant::now();
        while told().await.iter().filter(|to| to.starts_with(who)).count() < count {
            assert!(begun.elapsed() < LATE, "{who} was not told: {:?}", told().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    // Whoever of the two comes first in the list, the other is told.
    school.sql("CREATE TABLE put_by AS SELECT login, email FROM staff").await;
    for (broken, whole, who) in [("gu", "shen", &li), ("shen", "gu", &zhou)] {
        school.sql(&format!("UPDATE staff SET email = x'0102' WHERE login = '{broken}'")).await;
        refused_five_times(who).await;
        told_in_time(whole, 1).await;
        school.sql("UPDATE staff SET email = (SELECT email FROM put_by WHERE put_by.login = staff.login)").await;
    }
    assert!(told().await.iter().all(|to| !to.starts_with("han")), "{:?}", told().await);
}

#[tokio::test]
async fn a_failed_try_wakes_nobody_who_slept_and_their_sign_in_does() {
    let school = School::open().await;
    let (_, mut key) = super::passkeys::with_key(&school, "li").await;
    let gu = school.privacy_officer().await;
    // It was seventy days ago.
    school.sql("DROP TRIGGER trail_no_update").await;
    let ago = 70 * 86_400_000_000_i64;
    assert!(school.sql(&format!("UPDATE trail SET at = at - {ago} WHERE action = 'signed_in'")).await > 0);
    let _watch = Server::start_with(&school, &[]).await;
    // Somebody else's passkey, in their name.
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let wrong = crate::support::key::Key::new(&school.origin).assert_uncounted(&begun["options"]);
    super::passkeys::finish(&school, &begun, wrong).await.refused(401, "sign_in_refused");
    let named = "SELECT COUNT(*) AS n FROM trail WHERE action = 'sign_in_refused' AND actor_id IS NOT NULL";
    assert_eq!(school.number(named).await, 1, "it is written as theirs");
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let right = key.assert(&begun["options"]);
    super::passkeys::finish(&school, &begun, right).await.is(200);
    let alarm = raised(&gu, "dormant_wakes").await;
    assert_eq!((&alarm["severity"], &alarm["who"]), (&json!("notice"), &json!("李老师")));
}

#[tokio::test]
async fn a_role_that_is_given_is_an_alarm_whichever_it_is() {
    let school = School::open().await;
    let (shen, gu) = (school.administrator().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    let path = format!("/api/staff/{}", school.staff_id("li").await.uuid());
    let card = shen.get(&path).await.is(200).json;
    let change = json!({ "version": card["version"], "roles": ["consultant", "finance"] });
    let card = shen.patch(&path, change).await.is(200).json;
    let alarm = raised(&gu, "rights_raised").await;
    assert_eq!((&alarm["severity"], &alarm["who"]), (&json!("notice"), &json!("沈老师")), "whoever gave it");
    // Taken away is not given; each time it is given is an alarm of its own.
    for roles in [json!(["consultant"]), json!(["consultant", "finance"])] {
        let card = shen.get(&path).await.is(200).json;
        shen.patch(&path, json!({ "version": card["version"], "roles": roles })).await.is(200);
    }
    assert!(card["version"].is_number());
    let begun = Instant::now();
    let count = async || {
        let page = gu.get("/api/alarms").await.is(200).json;
        page["items"].as_array().unwrap().iter().filter(|one| one["rule"] == "rights_raised").count()
    };
    while count().await < 2 && begun.elapsed() < LATE {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(count().await, 2);
}

#[tokio::test]
async fn word_of_a_change_comes_over_a_line_that_ends_with_the_session() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let watch = Server::start_with(&school, &[]).await;
    let mut line = watch.listen(&gu, "/api/alarms/live");
    gu.patch("/api/alarms/rules", setting("walking_ids", 7, "nothing")).await.is(200);
    assert!(line.hears("event: alarms", LATE), "no word of the change");
    gu.post("/api/sign-out", json!({})).await.is(200);
    assert!(line.ends(Duration::from_secs(12)), "the line outlived the session");
}

async fn is_slowed_down(school: &School) {
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let family = format!("/api/families/{}", seed::known(&li).await.family);
    let other = school.second().await;
    let _watch = Server::start_with(school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "slow_down")).await.is(200);
    refused_five_times(&li).await;
    let alarm = raised(&gu, "walking_ids").await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("slow_down"), &json!(true)));

    // Three at once, wherever they are asked for, and then one each ten seconds.
    for path in ["/api/families", &family, "/api/today"] {
        li.get(path).await.is(200);
    }
    for who in [&li, &li.at(&other)] {
        for path in ["/api/families", &family, "/api/today"] {
            let wait = who.get(path).await.refused(429, "too_many_requests").header("retry-after").parse::<u32>().unwrap();
            assert!((1..=10).contains(&wait), "{wait}");
        }
        li.post("/api/families/search", json!({ "by": "name", "text": "王" })).await.refused(429, "too_many_requests");
    }
    // What is about no family comes as ever, and to everybody else everything.
    for path in ["/api/session", "/api/account", "/api/school", "/api/waiting"] {
        li.get(path).await.is(200);
    }
    school.other_consultant().await.get("/api/families").await.is(200);
    gu.get("/api/alarms").await.is(200);
    tokio::time::sleep(Duration::from_secs(11)).await;
    li.at(&other).get("/api/families").await.is(200);
    li.get("/api/families").await.refused(429, "too_many_requests");

    // Taken back, it is over at once, at both; it is written down once, and nobody was let in who was not out.
    let path = format!("/api/alarms/{}/undoing", alarm["id"].as_str().unwrap());
    school.stale("gu").await.post(&path, json!({})).await.refused(403, "step_up_required");
    li.post(&path, json!({})).await.refused(403, "forbidden");
    assert_eq!(gu.post(&path, json!({})).await.is(200).json["undoable"], false);
    gu.post(&path, json!({})).await.refused(404, "not_found");
    for _ in 0..4 {
        li.get("/api/families").await.is(200);
        li.at(&other).get(&family).await.is(200);
    }
    for (action, count) in [("alarm_undone", 1), ("staff_restored", 0), ("staff_suspended", 0)] {
        assert_eq!(school.number(&format!("SELECT COUNT(*) AS n FROM trail WHERE action = '{action}'")).await, count, "{action}");
    }
}

#[tokio::test]
async fn whoever_is_slowed_down_waits_for_families_at_every_server_until_it_is_taken_back() {
    is_slowed_down(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_whoever_is_slowed_down_waits_for_families_at_every_server_until_it_is_taken_back() {
    if let Some(school) = School::on_postgres().await {
        is_slowed_down(&school).await;
    }
}

#[tokio::test]
async fn after_an_hour_nobody_is_slowed_down_and_the_last_administrator_never_is() {
    let school = School::open().await;
    let (li, shen, gu) = (school.consultant().await, school.administrator().await, school.privacy_officer().await);
    let _watch = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("walking_ids", 5, "slow_down")).await.is(200);
    refused_five_times(&li).await;
    raised(&gu, "walking_ids").await;
    let hour = 3_600_000_000_i64;
    school.sql(&format!("UPDATE staff SET slowed_until = slowed_until - {hour} WHERE slowed_until IS NOT NULL")).await;
    for _ in 0..5 {
        li.get("/api/families").await.is(200);
    }
    for _ in 0..5 {
        shen.get("/api/trail").await.refused(403, "forbidden");
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let page = gu.get("/api/alarms").await.is(200).json;
    let answers: Vec<&Value> =
        page["items"].as_array().unwrap().iter().filter(|one| one["rule"] == "walking_ids").map(|one| &one["answer"]).collect();
    assert!(answers.contains(&&json!("nothing")) && answers.len() == 2, "{answers:?}");
    for _ in 0..5 {
        shen.get("/api/staff").await.is(200);
    }
}
