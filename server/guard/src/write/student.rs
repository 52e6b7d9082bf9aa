//! Writing a student.

use super::{IndexChange, Pen};
use crate::{
    policy::{Policy, View},
    records::{FamilyRecord, Record, StudentFields, StudentRecord},
    refused::Refused,
    sealed::{Sealed, SubjectKey},
    trail::{By, Entry, Looks, RecordRef},
    vault::Vault,
    viewer::Viewer,
};
use contract::{
    catalogue::{StudentAddress, StudentBirthDate, StudentHealthNote, StudentIdCard, StudentName, StudentSchool},
    error::FieldError,
    field::RecordKind,
    ids::{FamilyId, StudentId},
    wire::{
        ledger::{Action, FieldLook},
        students::{NewStudent, StudentChanges},
    },
};
use uuid::Uuid;

/// A student to be stored.
#[derive(Debug)]
pub struct StudentIntake {
    /// The student.
    pub id: StudentId,
    /// The sealed fields.
    pub fields: StudentFields,
    /// The index.
    pub index: Vec<IndexChange>,
}

/// The fields that change.
#[derive(Debug)]
pub struct StudentPatch {
    /// Name.
    pub name: Option<Sealed<StudentName>>,
    /// Date of birth.
    pub birth_date: Option<Sealed<StudentBirthDate>>,
    /// Identity number.
    pub id_card: Option<Sealed<StudentIdCard>>,
    /// Day school.
    pub school: Option<Sealed<StudentSchool>>,
    /// Address.
    pub address: Option<Sealed<StudentAddress>>,
    /// Health note.
    pub health_note: Option<Sealed<StudentHealthNote>>,
}

/// A permitted change of a student.
#[derive(Debug)]
pub struct StudentWrite {
    /// The student.
    pub id: StudentId,
    /// The family.
    pub family: FamilyId,
    /// The version that it replaces.
    pub replaces: i64,
    /// What changes.
    pub patch: StudentPatch,
    /// The index.
    pub index: Vec<IndexChange>,
    /// Commits together with the change.
    pub entry: Entry,
}

pub(super) fn intake(
    vault: &Vault,
    key: &SubjectKey,
    view: View<'_>,
    at: &str,
    new: &NewStudent,
) -> Result<(StudentIntake, Vec<FieldError>, Vec<FieldLook>), Refused> {
    let NewStudent { name, birth_date, id_card, school, address, health_note } = new;
    let id = StudentId(Uuid::now_v7());
    let mut pen = Pen::new(vault, key, id.0, view, at);
    let fields = StudentFields {
        name: pen.fresh("name", name)?,
        birth_date: pen.fresh("birth_date", birth_date)?,
        id_card: pen.fresh("id_card", id_card)?,
        school: pen.fresh("school", school)?,
        address: pen.fresh("address", address)?,
        health_note: pen.fresh("health_note", health_note)?,
    };
    let (errors, index, written) = pen.into_parts();
    Ok((StudentIntake { id, fields, index }, errors, written))
}

pub(crate) fn add(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    family: &FamilyRecord,
    new: &NewStudent,
) -> Result<(StudentIntake, Entry), Refused> {
    let key = vault.unwrap(&family.key)?;
    let (intake, errors, written) = intake(vault, key, policy.view(viewer, &family.family.facts), "", new)?;
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let record = RecordRef { kind: RecordKind::Student, id: intake.id.0 };
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Created)
        .about(record)
        .in_families(vec![family.family.id])
        .seeing(vec![Looks { fields: written, records: vec![record] }]);
    Ok((intake, entry))
}

pub(crate) fn change(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &StudentRecord,
    wish: &StudentChanges,
) -> Result<StudentWrite, Refused> {
    let StudentChanges { version, name, birth_date, id_card, school, address, health_note } = wish;
    let key = vault.unwrap(&record.key)?;
    let mut pen = Pen::new(vault, key, record.id.0, policy.view(viewer, &record.facts), "");
    let patch = StudentPatch {
        name: pen.change("name", name)?,
        birth_date: pen.change("birth_date", birth_date)?,
        id_card: pen.change("id_card", id_card)?,
        school: pen.change("school", school)?,
        address: pen.change("address", address)?,
        health_note: pen.change("health_note", health_note)?,
    };
    let (index, written) = pen.finish()?;
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Changed)
        .about(record.reference())
        .in_families(vec![record.family])
        .seeing(vec![Looks { fields: written, records: vec![record.reference()] }])
        .making_version(version.saturating_add(1));
    Ok(StudentWrite { id: record.id, family: record.family, replaces: *version, patch, index, entry })
}
