//! What each role may write, field by field (BOPLA): each field, as each role, by each way in which a request writes one.
//!
//! The rule: what may be written is what the matrix says in `edit`, by two matrices of which one permits exactly what the other refuses, so
//! that no field stands behind the right to another. A field that may not be written is named, and nothing of the request is stored.
//! Deliberately absent: the words of corrections and questions, which are said by whoever they are from and asked of no cell.

use super::by_role::{roles, school, take};
use crate::{
    noninterference::{
        values::canary,
        world::{Answer, Who, World, call},
    },
    support::app::past,
};
use axum::Router;
use chrono::Utc;
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Cell, Duty, Exposure, Role},
};
use sea_orm::DatabaseConnection;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whether the matrix of this turn lets a role write a field: a chessboard, and then its negative.
fn may_write(role: Role, field: FieldKey, turn: usize) -> bool {
    (role.index() + usize::from(field.code()) + turn).is_multiple_of(2)
}

fn name(field: FieldKey) -> &'static str {
    field.name().rsplit('.').next().unwrap()
}

/// Whom the policy never lets near a family, whatever the matrix says.
fn reaches_families(role: Role) -> bool {
    !matches!(role, Role::Administrator | Role::Guardian)
}

/// The records that are written, the corrections that wait, and the versions as they are.
struct Desk {
    world: World,
    behind: DatabaseConnection,
    router: Router,
    versions: BTreeMap<Uuid, i64>,
    /// Each with whether it proposes a value.
    corrections: BTreeMap<FieldKey, (String, bool)>,
    turn: usize,
    sessions: u128,
    permitted: u32,
    refused: u32,
}

impl Desk {
    async fn open(turn: usize) -> Self {
        let cell = move |role, field| Cell { exposure: Exposure::Masked, edit: may_write(role, field, turn), ..Cell::WITHHELD };
        let world = school(cell).await;
        let (behind, router) = (past(&world.place).await, world.serve().await);
        let (versions, corrections) = (BTreeMap::new(), BTreeMap::new());
        let mut desk = Self { world, behind, router, versions, corrections, turn, sessions: 0, permitted: 0, refused: 0 };
        desk.ask_for_corrections().await;
        desk
    }

    fn record(&self, kind: RecordKind) -> Uuid {
        self.world
            .rows
            .iter()
            .find(|row| row.kind == kind && row.campus == 0 && !row.own && row.kind != RecordKind::Staff)
            .map_or_else(|| self.world.staff["zhou"].0, |row| row.id)
    }

    async fn send(&mut self, who: Who, method: &str, path: &str, body: &Value) -> Answer {
        self.sessions += 1;
        let (token, _) = self.world.session(who, self.sessions, Utc::now()).await;
        call(&self.router, Some(&token), method, path, Some(&body.to_string())).await
    }

    /// The guardian asks the school to check each field.
    async fn ask_for_corrections(&mut self) {
        let child = self.world.rows.iter().find(|row| row.kind == RecordKind::Student && row.own).unwrap().id;
        let guardian = Who { login: "guardian", role: Role::Guardian, campuses: &[] };
        for field in FieldKey::ALL.iter().copied().filter(|field| matches!(field.record(), RecordKind::Student | RecordKind::Guardian)) {
            let wish = json!({ "field": field, "wish": "check", "words": "请核对" });
            let answer = self.send(guardian, "POST", &format!("/api/portal/children/{child}/corrections"), &wish).await;
            let made: Value = serde_json::from_slice(&answer.body).unwrap();
            // One of them is open from the beginning, with a value of its own.
            let (made, proposes) = if answer.status == 409 { (&made["current"], true) } else { (&made, false) };
            self.corrections.insert(field, (made["id"].as_str().unwrap().to_owned(), proposes));
        }
    }

