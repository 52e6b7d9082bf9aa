//! The rules of the watch, each brought about over HTTP: what somebody does, and the alarm that comes of it; what is done by itself holds
//! at the next request.
//!
//! The rule: a rule that no test brings about does not compile, and every test that is named is there. Thresholds are those that the product
//! comes with, but where a school of sixty pupils or a rate limit is too small for them. Deliberately absent: how much is enough, which is
//! the simulator's, and the turns of each answer, which are tried in `alarms.rs` and `answers.rs`.

use super::{
    alarms::{raised, setting},
    passkeys::{begin, finish, with_key},
    processes::Server,
};
use crate::support::{Actor, Answer, School, key::Key, seed};
use axum::{body::Body, http::header};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use contract::wire::alarms::Rule;
use serde_json::{Value, json};
use server::clock::school_day;
use std::{fs, path::Path};

/// Which test brings a rule about, and in which file of this folder.
const fn tried(rule: Rule) -> (&'static str, &'static str) {
    let test = match rule {
        Rule::FailedSignIns => "six_wrong_passkeys_in_somebodys_name_are_an_alarm_and_keep_nobody_out",
        Rule::Spraying => "forty_refused_sign_ins_all_over_the_school_are_an_alarm_about_nobody",
        Rule::EndedAccountTries => "a_suspended_account_that_tries_to_come_in_is_an_alarm",
        Rule::CodeStorm => "codes_that_are_sent_to_one_guardian_again_and_again_are_an_alarm",
        Rule::SignInStorm => "eight_sign_ins_of_one_person_are_an_alarm",
        Rule::SessionMoved => "a_cookie_in_another_browser_is_an_alarm_and_ends_every_session_of_its_owner",
        Rule::DormantWakes => return ("alarms.rs", "a_failed_try_wakes_nobody_who_slept_and_their_sign_in_does"),
        Rule::Takeover => "a_recovery_code_and_much_that_is_opened_after_it_end_the_sessions",
        Rule::NewDeviceReads => "a_new_device_that_opens_family_after_family_is_an_alarm",
        Rule::UnusualHours => "twenty_looks_at_two_in_the_morning_are_an_alarm",
        Rule::BulkReading => "family_after_family_is_an_alarm_and_what_slows_it_down_is_taken_back",
        Rule::SlowReading => "families_over_a_day_are_an_alarm_and_whoever_was_suspended_for_it_is_let_in_again",
        Rule::ListWalk => "a_list_that_is_turned_to_its_end_is_an_alarm",
        Rule::WalkingIds => "twelve_made_up_addresses_of_families_are_an_alarm",
        Rule::CountingToGuess => "twenty_searches_are_an_alarm_and_the_next_act_that_asks_for_it_takes_a_passkey",
        Rule::MassReveal => "fifteen_fields_opened_end_the_sessions_of_whoever_opened_them",
        Rule::ExportStorm => "six_exports_end_the_sessions_of_whoever_exported",
        Rule::TrailExports => "five_exports_of_the_trail_are_an_alarm",
        Rule::OneFamily => "thirty_looks_at_one_family_are_an_alarm",
        Rule::ApprovalStorm => "approvals_one_after_the_other_are_an_alarm_about_whoever_approves",
        Rule::RightsRaised => return ("alarms.rs", "a_role_that_is_given_is_an_alarm_whichever_it_is"),
        Rule::EmergencyOpened => return ("emergencies.rs", "opening_one_is_an_alarm_for_others"),
        Rule::TokenConfirmed => return ("tokens.rs", "a_confirmed_token_is_an_alarm_for_those_who_watch"),
        Rule::LinkStorm => "twenty_five_links_are_an_alarm",
        Rule::WatchChanged => return ("honey.rs", "a_family_is_marked_on_the_server_by_its_address_too"),
        Rule::ClockBack => "a_clock_that_went_back_is_an_alarm_about_nobody",
        Rule::ImpossibleTravel | Rule::NewPlace => {
            return ("places.rs", "a_journey_that_nobody_can_make_is_an_alarm_and_so_is_a_country_that_is_new");
        }
        Rule::HoneyTouched => return ("honey.rs", "a_honey_record_is_like_any_other_and_whoever_opens_it_is_an_alarm"),
        Rule::RetentionChanged => {
            return ("retention.rs", "a_school_keeps_its_trail_from_180_days_to_ten_years_and_a_change_is_an_alarm");
        }
        Rule::LadderChanged => "another_rung_of_a_role_is_an_alarm",
    };
    ("watched.rs", test)
}

