//! Without a trail nothing leaves: every route that discloses answers 503 while the trail cannot be written.
//!
//! The rule: which routes those are is said by the ledger of routes; one without a request here fails.

use crate::support::{Actor, Answer, School, key::Key, seed};
use crate::things::Things;
use contract::Duty;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::ledger::{Flow, For, ROUTES};

/// A request: as whom, how, where, with what.
type Ask = (Actor, &'static str, String, Option<Value>);

/// What those who watch read is no entry of its own: it says what the trail says, and of no family (0035).
const NO_ENTRY: [(&str, &str); 1] = [("GET", "/api/alarms")];

/// A look that is begun and signed, and waits to be opened.
async fn signed(who: &Actor, path: &str, field: &str) -> Ask {
    let key = who.passkey().await;
    let begun = who.post(path, seed::because(field)).await.is(200).json;
    let credential = key.assert_uncounted(&begun["options"]);
    (who.clone(), "POST", "/api/reveals".into(), Some(json!({ "ceremony": begun["ceremony"], "credential": credential })))
}

/// Whoever may ask a route for it.
async fn allowed(school: &School, things: &Things, path: &str, whom: For) -> Actor {
    match whom {
        For::Anybody => school.nobody(),
        For::Guardian => school.guardian_of(&things.known.guardian).await,
        For::Duty(Duty::ReadTrail) => school.auditor().await,
        For::Duty(Duty::SignAudit) => school.principal().await,
        For::Duty(Duty::Watch | Duty::KeepStaff | Duty::KeepSchool | Duty::ReadAudit) => school.administrator().await,
        For::Duty(Duty::Approve | Duty::KeepPolicy | Duty::ReadPolicy) => school.privacy_officer().await,
        For::Duty(Duty::KeepFamilies) | For::Staff | For::Oneself => match path {
            "/api/approvals" => school.registrar().await,
            "/api/classes/{id}" => school.teacher().await,
            _ => school.consultant().await,
        },
    }
}

/// The second half of what is signed, or a link: made before, each good once.
async fn prepared(school: &School, things: &Things, path: &str) -> Option<Vec<Ask>> {
    let li = school.consultant().await;
    Some(match path {
        "/api/reveals" => {
            let reveals = |of: &str, id: &str| format!("/api/{of}/{id}/reveals");
            let seed::Known { student, guardian, .. } = &things.known;
            vec![
                signed(&li, &reveals("students", student), "student.name").await,
                signed(&li, &reveals("guardians", guardian), "guardian.phone").await,
                signed(&school.registrar().await, &reveals("guardians", guardian), "guardian.email").await,
            ]
        }
        "/api/audits/signatures" => {
            let meng = school.principal().await;
            let path = "/api/audits/{id}/signatures";
            let key = meng.passkey().await;
            let begun = meng.ask("POST", &path.replace("{id}", things.id(path)), None).await.is(200).json;
            let body = json!({ "ceremony": begun["ceremony"], "credential": key.assert_uncounted(&begun["options"]) });
            vec![(meng, "POST", "/api/audits/signatures".into(), Some(body))]
        }
        "/api/portal/invitations/open" => {
            let made = li.ask("POST", &format!("/api/guardians/{}/invitations", things.known.guardian), None).await.is(201).json;
            let token = made["url"].as_str().unwrap().split_once('#').unwrap().1;
            vec![(school.nobody(), "POST", path.into(), Some(json!({ "token": token })))]
        }
        _ => return None,
    })
}

/// A request for every route out of which anything flows, by somebody who may, in an order in which each is answered.
async fn asks(school: &School, things: &Things) -> Vec<Ask> {
    let mut asks = Vec::new();
    for (method, path, whom, flow, _) in ROUTES.iter().copied() {
        if flow == Flow::Plain || NO_ENTRY.contains(&(method, path)) {
            continue;
        }
        match prepared(school, things, path).await {
            Some(prepared) => asks.extend(prepared),
            None => {
                let about = if path.contains("{id}") { path.replace("{id}", things.id(path)) } else { path.to_owned() };
                asks.push((allowed(school, things, path, whom).await, method, about, things.body(method, path)));
            }
        }
    }
    asks
}

/// What lets no value out, and is written down all the same: refusals, lookups, questions about who sees what.
async fn more_asks(school: &School, things: &Things) -> Vec<Ask> {
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let (family, person) = (&things.known.family, school.staff_id("li").await.uuid());
    vec![
        (li.clone(), "POST", "/api/families/search".into(), Some(json!({ "by": "phone", "text": seed::VALUES.phone }))),
        (li.clone(), "POST", "/api/families".into(), Some(seed::VALUES.intake(&seed::campus(&li).await))),
        (li.clone(), "GET", "/api/families/00000000-0000-7000-8000-000000000000".into(), None),
        (li, "GET", "/api/trail".into(), None),
        (gu.clone(), "POST", "/api/policy/views".into(), Some(json!({ "staff": person, "family": family }))),
        (gu, "POST", "/api/policy/sights".into(), Some(json!({ "family": family, "field": "guardian.phone" }))),
    ]
}

/// What is wrong with an answer that was to say that there is no trail.
fn not_closed(method: &str, path: &str, answer: &Answer) -> Option<String> {
    let is_closed = (answer.status, answer.code()) == (503, "trail_unavailable");
    (!is_closed).then(|| format!("{method} {path}: {} {}", answer.status, answer.text()))
}

#[tokio::test]
async fn nothing_leaves_while_the_trail_cannot_be_written() {
    let school = School::open().await;
    let things = Things::found(&school).await;
    let (asks, more) = (asks(&school, &things).await, more_asks(&school, &things).await);
    school.sql("ALTER TABLE trail_head RENAME TO trail_head_away").await;
    let families = school.number("SELECT COUNT(*) AS n FROM family").await;
    let changed = school.number("SELECT COUNT(*) AS n FROM guardian WHERE version > 1").await;
    let people =
        school.number("SELECT (SELECT COUNT(*) FROM student) + (SELECT COUNT(*) FROM guardian) + (SELECT COUNT(*) FROM note) AS n").await;
    let mut wrong = Vec::new();
    for (actor, method, path, body) in asks.iter().chain(&more) {
        let answer = actor.ask(method, path, body.as_ref()).await;
        wrong.extend(not_closed(method, path, &answer));
        for value in [seed::VALUES.phone, seed::VALUES.student, seed::VALUES.guardian, "100****"] {
            assert!(!answer.text().contains(value), "{method} {path}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM family").await, families);
    let after = "SELECT (SELECT COUNT(*) FROM student) + (SELECT COUNT(*) FROM guardian) + (SELECT COUNT(*) FROM note) AS n";
    assert_eq!(school.number(after).await, people);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM guardian WHERE version > 1").await, changed);
    school.nobody().get("/api/health").await.refused(503, "trail_unavailable");
    school.sql("ALTER TABLE trail_head_away RENAME TO trail_head").await;
    // And each of them is held back by nothing else than the trail; what was signed for it was signed once.
    for (actor, method, path, body) in &asks {
        let answer = actor.ask(method, path, body.as_ref()).await;
        let is_spent = answer.code() == "lapsed" && matches!(path.as_str(), "/api/reveals" | "/api/audits/signatures");
        wrong.extend(
            (!is_spent && !matches!(answer.status, 200 | 201)).then(|| format!("{method} {path}: {} {}", answer.status, answer.text())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (actor, method, path, body) in &more {
        assert!(actor.ask(method, path, body.as_ref()).await.status < 500, "{method} {path}");
    }
    school.nobody().get("/api/health").await.is(200);
}

#[tokio::test]
async fn nothing_leaves_while_rows_of_the_trail_are_refused() {
    let school = School::open().await;
    let things = Things::found(&school).await;
    let (asks, more) = (asks(&school, &things).await, more_asks(&school, &things).await);
    school.sql("CREATE TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no room'); END").await;
    let mut wrong = Vec::new();
    for (actor, method, path, body) in asks.iter().chain(&more) {
        let answer = actor.ask(method, path, body.as_ref()).await;
        wrong.extend(not_closed(method, path, &answer));
    }
    school.nobody().get("/api/health").await.refused(503, "trail_unavailable");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(school.consultant().await.get("/api/session").await.is(200).json["reveals_left"], 30, "nothing was counted");
    school.sql("DROP TRIGGER full").await;
    let li = school.consultant().await;
    li.reveal(&format!("/api/guardians/{}/reveals", things.known.guardian), seed::because("guardian.phone")).await.is(200);
}

#[tokio::test]
async fn nobody_gets_in_while_the_trail_cannot_be_written() {
    let school = School::open().await;
    let mut key = Key::new(&school.origin);
    super::passkeys::enrol(&school, &mut key, "li").await;
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    school.sql("ALTER TABLE trail_head RENAME TO trail_head_away").await;
    let answer = super::passkeys::finish(&school, &begun, credential).await.refused(503, "trail_unavailable");
    assert!(answer.token().is_none());
    school.sql("ALTER TABLE trail_head_away RENAME TO trail_head").await;
    let begun = super::passkeys::begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    super::passkeys::finish(&school, &begun, credential).await.is(200);
}

/// Somebody else holds the one lock of the file, as a disk does that does not answer: what dies before the trail dies of the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_disk_that_does_not_answer_is_the_trail_being_down_wherever_a_request_meets_it() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    li.passkey().await;
    school.sql("UPDATE session SET seen_at = seen_at - 600000000").await;
    let other = school.behind().await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let reveals = format!("/api/guardians/{}/reveals", known.guardian);
    let nobody = school.nobody();
    let (list, look, present, sign_in) = tokio::join!(
        li.get("/api/families"),
        li.post(&reveals, seed::because("guardian.phone")),
        li.get("/api/session"),
        nobody.post("/api/sign-in/begin", json!({ "login": null })),
    );
    for refused in [list, look, sign_in] {
        refused.refused(503, "trail_unavailable");
    }
    nobody.get("/api/health").await.refused(503, "trail_unavailable");
    // That a session could not be kept awake decides nothing.
    present.is(200);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    li.reveal(&reveals, seed::because("guardian.phone")).await.is(200);
    nobody.get("/api/health").await.is(200);
}
