//! Who sees what guardians wrote and how to reach a colleague, and why: the answers are what people are really shown.
//!
//! The rule: as beside this file, what is told of a person is compared with what this very person gets over HTTP; every field of the
//! catalogue is answered by one of the two questions. Deliberately absent: pupils, guardians and notes, which have their own tests.

use super::{
    timing::observed,
    why::{LOGINS, NOBODY, as_staff, sights, told},
};
use crate::support::{Actor, School, seed};
use contract::{FieldKey, RecordKind};
use serde_json::{Value, json};

/// A family whose guardian has asked for two corrections and questioned two looks; half of each is answered.
struct Written {
    known: seed::Known,
    parent: Actor,
    corrections: [String; 2],
    questions: [String; 2],
}

async fn written(school: &School) -> Written {
    let (li, meng) = (school.consultant().await, school.principal().await);
    let known = seed::known(&li).await;
    for who in [&li, &meng] {
        who.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    }
    let parent = school.guardian_of(&known.guardian).await;
    let child = format!("/api/portal/children/{}", known.student);
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let correct = |field: &'static str| json!({ "field": field, "wish": "check", "words": "早就换了，问 10099998888" });
    let corrections = [
        id(&parent.post(&format!("{child}/corrections"), correct("guardian.phone")).await.is(201).json),
        id(&parent.post(&format!("{child}/corrections"), correct("student.school")).await.is(201).json),
    ];
    let no = json!({ "version": 1, "verdict": "decline", "answer": "与学籍一致" });
    li.post(&format!("/api/corrections/{}/decision", corrections[1]), no).await.is(200);
    let ledger = parent.get(&format!("{child}/ledger")).await.is(200).json;
    let looks: Vec<&Value> = ledger["lines"].as_array().unwrap().iter().filter(|line| line["action"] == "revealed").collect();
    assert_eq!(looks.len(), 2);
    let by = |name: &str| looks.iter().find(|line| line["who"] == name).unwrap()["seq"].clone();
    let mut questions = Vec::new();
    for who in [&li, &meng] {
        let name = who.get("/api/session").await.is(200).json["name"].as_str().unwrap().to_owned();
        let question = json!({ "line": by(&name), "words": "为什么看，问 10099997777" });
        questions.push(id(&parent.post(&format!("{child}/questions"), question).await.is(201).json));
    }
    let gu = school.privacy_officer().await;
    let answer = json!({ "finding": "justified", "answer": "约过课，见 10099996666" });
    gu.post(&format!("/api/questions/{}/answer", questions[1]), answer).await.is(200);
    Written { known, parent, corrections, questions: questions.try_into().unwrap() }
}

/// What somebody finds at a desk, in every state; nothing where it is not theirs.
async fn desk(who: &Actor, path: &str, states: &[&str]) -> Vec<Value> {
    let mut found = Vec::new();
    for state in states {
        let page = who.get(&format!("{path}?state={state}")).await;
        if page.status == 200 {
            found.extend(page.json["items"].as_array().unwrap().iter().cloned());
        } else {
            page.refused(403, "forbidden");
        }
    }
    found
}

const CORRECTED: [&str; 4] = ["open", "accepted", "declined", "withdrawn"];
const QUESTIONED: [&str; 3] = ["open", "answered", "withdrawn"];

fn fields(kind: RecordKind) -> impl Iterator<Item = FieldKey> {
    FieldKey::of(kind).inspect(|field| assert!(field.name().contains('.')))
}

fn last(field: FieldKey) -> &'static str {
    field.name().rsplit('.').next().unwrap()
}

/// What the other question tells of one field of a record.
fn told_of(view: &Value, record: &str, field: FieldKey) -> (Value, Value, Value) {
    let of = |seen: &&Value| seen["records"].as_array().unwrap().contains(&json!(record));
    let seen = view["seen"].as_array().unwrap().iter().find(of).unwrap();
    let why = seen["fields"].as_array().unwrap().iter().find(|why| why["right"]["field"] == field.name()).unwrap();
    (why["right"]["form"].clone(), why["right"]["reveal"].clone(), why["steps"].clone())
}