#[test]
fn every_rule_is_brought_about_by_a_test_that_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    let there = |(file, test): (&str, &str), rule: &str| {
        let source = fs::read_to_string(folder.join(file)).unwrap();
        let waits = [format!("told(\"{rule}\""), format!(", \"{rule}\"")].iter().any(|call| source.contains(call));
        waits && source.contains(&format!("#[tokio::test]\nasync fn {test}("))
    };
    let missing: Vec<&str> = Rule::ALL.iter().filter(|rule| !there(tried(**rule), rule.name())).map(|rule| rule.name()).collect();
    assert!(missing.is_empty(), "no test brings these about: {missing:?}");
}

/// A browser that nobody used before.
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36";

/// A school in which somebody watches.
struct Watched {
    school: School,
    gu: Actor,
    _watch: Server,
}

impl Watched {
    async fn begin() -> Self {
        let school = School::open().await;
        let gu = school.privacy_officer().await;
        let watch = Server::start(&school).await;
        Self { school, gu, _watch: watch }
    }
    async fn sets(&self, rule: &str, threshold: u32, answer: &str) {
        self.gu.patch("/api/alarms/rules", setting(rule, threshold, answer)).await.is(200);
    }
    async fn told(&self, rule: &str, severity: &str, who: Option<&str>, count: u32) -> Value {
        told(&self.gu, rule, severity, who, count).await
    }
    /// Takes back what was done by itself.
    async fn undoes(&self, alarm: &Value) {
        let undone = self.gu.post(&format!("/api/alarms/{}/undoing", alarm["id"].as_str().unwrap()), json!({})).await.is(200).json;
        assert_eq!(undone["undoable"], false);
    }
    /// Their sessions have ended, which nothing takes back; they come in anew.
    async fn is_out(&self, alarm: &Value, who: &[&Actor], login: &str) {
        assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("end_sessions"), &json!(false)));
        for one in who {
            one.get("/api/account").await.refused(401, "not_signed_in");
        }
        let path = format!("/api/alarms/{}/undoing", alarm["id"].as_str().unwrap());
        self.gu.post(&path, json!({})).await.refused(404, "not_found");
        self.school.staff(login).await.get("/api/account").await.is(200);
    }
}

/// The alarm of a rule, once it is there: how grave, about whom, and how much was counted.
async fn told(watcher: &Actor, rule: &str, severity: &str, who: Option<&str>, count: u32) -> Value {
    let alarm = raised(watcher, rule).await;
    assert_eq!((&alarm["severity"], &alarm["who"], &alarm["count"]), (&json!(severity), &json!(who), &json!(count)), "{alarm}");
    assert_eq!((&alarm["state"], &alarm["own"]), (&json!("open"), &json!(false)));
    assert!((1..=40).contains(&alarm["evidence"].as_array().unwrap().len()), "{alarm}");
    alarm
}

async fn wrong_key(school: &School, login: &str) {
    let begun = begin(school, Some(login)).await;
    let credential = Key::new(&school.origin).assert_uncounted(&begun["options"]);
    finish(school, &begun, credential).await.refused(401, "sign_in_refused");
}

