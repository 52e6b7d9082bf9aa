//! Taking in a family, and moving it along.

use super::{GuardianIntake, StudentIntake, guardian, is_sane, student};
use crate::{
    facts::Facts,
    policy::Policy,
    records::FamilyRecord,
    refused::Refused,
    trail::{By, Entry, Looks, RecordRef},
    vault::{Vault, WrappedKey},
    viewer::Viewer,
};
use chrono::NaiveDate;
use contract::{
    change::Change,
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{CampusId, FamilyId, StaffId},
    rights::{Role, RowScope},
    wire::{
        families::{FamilyChanges, NewFamily},
        ledger::Action,
        school::{StaffRef, Stage},
        timeline::Moved,
    },
};
use uuid::Uuid;

/// A family to be stored.
#[derive(Debug)]
pub struct FamilyIntake {
    /// The family.
    pub id: FamilyId,
    /// Its campus.
    pub campus: CampusId,
    /// Where it stands.
    pub stage: Stage,
    /// Its consultant: whoever takes it in, when they are one.
    pub owner: Option<StaffId>,
    /// Its data key.
    pub key: WrappedKey,
    /// Its students.
    pub students: Vec<StudentIntake>,
    /// Its guardians.
    pub guardians: Vec<GuardianIntake>,
    /// Commits together with the family.
    pub entry: Entry,
}

/// A permitted change of a family as such.
#[derive(Debug)]
pub struct FamilyWrite {
    /// The family.
    pub id: FamilyId,
    /// The version that it replaces.
    pub replaces: i64,
    /// A new stage.
    pub stage: Option<Stage>,
    /// A new consultant.
    pub owner: Option<StaffId>,
    /// When to get in touch again.
    pub next_contact: Change<NaiveDate>,
    /// Commits together with the change.
    pub entry: Entry,
}

const MOST: usize = 8;

pub(crate) fn intake(policy: &Policy, vault: &Vault, viewer: &Viewer, new: &NewFamily) -> Result<FamilyIntake, Refused> {
    let NewFamily { campus, stage, students, guardians } = new;
    let keeping = policy.keeping(viewer);
    if keeping.is_empty() {
        return Err(Refused::Forbidden);
    }
    let everywhere = keeping.iter().any(|role| policy.scope(role) == RowScope::All);
    let mut errors = Vec::new();
    let mut wrong = |at: &str, code| errors.push(FieldError { at: at.into(), code });
    if !everywhere && !viewer.campuses().contains(campus) {
        wrong("campus", ValueError::Malformed);
    }
    match students.len() {
        0 => wrong("students", ValueError::Required),
        1..=MOST => {}
        _ => wrong("students", ValueError::TooLong),
    }
    if guardians.len() > MOST {
        wrong("guardians", ValueError::TooLong);
    }
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let id = FamilyId(Uuid::now_v7());
    let owner = viewer.staff().filter(|_| viewer.roles().has_base(Role::Consultant));
    let facts = Facts { campus: *campus, owner, taught_by_viewer: false, own_child: false };
    let view = policy.view(viewer, &facts);
    let (key, wrapped) = vault.new_subject(id.0)?;
    let mut looks = vec![Looks { fields: Vec::new(), records: vec![RecordRef { kind: RecordKind::Family, id: id.0 }] }];
    let mut taken_students = Vec::with_capacity(students.len());
    for (position, new) in students.iter().enumerate() {
        let (intake, wrong, written) = student::intake(vault, &key, view, &format!("students.{position}."), new)?;
        errors.extend(wrong);
        looks.push(Looks { fields: written, records: vec![RecordRef { kind: RecordKind::Student, id: intake.id.0 }] });
        taken_students.push(intake);
    }
    let mut taken_guardians = Vec::with_capacity(guardians.len());
    for (position, new) in guardians.iter().enumerate() {
        let (intake, wrong, written) = guardian::intake(vault, &key, view, &format!("guardians.{position}."), new)?;
        errors.extend(wrong);
        looks.push(Looks { fields: written, records: vec![RecordRef { kind: RecordKind::Guardian, id: intake.id.0 }] });
        taken_guardians.push(intake);
    }
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Created)
        .about(RecordRef { kind: RecordKind::Family, id: id.0 })
        .in_families(vec![id])
        .seeing(looks);
    Ok(FamilyIntake {
        id,
        campus: *campus,
        stage: *stage,
        owner,
        key: wrapped,
        students: taken_students,
        guardians: taken_guardians,
        entry,
    })
}

impl FamilyWrite {
    /// The same where the entry names the new consultant, whom the wish knows by id alone.
    #[must_use]
    pub fn naming(mut self, consultant: StaffRef) -> Self {
        if let (Some(owner), Some(moved)) = (self.owner, self.entry.moved())
            && owner == consultant.id
        {
            let moved = Moved { owner: Some(consultant), ..moved.clone() };
            self.entry = self.entry.moving(moved);
        }
        self
    }
}

pub(crate) fn change(viewer: &Viewer, record: &FamilyRecord, wish: &FamilyChanges) -> Result<FamilyWrite, Refused> {
    let FamilyChanges { version, stage, owner, next_contact } = wish;
    if let Change::Set(day) = next_contact
        && !is_sane(*day)
    {
        return Err(Refused::Fields(vec![FieldError { at: "next_contact".into(), code: ValueError::DateRange }]));
    }
    let id = record.family.id;
    let moved = Moved { stage: *stage, owner: owner.map(|id| StaffRef { id, name: String::new() }), next_contact: next_contact.clone() };
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Changed)
        .about(RecordRef { kind: RecordKind::Family, id: id.0 })
        .in_families(vec![id])
        .making_version(version.saturating_add(1))
        .moving(moved);
    Ok(FamilyWrite { id, replaces: *version, stage: *stage, owner: *owner, next_contact: next_contact.clone(), entry })
}