async fn answered_by_one_and_refused_by_the_other(school: &School) {
    let gu = school.privacy_officer().await;
    let Written { known, .. } = written(school).await;
    let li = school.staff_id("li").await.uuid();
    for field in FieldKey::ALL {
        let [family, colleague] = [json!({ "family": known.family, "field": field }), json!({ "colleague": li, "field": field })];
        let (answered, refused) = if field.record() == RecordKind::Staff { (colleague, family) } else { (family, colleague) };
        let answer = gu.post("/api/policy/sights", answered).await.is(200).json;
        assert!(!answer["seen"].as_array().unwrap().is_empty(), "{field}");
        let refused = gu.post("/api/policy/sights", refused).await.refused(422, "invalid_fields").json;
        assert_eq!(refused["fields"], json!([{ "at": "field", "code": "malformed" }]), "{field}");
    }
    for of in [json!({ "staff": li, "family": known.family }), json!({ "staff": li, "colleague": li })] {
        gu.post("/api/policy/views", of).await.is(200);
    }
}

#[tokio::test]
async fn every_field_of_the_catalogue_is_answered_by_one_of_the_two_questions_and_refused_by_the_other() {
    answered_by_one_and_refused_by_the_other(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_every_field_of_the_catalogue_is_answered_by_one_of_the_two_questions() {
    if let Some(school) = School::on_postgres().await {
        answered_by_one_and_refused_by_the_other(&school).await;
    }
}

#[tokio::test]
async fn who_sees_what_a_guardian_wrote_is_what_each_of_them_is_really_shown() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let Written { known, parent, corrections, questions } = written(&school).await;
    seed::teach(&school, &known.student, "chen").await;
    // A teacher who writes one of the two fields, and a registrar who reads more than a mask.
    let cell = |role: &str, field: &str, exposure: &str, edit: bool| {
        let cell = json!({ "exposure": exposure, "reveal": "with_reason", "edit": edit, "search": false, "export": false });
        json!({ "role": role, "field": field, "cell": cell })
    };
    let cells = json!([
        cell("teacher", "student.school", "masked", true),
        cell("teacher", "correction.answer", "clear", false),
        cell("registrar", "correction.words", "clear", false),
        cell("privacy_officer", "question.words", "clear", false),
        cell("principal", "question.answer", "withheld", false),
    ]);
    seed::change(&school, json!({ "cells": cells })).await;
    let (mut shown, mut clear) = (0, 0);
    for login in LOGINS {
        let (who, id) = (school.staff(login).await, school.staff_id(login).await.uuid().to_string());
        let view = as_staff(&school, &gu, login, &known.family).await;
        for (kind, key, ids, found) in [
            (RecordKind::Correction, "correction", &corrections, desk(&who, "/api/corrections", &CORRECTED).await),
            (RecordKind::Question, "question", &questions, desk(&who, "/api/questions", &QUESTIONED).await),
        ] {
            for field in fields(kind) {
                let answer = sights(&gu, &known.family, field.name()).await;
                for record in ids {
                    let (form, reveal, steps) = told(&answer, record, &id);
                    let real = found.iter().find(|item| item[key]["id"] == **record);
                    let real = real.map_or(json!("withheld"), |item| item[key][last(field)]["state"].clone());
                    assert_eq!((&form, &reveal), (&real, &json!("no")), "{login} {field} {steps}");
                    assert_eq!(told_of(&view, record, field), (form, reveal, steps), "{login} {field}");
                    shown += u32::from(real != "withheld");
                    clear += u32::from(real == "clear");
                }
            }
        }
    }
    assert!(shown >= 12 && clear >= 4, "{shown} {clear}");
    // Guardians are counted, and see what the portal shows them of their own.
    for (kind, path, ids) in [(RecordKind::Correction, "corrections", &corrections), (RecordKind::Question, "questions", &questions)] {
        let own = parent.get(&format!("/api/portal/children/{}/{path}", known.student)).await.is(200).json;
        for field in fields(kind) {
            let answer = sights(&gu, &known.family, field.name()).await;
            for record in ids {
                let of = |seen: &&Value| seen["records"].as_array().unwrap().contains(&json!(record));
                let seen = answer["seen"].as_array().unwrap().iter().find(of).unwrap();
                let sight = seen["sights"].as_array().unwrap().iter().find(|sight| sight["guardians"] == 1).unwrap();
                let real = own["items"].as_array().unwrap().iter().find(|item| item["id"] == **record).unwrap();
                assert_eq!((&sight["form"], &sight["people"]), (&real[last(field)]["state"], &json!([])), "{field}");
            }
        }
    }
    // Nothing was opened for any of it: there is nothing to open.
    school.sql("UPDATE correction SET words = x'00', answer = x'00'").await;
    school.sql("UPDATE question SET words = x'00', answer = x'00'").await;
    for field in fields(RecordKind::Correction).chain(fields(RecordKind::Question)) {
        sights(&gu, &known.family, field.name()).await;
    }
}

#[tokio::test]
async fn a_reason_says_by_what_it_came_before_somebody_or_did_not() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let Written { known, corrections, questions, .. } = written(&school).await;
    let words = sights(&gu, &known.family, "correction.words").await;
    let asked = sights(&gu, &known.family, "question.words").await;
    let steps = async |answer: &Value, record: &str, login: &str| told(answer, record, &school.staff_id(login).await.uuid().to_string()).2;
    let door = |door: Value, open: bool| json!({ "step": "door", "door": door, "open": open });
    // The consultant writes the field in the family that is theirs; the teacher writes nothing.
    let li = steps(&words, &corrections[0], "li").await;
    assert_eq!(li[0], door(json!({ "writes": "guardian.phone" }), true));
    assert_eq!((&li[1]["role"], &li[1]["scope"], &li[1]["decides"]), (&json!("consultant"), &json!("own"), &json!(true)));
    assert_eq!(steps(&words, &corrections[0], "chen").await, json!([door(json!({ "writes": "guardian.phone" }), false)]));
    // Without the duty; with it, about another's look and one's own.
    let duty = |open| door(json!({ "duty": "approve" }), open);
    assert_eq!(steps(&asked, &questions[0], "li").await, json!([duty(false)]));
    let meng = steps(&asked, &questions[0], "meng").await;
    let doors = meng.as_array().unwrap().iter().filter(|step| step["step"] == "door").cloned().collect::<Vec<_>>();
    assert_eq!(doors, [duty(true), door(json!("others_look"), true), door(json!("family"), true)]);
    assert_eq!((&meng[3]["role"], &meng[3]["scope"], &meng[3]["decides"]), (&json!("principal"), &Value::Null, &json!(true)));
    assert_eq!(steps(&asked, &questions[1], "meng").await, json!([duty(true), door(json!("others_look"), false)]));
    // A principal without a reach is not asked either.
    seed::change(&school, json!({ "scopes": [{ "role": "principal", "scope": "none" }] })).await;
    let asked = sights(&gu, &known.family, "question.words").await;
    assert_eq!(steps(&asked, &questions[0], "meng").await.as_array().unwrap().last(), Some(&door(json!("family"), false)));
    // Of a colleague's record the duty, and then every role.
    let staff = |field: &str| json!({ "colleague": NOBODY, "field": field });
    gu.post("/api/policy/sights", staff("staff.phone")).await.refused(404, "not_found");
    let id = school.staff_id("li").await.uuid().to_string();
    let phones = gu.post("/api/policy/sights", json!({ "colleague": id, "field": "staff.phone" })).await.is(200).json;
    assert_eq!(steps(&phones, &id, "meng").await, json!([door(json!({ "duty": "keep_staff" }), false)]));
    let shen = steps(&phones, &id, "shen").await;
    assert_eq!(shen[0], door(json!({ "duty": "keep_staff" }), true));
    assert_eq!((&shen[1]["role"], &shen[1]["scope"], &shen[1]["decides"]), (&json!("administrator"), &Value::Null, &json!(true)));
}