async fn sign_in(school: &School, login: &str, key: &mut Key, agent: &str) -> Actor {
    let begun = begin(school, Some(login)).await;
    let body = json!({ "ceremony": begun["ceremony"], "credential": key.assert(&begun["options"]) }).to_string();
    let request = school.nobody().request("POST", "/api/sign-in/finish").header(header::CONTENT_TYPE, "application/json");
    let entered = school.nobody().send(request.header(header::USER_AGENT, agent).body(Body::from(body)).unwrap()).await.is(200);
    school.staff(login).await.with_token(entered.token())
}

async fn get_by(agent: &str, who: &Actor, path: &str) -> Answer {
    who.send(who.request("GET", path).header(header::USER_AGENT, agent).body(Body::empty()).unwrap()).await
}

/// The first families of whoever asks.
async fn families(who: &Actor, many: usize) -> Vec<String> {
    let rows = who.get("/api/families?limit=100").await.is(200).json["items"].as_array().unwrap().clone();
    let paths: Vec<String> = rows.iter().take(many).map(|row| format!("/api/families/{}", row["id"].as_str().unwrap())).collect();
    assert_eq!(paths.len(), many, "too few families");
    paths
}

/// A school whose watch begins later.
async fn unwatched() -> (School, Actor, String) {
    let school = School::open().await;
    school.db.watched(Utc::now()).await.unwrap();
    school.sql("DROP TRIGGER trail_no_update").await;
    let li = school.consultant().await;
    let family = format!("/api/families/{}", seed::known(&li).await.family);
    (school, li, family)
}

/// The clock of the server was another one: all that is written since this entry is of that time.
async fn was_at(school: &School, since: i64, at: DateTime<Utc>) {
    for kept in school.db.trail_after(since, 500).await.unwrap() {
        let mut entry: Value = serde_json::from_slice(&kept.entry.to_bytes().unwrap()).unwrap();
        entry["at"] = serde_json::to_value(at).unwrap();
        let body: String = entry.to_string().bytes().map(|byte| format!("{byte:02x}")).collect();
        let seq = kept.seq;
        school.sql(&format!("UPDATE trail SET at = {}, body = x'{body}' WHERE seq = {seq}", at.timestamp_micros())).await;
    }
}

/// Another server watches from now on; the alarm of a rule that comes of what was done before.
async fn found(school: &School, rule: &str, severity: &str, who: Option<&str>, count: u32) {
    let watch = tokio::spawn(server::watch::keep(school.second_app().await));
    told(&school.privacy_officer().await, rule, severity, who, count).await;
    watch.abort();
}

#[tokio::test]
async fn six_wrong_passkeys_in_somebodys_name_are_an_alarm_and_keep_nobody_out() {
    let watched = Watched::begin().await;
    let (li, mut key) = with_key(&watched.school, "li").await;
    for _ in 0..6 {
        wrong_key(&watched.school, "li").await;
    }
    assert_eq!(watched.told("failed_sign_ins", "warning", Some("李老师"), 6).await["answer"], "nothing");
    li.get("/api/families").await.is(200);
    sign_in(&watched.school, "li", &mut key, "?").await.get("/api/families").await.is(200);
}

#[tokio::test]
async fn forty_refused_sign_ins_all_over_the_school_are_an_alarm_about_nobody() {
    let watched = Watched::begin().await;
    for turn in 0..40 {
        wrong_key(&watched.school, &format!("nobody{turn}")).await;
    }
    watched.told("spraying", "warning", None, 40).await;
}