    /// The fields that an answer refuses because they may not be written.
    fn not_writable(answer: &Answer) -> Vec<String> {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let fields = body["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().filter(|one| one["code"] == "not_writable").map(|one| one["at"].as_str().unwrap().to_owned()).collect()
    }

    /// A change of a record that is there.
    async fn change(&mut self, who: Who, field: FieldKey) {
        let (of, may) = match field.record() {
            RecordKind::Student => ("students", reaches_families(who.role)),
            RecordKind::Guardian => ("guardians", reaches_families(who.role)),
            RecordKind::Staff => ("staff", who.role.duties().contains(&Duty::KeepStaff)),
            _ => return,
        };
        let id = self.record(field.record());
        let path = format!("/api/{of}/{id}");
        let version = self.versions.get(&id).copied().unwrap_or(1);
        let value = canary(200 + self.versions.len(), self.turn, field);
        let answer = self.send(who, "PATCH", &path, &json!({ "version": version, name(field): { "set": value } })).await;
        let told = format!("{field} of {path} as {:?}: {} {}", who.role, answer.status, answer.text());
        if !may {
            assert!(matches!(answer.status, 403 | 404), "{told}");
        } else if may_write(who.role, field, self.turn) {
            assert_eq!(answer.status, 200, "{told}");
            let card: Value = serde_json::from_slice(&answer.body).unwrap();
            let stored = card["version"].as_i64().unwrap();
            assert_eq!(stored, version + 1, "{told}");
            self.versions.insert(id, stored);
            self.permitted += 1;
            return self.change_with_another(who, field, &path, stored).await;
        } else {
            assert_eq!((answer.status, Self::not_writable(&answer)), (422, vec![name(field).to_owned()]), "{told}");
        }
        self.refused += 1;
    }

    /// What may be written is not stored either where something beside it may not; the next change finds the version as it was.
    async fn change_with_another(&mut self, who: Who, field: FieldKey, path: &str, version: i64) {
        let other = FieldKey::of(field.record()).find(|other| !may_write(who.role, *other, self.turn));
        let Some(other) = other else { return };
        let set = |field| json!({ "set": canary(300, self.turn, field) });
        let body = json!({ "version": version, name(field): set(field), name(other): set(other) });
        let answer = self.send(who, "PATCH", path, &body).await;
        assert_eq!((answer.status, Self::not_writable(&answer)), (422, vec![name(other).to_owned()]), "{field} as {:?}", who.role);
        self.refused += 1;
    }

    /// A new record that has this one field: whether it may is said whatever else is wrong with the record.
    async fn create(&mut self, who: Who, field: FieldKey) {
        let family = self.record(RecordKind::Family);
        let (path, empty) = match field.record() {
            RecordKind::Student => (format!("/api/families/{family}/students"), Map::new()),
            RecordKind::Guardian => {
                (format!("/api/families/{family}/guardians"), Map::from_iter([("relation".to_owned(), json!("other"))]))
            }
            RecordKind::Note => (format!("/api/families/{family}/notes"), Map::new()),
            _ => return,
        };
        let mut body = empty;
        body.insert("name".into(), json!(""));
        if field.record() == RecordKind::Note {
            body.clear();
        }
        body.insert(name(field).to_owned(), json!(canary(400, self.turn, field)));
        let answer = self.send(who, "POST", &path, &body.into()).await;
        let told = format!("{field} of {path} as {:?}: {} {}", who.role, answer.status, answer.text());
        if !reaches_families(who.role) || !who.role.duties().contains(&Duty::KeepFamilies) {
            assert!(matches!(answer.status, 403 | 404), "{told}");
            self.refused += 1;
            return;
        }
        assert!(matches!(answer.status, 201 | 422), "{told}");
        let (named, may) = (Self::not_writable(&answer).contains(&name(field).to_owned()), may_write(who.role, field, self.turn));
        assert_eq!(named, !may, "{told}");
        *(if may { &mut self.permitted } else { &mut self.refused }) += 1;
    }

    /// A decision about a correction writes the field as well. Of another version nothing is written, so that it waits for everybody.
    async fn decide(&mut self, who: Who, field: FieldKey) {
        let Some((id, proposes)) = self.corrections.get(&field).cloned() else { return };
        let value = if proposes { String::new() } else { canary(500, self.turn, field) };
        let body = json!({ "version": 0, "verdict": "accept", "value": value });
        let answer = self.send(who, "POST", &format!("/api/corrections/{id}/decision"), &body).await;
        let may = reaches_families(who.role) && may_write(who.role, field, self.turn);
        let told = format!("{field} as {:?}: {} {}", who.role, answer.status, answer.text());
        assert_eq!(answer.status, if may { 409 } else { 404 }, "{told}");
        *(if may { &mut self.permitted } else { &mut self.refused }) += 1;
    }
}

#[tokio::test]
async fn each_role_writes_the_fields_that_the_matrix_lets_it_write_and_no_other() {
    for turn in 0..2 {
        let mut desk = Desk::open(turn).await;
        for who in roles() {
            take(&desk.behind, who).await;
            for field in FieldKey::ALL.iter().copied() {
                desk.change(who, field).await;
                desk.create(who, field).await;
                desk.decide(who, field).await;
            }
        }
        println!("{} writes permitted, {} refused", desk.permitted, desk.refused);
        assert!(desk.permitted > 300 && desk.refused > 600);
    }
}
