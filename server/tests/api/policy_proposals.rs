//! Four eyes over the matrix: what widens takes two people, and may wait for its moment. On both engines what depends on locks.

use crate::support::{Actor, School, seed};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

pub(super) const PATH: &str = "/api/policy/proposals";

pub(super) fn cell(exposure: &str) -> Value {
    json!({ "exposure": exposure, "reveal": "no", "edit": false, "search": false, "export": false })
}

/// A teacher sees a guardian's phone masked, which the matrix withholds at the start.
pub(super) fn wider(version: i64) -> Value {
    let cells = json!([{ "role": "teacher", "field": "guardian.phone", "cell": cell("masked") }]);
    json!({ "version": version, "cells": cells, "words": "接送要用，打 10012345678 问过" })
}

pub(super) async fn last(actor: &Actor) -> Value {
    actor.get(PATH).await.is(200).json["last"].clone()
}
pub(super) async fn state(actor: &Actor) -> String {
    last(actor).await["state"].as_str().unwrap().to_owned()
}
pub(super) async fn version(actor: &Actor) -> i64 {
    actor.get("/api/policy").await.is(200).json["version"].as_i64().unwrap()
}
/// How the matrix has the cell of [`wider`].
async fn phone(actor: &Actor) -> Value {
    let document = actor.get("/api/policy").await.is(200).json;
    let cells = document["cells"].as_array().unwrap().clone();
    cells.into_iter().find(|cell| cell["role"] == "teacher" && cell["field"] == "guardian.phone").unwrap()["cell"]["exposure"].clone()
}
/// Proposes; gives back the path of the proposal.
pub(super) async fn propose(actor: &Actor, wish: Value) -> String {
    let made = actor.post(PATH, wish).await.is(201).json;
    format!("{PATH}/{}", made["last"]["id"].as_str().unwrap())
}
pub(super) async fn confirm(actor: &Actor, path: &str) -> crate::support::Answer {
    actor.post(&format!("{path}/decision"), json!({ "answer": "confirm" })).await
}
pub(super) async fn actions(school: &School, action: &str) -> Vec<Value> {
    school.auditor().await.get(&format!("/api/trail?action={action}")).await.is(200).json["items"].as_array().unwrap().clone()
}
pub(super) fn from_now(hours: i64) -> DateTime<Utc> {
    Utc::now() + TimeDelta::hours(hours)
}
/// [`wider`], from a moment on.
pub(super) fn later(version: i64, at: DateTime<Utc>) -> Value {
    let mut wish = wider(version);
    wish["from"] = json!(at);
    wish
}
pub(super) async fn roles(school: &School, login: &str, bits: u16) {
    assert_eq!(school.sql(&format!("UPDATE staff SET roles = {bits} WHERE login = '{login}'")).await, 1);
}
const PRINCIPAL: u16 = 1 << 4;
pub(super) const OFFICER: u16 = 1 << 6;

#[tokio::test]
async fn what_widens_is_refused_to_one_person_however_it_is_dressed() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let of = |role: &str, field: &str, cell: Value| json!({ "role": role, "field": field, "cell": cell });
    let less = [of("registrar", "guardian.phone", cell("withheld")), of("consultant", "note.body", cell("withheld"))];
    for right in ["edit", "search", "export"] {
        let mut more = cell("withheld");
        more[right] = json!(true);
        let cells = json!([less[0], of("teacher", "guardian.phone", more), less[1]]);
        gu.patch("/api/policy", json!({ "version": 1, "cells": cells })).await.refused(403, "approval_required");
    }
    let cells = json!([less[0], of("teacher", "guardian.phone", cell("masked")), less[1]]);
    gu.patch("/api/policy", json!({ "version": 1, "cells": cells })).await.refused(403, "approval_required");
    // A consultant's families are not among those of their campus alone, nor the other way round.
    for scope in ["campus", "teaches_now", "all"] {
        let scopes = json!([{ "role": "consultant", "scope": scope }, { "role": "principal", "scope": "none" }]);
        gu.patch("/api/policy", json!({ "version": 1, "scopes": scopes })).await.refused(403, "approval_required");
    }
    assert_eq!(version(&gu).await, 1);
    assert_eq!(actions(&school, "policy_changed").await.len(), 0);
    // All of it but the widening holds at once; the way back widens.
    gu.patch("/api/policy", json!({ "version": 1, "cells": less })).await.is(200);
    gu.post("/api/policy/rollbacks", json!({ "version": 2, "to": 1 })).await.refused(403, "approval_required");
    assert_eq!(version(&gu).await, 2);
    // What only narrows needs nobody else.
    let narrow = json!({ "version": 2, "cells": [of("teacher", "note.body", cell("withheld"))], "words": "收紧" });
    let refused = gu.post(PATH, narrow).await.refused(422, "invalid_fields").json;
    assert_eq!(refused["fields"], json!([{ "at": "from", "code": "required" }]));
}

