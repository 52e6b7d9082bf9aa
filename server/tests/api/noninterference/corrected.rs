//! Corrections in a small school: asked for by the first guardian of three families, one of them declined.
//!
//! The rule: they come in through the gate like any other, under the policy of the start. What is proposed is a value of the
//! row of the correction, so that both worlds differ in it as the policy permits.

use super::world::{FAMILIES, Row};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, GuardianId, SessionId, StaffId, StudentId},
    rights::{Role, RoleSet},
    wire::corrections::{CorrectionDecision, CorrectionWish, NewCorrection, Verdict},
};
use guard::{Actor, Admission, Gate, Policy, Viewer, records::Person};
use server::config::Place;
use std::{collections::BTreeMap, sync::Arc};
use store::{Db, TrailStore, Written};
use uuid::Uuid;

/// The families, by their numbers.
pub(super) const OF: [usize; 3] = [0, 1, 3];

pub(super) fn viewer(actor: Actor, role: Role, campuses: Vec<CampusId>, now: DateTime<Utc>) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "the corrections of a test are asked for before anybody has a session")]
    Viewer::admit(Admission {
        actor,
        name: "wu老师".into(),
        roles: RoleSet::from_iter([role]),
        campuses,
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now,
        whence: guard::Whence::Unknown,
    })
}

/// Adds the corrections and their rows.
pub(super) async fn corrections(
    place: &Place,
    (db, trail): (&Db, &TrailStore),
    (registrar, campuses): (StaffId, &[CampusId]),
    began: DateTime<Utc>,
    rows: &mut Vec<Row>,
    value: &impl Fn(&Row, usize, FieldKey) -> String,
) {
    #[expect(clippy::disallowed_methods, reason = "the corrections of a test are sealed under the policy of the start")]
    let gate = Gate::new(place.vault().unwrap(), Policy::initial(), Arc::new(trail.clone()));
    let families: Vec<Uuid> = rows.iter().filter(|row| row.kind == RecordKind::Family).map(|row| row.id).collect();
    assert_eq!(families.len(), FAMILIES.len());
    for family in OF.map(|number| families[number]) {
        let first = |kind: RecordKind| rows.iter().find(|row| row.kind == kind && row.family == Some(family)).unwrap().clone();
        let (student, guardian) = (first(RecordKind::Student), first(RecordKind::Guardian));
        for (turn, field) in [FieldKey::GuardianPhone, FieldKey::StudentSchool, FieldKey::StudentHealthNote].into_iter().enumerate() {
            let at = began + TimeDelta::days(20) + TimeDelta::minutes(rows.len() as i64);
            let declined = field == FieldKey::StudentHealthNote;
            let asker = viewer(Actor::Guardian(GuardianId(guardian.id)), Role::Guardian, Vec::new(), at);
            let scope = gate.scope(&asker);
            let child = db.student(&scope, StudentId(student.id)).await.unwrap().unwrap();
            let me = db.guardian(&scope, GuardianId(guardian.id)).await.unwrap().unwrap();
            let about = if field.record() == RecordKind::Student { &student } else { &guardian };
            let mut row = Row { kind: RecordKind::Correction, id: Uuid::nil(), values: BTreeMap::new(), ..about.clone() };
            let fields = [Some(field), Some(FieldKey::CorrectionWords), declined.then_some(FieldKey::CorrectionAnswer)];
            row.values = fields.into_iter().flatten().map(|field| (field, value(&row, rows.len(), field))).collect();
            let words = row.values[&FieldKey::CorrectionWords].clone();
            let new = NewCorrection { field, wish: CorrectionWish::Replace, value: row.values[&field].clone(), words };
            let person = Person::with(field, &child, &me).unwrap();
            let ask = gate.ask_correction(&asker, person, &new).unwrap();
            row.id = ask.id.0;
            assert_eq!(db.ask_correction(trail, ask).await.unwrap(), Written::Stored, "{turn}");
            if declined {
                let decider = viewer(Actor::Staff(registrar), Role::Registrar, campuses.to_vec(), at);
                let (record, family) = db.correction(&gate.desk(&decider), contract::ids::CorrectionId(row.id)).await.unwrap().unwrap();
                let answer = row.values[&FieldKey::CorrectionAnswer].clone();
                let decision = CorrectionDecision { version: 1, verdict: Verdict::Decline, value: String::new(), answer };
                let person = Person::in_family(&family, record.about).unwrap();
                let verdict = gate.decide_correction(&decider, &record, person, &decision).unwrap();
                assert_eq!(db.decide_correction(trail, verdict).await.unwrap(), Written::Stored);
            }
            rows.push(row);
        }
    }
}
