//! Reports: the register of approvals, and what one person did in ninety days beside their peers.
//!
//! The rule: who may not gets nothing, and nobody gets a value, a word that was typed or a whole id.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};

const FIELD: &str = "student.id_card";
const WORDS: &str = "给诸葛砚秋核对报名";

async fn ask(who: &Actor, student: &str) -> String {
    let wish = json!({ "kind": "student", "record": student, "field": FIELD, "reason": { "code": "contract", "text": WORDS } });
    let list = who.post("/api/approvals", wish).await.is(201).json;
    list["mine"][0]["id"].as_str().unwrap().to_owned()
}

async fn decide(who: &Actor, id: &str, decision: Value) {
    who.post(&format!("/api/approvals/{id}/decision"), decision).await.is(200);
}

async fn register(who: &Actor, query: &str) -> Vec<Value> {
    who.get(&format!("/api/approvals/register{query}")).await.is(200).json["items"].as_array().unwrap().clone()
}

async fn last(han: &Actor, action: &str) -> Value {
    han.get(&format!("/api/trail?action={action}")).await.is(200).json["items"][0].clone()
}

fn states(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["state"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_register_is_for_whoever_reads_the_trail_alone() {
    let school = School::open().await;
    for (method, path, body) in [("GET", "/api/approvals/register", None), ("POST", "/api/approvals/exports", Some(json!({})))] {
        for login in ["li", "chen", "wu", "zheng", "meng", "shen"] {
            school.staff(login).await.ask(method, path, body.as_ref()).await.refused(403, "forbidden");
        }
        school.guardian().await.ask(method, path, body.as_ref()).await.refused(404, "not_found");
        school.nobody().ask(method, path, body.as_ref()).await.refused(401, "not_signed_in");
        for login in ["gu", "han"] {
            school.staff(login).await.ask(method, path, body.as_ref()).await.is(200);
        }
    }
    let han = school.auditor().await;
    for wrong in ["?state=open", "?from=yesterday", "?record=1", "?who=1", "?after=x"] {
        han.get(&format!("/api/approvals/register{wrong}")).await.refused(400, "malformed_request");
    }
    han.post("/api/approvals/exports", json!({ "record": 1 })).await.refused(400, "malformed_request");
}

/// Five requests: used, withdrawn, refused, lapsed, and one that waits. The family is the seed's.
async fn five(school: &School) -> seed::Known {
    let known = seed::known(&school.consultant().await).await;
    let (wu, meng) = (school.registrar().await, school.principal().await);
    let id = ask(&wu, &known.student).await;
    decide(&meng, &id, json!({ "answer": "grant", "hours": 2 })).await;
    wu.reveal(&format!("/api/students/{}/reveals", known.student), seed::because(FIELD)).await.is(200);
    let id = ask(&wu, &known.student).await;
    decide(&meng, &id, json!({ "answer": "grant", "hours": 2 })).await;
    wu.delete(&format!("/api/approvals/{id}")).await.is(200);
    let id = ask(&wu, &known.student).await;
    decide(&school.privacy_officer().await, &id, json!({ "answer": "refuse", "why": "诸葛听澜不同意" })).await;
    ask(&wu, &known.student).await;
    school.sql("UPDATE approval SET until = until - 700000000000 WHERE state = 'asked'").await;
    ask(&wu, &known.student).await;
    known
}

async fn tells_every_step(school: &School) {
    let known = five(school).await;
    let han = school.auditor().await;
    let answer = han.get("/api/approvals/register").await.is(200);
    let text = answer.text();
    let number = seed::id_card(seed::VALUES.student_id_card);
    for not_in_it in [seed::VALUES.student, seed::VALUES.guardian, &number, WORDS, "不同意", &known.student, &known.family] {
        assert!(!text.contains(not_in_it), "{not_in_it} is in the register");
    }
    let lines = answer.json["items"].as_array().unwrap().clone();
    assert_eq!(states(&lines), ["asked", "lapsed", "refused", "withdrawn", "used"]);
    for line in &lines {
        assert_eq!(line["mark"], known.student.replace('-', "")[26..]);
        assert_eq!(
            (&line["subject"], &line["fields"], &line["reason"]),
            (&json!({ "of": "record", "kind": "student" }), &json!([FIELD]), &json!("contract"))
        );
        assert_eq!((&line["asked"]["who"], &line["asked"]["roles"]), (&json!("吴老师"), &json!(["registrar"])));
    }
    let (lapsed, refused, withdrawn, used) = (&lines[1], &lines[2], &lines[3], &lines[4]);
    assert!(lapsed["decided"].is_null() && lapsed["ended"].is_null());
    assert_eq!((&refused["decided"]["who"], &refused["ended"]), (&json!("顾老师"), &Value::Null));
    assert_eq!((&withdrawn["decided"]["who"], &withdrawn["ended"]["who"]), (&json!("孟校长"), &json!("吴老师")));
    // Each step names the entry of the trail that says the same.
    for (step, action) in [
        (&used["asked"], "approval_asked"),
        (&used["decided"], "approval_granted"),
        (&used["ended"], "revealed"),
        (&withdrawn["ended"], "approval_withdrawn"),
        (&refused["decided"], "approval_refused"),
    ] {
        let entry = han.get(&format!("/api/trail/{}", step["entry"])).await.is(200).json;
        assert_eq!((&entry["line"]["action"], &entry["line"]["at"]), (&json!(action), &step["at"]));
    }
    assert!(used["until"].as_str() > used["ended"]["at"].as_str());
    for (state, count) in [("asked", 1), ("granted", 0), ("lapsed", 1), ("refused", 1), ("withdrawn", 1), ("used", 1)] {
        let found = register(&han, &format!("?state={state}")).await;
        assert_eq!(states(&found), vec![state; count], "{state}");
    }
    let today = (chrono::Utc::now() + chrono::TimeDelta::hours(8)).date_naive();
    assert_eq!(register(&han, &format!("?from={today}&to={today}")).await.len(), 5);
    assert!(register(&han, "?from=2999-01-01").await.is_empty() && register(&han, "?to=2001-01-01").await.is_empty());
    let after = lines[1]["asked"]["entry"].to_string();
    assert_eq!(states(&register(&han, &format!("?after={after}")).await), ["refused", "withdrawn", "used"]);
}

#[tokio::test]
async fn the_register_tells_every_step_without_a_name_or_a_word() {
    tells_every_step(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_the_register_tells_every_step_without_a_name_or_a_word() {
    if let Some(school) = School::on_postgres().await {
        tells_every_step(&school).await;
    }
}

#[tokio::test]
async fn pages_of_the_register_follow_each_other() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    // Nobody asks more than thirty times a minute.
    let both = [school.registrar().await, school.principal().await];
    for turn in 0..53 {
        ask(&both[turn % 2], &known.student).await;
        school.sql("UPDATE approval SET state = 'withdrawn' WHERE state = 'asked'").await;
    }
    let han = school.auditor().await;
    let first = han.get("/api/approvals/register").await.is(200).json;
    let rest = register(&han, &format!("?after={}", first["next"].as_str().unwrap())).await;
    let entry = |line: &Value| line["asked"]["entry"].as_i64().unwrap();
    let all: Vec<i64> = first["items"].as_array().unwrap().iter().chain(&rest).map(entry).collect();
    assert_eq!(all.len(), 53);
    assert!(all.windows(2).all(|pair| pair[0] > pair[1]));
}

#[tokio::test]
async fn what_a_file_of_the_register_is_made_of_is_written_down_and_says_whether_it_was_cut() {
    let school = School::open().await;
    let known = five(&school).await;
    let gu = school.privacy_officer().await;
    let file = gu.post("/api/approvals/exports", json!({})).await.is(200);
    assert_eq!((states(file.json["lines"].as_array().unwrap()).len(), &file.json["cut"]), (5, &json!(false)));
    assert_eq!(file.json["lines"], gu.get("/api/approvals/register").await.is(200).json["items"], "the lines of the screen");
    for not_in_it in [seed::VALUES.student, WORDS, &known.student] {
        assert!(!file.text().contains(not_in_it));
    }
    let used = gu.post("/api/approvals/exports", json!({ "state": "used" })).await.is(200).json;
    assert_eq!(states(used["lines"].as_array().unwrap()), ["used"]);
    let han = school.auditor().await;
    assert_eq!(last(&han, "trail_exported").await["who"], "顾老师");
    gu.get("/api/approvals/register").await.is(200);
    assert_eq!(last(&han, "trail_read").await["who"], "顾老师");
    let columns = "family_id, record_kind, record_id, field, asked_by, asked_at, asked_in, state, until, decided_by, decided_in, ended_in";
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n";
    school.sql(&format!("INSERT INTO approval (id, {columns}) SELECT randomblob(16), {columns} FROM approval, ({numbers})")).await;
    let file = gu.post("/api/approvals/exports", json!({})).await.is(200).json;
    assert_eq!((file["lines"].as_array().unwrap().len(), &file["cut"]), (5_000, &json!(true)));
    school.sql("CREATE TRIGGER no_trail BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    gu.get("/api/approvals/register").await.refused(503, "trail_unavailable");
    gu.post("/api/approvals/exports", json!({})).await.refused(503, "trail_unavailable");
}

async fn has_emergencies(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let (chen, meng, han, shen) = (school.teacher().await, school.principal().await, school.auditor().await, school.administrator().await);
    let begin = async || {
        let list = chen.post("/api/emergencies", json!({ "why": WORDS })).await.is(201).json;
        list["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let decide = async |id: &str, open: bool| {
        meng.post(&format!("/api/emergencies/{id}/decision"), json!({ "open": open })).await.is(200);
    };
    // Withdrawn; refused; opened, looked by and ended; opened and ended by a suspension.
    let id = begin().await;
    chen.delete(&format!("/api/emergencies/{id}")).await.is(200);
    let id = begin().await;
    decide(&id, false).await;
    let third = begin().await;
    decide(&third, true).await;
    for field in ["guardian.phone", "guardian.address", "guardian.phone"] {
        chen.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because(field)).await.is(200);
    }
    meng.delete(&format!("/api/emergencies/{third}")).await.is(200);
    let id = begin().await;
    decide(&id, true).await;
    shen.post(&format!("/api/staff/{}/suspensions", chen.who.unwrap().uuid()), json!({})).await.is(200);
    let answer = han.get("/api/approvals/register").await.is(200);
    assert!(!answer.text().contains(WORDS) && !answer.text().contains(&known.guardian));
    let lines = answer.json["items"].as_array().unwrap().clone();
    assert_eq!(states(&lines), ["revoked", "revoked", "refused", "withdrawn"]);
    for line in &lines {
        assert_eq!((&line["subject"], &line["fields"]), (&json!({ "of": "emergency" }), &json!([])));
        assert_eq!((&line["asked"]["who"], &line["asked"]["roles"]), (&json!("陈老师"), &json!(["teacher"])));
    }
    let (suspended, looked) = (&lines[0], &lines[1]);
    assert_eq!(looked["mark"], third.replace('-', "")[26..]);
    assert_eq!((&looked["decided"]["who"], &looked["ended"]["who"]), (&json!("孟校长"), &json!("孟校长")));
    assert_eq!((&looked["looks"]["count"], &suspended["looks"]), (&json!(3), &Value::Null));
    let entries = [
        (&looked["asked"], "emergency_asked"),
        (&looked["decided"], "emergency_opened"),
        (&looked["looks"]["first"], "revealed"),
        (&looked["looks"]["last"], "revealed"),
        (&looked["ended"], "emergency_closed"),
        (&suspended["ended"], "staff_suspended"),
        (&lines[2]["decided"], "emergency_closed"),
        (&lines[3]["ended"], "emergency_closed"),
    ];
    for (step, action) in entries {
        let entry = han.get(&format!("/api/trail/{}", step["entry"])).await.is(200).json;
        assert_eq!((&entry["line"]["action"], &entry["line"]["at"]), (&json!(action), &step["at"]));
    }
    assert!(looked["looks"]["first"]["entry"].as_i64() < looked["looks"]["last"]["entry"].as_i64());
    for (state, count) in [("asked", 0), ("granted", 0), ("lapsed", 0), ("refused", 1), ("withdrawn", 1), ("revoked", 2), ("used", 0)] {
        assert_eq!(register(&han, &format!("?state={state}")).await.len(), count, "{state}");
    }
    // What is over by the clock is told as lapsed, as the clock tells it.
    shen.delete(&format!("/api/staff/{}/suspensions", chen.who.unwrap().uuid())).await.is(200);
    let again = school.teacher().await;
    let list = again.post("/api/emergencies", json!({ "why": WORDS })).await.is(201).json;
    decide(list["items"][0]["id"].as_str().unwrap(), true).await;
    assert_eq!(register(&han, "?state=granted").await.len(), 1);
    school.sql("UPDATE emergency SET until = until - 3600000000").await;
    assert_eq!((register(&han, "?state=granted").await.len(), register(&han, "?state=lapsed").await.len()), (0, 1));
}

#[tokio::test]
async fn the_register_has_emergencies_and_what_was_opened_in_them() {
    has_emergencies(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_the_register_has_emergencies_and_what_was_opened_in_them() {
    if let Some(school) = School::on_postgres().await {
        has_emergencies(&school).await;
    }
}

async fn id(school: &School, login: &str) -> String {
    school.staff_id(login).await.uuid().to_string()
}

async fn activity(who: &Actor, id: &str) -> Value {
    who.get(&format!("/api/staff/{id}/activity")).await.is(200).json
}

#[tokio::test]
async fn what_somebody_did_is_for_those_who_keep_staff_or_read_the_trail() {
    let school = School::open().await;
    let path = format!("/api/staff/{}/activity", id(&school, "li").await);
    for login in ["li", "chen", "wu", "zheng", "meng"] {
        school.staff(login).await.get(&path).await.refused(403, "forbidden");
    }
    school.guardian().await.get(&path).await.refused(404, "not_found");
    school.nobody().get(&path).await.refused(401, "not_signed_in");
    for login in ["gu", "han", "shen"] {
        let who = school.staff(login).await;
        who.get(&path).await.is(200);
        let nobody = who.get(&format!("/api/staff/{}/activity", uuid::Uuid::now_v7())).await.refused(404, "not_found");
        let guardian = school.guardian().await.who.unwrap().uuid();
        let other = who.get(&format!("/api/staff/{guardian}/activity")).await.refused(404, "not_found");
        assert_eq!(nobody.without_trace(), other.without_trace());
    }
    // Whose report it was stands in the trail.
    let han = school.auditor().await;
    let line = han.get("/api/trail?kind=staff&action=trail_read").await.is(200).json["items"][0].clone();
    let entry = han.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json;
    assert_eq!(entry["record"]["mark"], id(&school, "li").await.replace('-', "")[26..]);
    school.sql("CREATE TRIGGER no_trail BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    han.get(&path).await.refused(503, "trail_unavailable");
}

/// Takes colleagues in, who do nothing.
async fn colleagues(school: &School, role: &str, count: usize) {
    let shen = school.administrator().await;
    for number in 0..count {
        let new = json!({ "login": format!("peer{number}"), "name": format!("同事{number}"), "roles": [role], "campuses": [] });
        shen.post("/api/staff", new).await.is(201);
    }
}

async fn counts(school: &School) {
    let (zheng, shen) = (school.finance().await, school.administrator().await);
    let me = id(school, "zheng").await;
    let before = activity(&shen, &me).await;
    let total = |report: &Value, measure: usize| report["measures"][measure]["total"].as_u64().unwrap();
    for _ in 0..7 {
        zheng.get("/api/families").await.is(200);
    }
    zheng.get("/api/trail").await.refused(403, "forbidden");
    let report = activity(&shen, &me).await;
    let names: Vec<&str> = report["measures"].as_array().unwrap().iter().map(|one| one["measure"].as_str().unwrap()).collect();
    assert_eq!(names, ["looks", "reveals", "searches", "exports", "refusals"]);
    assert_eq!(total(&report, 0) - total(&before, 0), 7);
    assert_eq!(total(&report, 4) - total(&before, 4), 1);
    let week = |report: &Value| report["weeks"][0]["counts"][0].as_u64().unwrap();
    assert_eq!(week(&report) - week(&before), 7);
    assert_eq!((report["weeks"].as_array().unwrap().len(), &report["left"], &report["beyond"]), (13, &json!(false), &Value::Null));
    // The only one of their role has nobody to be compared with; nor has one of three.
    assert_eq!((&report["peers"], &report["measures"][0]["peers"]), (&json!(0), &Value::Null));
    colleagues(school, "finance", 2).await;
    let report = activity(&shen, &me).await;
    assert_eq!(
        (&report["peers"], &report["measures"][0]["peers"], &report["measures"][0]["stands_out"]),
        (&json!(2), &Value::Null, &json!(false))
    );
    shen.post("/api/staff", json!({ "login": "peer9", "name": "同事九", "roles": ["finance"], "campuses": [] })).await.is(201);
    let report = activity(&shen, &me).await;
    assert_eq!(report["measures"][0]["peers"], json!({ "median": 0, "highest": 0 }));
    assert_eq!((&report["measures"][0]["stands_out"], &report["measures"][4]["stands_out"]), (&json!(true), &json!(false)));
    let quiet = activity(&shen, &id(school, "peer9").await).await;
    assert_eq!((total(&quiet, 0), &quiet["measures"][0]["peers"]["highest"]), (0, &report["measures"][0]["total"]));
    // Somebody who is suspended is no peer.
    shen.post(&format!("/api/staff/{}/suspensions", id(school, "peer9").await), json!({})).await.is(200);
    assert!(activity(&shen, &me).await["measures"][0]["peers"].is_null());
}

#[tokio::test]
async fn what_somebody_did_is_counted_and_compared_with_three_or_more() {
    counts(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_what_somebody_did_is_counted_and_compared_with_three_or_more() {
    if let Some(school) = School::on_postgres().await {
        counts(&school).await;
    }
}

#[tokio::test]
async fn who_left_has_a_report_of_the_days_before_and_of_no_value() {
    let school = School::open().await;
    let (li, shen) = (school.consultant().await, school.administrator().await);
    let known = seed::known(&li).await;
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    let me = id(&school, "li").await;
    let plan = shen.get(&format!("/api/staff/{me}/departures")).await.is(200).json;
    let wish = json!({ "families": plan["families"], "to": plan["successors"][0]["id"] });
    shen.post(&format!("/api/staff/{me}/departures"), wish).await.is(200);
    let day = 86_400_000_000_i64;
    school.sql(&format!("UPDATE staff SET left_at = left_at - {day} WHERE login = 'li'")).await;
    let yesterday = activity(&shen, &me).await;
    assert_eq!((&yesterday["left"], &yesterday["measures"][1]["total"]), (&json!(true), &json!(0)), "today is after they left");
    school.sql(&format!("UPDATE staff SET left_at = left_at + {day} WHERE login = 'li'")).await;
    let answer = shen.get(&format!("/api/staff/{me}/activity")).await.is(200);
    assert_eq!((&answer.json["measures"][1]["total"], &answer.json["beyond"]), (&json!(1), &json!(0)), "the families were their own");
    for not_in_it in [seed::VALUES.student, seed::VALUES.guardian, seed::VALUES.phone, &known.family, &known.guardian] {
        assert!(!answer.text().contains(not_in_it));
    }
}