async fn two_people_widen(school: &School) {
    let (gu, meng, chen) = (school.privacy_officer().await, school.principal().await, school.teacher().await);
    let elsewhere = chen.at(&school.second().await);
    let known = seed::known(&school.consultant().await).await;
    let card = format!("/api/families/{}", known.family);
    if school.place.database.is_none() {
        seed::teach(school, &known.student, "chen").await;
        assert_eq!(chen.get(&card).await.is(200).json["guardians"][0]["phone"], json!({ "state": "withheld" }));
    }
    let path = propose(&gu, wider(1)).await;
    assert_eq!((version(&gu).await, phone(&meng).await), (1, json!("withheld")), "nothing holds before it is confirmed");
    let waiting = last(&meng).await;
    assert_eq!((&waiting["state"], &waiting["may_decide"], &waiting["may_withdraw"]), (&json!("proposed"), &json!(true), &json!(false)));
    assert_eq!((&waiting["by"]["name"], &waiting["holds_at"]), (&json!("顾老师"), &Value::Null));
    assert_eq!(waiting["impact"]["cells"].as_array().unwrap().len(), 1);
    assert!(waiting["impact"]["confirmers"].as_array().unwrap().contains(&json!("孟校长")), "{waiting}");
    assert!(!waiting.to_string().contains("10012345678") && waiting["words"].as_str().unwrap().contains("接送要用"), "{waiting}");
    assert_eq!(last(&gu).await["may_decide"], json!(false));
    let done = confirm(&meng, &path).await.is(200).json;
    assert_eq!((&done["last"]["state"], &done["last"]["decided_by"]["name"]), (&json!("in_force"), &json!("孟校长")));
    assert_eq!((version(&gu).await, phone(&meng).await), (2, json!("masked")));
    if school.place.database.is_none() {
        // Whoever was signed in already sees it at the next request, on each server.
        for actor in [&chen, &elsewhere] {
            assert_eq!(actor.get(&card).await.is(200).json["guardians"][0]["phone"]["state"], json!("masked"));
        }
    }
    for (action, who) in [("policy_proposed", "顾老师"), ("policy_confirmed", "孟校长"), ("policy_changed", "孟校长")] {
        let lines = actions(school, action).await;
        assert_eq!((lines.len(), &lines[0]["who"]), (1, &json!(who)), "{action}");
    }
    assert!(!actions(school, "policy_proposed").await[0].to_string().contains("10012345678"));
    let history = gu.get("/api/policy/versions").await.is(200).json;
    assert_eq!(history["items"][0]["by"], json!("顾老师 · 孟校长"));
    confirm(&meng, &path).await.refused(410, "lapsed");
    gu.delete(&path).await.refused(410, "lapsed");
}