/// For whoever may not write the field a correction is not there, and for whoever is questioned the question is not: nor by asking.
#[tokio::test]
async fn nobody_learns_by_asking_of_what_they_would_not_find() {
    let school = School::open().await;
    let (meng, gu) = (school.principal().await, school.privacy_officer().await);
    let Written { known, corrections, questions, .. } = written(&school).await;
    let told = async |asker: &Actor| {
        let mut all = as_staff(&school, asker, "li", &known.family).await.to_string();
        for field in fields(RecordKind::Correction).chain(fields(RecordKind::Question)) {
            all.push_str(&sights(asker, &known.family, field.name()).await.to_string());
        }
        let trail = school.auditor().await.get("/api/trail?action=viewed_as").await.is(200).text();
        let of = |ids: &[String; 2]| [all.contains(&ids[0]), all.contains(&ids[1])];
        (of(&corrections), of(&questions), trail)
    };
    let (corrected, questioned, _) = told(&meng).await;
    assert_eq!((corrected, questioned), ([false; 2], [true, false]), "the second is about a look of theirs");
    let (corrected, questioned, _) = told(&gu).await;
    assert_eq!((corrected, questioned), ([true; 2], [true; 2]), "whoever keeps the matrix, as the trail tells them");
    // Whoever comes to write a field comes to know.
    seed::allow(&school, "principal", "guardian.phone", "masked", "with_reason").await;
    assert_eq!(told(&meng).await.0, [true, false]);
    // Not the keeper of the matrix either, of a look of their own.
    school.sql("UPDATE question SET of_id = (SELECT id FROM staff WHERE login = 'gu')").await;
    assert_eq!(told(&gu).await.1, [false; 2]);
}

