//! Reports of audits: who draws one up, who signs it, what becomes of its findings, and that none of it can be changed unseen.
//!
//! The rule: who may not gets nothing; what was frozen stays; nobody signs what they drew up, or accepts what was theirs to do.

use crate::support::{Actor, School, actors::Times, seed};
use chrono::{NaiveDate, TimeDelta, Utc};
use contract::rights::{Role, RoleSet};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) fn day(ago: i64) -> NaiveDate {
    (Utc::now() + TimeDelta::hours(8)).date_naive() - TimeDelta::days(ago)
}

fn ninety() -> Value {
    json!({ "from": day(89), "to": day(0) })
}

pub(crate) async fn drawn(who: &Actor) -> Value {
    who.post("/api/audits", ninety()).await.is(201).json
}

pub(crate) fn path(report: &Value) -> String {
    format!("/api/audits/{}", report["document"]["id"].as_str().unwrap())
}

/// Both halves of a signature.
pub(crate) async fn sign(who: &Actor, report: &Value) -> crate::support::actors::Answer {
    let key = who.passkey().await;
    let begun = who.post(&format!("{}/signatures", path(report)), json!({})).await;
    if begun.status != 200 {
        return begun;
    }
    let credential = key.assert_uncounted(&begun.json["options"]);
    who.post("/api/audits/signatures", json!({ "ceremony": begun.json["ceremony"], "credential": credential })).await
}

/// Somebody with other roles than their own.
async fn with_roles(school: &School, login: &str, roles: &[Role]) -> Actor {
    let bits = RoleSet::from_iter(roles.iter().copied()).bits();
    let who = school.session(school.staff_id(login).await, Times::FRESH).await;
    school.sql(&format!("UPDATE staff SET roles = {bits} WHERE login = '{login}'")).await;
    school.sql("UPDATE access_change SET seq = seq + 1").await;
    who
}

pub(crate) async fn finding(school: &School, who: &Actor, report: &Value, owner: &str) -> Value {
    let owner = school.staff_id(owner).await.uuid();
    let wish =
        json!({ "risk": "medium", "words": "三个账号六十天没有使用，请停用；有疑问打 10012345678", "owner": owner, "due": day(-30) });
    who.post(&format!("{}/findings", path(report)), wish).await.is(200).json
}

pub(crate) async fn step(who: &Actor, finding: &Value, step: &str, words: &str) -> crate::support::actors::Answer {
    let path = format!("/api/findings/{}/steps", finding["id"].as_str().unwrap());
    who.post(&path, json!({ "step": step, "words": words })).await
}

#[tokio::test]
async fn whoever_reads_the_trail_draws_up_and_the_four_offices_read() {
    let school = School::open().await;
    for login in ["li", "chen", "wu", "zheng"] {
        let who = school.staff(login).await;
        who.get("/api/audits").await.refused(403, "forbidden");
        who.post("/api/audits", ninety()).await.refused(403, "forbidden");
    }
    // The principal signs and the administrator puts right; neither draws up.
    for login in ["meng", "shen"] {
        let who = school.staff(login).await;
        assert_eq!(who.get("/api/audits").await.is(200).json, json!({ "items": [], "may_draw": false }));
        who.post("/api/audits", ninety()).await.refused(403, "forbidden");
    }
    school.guardian().await.get("/api/audits").await.refused(404, "not_found");
    school.guardian().await.post("/api/audits", ninety()).await.refused(404, "not_found");
    school.nobody().get("/api/audits").await.refused(401, "not_signed_in");
    let report = drawn(&school.auditor().await).await;
    drawn(&school.privacy_officer().await).await;
    for login in ["meng", "shen", "gu", "han"] {
        let who = school.staff(login).await;
        who.get(&path(&report)).await.is(200);
        assert_eq!(who.get("/api/audits").await.is(200).json["items"].as_array().unwrap().len(), 2);
    }
    for who in [&school.consultant().await, &school.finance().await] {
        who.get(&path(&report)).await.refused(403, "forbidden");
        let not_there = who.get("/api/audits/00000000-0000-7000-8000-000000000000").await.refused(403, "forbidden");
        assert_eq!(not_there.without_trace(), who.get(&path(&report)).await.without_trace());
    }
    school.auditor().await.get("/api/audits/00000000-0000-7000-8000-000000000000").await.refused(404, "not_found");
}

