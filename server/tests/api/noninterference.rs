//! Two worlds (LEAKS 1): for a person, two schools that differ only in what this person may not see answer every sequence of
//! requests alike.
//!
//! World B has the same master key, staff, families, classes, relations, times and trail as world A, made record by record in the same
//! order. A value differs as the policy at the start permits it to: in a record out of reach, and in a withheld field, it is
//! any other one, sometimes an empty one; in a masked field it is another one with the same mask. What is shown clear is the
//! same, and so is a field by which this person may search in a record in reach, since search is a declared disclosure.
//!
//! Compared are the status, every header but `x-trace-id` and `date` (`content-length` of JSON is compared as the body), and the whole body (a workbook unpacked, without the
//! part that holds the time of its making): order, counts, totals, cursors, error texts, ledgers with their row numbers,
//! quotas left. Ids are made by each world for itself, so before the comparison the id of a known record becomes its number
//! (in cursors too) and any other id becomes `new`. Left out are what a request mints at random or takes from the clock:
//! trace ids, times after the start of the run, tokens, QR codes, challenges, recovery codes, and the time in a cursor that
//! follows from such a time. Left out by the choice of requests: opening what this person may open with a reason, and, for
//! the two roles that read the trail, asking for a one-time code by somebody's contact, since that is an event in it.
//! On a difference the sequence is shrunk and printed with its seed. On PostgreSQL the same with fewer requests. Deliberately
//! absent: time, which is no matter for equality.

mod asker;
mod corrected;
mod observed;
mod own_role;
mod planted;
mod questioned;
mod shrink;
pub(crate) mod values;
pub(crate) mod world;

use asker::Asker;
use axum::Router;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Exposure, Role},
};
use observed::{difference, observed};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::{collections::BTreeMap, fmt, time::Duration};
use store::Engine;
use values::{canary, other};
use world::{Plan, Row, Who, World, call, everybody};

/// How many requests a server answers before the next one takes its place, so that no rate limit is met by the clock.
const A_SERVER: usize = 120;

/// The value in world B.
fn differing(who: Who, row: &Row, n: usize, field: FieldKey) -> String {
    let cell = who.cell(row, field);
    match cell.exposure {
        // The contact of staff is no record in a scope: whoever may not keep staff does not see it at all.
        _ if row.kind == RecordKind::Staff && who.role != Role::Administrator => other(n, field),
        // What is only proposed is found by nobody, and has to be something; so does an answer.
        Exposure::Withheld if matches!(row.kind, RecordKind::Correction | RecordKind::Question) => other(2 * n + 1, field),
        _ if cell.search && row.kind != RecordKind::Correction && who.reaches(row) => canary(n, 0, field),
        Exposure::Clear => canary(n, 0, field),
        Exposure::Masked => canary(n, 1, field),
        Exposure::Withheld => other(n, field),
    }
}

/// A request in which `@n@` is the id of record number `n`, and `@next@` where the last page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    method: &'static str,
    path: String,
    body: Option<String>,
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.method, self.path, self.body.as_deref().unwrap_or_default())
    }
}

/// What a server of one side is behind: nothing, or a leak that a test has planted.
type Plant = fn(usize, &World, Router) -> Router;

/// Between whom and what a difference is looked for.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// Who asks.
    who: Who,
    /// Who may not see the differences; somebody else only where a leak is planted.
    hidden_from: Who,
    engine: Engine,
    plant: Plant,
}

impl Setting {
    fn of(role: Role, engine: Engine) -> Self {
        let who = everybody().into_iter().find(|who| who.role == role).unwrap();
        Self { who, hidden_from: who, engine, plant: |_, _, router| router }
    }
}

struct Pair {
    setting: Setting,
    worlds: [World; 2],
    routers: [Router; 2],
    next: [String; 2],
    names: [BTreeMap<String, String>; 2],
    begun: DateTime<Utc>,
    token: String,
    session: u128,
}

impl Pair {
    async fn found(setting: Setting) -> Self {
        let (begun, who) = (Utc::now(), setting.hidden_from);
        let plan = Plan { now: begun, engine: setting.engine };
        let a = World::found(plan, |_, n, field| canary(n, 0, field)).await;
        let b = World::found_with(plan, Some(&a), |row, n, field| differing(who, row, n, field)).await;
        let mut different = 0;
        for (one, two) in a.rows.iter().zip(&b.rows) {
            for (field, value) in &one.values {
                different += usize::from(*value != two.values[field]);
                if who.cell(one, *field).exposure == Exposure::Masked && one.kind != RecordKind::Staff {
                    assert_eq!(field.preview(value), field.preview(&two.values[field]), "{field} has two masks");
                }
            }
        }
        assert!(different > 150, "the worlds differ in {different} values only");
        let names = [&a, &b].map(|world| {
            let mut names = BTreeMap::new();
            for (n, row) in world.rows.iter().enumerate() {
                names.insert(row.id.to_string(), format!("«{n}»"));
                names.insert(row.id.simple().to_string(), format!("«{n}»"));
                // A user handle of WebAuthn.
                names.insert(URL_SAFE_NO_PAD.encode(row.id.as_bytes()), format!("«{n}»"));
            }
            names
        });
        let routers = [a.serve().await, b.serve().await];
        Self { setting, worlds: [a, b], routers, next: [String::new(), String::new()], names, begun, token: String::new(), session: 0 }
    }

    /// Fresh servers and a fresh session on both sides.
    async fn renew(&mut self) {
        self.session += 1;
        let now = Utc::now();
        for side in 0..2 {
            let world = &self.worlds[side];
            self.routers[side] = (self.setting.plant)(side, world, world.serve().await);
            let (token, _) = world.session(self.setting.who, self.session, now).await;
            self.token = token;
        }
    }

