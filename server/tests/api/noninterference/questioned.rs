//! Questions in a small school: the first guardian of the families with corrections asks about two looks of the registrar, and
//! one of the two is answered.
//!
//! The rule: they come in through the gate like any other, under the policy of the start. Deliberately absent: a question about
//! somebody who answers.

use super::{
    corrected::{OF, viewer},
    world::Row,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{FamilyId, GuardianId, StaffId, StudentId},
    rights::Role,
    wire::questions::{Finding, NewAnswer, NewQuestion},
};
use guard::{Actor, Gate, Policy, gate::Kept};
use server::config::Place;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{Db, TrailStore, Written};
use uuid::Uuid;

/// Adds the questions and their rows; says about which line of the first family the question is answered.
pub(super) async fn questions(
    place: &Place,
    (db, trail): (&Db, &TrailStore),
    (registrar, officer): (StaffId, StaffId),
    began: DateTime<Utc>,
    rows: &mut Vec<Row>,
    value: &impl Fn(&Row, usize, FieldKey) -> String,
) -> i64 {
    #[expect(clippy::disallowed_methods, reason = "the questions of a test are sealed under the policy of the start")]
    let gate = Gate::new(place.vault().unwrap(), Policy::initial(), Arc::new(trail.clone()));
    let families: Vec<Uuid> = rows.iter().filter(|row| row.kind == RecordKind::Family).map(|row| row.id).collect();
    let mut line = None;
    for family in OF.map(|number| families[number]) {
        let first = |kind: RecordKind| rows.iter().find(|row| row.kind == kind && row.family == Some(family)).unwrap().clone();
        let (student, guardian) = (first(RecordKind::Student), first(RecordKind::Guardian));
        let at = began + TimeDelta::days(25) + TimeDelta::minutes(rows.len() as i64);
        let asker = viewer(Actor::Guardian(GuardianId(guardian.id)), Role::Guardian, Vec::new(), at);
        let scope = gate.scope(&asker);
        let child = db.student(&scope, StudentId(student.id)).await.unwrap().unwrap();
        let me = db.guardian(&scope, GuardianId(guardian.id)).await.unwrap().unwrap();
        let kept = db.family_trail(FamilyId(family), None, 100).await.unwrap();
        let new = |look: &Kept, words: &str| NewQuestion { line: look.seq, words: words.to_owned() };
        let of_registrar = |look: &&Kept| {
            look.entry.by().actor == Some(Actor::Staff(registrar))
                && gate.ask_question(&asker, &child, &me, (Some(look), &BTreeSet::new()), &new(look, "")).is_ok()
        };
        for (turn, look) in kept.iter().filter(of_registrar).take(2).enumerate() {
            let answered = turn == 1;
            let mut row = Row { kind: RecordKind::Question, id: Uuid::nil(), values: BTreeMap::new(), ..student.clone() };
            let fields = [Some(FieldKey::QuestionWords), answered.then_some(FieldKey::QuestionAnswer)];
            row.values = fields.into_iter().flatten().map(|field| (field, value(&row, rows.len(), field))).collect();
            let ask = gate
                .ask_question(&asker, &child, &me, (Some(look), &BTreeSet::new()), &new(look, &row.values[&FieldKey::QuestionWords]))
                .unwrap();
            let id = ask.id;
            row.id = id.0;
            assert_eq!(db.ask_question(trail, ask).await.unwrap(), Written::Stored);
            if answered {
                let decider = viewer(Actor::Staff(officer), Role::PrivacyOfficer, Vec::new(), at);
                let record = db.question(&gate.question_desk(&decider).unwrap(), id).await.unwrap().unwrap();
                let answer = row.values[&FieldKey::QuestionAnswer].clone();
                let reply = gate.answer_question(&decider, &record, &NewAnswer { finding: Finding::Justified, answer }).unwrap();
                assert_eq!(db.answer_question(trail, reply).await.unwrap(), Written::Stored);
                line = line.or(Some(look.seq));
            }
            rows.push(row);
        }
    }
    line.unwrap()
}