#[tokio::test]
async fn who_audits_is_not_who_administers() {
    let school = School::open().await;
    let both = with_roles(&school, "han", &[Role::Auditor, Role::Administrator]).await;
    assert_eq!(both.get("/api/audits").await.is(200).json["may_draw"], false);
    both.post("/api/audits", ninety()).await.refused(403, "forbidden");
    let report = drawn(&school.privacy_officer().await).await;
    let owner = school.staff_id("shen").await.uuid();
    let wish = json!({ "risk": "low", "words": "无", "owner": owner, "due": day(-1) });
    both.post(&format!("{}/findings", path(&report)), wish).await.refused(403, "forbidden");
}

#[tokio::test]
async fn days_to_come_and_too_many_days_are_refused() {
    let school = School::open().await;
    let han = school.auditor().await;
    for (from, to, at) in [(day(3), day(-1), "to"), (day(0), day(1), "from"), (day(366), day(0), "from")] {
        let refused = han.post("/api/audits", json!({ "from": from, "to": to })).await.refused(422, "invalid_fields");
        assert_eq!(refused.json["fields"], json!([{ "at": at, "code": "date_range" }]), "{from} {to}");
    }
    han.post("/api/audits", json!({ "from": day(365), "to": day(0) })).await.is(201);
    han.post("/api/audits", json!({ "from": day(1), "to": day(0), "who": 1 })).await.refused(400, "malformed_request");
    han.post("/api/audits", json!({ "from": "yesterday", "to": day(0) })).await.refused(400, "malformed_request");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM audit").await, 1);
}

fn person<'r>(report: &'r Value, name: &str) -> &'r Value {
    report["document"]["figures"]["people"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

fn measure<'r>(person: &'r Value, name: &str) -> &'r Value {
    person["measures"].as_array().unwrap().iter().find(|one| one["measure"] == name).unwrap()
}

