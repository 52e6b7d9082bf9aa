//! Standing grants: who teaches a class opens certain fields of its pupils for some months, each look with a reason and a passkey.
//!
//! The rule: no field, pupil, class, person or day outside a grant opens, and whatever ends one holds at the next request. Deliberately
//! absent: the values, but in the looks that are granted.

use crate::support::{Actor, Answer, School, seed};
use serde_json::{Value, json};
use store::Engine;

const FIELD: &str = "student.health_note";

/// A school whose matrix wants an approval of teachers, and a pupil of 陈老师.
async fn begun(school: &School) -> (seed::Known, Actor) {
    let known = seed::known(&school.consultant().await).await;
    enrol(school, &known.student).await;
    seed::allow(school, "teacher", FIELD, "masked", "with_approval").await;
    (known, school.teacher().await)
}

/// Puts a student into the first class of 陈老师, by name, who teaches several.
async fn enrol(school: &School, student: &str) {
    attend(school, student, "class.starts", "NULL").await;
}

/// The same between two days, as SQL.
async fn attend(school: &School, student: &str, starts: &str, ends: &str) {
    let (id, of, today) = match school.db.engine() {
        Engine::Sqlite => ("randomblob(16)", format!("x'{}'", student.replace('-', "")), "date('now')"),
        Engine::Postgres => ("gen_random_uuid()", format!("'{student}'"), "CURRENT_DATE"),
    };
    let statement = format!(
        "INSERT INTO enrolment (id, class_id, student_id, starts, ends) SELECT {id}, class.id, {of}, {starts}, {ends} \
         FROM class JOIN staff ON staff.id = class.teacher_id WHERE staff.login = 'chen' AND class.starts <= {today} \
         AND class.ends > {today} ORDER BY class.name LIMIT 1"
    );
    assert_eq!(school.sql(&statement).await, 1);
}

async fn lists(who: &Actor) -> Value {
    who.get("/api/grants").await.is(200).json
}

/// The class of the pupil, as its teacher may ask for it.
async fn may_ask(who: &Actor) -> Value {
    lists(who).await["may_ask"][0].clone()
}

async fn body(who: &Actor) -> Value {
    let may = may_ask(who).await;
    let reason = json!({ "code": "other", "text": "每日晨检，家长电话 10012345678" });
    json!({ "class": may["class"]["id"], "fields": [FIELD], "last_day": may["last_day"], "reason": reason })
}

async fn ask(who: &Actor) -> String {
    let made = who.post("/api/grants", body(who).await).await.is(201).json;
    made["mine"][0]["id"].as_str().unwrap().to_owned()
}

async fn decide(by: &Actor, id: &str, decision: Value) -> Answer {
    by.post(&format!("/api/grants/{id}/decision"), decision).await
}

async fn grant(by: &Actor, id: &str) {
    let waiting = lists(by).await["to_decide"].as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap();
    decide(by, id, json!({ "answer": "grant", "last_day": waiting["last_day"] })).await.is(200);
}

async fn open(who: &Actor, student: &str) -> Answer {
    who.reveal(&format!("/api/students/{student}/reveals"), seed::because(FIELD)).await
}