/// The card without its values, and what `own` does not hold alike covered: worked out here a second time.
fn covered(real: &Value, own: Option<&Value>) -> Value {
    let mut body = real.clone();
    for (key, value) in body.as_object_mut().unwrap() {
        if value.get("state").is_some() {
            if value["state"] != "withheld" {
                value["value"] = json!("****");
            }
        } else if !["id", "can"].contains(&key.as_str()) && own.map(|own| &own[key]) != Some(value) {
            *value = json!("…");
        }
    }
    body
}

#[tokio::test]
async fn a_colleagues_record_is_told_of_as_whoever_keeps_the_staff_is_really_shown_it() {
    let school = School::open().await;
    let li = school.staff_id("li").await.uuid().to_string();
    let path = format!("/api/staff/{li}");
    let askers = [school.principal().await, school.privacy_officer().await, school.administrator().await, school.auditor().await];
    // As it is; with an administrator who teaches and reads more as a teacher; and where nothing is shown.
    let steps = ["", "UPDATE staff SET roles = roles + 2 WHERE login = 'shen'", ""];
    for (at, sql) in steps.into_iter().enumerate() {
        if at == 1 {
            school.sql(sql).await;
            seed::allow(&school, "teacher", "staff.email", "clear", "with_reason").await;
        }
        if at == 2 {
            let none = json!({ "exposure": "withheld", "reveal": "no", "edit": false, "search": false, "export": false });
            let mut cells = Vec::new();
            for role in ["administrator", "teacher"] {
                cells.extend(FieldKey::of(RecordKind::Staff).map(|field| json!({ "role": role, "field": field, "cell": none })));
            }
            seed::change(&school, json!({ "cells": cells })).await;
        }
        let mut forms = Value::Null;
        for login in LOGINS {
            let id = school.staff_id(login).await.uuid().to_string();
            let real = school.staff(login).await.get(&path).await;
            // Whoever signed in for this test has a session more.
            let own = askers[2].get(&path).await.is(200).json;
            forms = json!([own["phone"]["state"], own["email"]["state"]]);
            for asker in &askers {
                let view = asker.post("/api/policy/views", json!({ "staff": id, "colleague": li })).await.is(200).json;
                let keeps = asker.get(&path).await.status == 200;
                let body = view["body"].as_str().map(ToOwned::to_owned);
                let expected = (real.status == 200).then(|| covered(&real.json, keeps.then_some(&own)).to_string());
                assert_eq!(body, expected, "{login}, {at}");
                assert!(real.status == 200 || real.status == 403);
                for field in FieldKey::of(RecordKind::Staff) {
                    let answer = asker.post("/api/policy/sights", json!({ "colleague": li, "field": field })).await.is(200).json;
                    let (form, reveal, steps) = told(&answer, &li, &id);
                    let shown = if real.status == 200 { real.json[last(field)]["state"].clone() } else { json!("withheld") };
                    assert_eq!((&form, &reveal), (&shown, &json!("no")), "{login} {field}, {at}");
                    assert_eq!(told_of(&view, &li, field), (form, reveal, steps), "{login} {field}, {at}");
                }
            }
        }
        let expected = [["masked", "masked"], ["masked", "clear"], ["withheld", "withheld"]];
        assert_eq!(forms, json!(expected[at]));
    }
}

