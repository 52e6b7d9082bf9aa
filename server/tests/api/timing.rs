//! What is not there and what is out of reach cost the same, and so do a known and an unknown name (LEAKS 1, time).
//!
//! The rule: compared are the statements, word for word and in order, and the answers; never a time, which would flake. Behind
//! equal statements lies equal work: nothing is opened before a record was found, and a sign-in of a name that nobody has goes
//! the way of any other with an invented passkey. `cargo nextest run -p server timing --run-ignored only --no-capture` prints
//! medians. Deliberately absent: searches, which take longer when they find (THREATS).

use super::{passkeys::with_key, passwords};
use crate::support::{
    Actor, Answer, School,
    app::{ORIGIN, courier},
    seed,
};
use axum::Router;
use serde_json::{Value, json};
use server::{api, state::App};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use uuid::Uuid;

type Statements = Arc<Mutex<Vec<String>>>;

/// One request: as whom, how, where, with what.
type Wish<'a> = (&'a Actor, &'static str, String, Option<Value>);

/// Another server of the school, of which every statement is noted.
async fn observed(school: &School) -> (Router, Statements) {
    let statements = Statements::default();
    let notes = Arc::clone(&statements);
    let db = school.place.open().await.unwrap().observed(move |sql| notes.lock().unwrap().push(sql.to_owned()));
    let app = App::start(db, school.place.vault().unwrap(), ORIGIN, courier(&school.place)).await.unwrap();
    (api::router(app), statements)
}

async fn ask(at: &Router, (who, method, path, body): &Wish<'_>) -> Answer {
    who.at(at).ask(method, path, body.as_ref()).await
}

/// Every pair is answered alike after the same statements.
async fn are_alike(school: &School, pairs: &[(Wish<'_>, Wish<'_>)]) {
    let (router, statements) = observed(school).await;
    for (one, two) in pairs {
        // What a server does once is done.
        ask(&router, one).await;
        ask(&router, two).await;
        settle().await;
        let mut seen = Vec::new();
        for wish in [one, two] {
            statements.lock().unwrap().clear();
            let answer = ask(&router, wish).await;
            // Before anything that happens after the answer, which no client can time.
            let statements = statements.lock().unwrap().clone();
            assert!(!statements.is_empty(), "{} {}: nothing was noted", wish.1, wish.2);
            seen.push((answer.status, statements));
            settle().await;
        }
        assert_eq!(seen[0], seen[1], "{} {}", one.1, one.2);
    }
}

async fn settle() {
    tokio::time::sleep(Duration::from_millis(30)).await;
}

/// Records of somebody else beside records that are not there, on every route that takes an id.
async fn out_of_reach_beside_not_there<'a>(other: &'a Actor, parent: &'a Actor, known: &seed::Known) -> Vec<(Wish<'a>, Wish<'a>)> {
    let none = Uuid::from_u128(7).to_string();
    let reveal = seed::because("guardian.phone");
    let note = json!({ "field": "note.body", "reason": { "code": "follow_up" } });
    let new = json!({ "name": "李明" });
    let routes = [
        (other, "GET", "/api/families/{}", &known.family, None),
        (other, "PATCH", "/api/families/{}", &known.family, Some(json!({ "version": 1, "stage": "trial" }))),
        (other, "POST", "/api/families/{}/notes", &known.family, Some(json!({ "body": "又来电。" }))),
        (other, "POST", "/api/families/{}/students", &known.family, Some(new)),
        (other, "PATCH", "/api/students/{}", &known.student, Some(json!({ "version": 1 }))),
        (other, "POST", "/api/students/{}/reveals", &known.student, Some(seed::because("student.id_card"))),
        (other, "PATCH", "/api/guardians/{}", &known.guardian, Some(json!({ "version": 1 }))),
        (other, "POST", "/api/guardians/{}/reveals", &known.guardian, Some(reveal)),
        (other, "POST", "/api/guardians/{}/invitations", &known.guardian, None),
        (other, "POST", "/api/notes/{}/reveals", &known.note, Some(note)),
        (parent, "GET", "/api/portal/children/{}", &known.student, None),
        (parent, "GET", "/api/portal/children/{}/ledger", &known.student, None),
    ];
    let pair = |(who, method, path, id, body): (&'a Actor, &'static str, &str, &String, Option<Value>)| {
        ((who, method, path.replace("{}", id), body.clone()), (who, method, path.replace("{}", &none), body))
    };
    routes.into_iter().map(pair).collect()
}