async fn state(who: &Actor, id: &str) -> Value {
    lists(who).await["mine"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()["state"].clone()
}

#[tokio::test]
async fn a_grant_opens_look_after_look_and_the_guardian_reads_each() {
    let school = School::open().await;
    let (known, chen) = begun(&school).await;
    let meng = school.principal().await;
    open(&chen, &known.student).await.refused(403, "approval_required");
    let id = ask(&chen).await;
    open(&chen, &known.student).await.refused(403, "approval_required");
    let waiting = lists(&meng).await["to_decide"][0].clone();
    assert_eq!((&waiting["by"]["name"], &waiting["fields"]), (&json!("陈老师"), &json!([FIELD])));
    assert_eq!(waiting["words"], "每日晨检，家长电话 100****5678", "numbers in a reason are masked before it is kept");
    assert_eq!(meng.get("/api/waiting").await.is(200).json["to_decide"], 1);
    grant(&meng, &id).await;
    let about = format!("/api/approvals?record={}", known.student);
    assert_eq!(chen.get(&about).await.is(200).json["standing"], json!([FIELD]));
    for left in [29, 28] {
        let opened = open(&chen, &known.student).await.is(200).json;
        assert_eq!(opened["value"], json!({ "state": "clear", "value": seed::VALUES.health_note }));
        assert_eq!(opened["left_today"], left, "it counts like any look");
    }
    let guardian = school.guardian_of(&known.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let lines = ledger["lines"].as_array().unwrap().iter().filter(|line| line["looks"][0]["field"] == FIELD);
    let lines: Vec<(&str, &str)> = lines.map(|line| (line["action"].as_str().unwrap(), line["who"].as_str().unwrap())).collect();
    assert_eq!(lines, [("revealed", "陈老师"), ("revealed", "陈老师"), ("approval_granted", "孟校长")]);
    // The trail says under which grant.
    let han = school.auditor().await;
    let mark = id.replace('-', "")[26..].to_owned();
    for action in ["approval_asked", "approval_granted", "revealed"] {
        let line = han.get(&format!("/api/trail?action={action}")).await.is(200).json["items"][0].clone();
        let entry = han.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json;
        assert_eq!(entry["grant"], mark, "{action}");
    }
}

#[tokio::test]
async fn no_other_field_pupil_or_person_opens_by_it() {
    let school = School::open().await;
    let (known, chen) = begun(&school).await;
    let li = school.consultant().await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    seed::allow(&school, "teacher", "student.school", "masked", "with_approval").await;
    // 吴老师 reaches the whole campus and needs an approval for the same field.
    seed::allow(&school, "registrar", FIELD, "masked", "with_approval").await;
    // Another class of the same teacher.
    let mut elsewhere = body(&chen).await;
    elsewhere["class"] = lists(&chen).await["may_ask"][1]["class"]["id"].clone();
    elsewhere["last_day"] = lists(&chen).await["may_ask"][1]["last_day"].clone();
    let made = chen.post("/api/grants", elsewhere).await.is(201).json;
    grant(&school.principal().await, made["mine"][0]["id"].as_str().unwrap()).await;
    open(&chen, &known.student).await.refused(403, "approval_required");
    let id = ask(&chen).await;
    grant(&school.principal().await, &id).await;
    open(&chen, &known.student).await.is(200);
    let school_name = chen.reveal(&format!("/api/students/{}/reveals", known.student), seed::because("student.school")).await;
    school_name.refused(403, "approval_required");
    open(&chen, &other.student).await.refused(404, "not_found");
    for who in [school.registrar().await, school.principal().await] {
        open(&who, &known.student).await.refused(403, "approval_required");
        assert_eq!(who.get(&format!("/api/approvals?record={}", known.student)).await.is(200).json["standing"], json!([]));
    }
    // A teacher whose reach is the campus opens pupils of the class alone.
    seed::change(&school, json!({ "scopes": [{ "role": "teacher", "scope": "campus" }] })).await;
    open(&chen, &other.student).await.refused(403, "approval_required");
    assert_eq!(chen.get(&format!("/api/approvals?record={}", other.student)).await.is(200).json["standing"], json!([]));
    open(&chen, &known.student).await.is(200);
}

#[tokio::test]
async fn whatever_ends_it_holds_at_the_next_request() {
    let school = School::open().await;
    let (known, chen) = begun(&school).await;
    let meng = school.principal().await;
    let id = ask(&chen).await;
    grant(&meng, &id).await;
    // A teacher who reaches the campus, so that what refuses is the grant and not the reach.
    seed::change(&school, json!({ "scopes": [{ "role": "teacher", "scope": "campus" }] })).await;
    let about = format!("/api/approvals?record={}", known.student);
    let cases = [
        (
            "its days are over",
            "UPDATE standing_grant SET until = until - 86400000000 * 400",
            "UPDATE standing_grant SET until = until + 86400000000 * 400",
        ),
        ("its last day is past", "UPDATE standing_grant SET last_day = '2020-01-01'", "UPDATE standing_grant SET last_day = '2999-01-01'"),
        (
            "the pupil leaves the class",
            "UPDATE enrolment SET ends = '2020-01-01' WHERE ends IS NULL",
            "UPDATE enrolment SET ends = NULL WHERE ends = '2020-01-01'",
        ),
        (
            "the approver is suspended",
            "UPDATE staff SET active = FALSE WHERE login = 'meng'",
            "UPDATE staff SET active = TRUE WHERE login = 'meng'",
        ),
        (
            "the approver loses the duty",
            "UPDATE staff SET roles = 1 WHERE login = 'meng'",
            "UPDATE staff SET roles = 16 WHERE login = 'meng'",
        ),
        ("the field is another", "UPDATE standing_grant SET fields = 2", "UPDATE standing_grant SET fields = 64"),
        (
            "it was never decided",
            "UPDATE standing_grant SET decided_by = NULL",
            "UPDATE standing_grant SET decided_by = (SELECT id FROM staff WHERE login = 'meng')",
        ),
    ];
    for (what, end, back) in cases {
        assert!(school.sql(end).await > 0, "{what}");
        open(&chen, &known.student).await.refused(403, "approval_required");
        assert_eq!(chen.get(&about).await.is(200).json["standing"], json!([]), "{what}");
        school.sql(back).await;
        open(&chen, &known.student).await.is(200);
    }
    // Another teaches the class.
    school.sql("UPDATE class SET teacher_id = (SELECT id FROM staff WHERE login = 'wu')").await;
    open(&chen, &known.student).await.refused(403, "approval_required");
    school.sql("UPDATE class SET teacher_id = (SELECT id FROM staff WHERE login = 'chen')").await;
    // The matrix says no.
    seed::allow(&school, "teacher", FIELD, "masked", "no").await;
    open(&chen, &known.student).await.refused(404, "not_found");
    seed::allow(&school, "teacher", FIELD, "masked", "with_approval").await;
    open(&chen, &known.student).await.is(200);
    // Revoked by somebody else who approves: for good.
    let gu = school.privacy_officer().await;
    gu.delete(&format!("/api/grants/{id}")).await.is(200);
    open(&chen, &known.student).await.refused(403, "approval_required");
    assert_eq!(state(&chen, &id).await, "revoked");
    gu.delete(&format!("/api/grants/{id}")).await.refused(410, "lapsed");
}

#[tokio::test]
async fn nobody_decides_alone_without_the_duty_or_a_fresh_passkey() {
    let school = School::open().await;
    let (_, chen) = begun(&school).await;
    let id = ask(&chen).await;
    let yes = json!({ "answer": "grant", "last_day": may_ask(&chen).await["last_day"] });
    for who in [
        chen.clone(),
        school.consultant().await,
        school.registrar().await,
        school.finance().await,
        school.administrator().await,
        school.auditor().await,
    ] {
        decide(&who, &id, yes.clone()).await.refused(403, "forbidden");
    }
    decide(&school.guardian().await, &id, yes.clone()).await.refused(404, "not_found");
    decide(&school.stale("meng").await, &id, yes.clone()).await.refused(403, "step_up_required");
    let meng = school.principal().await;
    decide(&meng, &id, json!({ "answer": "grant", "last_day": "2020-01-01" })).await.refused(422, "invalid_fields");
    decide(&meng, &id, json!({ "answer": "grant", "last_day": "2999-01-01" })).await.refused(422, "invalid_fields");
    decide(&meng, &id, json!({ "answer": "grant" })).await.refused(400, "malformed_request");
    school.consultant().await.delete(&format!("/api/grants/{id}")).await.refused(404, "not_found");
    assert_eq!(state(&chen, &id).await, "asked");
    // Not one's own, even with the duty.
    school.sql("UPDATE staff SET roles = roles + 16 WHERE login = 'chen'").await;
    decide(&chen, &id, yes.clone()).await.refused(404, "not_found");
    // Nor one of a campus that is not one's own.
    school.sql("DELETE FROM staff_campus WHERE staff_id = (SELECT id FROM staff WHERE login = 'meng')").await;
    decide(&meng, &id, yes).await.refused(404, "not_found");
}

#[tokio::test]
async fn one_asks_for_the_own_class_for_fields_that_want_it_and_in_time() {
    let school = School::open().await;
    let (_, chen) = begun(&school).await;
    let right = body(&chen).await;
    let with = |key: &str, value: Value| {
        let mut body = right.clone();
        body[key] = value;
        body
    };
    let wu = school.registrar().await;
    assert_eq!(lists(&wu).await["may_ask"], json!([]));
    let others = wu.post("/api/grants", right.clone()).await.refused(404, "not_found").without_trace();
    let nobodys = chen.post("/api/grants", with("class", json!(uuid::Uuid::now_v7()))).await.refused(404, "not_found").without_trace();
    assert_eq!(others, nobodys, "out of reach and not there are one answer");
    for field in ["student.name", "student.birth_date", "guardian.phone", "note.body"] {
        chen.post("/api/grants", with("fields", json!([FIELD, field]))).await.refused(403, "forbidden");
    }
    chen.post("/api/grants", with("fields", json!([]))).await.refused(422, "invalid_fields");
    chen.post("/api/grants", with("last_day", json!("2999-01-01"))).await.refused(422, "invalid_fields");
    chen.post("/api/grants", with("last_day", json!("2020-01-01"))).await.refused(422, "invalid_fields");
    chen.post("/api/grants", with("reason", json!({ "code": "other", "text": " " }))).await.refused(422, "invalid_fields");
    chen.post("/api/grants", with("more", json!(1))).await.refused(400, "malformed_request");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM standing_grant").await, 0);
    // Who asks twice has asked once.
    assert_eq!((ask(&chen).await, school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'approval_asked'").await).1, 1);
    ask(&chen).await;
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM standing_grant").await, 1);
}

#[tokio::test]
async fn a_step_and_its_entry_are_one() {
    let school = School::open().await;
    let (known, chen) = begun(&school).await;
    let meng = school.principal().await;
    let id = ask(&chen).await;
    let broken = "CREATE TRIGGER no_trail BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END";
    let yes = json!({ "answer": "grant", "last_day": lists(&meng).await["to_decide"][0]["last_day"] });
    school.sql(broken).await;
    decide(&meng, &id, yes).await.refused(503, "trail_unavailable");
    chen.delete(&format!("/api/grants/{id}")).await.refused(503, "trail_unavailable");
    school.sql("DROP TRIGGER no_trail").await;
    assert_eq!(state(&chen, &id).await, "asked");
    grant(&meng, &id).await;
    school.sql(broken).await;
    open(&chen, &known.student).await.refused(503, "trail_unavailable");
    meng.delete(&format!("/api/grants/{id}")).await.refused(503, "trail_unavailable");
    school.sql("DROP TRIGGER no_trail").await;
    assert_eq!(chen.get("/api/session").await.is(200).json["reveals_left"], 30, "a look that was not written down counts nothing");
    open(&chen, &known.student).await.is(200);
}

/// Of looks and a revocation at once, on two machines: whatever opened is before the revocation in the trail.
async fn no_look_after_a_revocation(school: &School) {
    let (known, chen) = begun(school).await;
    let meng = school.principal().await;
    let id = ask(&chen).await;
    grant(&meng, &id).await;
    open(&chen, &known.student).await.is(200);
    let second = school.second().await;
    let mut asked = tokio::task::JoinSet::new();
    for turn in 0..8 {
        let (chen, student) = (if turn % 2 == 0 { chen.clone() } else { chen.at(&second) }, known.student.clone());
        asked.spawn(async move { open(&chen, &student).await.status });
    }
    let path = format!("/api/grants/{id}");
    let (answers, ended) = tokio::join!(asked.join_all(), meng.delete(&path));
    ended.is(200);
    assert!(answers.iter().all(|status| [200, 403].contains(status)), "{answers:?}");
    let opened = 1 + answers.iter().filter(|status| **status == 200).count();
    let han = school.auditor().await;
    let seqs = |items: &Value| items.as_array().unwrap().iter().map(|line| line["seq"].as_i64().unwrap()).collect::<Vec<_>>();
    let looks = seqs(&han.get("/api/trail?action=revealed").await.is(200).json["items"]);
    let revoked = seqs(&han.get("/api/trail?action=approval_revoked").await.is(200).json["items"]);
    assert_eq!((looks.len(), revoked.len()), (opened, 1));
    assert!(looks.iter().all(|look| *look < revoked[0]), "{looks:?} {revoked:?}");
    open(&chen, &known.student).await.refused(403, "approval_required");
}

#[tokio::test]
async fn no_look_comes_after_a_revocation() {
    no_look_after_a_revocation(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_no_look_comes_after_a_revocation() {
    if let Some(school) = School::on_postgres().await {
        no_look_after_a_revocation(&school).await;
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    let school = School::open().await;
    let (_, chen) = begun(&school).await;
    let id = ask(&chen).await;
    let yes = json!({ "answer": "grant", "last_day": may_ask(&chen).await["last_day"] });
    let no = json!({ "answer": "refuse", "why": "不必" });
    let (meng, gu) = (school.principal().await, school.privacy_officer().await.at(&school.second().await));
    let (one, other) = tokio::join!(decide(&meng, &id, yes), decide(&gu, &id, no));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

#[tokio::test]
async fn the_register_and_the_question_why_name_it() {
    let school = School::open().await;
    let (known, chen) = begun(&school).await;
    let (meng, gu) = (school.principal().await, school.privacy_officer().await);
    let id = ask(&chen).await;
    let why = |of: String| json!({ "staff": of, "family": known.family });
    let of = school.staff_id("chen").await.uuid().to_string();
    let standing = |view: &Value| {
        let fields = view["seen"].as_array().unwrap().iter().flat_map(|seen| seen["fields"].as_array().unwrap());
        let steps =
            fields.flat_map(|why| why["steps"].as_array().unwrap().iter().map(move |step| (why["right"]["field"].clone(), step.clone())));
        steps.filter(|(_, step)| step["step"] == "standing").map(|(field, step)| (field, step["class"].clone())).collect::<Vec<_>>()
    };
    assert!(standing(&gu.post("/api/policy/views", why(of.clone())).await.is(200).json).is_empty());
    grant(&meng, &id).await;
    let class = may_ask(&chen).await["class"]["name"].clone();
    assert_eq!(standing(&gu.post("/api/policy/views", why(of)).await.is(200).json), [(json!(FIELD), class.clone())]);
    let sights = gu.post("/api/policy/sights", json!({ "family": known.family, "field": FIELD })).await.is(200).json;
    assert!(sights.to_string().contains(r#""step":"standing""#));
    for _ in 0..2 {
        open(&chen, &known.student).await.is(200);
    }
    gu.delete(&format!("/api/grants/{id}")).await.is(200);
    let han = school.auditor().await;
    let page = han.get("/api/approvals/register").await.is(200);
    assert!(!page.text().contains(&known.student) && !page.text().contains("晨检"));
    let line = &page.json["items"][0];
    assert_eq!((&line["subject"]["of"], &line["subject"]["name"]), (&json!("class"), &class));
    assert_eq!((&line["fields"], &line["state"], &line["mark"]), (&json!([FIELD]), &json!("revoked"), &json!(id.replace('-', "")[26..])));
    assert_eq!((&line["decided"]["who"], &line["ended"]["who"]), (&json!("孟校长"), &json!("顾老师")));
    assert_eq!(han.get("/api/approvals/register?state=revoked").await.is(200).json["items"].as_array().unwrap().len(), 1);
    assert_eq!(han.get("/api/approvals/register?state=asked").await.is(200).json["items"], json!([]));
    // And what was opened under it, by the entries of the first and the last look.
    assert_eq!((&line["looks"]["count"], &line["looks"]["first"]["who"]), (&json!(2), &json!("陈老师")));
    for look in ["first", "last"] {
        let entry = han.get(&format!("/api/trail/{}", line["looks"][look]["entry"])).await.is(200).json;
        assert_eq!(entry["line"]["action"], "revealed");
    }
    let file = gu.post("/api/approvals/exports", json!({})).await.is(200).json;
    assert_eq!(file, json!({ "lines": [line], "cut": false }));
}

/// The steps of grants in the ledger of a child, page by page: action and who, newest first.
async fn told(school: &School, known: &seed::Known) -> Vec<(String, String)> {
    let guardian = school.guardian_of(&known.guardian).await;
    let (mut path, mut told) = (format!("/api/portal/children/{}/ledger", known.student), Vec::new());
    loop {
        let page = guardian.get(&path).await.is(200).json;
        let lines = page["lines"].as_array().unwrap().iter().filter(|line| line["action"].as_str().unwrap().starts_with("approval_"));
        told.extend(lines.map(|line| {
            assert_eq!((&line["record"], &line["looks"]), (&json!("student"), &json!([{ "field": FIELD, "form": "withheld" }])));
            (line["action"].as_str().unwrap().to_owned(), line["who"].as_str().unwrap().to_owned())
        }));
        let Some(next) = page["next"].as_str() else { return told };
        path = format!("/api/portal/children/{}/ledger?after={next}", known.student);
    }
}

async fn joins_later(school: &School) {
    let (known, chen) = begun(school).await;
    let (li, meng) = (school.consultant().await, school.principal().await);
    let (later, never, left) = (seed::known(&li).await, seed::known(&li).await, seed::known(&li).await);
    let (before, today) = match school.db.engine() {
        Engine::Sqlite => ("date('now', '-2 day')", "date('now')"),
        Engine::Postgres => ("CURRENT_DATE - 2", "CURRENT_DATE"),
    };
    attend(school, &left.student, "class.starts", before).await;
    let granted = || ("approval_granted".to_owned(), "孟校长".to_owned());
    // What is asked and refused concerns nobody's family, whenever they join.
    let refused = ask(&chen).await;
    decide(&meng, &refused, json!({ "answer": "refuse", "why": "再议" })).await.is(200);
    let id = ask(&chen).await;
    grant(&meng, &id).await;
    assert_eq!(told(school, &known).await, [granted()]);
    assert!(told(school, &later).await.is_empty(), "not in the class");
    // Between the grant and now more happened to the family than a page holds.
    for _ in 0..130 {
        li.get(&format!("/api/families/{}", later.family)).await.is(200);
    }
    attend(school, &later.student, today, "NULL").await;
    assert_eq!(told(school, &later).await, [granted()], "once, where it was taken");
    for other in [&never, &left] {
        assert!(told(school, other).await.is_empty());
    }
    // Beside the line stands what stands beside any: it can be asked about, by whoever reads it alone.
    let line = |who: &seed::Known| format!("/api/portal/children/{}/ledger", who.student);
    let guardian = school.guardian_of(&later.guardian).await;
    let page = guardian.get(&format!("{}?after=1000000", line(&later))).await.is(200).json;
    let numbers: Vec<i64> = page["lines"].as_array().unwrap().iter().map(|line| line["seq"].as_i64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|a, b| a > b), "{numbers:?}");
    let of_known = school.guardian_of(&known.guardian).await.get(&line(&known)).await.is(200).json;
    let step = of_known["lines"].as_array().unwrap().iter().find(|line| line["action"] == "approval_granted").unwrap()["seq"].clone();
    let one = guardian.get(&format!("{}?line={step}", line(&later))).await.is(200).json;
    assert_eq!((&one["lines"][0]["seq"], one["lines"].as_array().unwrap().len()), (&step, 1));
    let question = |who: &seed::Known| format!("/api/portal/children/{}/questions", who.student);
    let wish = json!({ "line": step, "words": "为什么要看一学期？" });
    guardian.post(&question(&later), wish.clone()).await.is(201);
    assert_eq!(guardian.get(&question(&later)).await.is(200).json["items"][0]["line"]["action"], "approval_granted");
    school.guardian_of(&never.guardian).await.post(&question(&never), wish).await.refused(404, "not_found");
    assert_eq!(
        school.guardian_of(&never.guardian).await.get(&format!("{}?line={step}", line(&never))).await.is(200).json["lines"],
        json!([])
    );
    // Its end is told to whoever is there by then, and to whoever left before.
    school.privacy_officer().await.delete(&format!("/api/grants/{id}")).await.is(200);
    let ended = ("approval_revoked".to_owned(), "顾老师".to_owned());
    assert_eq!(told(school, &later).await, [ended.clone(), granted()]);
    assert_eq!(told(school, &known).await, [ended, granted()]);
    assert!(told(school, &never).await.is_empty());
}

#[tokio::test]
async fn whose_child_joins_the_class_later_reads_of_the_grant_too() {
    joins_later(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_whose_child_joins_the_class_later_reads_of_the_grant_too() {
    if let Some(school) = School::on_postgres().await {
        joins_later(&school).await;
    }
}