#[tokio::test]
async fn a_suspended_account_that_tries_to_come_in_is_an_alarm() {
    let watched = Watched::begin().await;
    let (_, mut key) = with_key(&watched.school, "zhou").await;
    let path = format!("/api/staff/{}/suspensions", watched.school.staff_id("zhou").await.uuid());
    watched.school.administrator().await.post(&path, json!({})).await.is(200);
    // The passkey says whose it is.
    let begun = begin(&watched.school, None).await;
    finish(&watched.school, &begun, key.assert(&begun["options"])).await.refused(401, "sign_in_refused");
    // So does the name, with the right passkey, and with whatever else.
    let begun = begin(&watched.school, Some("zhou")).await;
    finish(&watched.school, &begun, key.assert(&begun["options"])).await.refused(401, "sign_in_refused");
    let nobody = watched.school.nobody();
    let password = json!({ "login": "zhou", "password": "correct horse battery staple", "code": "000000" });
    nobody.post("/api/sign-in/password", password).await.refused(401, "sign_in_refused");
    nobody.post("/api/recovery/begin", json!({ "login": "zhou", "code": "AAAAA-AAAAA" })).await.refused(401, "sign_in_refused");
    // All four are seen and counted to one alarm.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    watched.told("ended_account_tries", "critical", Some("周老师"), 4).await;
}

#[tokio::test]
async fn codes_that_are_sent_to_one_guardian_again_and_again_are_an_alarm() {
    let watched = Watched::begin().await;
    seed::known(&watched.school.consultant().await).await;
    watched.sets("code_storm", 3, "nothing").await;
    for _ in 0..3 {
        let wish = json!({ "by": "contact", "contact": seed::VALUES.phone });
        watched.school.nobody().post("/api/portal/codes", wish).await.is(200);
    }
    assert_eq!(watched.told("code_storm", "notice", None, 3).await["guardian"], true);
}

#[tokio::test]
async fn eight_sign_ins_of_one_person_are_an_alarm() {
    let watched = Watched::begin().await;
    // The link is the first of them.
    let (_, mut key) = with_key(&watched.school, "li").await;
    for _ in 0..7 {
        sign_in(&watched.school, "li", &mut key, "?").await;
    }
    watched.told("sign_in_storm", "warning", Some("李老师"), 8).await;
}

#[tokio::test]
async fn a_cookie_in_another_browser_is_an_alarm_and_ends_every_session_of_its_owner() {
    let watched = Watched::begin().await;
    let (li, other) = (watched.school.consultant().await, watched.school.consultant().await);
    get_by(CHROME, &li, "/api/families").await.refused(401, "not_signed_in");
    let alarm = watched.told("session_moved", "critical", Some("李老师"), 1).await;
    watched.is_out(&alarm, &[&li, &other], "li").await;
}

#[tokio::test]
async fn a_recovery_code_and_much_that_is_opened_after_it_end_the_sessions() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    let known = seed::known(&li).await;
    let codes = super::passkeys::enrol(&watched.school, &mut Key::new(&watched.school.origin), "li").await.json["recovery_codes"].clone();
    let nobody = watched.school.nobody();
    let begun = nobody.post("/api/recovery/begin", json!({ "login": "li", "code": codes[0] })).await.is(200).json;
    let credential = Key::new(&watched.school.origin).attest(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    let thief = li.with_token(nobody.post("/api/enrolments/finish", body).await.is(200).token());
    let old = thief.get("/api/account").await.is(200).json["passkeys"][0]["id"].clone();
    thief.delete(&format!("/api/account/passkeys/{}", old.as_str().unwrap())).await.is(200);
    for _ in 0..7 {
        thief.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    }
    let alarm = watched.told("takeover", "critical", Some("李老师"), 8).await;
    watched.is_out(&alarm, &[&thief, &li], "li").await;
}

#[tokio::test]
async fn a_new_device_that_opens_family_after_family_is_an_alarm() {
    let watched = Watched::begin().await;
    let (_, mut key) = with_key(&watched.school, "li").await;
    watched.sets("new_device_reads", 4, "nothing").await;
    let known = families(&watched.school.consultant().await, 4).await;
    let li = sign_in(&watched.school, "li", &mut key, CHROME).await;
    for path in &known {
        get_by(CHROME, &li, path).await.is(200);
    }
    watched.told("new_device_reads", "warning", Some("李老师"), 4).await;
}