#[tokio::test]
async fn two_people_widen_the_matrix_and_it_holds_at_the_next_request() {
    two_people_widen(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_two_people_widen_the_matrix() {
    if let Some(school) = School::on_postgres().await {
        two_people_widen(&school).await;
    }
}

#[tokio::test]
async fn nobody_confirms_their_own_whatever_they_have_become() {
    let school = School::open().await;
    roles(&school, "gu", OFFICER | PRINCIPAL).await;
    let gu = school.privacy_officer().await;
    let path = propose(&gu, wider(1)).await;
    confirm(&gu, &path).await.refused(403, "forbidden");
    gu.post(&format!("{path}/decision"), json!({ "answer": "decline", "why": "不妥" })).await.refused(403, "forbidden");
    // From another session, with another role, and after coming back.
    roles(&school, "gu", PRINCIPAL).await;
    confirm(&school.privacy_officer().await, &path).await.refused(403, "forbidden");
    assert_eq!(state(&gu).await, "deserted", "whoever may not keep the matrix proposes nothing");
    confirm(&school.principal().await, &path).await.refused(410, "lapsed");
    roles(&school, "gu", OFFICER).await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'gu'").await;
    confirm(&gu, &path).await.refused(401, "not_signed_in");
    confirm(&school.principal().await, &path).await.refused(410, "lapsed");
    assert_eq!(version(&school.principal().await).await, 1);
    assert_eq!(actions(&school, "policy_confirmed").await.len(), 0);
    // Let in again, they may, and another person may confirm.
    school.sql("UPDATE staff SET active = TRUE WHERE login = 'gu'").await;
    confirm(&school.principal().await, &path).await.is(200);
}

#[tokio::test]
async fn each_step_is_for_whoever_has_the_duty_with_a_fresh_passkey() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    for login in ["li", "chen", "meng", "shen", "han"] {
        school.staff(login).await.post(PATH, wider(1)).await.refused(403, "forbidden");
    }
    school.stale("gu").await.post(PATH, wider(1)).await.refused(403, "step_up_required");
    let path = propose(&gu, wider(1)).await;
    for login in ["li", "chen", "wu", "shen", "han"] {
        confirm(&school.staff(login).await, &path).await.refused(403, "forbidden");
        school.staff(login).await.delete(&path).await.refused(403, "forbidden");
    }
    school.teacher().await.get(PATH).await.refused(403, "forbidden");
    confirm(&school.stale("meng").await, &path).await.refused(403, "step_up_required");
    school.principal().await.delete(&path).await.refused(403, "forbidden");
    let nowhere = format!("{PATH}/00000000-0000-0000-0000-000000000009");
    confirm(&school.principal().await, &nowhere).await.refused(404, "not_found");
    gu.delete(&nowhere).await.refused(404, "not_found");
    assert_eq!((version(&gu).await, state(&gu).await.as_str()), (1, "proposed"));
    school.auditor().await.get(PATH).await.is(200);
}

#[tokio::test]
async fn a_proposal_says_why_and_names_a_moment_that_can_be() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let with = |name: &str, value: Value| {
        let mut wish = wider(1);
        wish[name] = value;
        wish
    };
    for wrong in [
        with("words", json!("  ")),
        with("words", json!("长".repeat(201))),
        with("words", json!("两\n行")),
        later(1, from_now(-1)),
        later(1, from_now(24 * 90 + 1)),
        with("to", json!(1)),
    ] {
        gu.post(PATH, wrong).await.refused(422, "invalid_fields");
    }
    for wrong in [with("decided_by", json!("me")), with("state", json!("confirmed")), json!({ "version": 1 })] {
        gu.post(PATH, wrong).await.refused(400, "malformed_request");
    }
    let joint = json!([{ "role": "registrar", "field": "student.id_card", "cell": cell("clear") }]);
    gu.post(PATH, with("cells", joint)).await.refused(422, "joint_rule");
    assert_eq!(last(&gu).await, Value::Null);
    let path = propose(&gu, later(1, from_now(24 * 89))).await;
    let decision = format!("{path}/decision");
    let meng = school.principal().await;
    meng.post(&decision, json!({ "answer": "confirm", "from": null })).await.refused(400, "malformed_request");
    meng.post(&decision, json!({ "answer": "decline", "why": "" })).await.refused(422, "invalid_fields");
    meng.post(&decision, json!({ "answer": "decline", "why": "改打 10087654321 再说" })).await.is(200);
    let declined = last(&gu).await;
    assert_eq!((&declined["state"], &declined["decided_by"]["name"]), (&json!("declined"), &json!("孟校长")));
    assert!(declined["answer"].as_str().unwrap().contains("再说") && !declined.to_string().contains("10087654321"), "{declined}");
    confirm(&meng, &path).await.refused(410, "lapsed");
    assert_eq!((version(&gu).await, actions(&school, "policy_declined").await.len()), (1, 1));
}

#[tokio::test]
async fn a_proposal_is_of_its_version_and_is_made_anew_when_the_matrix_changed() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    gu.post(PATH, wider(0)).await.refused(409, "version_conflict");
    let path = propose(&gu, wider(1)).await;
    assert_eq!(gu.post(PATH, wider(1)).await.refused(422, "invalid_fields").json["fields"][0]["at"], "proposal", "one at a time");
    // Narrowing never waits.
    gu.patch("/api/policy", json!({ "version": 1, "scopes": [{ "role": "finance", "scope": "none" }] })).await.is(200);
    let overtaken = last(&meng).await;
    assert_eq!((&overtaken["state"], &overtaken["may_decide"]), (&json!("overtaken"), &json!(false)));
    let late = confirm(&meng, &path).await.refused(409, "version_conflict").json;
    assert_eq!(late["current"]["version"], 2);
    assert_eq!(phone(&gu).await, json!("withheld"));
    let anew = propose(&gu, wider(2)).await;
    confirm(&meng, &path).await.refused(410, "lapsed");
    confirm(&meng, &anew).await.is(200);
    assert_eq!((version(&gu).await, phone(&gu).await), (3, json!("masked")));
    let scopes = gu.get("/api/policy").await.is(200).json["scopes"].clone();
    assert!(scopes.as_array().unwrap().contains(&json!({ "role": "finance", "scope": "none" })), "what was narrowed stays narrow");
}