#[tokio::test]
async fn nothing_of_a_colleague_is_opened_for_a_question_and_each_is_in_the_trail() {
    let school = School::open().await;
    let (gu, shen) = (school.privacy_officer().await, school.administrator().await);
    let id = async |login: &str| school.staff_id(login).await.uuid().to_string();
    let (li, shen_id) = (id("li").await, id("shen").await);
    let view = json!({ "staff": shen_id, "colleague": li });
    let who = json!({ "colleague": li, "field": "staff.email" });
    for login in ["li", "chen", "wu", "zheng"] {
        for (path, body) in [("/api/policy/views", &view), ("/api/policy/sights", &who)] {
            school.staff(login).await.post(path, body.clone()).await.refused(403, "forbidden");
        }
    }
    let values = shen.get(&format!("/api/staff/{li}")).await.is(200).json;
    let told = gu.post("/api/policy/views", view.clone()).await.is(200).json;
    // Broken, they are answered the same: there was nothing to open.
    school.sql("UPDATE staff SET phone = x'00', email = x'00' WHERE login = 'li'").await;
    shen.get(&format!("/api/staff/{li}")).await.is(500);
    assert_eq!(gu.post("/api/policy/views", view).await.is(200).json, told);
    gu.post("/api/policy/sights", who.clone()).await.is(200);
    for shown in ["phone", "email"] {
        assert!(!told.to_string().contains(values[shown]["value"].as_str().unwrap()), "{shown}");
    }
    assert!(!told["body"].as_str().unwrap().contains(values["login"].as_str().unwrap()));
    let trail = school.auditor().await.get("/api/trail?action=viewed_as").await.is(200).json;
    assert_eq!(trail["items"].as_array().unwrap().len(), 3);
    assert!(trail["items"].as_array().unwrap().iter().all(|item| item["record"] == "staff"));
    // Not there, and no question at all.
    for wrong in [json!({ "staff": shen_id, "colleague": NOBODY }), json!({ "staff": NOBODY, "colleague": li })] {
        gu.post("/api/policy/views", wrong).await.refused(404, "not_found");
    }
    for wrong in [json!({ "staff": shen_id, "colleague": li, "family": NOBODY }), json!({ "staff": shen_id }), json!({ "colleague": li })] {
        gu.post("/api/policy/views", wrong).await.refused(400, "malformed_request");
    }
    gu.post("/api/policy/sights", json!({ "colleague": li, "family": NOBODY, "field": "staff.email" }))
        .await
        .refused(400, "malformed_request");
    // Suspended they see nothing; who has left is not told of, and their record still is.
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'shen'").await;
    let suspended = gu.post("/api/policy/views", json!({ "staff": shen_id, "colleague": li })).await.is(200).json;
    assert_eq!((&suspended["body"], &suspended["seen"][0]["fields"][0]["right"]["form"]), (&Value::Null, &json!("withheld")));
    school.sql("UPDATE staff SET active = FALSE, left_at = 1 WHERE login IN ('shen', 'li')").await;
    let left = gu.post("/api/policy/sights", who).await.is(200).text();
    assert!(!left.contains(&shen_id) && left.contains(&li));
}

/// What a question asks of the database does not grow with what guardians wrote, nor the answer beyond the newest hundred.
#[tokio::test]
async fn however_much_was_written_a_question_takes_the_same_statements() {
    let school = School::open().await;
    let Written { known, .. } = written(&school).await;
    let (router, statements) = observed(&school).await;
    let gu = school.privacy_officer().await.at(&router);
    let li = school.staff_id("li").await.uuid();
    let wishes = [
        ("/api/policy/views", json!({ "staff": li, "family": known.family })),
        ("/api/policy/sights", json!({ "family": known.family, "field": "correction.words" })),
        ("/api/policy/sights", json!({ "family": known.family, "field": "question.answer" })),
        ("/api/policy/views", json!({ "staff": li, "colleague": li })),
        ("/api/policy/sights", json!({ "colleague": li, "field": "staff.phone" })),
    ];
    let counted = async || {
        let mut counts = Vec::new();
        for (path, wish) in &wishes {
            gu.post(path, wish.clone()).await.is(200);
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            statements.lock().unwrap().clear();
            gu.post(path, wish.clone()).await.is(200);
            // The trail carries lines of its ledgers over when it pleases.
            counts.push(statements.lock().unwrap().iter().filter(|sql: &&String| !sql.contains("trail_")).count());
        }
        counts
    };
    let few = counted().await;
    let many = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80) SELECT i FROM n)";
    for (table, rest) in [
        (
            "correction",
            "family_id, about_id, field, wish, 'withdrawn', asked_by, asked_at, decided_at, decided_by, proposed, words, answer",
        ),
        ("question", "family_id, about_id, line, of_id, 'withdrawn', finding, asked_by, asked_at, decided_at, decided_by, words, answer"),
    ] {
        let columns = rest.replace("'withdrawn'", "state");
        let copied = format!("INSERT INTO {table} (id, {columns}) SELECT randomblob(16), {rest} FROM {table}, {many}");
        assert_eq!(school.sql(&copied).await, 160);
    }
    assert_eq!(counted().await, few);
    assert!(few.iter().all(|count| (3..=26).contains(count)), "{few:?}");
    let answer = sights(&gu, &known.family, "correction.words").await;
    let records: usize = answer["seen"].as_array().unwrap().iter().map(|seen| seen["records"].as_array().unwrap().len()).sum();
    assert_eq!(records, 100);
}