#[tokio::test]
async fn twenty_looks_at_two_in_the_morning_are_an_alarm() {
    let (school, li, family) = unwatched().await;
    let since = school.trail_length().await;
    for _ in 0..20 {
        li.get(&family).await.is(200);
    }
    // Two o'clock of the next day, where the school is eight hours ahead.
    let two = school_day(Utc::now()).checked_add_days(Days::new(1)).unwrap().and_time(NaiveTime::from_hms_opt(2, 0, 0).unwrap());
    was_at(&school, since, two.and_utc() - TimeDelta::hours(8)).await;
    found(&school, "unusual_hours", "notice", Some("李老师"), 20).await;
}

#[tokio::test]
async fn a_clock_that_went_back_is_an_alarm_about_nobody() {
    let (school, li, family) = unwatched().await;
    let since = school.trail_length().await;
    li.get(&family).await.is(200);
    was_at(&school, since, Utc::now() + TimeDelta::minutes(10)).await;
    li.get(&family).await.is(200);
    found(&school, "clock_back", "warning", None, 1).await;
}

#[tokio::test]
async fn family_after_family_is_an_alarm_and_what_slows_it_down_is_taken_back() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    let known = families(&li, 4).await;
    watched.sets("bulk_reading", 4, "slow_down").await;
    for path in &known {
        li.get(path).await.is(200);
    }
    let alarm = watched.told("bulk_reading", "warning", Some("李老师"), 4).await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("slow_down"), &json!(true)));
    for path in &known[..3] {
        li.get(path).await.is(200);
    }
    li.get(&known[3]).await.refused(429, "too_many_requests");
    watched.undoes(&alarm).await;
    li.get(&known[3]).await.is(200);
}

#[tokio::test]
async fn families_over_a_day_are_an_alarm_and_whoever_was_suspended_for_it_is_let_in_again() {
    let watched = Watched::begin().await;
    let (li, mut key) = with_key(&watched.school, "li").await;
    let known = families(&li, 5).await;
    let mut rule = setting("slow_reading", 5, "freeze");
    rule["setting"]["minutes"] = json!(1440);
    watched.gu.patch("/api/alarms/rules", rule).await.is(200);
    for path in &known {
        li.get(path).await.is(200);
    }
    let alarm = watched.told("slow_reading", "warning", Some("李老师"), 5).await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("freeze"), &json!(true)));
    li.get(&known[0]).await.refused(401, "not_signed_in");
    let begun = begin(&watched.school, Some("li")).await;
    finish(&watched.school, &begun, key.assert(&begun["options"])).await.refused(401, "sign_in_refused");
    watched.undoes(&alarm).await;
    sign_in(&watched.school, "li", &mut key, "?").await.get(&known[0]).await.is(200);
}

#[tokio::test]
async fn a_list_that_is_turned_to_its_end_is_an_alarm() {
    let watched = Watched::begin().await;
    watched.sets("list_walk", 30, "nothing").await;
    let meng = watched.school.principal().await;
    let mut path = "/api/families?limit=10".to_owned();
    for _ in 0..3 {
        let page = meng.get(&path).await.is(200).json;
        path = format!("/api/families?limit=10&after={}", page["next"].as_str().unwrap());
    }
    watched.told("list_walk", "warning", Some("孟校长"), 30).await;
}

#[tokio::test]
async fn twelve_made_up_addresses_of_families_are_an_alarm() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    for turn in 10..22 {
        li.get(&format!("/api/families/0199a0a0-0000-7000-8000-0000000000{turn}")).await.refused(404, "not_found");
    }
    watched.told("walking_ids", "warning", Some("李老师"), 12).await;
}