async fn ids_are_alike(school: &School) {
    let (li, other) = (school.consultant().await, school.other_consultant().await);
    let known = seed::known(&li).await;
    let parent = school.guardian().await;
    let pairs = out_of_reach_beside_not_there(&other, &parent, &known).await;
    for (one, _) in &pairs {
        ask(&school.router, one).await.refused(404, "not_found");
    }
    are_alike(school, &pairs).await;
}

async fn names_are_alike(school: &School) {
    with_key(school, "li").await;
    with_key(school, "zhou").await;
    school.sql("UPDATE staff SET active = FALSE WHERE login = 'zhou'").await;
    let nobody = school.nobody();
    let begin = |login: &str| (&nobody, "POST", "/api/sign-in/begin".to_owned(), Some(json!({ "login": login })));
    let recover =
        |login: &str| (&nobody, "POST", "/api/recovery/begin".to_owned(), Some(json!({ "login": login, "code": "AAAA-BBBB-CCCC" })));
    let mut pairs = Vec::new();
    // With a passkey, without one, suspended.
    for login in ["li", "chen", "zhou"] {
        pairs.push((begin(login), begin("nobody9")));
    }
    pairs.push((recover("li"), recover("nobody8")));
    passwords::rung(school, "consultant", "mfa").await.is(200);
    passwords::set(school, &school.consultant().await, "seven tangerines in the attic").await;
    let by_password = |login: &str, password: &str| {
        let body = json!({ "login": login, "password": password, "code": "000000" });
        (&nobody, "POST", "/api/sign-in/password".to_owned(), Some(body))
    };
    let (right, wrong) = ("seven tangerines in the attic", "seven tangerines in the cellar");
    // With a password and a wrong code, with a wrong password, without one, of a role that may not, suspended.
    pairs.push((by_password("li", right), by_password("nobody7", right)));
    pairs.push((by_password("li", wrong), by_password("nobody6", wrong)));
    pairs.push((by_password("chen", right), by_password("nobody5", right)));
    pairs.push((by_password("zhou", right), by_password("nobody4", right)));
    are_alike(school, &pairs).await;
}

/// A contact that the school knows, and one that it does not know.
async fn contacts_are_alike(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let nobody = school.nobody();
    let code = |contact: &str| (&nobody, "POST", "/api/portal/codes".to_owned(), Some(json!({ "by": "contact", "contact": contact })));
    // On a runtime of one thread, what is spawned runs when the answer has been given.
    are_alike(school, &[(code(seed::VALUES.phone), code("10099990000"))]).await;
    assert!(!known.guardian.is_empty());
    school.outbox(2).await;
}

#[tokio::test]
async fn a_wrong_id_and_a_forbidden_one_take_the_same_statements() {
    ids_are_alike(&School::open().await).await;
}

#[tokio::test]
async fn an_unknown_name_and_a_known_one_take_the_same_statements() {
    names_are_alike(&School::open().await).await;
}

#[tokio::test]
async fn an_unknown_contact_and_a_known_one_take_the_same_statements() {
    contacts_are_alike(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_what_is_not_there_and_what_is_out_of_reach_take_the_same_statements() {
    if let Some(school) = School::on_postgres().await {
        ids_are_alike(&school).await;
        names_are_alike(&school).await;
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::test]
#[ignore = "it samples times, which are not the same on two machines"]
async fn medians_of_what_must_be_alike() {
    let school = School::open().await;
    let (li, other) = (school.consultant().await, school.other_consultant().await);
    let known = seed::known(&li).await;
    let parent = school.guardian().await;
    with_key(&school, "li").await;
    let nobody = school.nobody();
    let begin = |login: &str| (&nobody, "POST", "/api/sign-in/begin".to_owned(), Some(json!({ "login": login })));
    let mut pairs = out_of_reach_beside_not_there(&other, &parent, &known).await;
    pairs.push((begin("li"), begin("nobody9")));
    for (one, two) in &pairs {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        // A fresh server before a limit is met.
        for _ in 0..4 {
            let router = school.second().await;
            ask(&router, one).await;
            for turn in 0..100 {
                let (wish, times) = if turn % 2 == 0 { (one, &mut first) } else { (two, &mut second) };
                let began = Instant::now();
                ask(&router, wish).await;
                times.push(began.elapsed());
            }
        }
        println!("{} {}: {:?} beside {:?}", one.1, one.2, median(first), median(second));
    }
}