#[tokio::test]
async fn a_proposal_lapses_after_fourteen_days() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let path = propose(&gu, wider(1)).await;
    let back = |minutes: i64| {
        format!("UPDATE policy_proposal SET proposed_at = proposed_at - {}", TimeDelta::minutes(minutes).num_microseconds().unwrap())
    };
    school.sql(&back(14 * 24 * 60 - 5)).await;
    assert_eq!(state(&meng).await, "proposed");
    school.sql(&back(5)).await;
    assert_eq!(state(&meng).await, "lapsed");
    confirm(&meng, &path).await.refused(410, "lapsed");
    gu.delete(&path).await.refused(410, "lapsed");
    let anew = propose(&gu, wider(1)).await;
    // Ended is ended, whatever the clock says next.
    school.sql(&back(-20 * 24 * 60)).await;
    confirm(&meng, &path).await.refused(410, "lapsed");
    gu.delete(&anew).await.is(200);
    assert_eq!((state(&gu).await.as_str(), actions(&school, "policy_withdrawn").await.len()), ("withdrawn", 1));
    confirm(&meng, &anew).await.refused(410, "lapsed");
}

async fn it_waits_for_its_moment(school: &School) {
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let moment = from_now(48);
    let path = propose(&gu, later(1, moment)).await;
    assert_eq!(school.app.enforce_policy(moment + TimeDelta::hours(1)).await, Ok(None), "nobody has confirmed it");
    let done = confirm(&meng, &path).await.is(200).json;
    assert_eq!(done["last"]["state"], "confirmed");
    let holds_at: DateTime<Utc> = serde_json::from_value(done["last"]["holds_at"].clone()).unwrap();
    assert!((holds_at - moment).abs() < TimeDelta::milliseconds(1));
    for early in [Utc::now(), moment - TimeDelta::seconds(1), moment - TimeDelta::days(400)] {
        assert_eq!(school.app.enforce_policy(early).await, Ok(Some(holds_at)));
    }
    assert_eq!((version(&gu).await, actions(school, "policy_changed").await.len()), (1, 0));
    assert_eq!(gu.post(PATH, wider(1)).await.refused(422, "invalid_fields").json["fields"][0]["at"], "proposal");
    // Twice at once, and again on a clock that jumped to and fro.
    let (one, two) = tokio::join!(school.app.enforce_policy(moment), school.app.enforce_policy(moment + TimeDelta::days(1)));
    assert_eq!((one, two), (Ok(None), Ok(None)));
    for again in [moment - TimeDelta::days(2), moment, moment + TimeDelta::days(30)] {
        assert_eq!(school.app.enforce_policy(again).await, Ok(None));
    }
    assert_eq!((version(&gu).await, phone(&gu).await, state(&gu).await.as_str()), (2, json!("masked"), "in_force"));
    let changed = actions(school, "policy_changed").await;
    assert_eq!((changed.len(), &changed[0]["who"]), (1, &json!("孟校长")));
}

