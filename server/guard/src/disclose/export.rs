//! A list as a table for a file: the form of the screen, lowered to what may be exported; never more.
//!
//! Cells that a spreadsheet would run as a formula are neutralised (`contract::spreadsheet`).

use super::{Disclosed, LookBook};
use crate::{
    policy::Policy,
    records::{FamilyFacts, FamilyRecord, GuardianFields, GuardianRecord, Record, StudentFields, StudentRecord},
    refused::Refused,
    sealed::Lens,
    vault::Vault,
    viewer::Viewer,
};
use contract::{catalogue::FieldKey, field::FieldValue, shown::Shown, spreadsheet::neutral, wire::school::Stage};

/// A column of an exported list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A field of the catalogue.
    Field(FieldKey),
    /// The stage of the family.
    Stage,
    /// The campus.
    Campus,
    /// The consultant.
    Owner,
    /// The classes attended now.
    Classes,
}

/// The columns, in their order.
pub const COLUMNS: &[Column] = &[
    Column::Field(FieldKey::StudentName),
    Column::Field(FieldKey::StudentBirthDate),
    Column::Field(FieldKey::StudentAddress),
    Column::Field(FieldKey::GuardianName),
    Column::Field(FieldKey::GuardianPhone),
    Column::Stage,
    Column::Campus,
    Column::Owner,
    Column::Classes,
];

/// A list as a table: a text a cell.
#[derive(Debug, serde::Serialize)]
pub struct ExportTable {
    /// The rows. Of families: a row a student, with as many cells as there are [`COLUMNS`].
    pub rows: Vec<Vec<String>>,
}

impl Disclosed<ExportTable> {
    /// Writes the file. The table is what the viewer was granted; the writer gets nothing beyond it.
    pub fn write<T>(self, writer: impl FnOnce(&ExportTable) -> T) -> T {
        writer(&self.0)
    }
}

pub(crate) fn rows(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &FamilyRecord,
    book: &mut LookBook,
) -> Result<Vec<Vec<String>>, Refused> {
    let FamilyRecord { family, key, students, guardians, notes: _ } = record;
    let FamilyFacts { id: _, version: _, stage, campus, owner, created_at: _, updated_at: _, next_contact: _, facts: _ } = family;
    let key = vault.unwrap(key)?;
    let (guardian_name, guardian_phone) = match guardians.first() {
        None => (String::new(), String::new()),
        Some(guardian) => {
            let reference = guardian.reference();
            let GuardianRecord { id, family, version: _, kinships: _, facts, key: _, fields } = guardian;
            let GuardianFields { name, phone, second_phone: _, wechat: _, email: _, id_card: _, address: _, employer: _ } = fields;
            let lens = Lens::new(policy.view(viewer, facts), key, id.0);
            let cells = (text(&lens.export(name)?), text(&lens.export(phone)?));
            book.add(*family, reference, lens.into_looks());
            cells
        }
    };
    let mut rows = Vec::with_capacity(students.len());
    for student in students {
        let reference = student.reference();
        let StudentRecord { id, family, version: _, classes, enrolments: _, facts, key: _, fields } = student;
        let StudentFields { name, birth_date, id_card: _, school: _, address, health_note: _ } = fields;
        let lens = Lens::new(policy.view(viewer, facts), key, id.0);
        rows.push(vec![
            text(&lens.export(name)?),
            text(&lens.export(birth_date)?),
            text(&lens.export(address)?),
            guardian_name.clone(),
            guardian_phone.clone(),
            stage_text(*stage).into(),
            neutral(&campus.name),
            owner.as_ref().map(|owner| neutral(&owner.name)).unwrap_or_default(),
            neutral(&classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>().join("、")),
        ]);
        book.add(*family, reference, lens.into_looks());
    }
    Ok(rows)
}

/// Files are Chinese, as the school's papers are.
const fn stage_text(stage: Stage) -> &'static str {
    match stage {
        Stage::Lead => "线索",
        Stage::Trial => "试听",
        Stage::Enrolled => "在读",
        Stage::Left => "已离校",
    }
}

fn text<T: FieldValue>(shown: &Shown<T>) -> String {
    match shown {
        Shown::Clear(value) => neutral(&value.text()),
        Shown::Masked(mask) => neutral(mask.as_str()),
        Shown::Withheld => "—".into(),
    }
}