    fn fill(&self, side: usize, text: &str) -> String {
        let mut parts = text.split('@');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for (turn, part) in parts.enumerate() {
            match part.parse::<usize>() {
                Ok(n) if turn % 2 == 0 => filled.push_str(&self.worlds[side].rows[n].id.to_string()),
                _ if part == "next" => filled.push_str(&self.next[side]),
                _ => filled.push_str(part),
            }
        }
        filled
    }

    async fn trail(&self, side: usize) -> i64 {
        self.worlds[side].db.trail_anchor().await.unwrap().0
    }

    async fn ask(&mut self, wish: &Wish) -> Result<u16, String> {
        let mut seen = Vec::new();
        for side in 0..2 {
            let rows = self.trail(side).await;
            let body = wish.body.as_ref().map(|body| self.fill(side, body));
            let answer = call(&self.routers[side], Some(&self.token), wish.method, &self.fill(side, &wish.path), body.as_deref()).await;
            if let Ok(Value::Object(page)) = serde_json::from_slice::<Value>(&answer.body)
                && let Some(Value::String(next)) = page.get("next")
            {
                self.next[side].clone_from(next);
            }
            if wish.path == "/api/portal/codes" && answer.status == 200 {
                // What is done after the answer is done before the next request: it is one row of the trail.
                let mut tries = 0..200;
                while self.trail(side).await == rows && tries.next().is_some() {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
            seen.push((answer.status, observed(&answer, &self.names[side], self.begun)));
        }
        let (status, one) = &seen[0];
        match difference(one, &seen[1].1) {
            None => Ok(*status),
            Some(difference) => Err(difference),
        }
    }
}

/// A difference that was seen.
struct Found {
    /// The requests of the sequences before, and those of the one that ended with the difference.
    before: Vec<Wish>,
    sequence: Vec<Wish>,
    difference: String,
}

/// Replays sequences of one to twelve requests in both worlds, `requests` in all; the first difference ends the run.
async fn replay(setting: Setting, requests: usize, seed: u64) -> Result<BTreeMap<u16, usize>, Found> {
    let mut pair = Pair::found(setting).await;
    let [rows, others] = [&pair.worlds[0], &pair.worlds[1]].map(|world| world.rows.clone());
    let mut answered = BTreeMap::new();
    let (mut before, mut number) = (Vec::new(), 0_u64);
    let mut on_this_server = usize::MAX;
    let (mut searches, mut contacts) = (0, Vec::new());
    while before.len() < requests {
        number += 1;
        let dice = ChaCha8Rng::seed_from_u64(seed << 32 | number);
        let (who, rows, others) = (setting.who, rows.clone(), others.clone());
        let mut asker = Asker { who, dice, rows, others, searches, contacts: std::mem::take(&mut contacts) };
        if on_this_server >= A_SERVER {
            pair.renew().await;
            (on_this_server, asker.searches) = (0, 0);
            asker.contacts.clear();
        }
        let length = asker.dice.random_range(1..=12);
        let mut sequence = Vec::new();
        for _ in 0..length {
            let wish = asker.wish();
            let outcome = pair.ask(&wish).await;
            sequence.push(wish);
            match outcome {
                Ok(status) => *answered.entry(status).or_default() += 1,
                Err(difference) => return Err(Found { before, sequence, difference }),
            }
            on_this_server += 1;
        }
        before.append(&mut sequence);
        (searches, contacts) = (asker.searches, asker.contacts);
    }
    Ok(answered)
}

async fn holds(role: Role, engine: Engine, requests: usize) -> BTreeMap<u16, usize> {
    let (setting, seed) = (Setting::of(role, engine), role.index() as u64 + 1);
    let answered = match replay(setting, requests, seed).await {
        Ok(answered) => answered,
        Err(found) => panic!("{role:?} on {engine:?}, seed {seed}: {}", shrink::shrink(setting, found).await),
    };
    assert!(answered[&200] * 10 > requests && answered.contains_key(&404) && answered.contains_key(&400), "{answered:?}");
    assert!(!answered.contains_key(&500), "{answered:?}");
    answered
}

macro_rules! two_worlds {
    ($($name:ident = $role:ident, $requests:literal, $fewer:literal;)+) => {$(
        mod $name {
            use super::{Engine, Role, holds};

            #[tokio::test]
            async fn on_sqlite() {
                println!("requests in two worlds by status: {:?}", holds(Role::$role, Engine::Sqlite, $requests).await);
            }

            #[tokio::test]
            async fn on_postgresql() {
                if std::env::var_os("SHENDU_TEST_POSTGRES").is_some() {
                    println!("requests in two worlds by status: {:?}", holds(Role::$role, Engine::Postgres, $fewer).await);
                }
            }
        }
    )+};
}

two_worlds! {
    a_consultant_cannot_tell_two_worlds_apart = Consultant, 1_800, 240;
    a_teacher_cannot_tell_two_worlds_apart = Teacher, 1_800, 240;
    a_registrar_cannot_tell_two_worlds_apart = Registrar, 1_800, 240;
    the_finance_office_cannot_tell_two_worlds_apart = Finance, 1_800, 240;
    a_principal_cannot_tell_two_worlds_apart = Principal, 1_800, 240;
    a_guardian_cannot_tell_two_worlds_apart = Guardian, 1_800, 240;
    an_administrator_cannot_tell_two_worlds_apart = Administrator, 400, 240;
    a_privacy_officer_cannot_tell_two_worlds_apart = PrivacyOfficer, 400, 240;
    an_auditor_cannot_tell_two_worlds_apart = Auditor, 400, 240;
}