#[tokio::test]
async fn a_confirmed_change_waits_for_its_moment_and_comes_into_force_once() {
    it_waits_for_its_moment(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_a_confirmed_change_waits_for_its_moment_and_comes_into_force_once() {
    if let Some(school) = School::on_postgres().await {
        it_waits_for_its_moment(&school).await;
    }
}

#[tokio::test]
async fn what_is_confirmed_after_its_moment_holds_at_once() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let path = propose(&gu, later(1, from_now(1))).await;
    school.sql(&format!("UPDATE policy_proposal SET holds_from = {}", from_now(-1).timestamp_micros())).await;
    assert_eq!(confirm(&meng, &path).await.is(200).json["last"]["state"], "in_force");
    assert_eq!(version(&gu).await, 2);
}

#[tokio::test]
async fn either_of_the_two_calls_a_confirmed_change_off_and_nobody_else() {
    let school = School::open().await;
    roles(&school, "wu", PRINCIPAL).await;
    let (gu, meng, wu) = (school.privacy_officer().await, school.principal().await, school.registrar().await);
    for either in [&gu, &meng] {
        let moment = from_now(5);
        let path = propose(&gu, later(1, moment)).await;
        meng.delete(&path).await.refused(403, "forbidden");
        confirm(&meng, &path).await.is(200);
        wu.delete(&path).await.refused(403, "forbidden");
        confirm(&wu, &path).await.refused(410, "lapsed");
        assert_eq!(last(either).await["may_withdraw"], json!(true));
        either.delete(&path).await.is(200);
        assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
        assert_eq!((version(&gu).await, state(&gu).await.as_str()), (1, "withdrawn"));
    }
}

#[tokio::test]
async fn a_change_does_not_come_into_force_that_would_not_be_confirmed_any_more() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let spoil = [
        // What the joint rule refuses by now.
        (
            "joint",
            "UPDATE policy_proposal SET document = replace(document, '\"registrar\",\"field\":\"student.id_card\",\"cell\":{\"exposure\":\"masked\"', '\"registrar\",\"field\":\"student.id_card\",\"cell\":{\"exposure\":\"clear\"') WHERE state = 'confirmed'",
            "SELECT 1",
        ),
        ("deserted", "UPDATE staff SET active = FALSE WHERE login = 'meng'", "UPDATE staff SET active = TRUE WHERE login = 'meng'"),
        ("deserted", "UPDATE staff SET roles = 128 WHERE login = 'gu'", "UPDATE staff SET roles = 64 WHERE login = 'gu'"),
    ];
    for (at, (state, before, after)) in spoil.into_iter().enumerate() {
        let moment = from_now(5);
        let path = propose(&gu, later(1, moment)).await;
        confirm(&meng, &path).await.is(200);
        assert_eq!(school.sql(before).await, 1);
        assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
        if after != "SELECT 1" {
            school.sql(after).await;
        }
        assert_eq!(last(&school.privacy_officer().await).await["state"], state);
        let declined = actions(&school, "policy_declined").await;
        assert_eq!((declined.len(), &declined[0]["who"]), (at + 1, &json!("")), "nobody declined it");
        assert_eq!(school.app.enforce_policy(moment + TimeDelta::days(1)).await, Ok(None), "nor does it come later");
    }
    // One that the matrix left behind.
    let moment = from_now(5);
    confirm(&meng, &propose(&gu, later(1, moment)).await).await.is(200);
    gu.patch("/api/policy", json!({ "version": 1, "scopes": [{ "role": "finance", "scope": "none" }] })).await.is(200);
    assert_eq!(school.app.enforce_policy(moment).await, Ok(None));
    assert_eq!((version(&gu).await, state(&gu).await.as_str(), phone(&gu).await), (2, "overtaken", json!("withheld")));
    assert_eq!(actions(&school, "policy_changed").await.len(), 1);
}

#[tokio::test]
async fn where_nobody_else_could_confirm_it_waits_for_a_day_and_everybody_concerned_is_told() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'meng'").await;
    let path = propose(&gu, later(1, from_now(1))).await;
    let alone = last(&gu).await;
    assert_eq!((&alone["state"], &alone["impact"]["confirmers"]), (&json!("proposed"), &json!([])));
    let holds_at: DateTime<Utc> = serde_json::from_value(alone["holds_at"].clone()).unwrap();
    assert!((holds_at - from_now(24)).abs() < TimeDelta::minutes(2), "{alone}");
    let told: Vec<_> = school.outbox(3).await.into_iter().map(|letter| letter["to"].as_str().unwrap().to_owned()).collect();
    for who in ["gu@example.com", "shen@example.com", "han@example.com"] {
        assert!(told.iter().any(|to| to == who), "{told:?}");
    }
    confirm(&gu, &path).await.refused(403, "forbidden");
    assert_eq!(school.app.enforce_policy(holds_at - TimeDelta::seconds(1)).await, Ok(Some(holds_at)));
    // Somebody comes who can: then it waits for them.
    school.sql("UPDATE staff SET active = TRUE WHERE login = 'meng'").await;
    assert_eq!(school.app.enforce_policy(holds_at + TimeDelta::days(1)).await, Ok(None));
    assert_eq!((version(&gu).await, last(&gu).await["holds_at"].clone()), (1, Value::Null));
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'meng'").await;
    assert_eq!(school.app.enforce_policy(holds_at).await, Ok(None));
    assert_eq!((version(&gu).await, phone(&gu).await), (2, json!("masked")));
    assert_eq!(gu.get("/api/policy").await.is(200).json["by"], "顾老师");
}

