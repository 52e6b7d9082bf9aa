//! Who may call what: every route of the ledger as every role, one after the other.
//!
//! The rule: without the duty of a route it is 403, or 404 where its record is out of reach, and the refusal is in the trail; with it, it is
//! never 403. Nothing is listed here that the ledger of routes or the roles say: what a route is for, and which role has which duty.
//! Deliberately absent: what an answer holds, which is the sweep's.

use super::Sweep;
use crate::{
    noninterference::{
        values::canary,
        world::{Plan, Who, World, call},
    },
    route_ledger::operations,
    support::app::past,
};
use chrono::Utc;
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Cell, CustomRole, Duty, Role, RoleSet, RowScope},
    wire::policy::{PolicyCell, PolicyRole, PolicyScope},
};
use guard::policy::Rules;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::Value;
use server::ledger::{For, ROUTES, TO_REGISTER};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Routes that a second duty opens as well.
const ALSO: [(&str, &str, Duty); 2] =
    [("GET", "/api/school/setup", Duty::KeepPolicy), ("GET", "/api/staff/{id}/activity", Duty::ReadTrail)];

/// Somebody of campus 0 who has one role after the other.
const LOGIN: &str = "qin";

/// Every role that somebody can come with. That of emergencies is had beside another for an hour, and has no duty.
pub(super) fn roles() -> impl Iterator<Item = Who> {
    assert!(Role::Emergency.duties().is_empty());
    Role::ALL.iter().copied().filter(|role| *role != Role::Emergency).map(|role| match role {
        Role::Guardian => Who { login: "guardian", role, campuses: &[] },
        _ => Who { login: LOGIN, role, campuses: &[0] },
    })
}

/// A school in which every place for a role of its own is named, each role reaches its campus, and has the cells that `cell` says.
pub(super) async fn school(cell: impl Fn(Role, FieldKey) -> Cell) -> World {
    let world = World::found(Plan { now: Utc::now(), engine: store::Engine::Sqlite }, |_, n, field| canary(n, 0, field)).await;
    let matrix = Rules {
        cells: Role::ALL
            .iter()
            .flat_map(|role| FieldKey::ALL.iter().map(|field| PolicyCell { role: *role, field: *field, cell: cell(*role, *field) }))
            .collect(),
        scopes: Role::ALL.iter().map(|role| PolicyScope { role: *role, scope: RowScope::Campus }).collect(),
        conditions: Vec::new(),
        roles: CustomRole::ALL
            .iter()
            .map(|role| PolicyRole { role: *role, zh: format!("自设{}", role.index()), en: role.name().to_owned() })
            .collect(),
    };
    let document = serde_json::to_string(&Rules::initial().with(&matrix)).unwrap();
    let behind = past(&world.place).await;
    behind.execute_unprepared(&format!("UPDATE policy SET document = '{document}'")).await.unwrap();
    world
}

/// Gives the one person the role, and nothing beside it.
pub(super) async fn take(behind: &DatabaseConnection, who: Who) {
    if who.role != Role::Guardian {
        let bits = RoleSet::from_iter([who.role]).bits();
        behind.execute_unprepared(&format!("UPDATE staff SET roles = {bits} WHERE login = '{LOGIN}'")).await.unwrap();
    }
}