async fn counts_what_was_done(school: &School) {
    let (li, wu, meng, gu) =
        (school.consultant().await, school.registrar().await, school.principal().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    let before = drawn(&school.auditor().await).await;
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    li.post("/api/families/exports", json!({ "format": "csv" })).await.is(200);
    let families =
        school.number("SELECT COUNT(*) AS n FROM family JOIN staff ON staff.id = family.owner_id WHERE staff.login = 'li'").await;
    let ask = json!({ "kind": "student", "record": known.student, "field": "student.id_card", "reason": { "code": "contract" } });
    let asked = wu.post("/api/approvals", ask).await.is(201).json;
    let decision = format!("/api/approvals/{}/decision", asked["mine"][0]["id"].as_str().unwrap());
    meng.post(&decision, json!({ "answer": "refuse", "why": "不必" })).await.is(200);
    let version = gu.get("/api/policy").await.is(200).json["version"].clone();
    gu.post("/api/policy/reviews", json!({ "version": version })).await.is(200);

    // A passkey that signed for something else proves nothing; no sign-in was refused by that.
    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let other = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = li.passkey().await.assert_uncounted(&other["options"]);
    let finish = json!({ "ceremony": begun["ceremony"], "credential": credential });
    li.post("/api/step-up/finish", finish).await.refused(403, "step_up_required");

    let report = drawn(&school.auditor().await).await;
    let sign_ins = |of: &Value, what: &str| of["document"]["figures"]["sign_ins"][what].as_u64().unwrap_or_default();
    assert_eq!(sign_ins(&report, "proofs_refused"), sign_ins(&before, "proofs_refused") + 1);
    assert_eq!(sign_ins(&report, "refused"), sign_ins(&before, "refused"));
    // This server has no file of signed heads: nothing outside vouches for its trail.
    assert!(report["hints"].as_array().unwrap().contains(&json!({ "hint": "heads_unread", "count": 1 })), "{}", report["hints"]);
    let name = |actor: &Value| actor["name"].as_str().unwrap().to_owned();
    let me = |who: &Value| name(who);
    let li_name = me(&li.get("/api/session").await.is(200).json);
    let (was, is) = (person(&before, &li_name), person(&report, &li_name));
    for (what, more) in [("looks", 1), ("reveals", 1), ("exports", 1)] {
        let count = |of: &Value| measure(of, what)["total"].as_u64().unwrap();
        assert_eq!(count(is), count(was) + more, "{what}");
    }
    // Used since, and so no longer among what was not used.
    let unused = |of: &Value, right: &str| of["unused_rights"].as_array().unwrap().contains(&json!(right));
    assert!(unused(was, "export") && !unused(is, "export"), "{was} {is}");
    let figures = &report["document"]["figures"];
    let exports = figures["exports"].as_array().unwrap().iter().find(|one| one["name"] == li_name.as_str()).unwrap();
    assert_eq!((&exports["files"], &exports["families"]), (&json!(1), &json!(families)));
    let asked = |of: &Value, what: &str| of["document"]["figures"]["approvals"][what].as_u64().unwrap();
    assert_eq!((asked(&report, "asked"), asked(&report, "refused")), (asked(&before, "asked") + 1, asked(&before, "refused") + 1));
    let meng_name = me(&meng.get("/api/session").await.is(200).json);
    assert!(figures["approvals"]["deciders"].as_array().unwrap().contains(&json!({ "name": meng_name, "granted": 0, "refused": 1 })));
    assert_eq!(figures["matrix"][0]["action"], "policy_reviewed");
    assert_eq!(figures["trail"]["fault"], Value::Null);
    assert!(figures["trail"]["verified"].as_i64().unwrap() >= report["document"]["head"].as_i64().unwrap());
    // No family, and no id of anybody of one.
    let text = report.to_string();
    for of_a_family in [&known.family, &known.student, &known.guardian, &known.note, &seed::VALUES.guardian.to_owned()] {
        assert!(!text.contains(of_a_family.as_str()));
    }
    // An administrator has nothing to look at and nothing of that is called unused.
    let shen = me(&school.administrator().await.get("/api/session").await.is(200).json);
    assert!(!unused(person(&report, &shen), "reveal") && unused(person(&report, &shen), "keep_school"));
}

#[tokio::test]
async fn what_was_done_is_counted_by_person_and_nothing_of_a_family_is_said() {
    counts_what_was_done(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_what_was_done_is_counted_by_person_and_nothing_of_a_family_is_said() {
    if let Some(school) = School::on_postgres().await {
        counts_what_was_done(&school).await;
    }
}

#[tokio::test]
async fn a_report_stays_as_it_was_drawn_up_and_its_digest_is_of_its_canonical_form() {
    let school = School::open().await;
    let han = school.auditor().await;
    let report = drawn(&han).await;
    han.post("/api/trail/exports", json!({})).await.is(200);
    school.consultant().await.post("/api/families/exports", json!({ "format": "csv" })).await.is(200);
    let again = han.get(&path(&report)).await.is(200).json;
    assert_eq!((&again["document"], &again["digest"]), (&report["document"], &report["digest"]));
    assert_eq!(again["standing"], "whole");
    // With its keys in order and nothing between, this is RFC 8785 of what has whole numbers alone.
    let mut canonical = report["document"].clone();
    canonical.sort_all_objects();
    let canonical = canonical.to_string();
    let digest: String = Sha256::digest(canonical.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(report["digest"], digest.as_str());
    // Drawing up is an entry, and so is reading.
    let last = |action: &'static str| {
        let han = han.clone();
        async move { han.get(&format!("/api/trail?action={action}")).await.is(200).json["items"].as_array().unwrap().len() }
    };
    assert_eq!(last("audit_reported").await, 1);
    let entry = han.get(&format!("/api/trail/{}", report["entry"])).await.is(200).json;
    assert_eq!((&entry["line"]["action"], &entry["digest"]), (&json!("audit_reported"), &report["digest"]));
    let reads = last("trail_read").await;
    han.get(&path(&report)).await.is(200);
    assert!(last("trail_read").await > reads);
}

async fn is_signed_by_another(school: &School) {
    let (han, meng) = (school.auditor().await, school.principal().await);
    let report = drawn(&han).await;
    assert_eq!((&report["state"], &report["may_sign"], &report["may_find"]), (&json!("drawn"), &json!(false), &json!(true)));
    for login in ["han", "gu", "shen", "li"] {
        let who = school.staff(login).await;
        sign(&who, &report).await.refused(403, "forbidden");
        who.post(&format!("{}/declining", path(&report)), json!({ "words": "不" })).await.refused(403, "forbidden");
    }
    // Whoever has no passkey has nothing to sign with; from here on they have one.
    meng.post(&format!("{}/signatures", path(&report)), json!({})).await.refused(403, "forbidden");
    meng.passkey().await;
    // A passkey that has just been used for something else has not signed this.
    let begun = meng.post(&format!("{}/signatures", path(&report)), json!({})).await.is(200).json;
    let other = meng.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = meng.passkey().await.assert_uncounted(&other["options"]);
    let finish = json!({ "ceremony": begun["ceremony"], "credential": credential });
    meng.post("/api/audits/signatures", finish.clone()).await.refused(403, "step_up_required");
    meng.post("/api/audits/signatures", finish).await.refused(410, "lapsed");
    // Nor is what somebody else began theirs to end.
    let begun = meng.post(&format!("{}/signatures", path(&report)), json!({})).await.is(200).json;
    let credential = meng.passkey().await.assert_uncounted(&begun["options"]);
    let elsewhere = school.principal().await;
    elsewhere
        .post("/api/audits/signatures", json!({ "ceremony": begun["ceremony"], "credential": credential }))
        .await
        .refused(410, "lapsed");
    assert_eq!(meng.get(&path(&report)).await.is(200).json["may_sign"], true);

    let signed = sign(&meng, &report).await.is(200).json;
    assert_eq!((&signed["state"], &signed["digest"], &signed["standing"]), (&json!("signed"), &report["digest"], &json!("whole")));
    let entry = han.get(&format!("/api/trail/{}", signed["ended"]["entry"])).await.is(200).json;
    assert_eq!((&entry["line"]["action"], &entry["line"]["signed"]), (&json!("audit_signed"), &json!(true)));
    // It is over.
    sign(&meng, &report).await.refused(410, "lapsed");
    meng.post(&format!("{}/declining", path(&report)), json!({ "words": "不" })).await.refused(410, "lapsed");
    let owner = school.staff_id("shen").await.uuid();
    let late = json!({ "risk": "low", "words": "补记", "owner": owner, "due": day(-1) });
    han.post(&format!("{}/findings", path(&report)), late).await.refused(410, "lapsed");
}

#[tokio::test]
async fn a_principal_signs_the_digest_once_and_then_nothing_is_added() {
    is_signed_by_another(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_principal_signs_the_digest_once_and_then_nothing_is_added() {
    if let Some(school) = School::on_postgres().await {
        is_signed_by_another(&school).await;
    }
}

#[tokio::test]
async fn nobody_signs_what_they_drew_up() {
    let school = School::open().await;
    let both = with_roles(&school, "meng", &[Role::Principal, Role::Auditor]).await;
    let report = drawn(&both).await;
    assert_eq!(report["may_sign"], false);
    sign(&both, &report).await.refused(403, "forbidden");
    both.post(&format!("{}/declining", path(&report)), json!({ "words": "不" })).await.refused(403, "forbidden");
    // Another's they may.
    let other = drawn(&school.auditor().await).await;
    sign(&both, &other).await.is(200);
}

#[tokio::test]
async fn a_report_is_declined_in_words_and_another_is_drawn_up() {
    let school = School::open().await;
    let (han, meng) = (school.auditor().await, school.principal().await);
    let report = drawn(&han).await;
    let declining = format!("{}/declining", path(&report));
    meng.post(&declining, json!({ "words": " " })).await.refused(422, "invalid_fields");
    meng.post(&declining, json!({ "words": "字".repeat(501) })).await.refused(422, "invalid_fields");
    let declined = meng.post(&declining, json!({ "words": "导出没有说明，见 10012345678" })).await.is(200).json;
    let words = declined["ended"]["words"].as_str().unwrap();
    assert!(declined["state"] == "declined" && words.contains("导出没有说明") && !words.contains("10012345678"), "{words}");
    sign(&meng, &report).await.refused(410, "lapsed");
    assert!(!String::from_utf8_lossy(&school.files()).contains("导出没有说明"), "words lie sealed");
    let again = drawn(&han).await;
    sign(&meng, &again).await.is(200);
}

#[tokio::test]
async fn a_figure_that_was_changed_behind_the_school_is_seen_and_cannot_be_signed() {
    let school = School::open().await;
    let (han, meng) = (school.auditor().await, school.principal().await);
    let report = drawn(&han).await;
    let changed = school.sql("UPDATE audit SET document = replace(document, '\"session_hours\":12', '\"session_hours\":11')").await;
    assert_eq!(changed, 1);
    let seen = meng.get(&path(&report)).await.is(200).json;
    assert_eq!((&seen["standing"], &seen["may_sign"]), (&json!("altered"), &json!(false)));
    assert_ne!(seen["digest"], report["digest"]);
    sign(&meng, &report).await.refused(410, "lapsed");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM audit WHERE state = 'drawn'").await, 1);
    // With the digest beside it made to fit, the trail still holds the one that was drawn.
    let fitting = format!("UPDATE audit SET digest = x'{}'", seen["digest"].as_str().unwrap());
    school.sql(&fitting).await;
    assert_eq!(meng.get(&path(&report)).await.is(200).json["standing"], "altered");
}

#[tokio::test]
async fn a_report_over_a_trail_that_does_not_verify_says_so() {
    let school = School::open().await;
    let (han, meng) = (school.auditor().await, school.principal().await);
    let report = drawn(&han).await;
    let head = report["document"]["head"].as_i64().unwrap();
    school.sql("DROP TRIGGER trail_no_update").await;
    school.sql(&format!("UPDATE trail SET hash = zeroblob(32) WHERE seq = {head}")).await;
    let seen = meng.get(&path(&report)).await.is(200).json;
    assert_eq!((&seen["standing"], &seen["may_sign"]), (&json!("cut"), &json!(false)));
    sign(&meng, &report).await.refused(410, "lapsed");
    // One that is drawn up now says where.
    let trail = &drawn(&han).await["document"]["figures"]["trail"];
    assert_eq!((&trail["fault"], &trail["fault_at"]), (&json!("altered"), &json!(head)));
}

#[tokio::test]
async fn a_signature_is_checked_with_the_keys_of_the_trail_alone() {
    let school = School::open().await;
    let (meng, mut key) = super::passkeys::with_key(&school, "meng").await;
    let report = drawn(&school.auditor().await).await;
    let begun = meng.post(&format!("{}/signatures", path(&report)), json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    meng.post("/api/audits/signatures", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    let length = school.trail_length().await;
    let found = school.db.verify_receipts(length, length).await.unwrap();
    assert_eq!((found.book.receipts(), found.faulty), (1, 0));
    // Of another digest it is no signature.
    school.sql("DROP TRIGGER trail_no_update").await;
    let forged = format!(
        "UPDATE trail SET body = CAST(replace(CAST(body AS TEXT), '{}', '{}') AS BLOB) WHERE action = 'audit_signed'",
        report["digest"].as_str().unwrap(),
        "0".repeat(64)
    );
    assert_eq!(school.sql(&forged).await, 1);
    let faults = school.db.verify_receipts(length, length).await.unwrap().faults;
    assert!(matches!(faults[..], [(_, guard::receipt::Fault::NotSigned(guard::receipt::NotSigned::Challenge))]), "{faults:?}");
}

async fn is_followed_to_its_end(school: &School) {
    let (han, gu, shen, meng) =
        (school.auditor().await, school.privacy_officer().await, school.administrator().await, school.principal().await);
    let report = drawn(&han).await;
    let found = finding(school, &han, &report, "shen").await;
    let one = &found["findings"][0];
    let words = one["steps"][0]["words"].as_str().unwrap();
    assert!(words.contains("六十天没有使用") && !words.contains("10012345678"), "{words}");
    assert!(!String::from_utf8_lossy(&school.files()).contains("六十天没有使用"), "words lie sealed");
    // Nothing to accept yet; and not done by whoever it is not theirs to do.
    step(&gu, one, "accepted", "好").await.refused(410, "lapsed");
    step(&gu, one, "made", "好").await.refused(410, "lapsed");
    step(&meng, one, "done", "好").await.refused(403, "forbidden");
    step(&shen, one, "done", " ").await.refused(422, "invalid_fields");
    school
        .consultant()
        .await
        .post(&format!("/api/findings/{}/steps", one["id"].as_str().unwrap()), json!({ "step": "done", "words": "好" }))
        .await
        .refused(403, "forbidden");
    assert_eq!(step(&shen, one, "done", "已停用三个账号").await.is(200).json["state"], "done");
    // Four eyes.
    step(&shen, one, "accepted", "好").await.refused(403, "forbidden");
    assert_eq!(shen.get(&path(&report)).await.is(200).json["findings"][0]["may"], json!([]));
    assert_eq!(step(&gu, one, "returned", "还有一个没有停用").await.is(200).json["state"], "open");
    // Whoever draws up may say that it was done, and is then not who accepts it.
    step(&han, one, "done", "查过，已停用").await.is(200);
    step(&han, one, "accepted", "好").await.refused(403, "forbidden");
    sign(&meng, &report).await.is(200);

    // What is open is carried into the next report, and goes on from there.
    let next = drawn(&gu).await;
    assert_eq!(next["carried"][0]["id"], one["id"]);
    assert_eq!(next["findings"], json!([]));
    let accepted = step(&meng, one, "accepted", "同意").await.is(200).json;
    assert_eq!((&accepted["state"], &accepted["may"]), (&json!("accepted"), &json!([])));
    step(&gu, one, "returned", "不").await.refused(410, "lapsed");
    let kept = gu.get(&path(&next)).await.is(200).json;
    assert_eq!(kept["carried"][0]["state"], "accepted", "it was open when this was drawn up");
    let later = drawn(&gu).await;
    assert_eq!(later["carried"], json!([]));
    // Each step is an entry, whose number stands beside it.
    for one in accepted["steps"].as_array().unwrap() {
        let entry = han.get(&format!("/api/trail/{}", one["entry"])).await.is(200).json;
        assert_eq!((&entry["line"]["action"], &entry["line"]["who"]), (&json!("finding_changed"), &one["who"]));
    }
    assert_eq!(accepted["steps"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_finding_is_followed_by_four_eyes_and_over_reports() {
    is_followed_to_its_end(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_finding_is_followed_by_four_eyes_and_over_reports() {
    if let Some(school) = School::on_postgres().await {
        is_followed_to_its_end(&school).await;
    }
}

#[tokio::test]
async fn a_finding_has_words_an_owner_who_can_read_it_and_a_day_to_come() {
    let school = School::open().await;
    let han = school.auditor().await;
    let report = drawn(&han).await;
    let path = format!("{}/findings", path(&report));
    let (li, shen) = (school.staff_id("li").await.uuid(), school.staff_id("shen").await.uuid());
    for (owner, due, words, wrong) in [
        (li, day(-3), "好", vec!["owner"]),
        (uuid::Uuid::nil(), day(-3), "好", vec!["owner"]),
        (shen, day(1), "好", vec!["due"]),
        (shen, day(-500), "好", vec!["due"]),
        (shen, day(-3), "", vec!["words"]),
        (li, day(1), "", vec!["words", "due", "owner"]),
    ] {
        let wish = json!({ "risk": "high", "words": words, "owner": owner, "due": due });
        let refused = han.post(&path, wish).await.refused(422, "invalid_fields");
        let at: Vec<&str> = refused.json["fields"].as_array().unwrap().iter().map(|one| one["at"].as_str().unwrap()).collect();
        assert_eq!(at, wrong);
    }
    han.post(&path, json!({ "risk": "grave", "words": "好", "owner": shen, "due": day(-3) })).await.refused(400, "malformed_request");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM audit_step").await, 0);
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_does() {
    let school = School::open().await;
    let (han, gu, shen, meng) =
        (school.auditor().await, school.privacy_officer().await, school.administrator().await, school.principal().await);
    let report = drawn(&han).await;
    let found = finding(&school, &han, &report, "shen").await;
    let one = &found["findings"][0];
    step(&shen, one, "done", "已停用").await.is(200);
    let (a, b, c) = tokio::join!(step(&gu, one, "accepted", "好"), step(&meng, one, "returned", "不"), step(&han, one, "accepted", "好"));
    let mut codes = [a.status, b.status, c.status];
    codes.sort_unstable();
    assert_eq!(codes, [200, 410, 410]);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM audit_step").await, 3);
}