#[tokio::test]
async fn one_that_was_not_proposed_alone_never_holds_alone() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    propose(&gu, wider(1)).await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'meng'").await;
    assert_eq!(school.app.enforce_policy(from_now(24 * 10)).await, Ok(None));
    assert_eq!((version(&gu).await, last(&gu).await["holds_at"].clone()), (1, Value::Null));
}

#[tokio::test]
async fn whoever_can_confirm_is_told_and_a_notice_that_fails_keeps_nothing_out() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let path = propose(&gu, wider(1)).await;
    let letters = school.outbox(1).await;
    assert_eq!((letters.len(), &letters[0]["to"]), (1, &json!("meng@example.com")), "{letters:?}");
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("顾老师") && text.contains("/admin/policy") && !text.contains("接送"), "{text}");
    let sent = actions(&school, "notice_sent").await;
    assert_eq!((sent.len(), &sent[0]["who"]), (1, &json!("孟校长")));
    gu.delete(&path).await.is(200);
    school.sql("UPDATE staff SET email = x'00' WHERE login = 'meng'").await;
    let path = propose(&gu, wider(1)).await;
    confirm(&school.principal().await, &path).await.is(200);
}

async fn of_many_at_once_one_does_it(school: &School) {
    roles(school, "wu", PRINCIPAL).await;
    let (gu, meng, wu) = (school.privacy_officer().await, school.principal().await, school.registrar().await);
    let wu = wu.at(&school.second().await);
    let path = propose(&gu, wider(1)).await;
    let (one, two) = tokio::join!(confirm(&meng, &path), confirm(&wu, &path));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{} {}", one.text(), two.text());
    assert_eq!((version(&gu).await, actions(school, "policy_changed").await.len()), (2, 1));
    // Confirmed or withdrawn, never both; whichever came first.
    for round in 0..6 {
        let at = version(&gu).await;
        let mut wish = wider(at);
        wish["cells"][0]["field"] = json!(["student.school", "guardian.wechat", "guardian.email"][round % 3]);
        wish["cells"][0]["role"] = json!(["teacher", "finance"][round / 3]);
        wish["cells"][0]["cell"] = json!({ "exposure": "clear", "reveal": "no", "edit": true, "search": true, "export": true });
        let path = propose(&gu, wish).await;
        let (yes, no) = tokio::join!(confirm(&wu, &path), gu.delete(&path));
        let confirmed = yes.status == 200;
        assert_eq!((yes.status, no.status), if confirmed { (200, 410) } else { (410, 200) });
        assert_eq!(version(&gu).await, at + i64::from(confirmed));
        assert_eq!(state(&gu).await, if confirmed { "in_force" } else { "withdrawn" });
    }
    // Two proposals at once.
    let at = version(&gu).await;
    let wish = |role: &str| json!({ "version": at, "scopes": [{ "role": role, "scope": "all" }], "words": "全校" });
    let (one, two) = tokio::join!(gu.post(PATH, wish("finance")), gu.post(PATH, wish("teacher")));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "{} {}", one.text(), two.text());
}

#[tokio::test]
async fn of_two_who_act_at_once_one_does_it() {
    of_many_at_once_one_does_it(&School::open().await).await;
}
#[tokio::test]
async fn on_postgresql_of_two_who_act_at_once_one_does_it() {
    if let Some(school) = School::on_postgres().await {
        of_many_at_once_one_does_it(&school).await;
    }
}

#[tokio::test]
async fn without_a_trail_nothing_is_proposed_and_nothing_confirmed() {
    let school = School::open().await;
    let (gu, meng) = (school.privacy_officer().await, school.principal().await);
    let path = propose(&gu, wider(1)).await;
    school.sql("ALTER TABLE trail RENAME TO trail_gone").await;
    assert_eq!(confirm(&meng, &path).await.status / 100, 5);
    school.sql("ALTER TABLE trail_gone RENAME TO trail").await;
    assert_eq!((version(&gu).await, state(&gu).await.as_str()), (1, "proposed"));
}