async fn refusals(behind: &DatabaseConnection) -> i64 {
    let count = "SELECT COUNT(*) AS n FROM trail WHERE action = 'refused'";
    let row = behind.query_one_raw(Statement::from_string(behind.get_database_backend(), count)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

/// A record of campus 0 where a route is about one of a family, and else a thing that is not there: a duty is asked for before it.
fn about(sweep: &Sweep, path: &str) -> Uuid {
    let kind = match path.split('/').nth(2).unwrap() {
        "families" => RecordKind::Family,
        "students" => RecordKind::Student,
        "guardians" => RecordKind::Guardian,
        "notes" => RecordKind::Note,
        _ => return Uuid::from_u128(0xdead),
    };
    sweep.row(kind, |row| row.campus == 0 && !row.own)
}

/// The address that is asked; some things have numbers, and what is new is new since something.
fn place(path: &str, id: Uuid) -> String {
    match path {
        "/api/policy/versions/{id}" | "/api/trail/{id}" => path.replace("{id}", "999999"),
        "/api/trail/news" => format!("{path}?since=0"),
        _ => path.replace("{id}", &id.to_string()),
    }
}

/// What the ledger says that this role gets: nothing, an answer that is no 403, or either.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Refused,
    Let,
    Either,
}

fn expected(method: &str, path: &str, whom: For, role: Role) -> Expected {
    let has = |duty: Duty| role.duties().contains(&duty);
    let also = ALSO.iter().any(|(of, to, duty)| (*of, *to) == (method, path) && has(*duty));
    match whom {
        For::Duty(duty) if has(duty) || also => Expected::Let,
        For::Duty(_) => Expected::Refused,
        For::Staff if role == Role::Guardian => Expected::Refused,
        For::Guardian if role == Role::Guardian => Expected::Let,
        For::Guardian => Expected::Refused,
        For::Staff | For::Oneself | For::Anybody => Expected::Either,
    }
}

#[tokio::test]
async fn every_route_asks_every_role_for_its_duty() {
    let mut sweep = Sweep::of(school(|_, _| Cell::WITHHELD).await);
    let (_, operations) = operations();
    let behind = past(&sweep.world.place).await;
    let (mut wrong, mut refused, mut let_in, mut asked) = (Vec::new(), 0, 0, BTreeSet::new());
    for who in roles() {
        take(&behind, who).await;
        let router = sweep.world.serve().await;
        for (method, path, whom, ..) in ROUTES.iter().copied() {
            let expected = expected(method, path, whom, who.role);
            if expected == Expected::Either {
                continue;
            }
            let id = about(&sweep, path);
            let operation = &operations[&(method.to_owned(), path.to_owned())];
            let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
            let body = schema.and_then(|name| name.rsplit('/').next()).map(|name| sweep.bodies(name, id, who).remove(0).0.to_string());
            sweep.sessions += 1;
            let (token, _) = sweep.world.session(who, sweep.sessions, Utc::now()).await;
            let before = refusals(&behind).await;
            let answer = call(&router, Some(&token), method, &place(path, id), body.as_deref()).await;
            let written = refusals(&behind).await - before;
            let code: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let is_closed = matches!((answer.status, code["code"].as_str()), (403, Some("forbidden")) | (404, Some("not_found")));
            let is_right = match expected {
                Expected::Refused => is_closed && written == 1,
                _ => code["code"] != "forbidden",
            };
            if !is_right {
                wrong.push(format!("{method} {path} as {:?}: {} {}, {written} refusals written", who.role, answer.status, code["code"]));
            }
            match expected {
                Expected::Refused => refused += 1,
                _ => let_in += 1,
            }
            asked.insert((method, path));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!("{} routes, {refused} times closed, {let_in} times open", asked.len());
    assert!(refused > 1_000 && let_in > 200);
}

/// A guardian whom a code let in below the rung that the school asks of guardians, and who has no passkey, gets to what the ledger names
/// for them, past no other route, whoever that is for.
#[tokio::test]
async fn every_route_but_those_named_is_closed_to_a_guardian_below_the_rung() {
    let mut sweep = Sweep::of(school(|_, _| Cell::WITHHELD).await);
    let (_, operations) = operations();
    let behind = past(&sweep.world.place).await;
    behind.execute_unprepared(r#"UPDATE school SET ladder = '[{"role":"guardian","least":"passkey"}]'"#).await.unwrap();
    let guardian = Who { login: "guardian", role: Role::Guardian, campuses: &[] };
    let router = sweep.world.serve().await;
    let named: BTreeSet<_> = TO_REGISTER.iter().copied().collect();
    let listed = ROUTES.iter().filter(|(method, path, ..)| named.contains(&(*method, *path))).count();
    assert_eq!((listed, named.len()), (TO_REGISTER.len(), TO_REGISTER.len()), "a route that is not there, or twice");
    let mut closed = 0;
    for (method, path, whom, ..) in ROUTES.iter().copied() {
        let id = about(&sweep, path);
        let operation = &operations[&(method.to_owned(), path.to_owned())];
        let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
        let body = schema.and_then(|name| name.rsplit('/').next()).map(|name| sweep.bodies(name, id, guardian).remove(0).0.to_string());
        sweep.sessions += 1;
        let (token, _) = sweep.world.session(guardian, sweep.sessions, Utc::now()).await;
        behind.execute_unprepared("UPDATE session SET credential = NULL, stepped_up_at = NULL").await.unwrap();
        let answer = call(&router, Some(&token), method, &place(path, id), body.as_deref()).await;
        let code: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let is_closed = (answer.status, code["code"].as_str()) == (403, Some("credential_too_low"));
        assert_eq!(is_closed, whom != For::Anybody && !named.contains(&(method, path)), "{method} {path}: {}", answer.text());
        closed += usize::from(is_closed);
    }
    assert!(closed > 100, "{closed}");
}

/// Whoever is not signed in is let in to what the ledger says is for anybody, and to nothing else.
#[tokio::test]
async fn every_route_asks_a_stranger_to_sign_in() {
    let sweep = Sweep::of(school(|_, _| Cell::WITHHELD).await);
    let (_, operations) = operations();
    let router = sweep.world.serve().await;
    let nobody = Who { login: "guardian", role: Role::Guardian, campuses: &[] };
    for (method, path, whom, ..) in ROUTES.iter().copied() {
        let id = about(&sweep, path);
        let operation = &operations[&(method.to_owned(), path.to_owned())];
        let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
        let body = schema.and_then(|name| name.rsplit('/').next()).map(|name| sweep.bodies(name, id, nobody).remove(0).0.to_string());
        let answer = call(&router, None, method, &place(path, id), body.as_deref()).await;
        let code: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        assert_eq!(code["code"] == "not_signed_in", whom != For::Anybody, "{method} {path}: {}", answer.status);
    }
}