#[tokio::test]
async fn twenty_searches_are_an_alarm_and_the_next_act_that_asks_for_it_takes_a_passkey() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    watched.sets("counting_to_guess", 20, "step_up").await;
    li.post("/api/account/recovery-codes", json!({})).await.is(200);
    for turn in 0..20 {
        li.post("/api/families/search", json!({ "by": "phone", "text": format!("100555566{turn:02}") })).await.is(200);
    }
    let alarm = watched.told("counting_to_guess", "warning", Some("李老师"), 20).await;
    assert_eq!((&alarm["answer"], &alarm["undoable"]), (&json!("step_up"), &json!(false)));
    li.post("/api/account/recovery-codes", json!({})).await.refused(403, "step_up_required");
    li.get("/api/families").await.is(200);
}

#[tokio::test]
async fn thirty_looks_at_one_family_are_an_alarm() {
    let watched = Watched::begin().await;
    let wu = watched.school.registrar().await;
    let family = families(&wu, 1).await.remove(0);
    for _ in 0..30 {
        wu.get(&family).await.is(200);
    }
    watched.told("one_family", "notice", Some("吴老师"), 30).await;
}

#[tokio::test]
async fn fifteen_fields_opened_end_the_sessions_of_whoever_opened_them() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    let guardian = seed::known(&li).await.guardian;
    for _ in 0..15 {
        li.reveal(&format!("/api/guardians/{guardian}/reveals"), seed::because("guardian.phone")).await.is(200);
    }
    let alarm = watched.told("mass_reveal", "critical", Some("李老师"), 15).await;
    watched.is_out(&alarm, &[&li], "li").await;
}

#[tokio::test]
async fn six_exports_end_the_sessions_of_whoever_exported() {
    let watched = Watched::begin().await;
    let li = watched.school.consultant().await;
    for _ in 0..6 {
        li.post("/api/families/exports", json!({ "format": "csv" })).await.is(200);
    }
    let alarm = watched.told("export_storm", "critical", Some("李老师"), 6).await;
    watched.is_out(&alarm, &[&li], "li").await;
}

#[tokio::test]
async fn five_exports_of_the_trail_are_an_alarm() {
    let watched = Watched::begin().await;
    let han = watched.school.auditor().await;
    for _ in 0..5 {
        han.post("/api/trail/exports", json!({})).await.is(200);
    }
    watched.told("trail_exports", "warning", Some("韩老师"), 5).await;
}

#[tokio::test]
async fn approvals_one_after_the_other_are_an_alarm_about_whoever_approves() {
    let watched = Watched::begin().await;
    let (wu, meng) = (watched.school.registrar().await, watched.school.principal().await);
    let known = seed::known(&watched.school.consultant().await).await;
    watched.sets("approval_storm", 2, "nothing").await;
    for (kind, record) in [("student", &known.student), ("guardian", &known.guardian)] {
        let reason = json!({ "code": "contract", "text": "报名核对" });
        let wish = json!({ "kind": kind, "record": record, "field": format!("{kind}.id_card"), "reason": reason });
        let id = wu.post("/api/approvals", wish).await.is(201).json["mine"][0]["id"].as_str().unwrap().to_owned();
        meng.post(&format!("/api/approvals/{id}/decision"), json!({ "answer": "grant", "hours": 1 })).await.is(200);
    }
    watched.told("approval_storm", "warning", Some("孟校长"), 2).await;
}

#[tokio::test]
async fn twenty_five_links_are_an_alarm() {
    let watched = Watched::begin().await;
    let shen = watched.school.administrator().await;
    let path = format!("/api/staff/{}/enrolments", watched.school.staff_id("wu").await.uuid());
    for _ in 0..25 {
        shen.ask("POST", &path, None).await.is(201);
    }
    watched.told("link_storm", "warning", Some("沈老师"), 25).await;
}

#[tokio::test]
async fn another_rung_of_a_role_is_an_alarm() {
    let watched = Watched::begin().await;
    super::passwords::rung(&watched.school, "consultant", "mfa").await.is(200);
    watched.told("ladder_changed", "warning", Some("沈老师"), 1).await;
}
