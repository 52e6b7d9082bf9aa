//! A class, shown: its plain facts, and its pupils each in the viewer's form.

use super::{LookBook, student};
use crate::{
    policy::Policy,
    records::{ClassFacts, ClassRecord},
    refused::Refused,
    vault::Vault,
    viewer::Viewer,
};
use contract::wire::classes::{ClassCard, ClassRow};

pub(crate) fn row(class: &ClassFacts) -> ClassRow {
    let ClassFacts { id, name, campus, teacher, starts, ends, pupils } = class;
    ClassRow {
        id: *id,
        name: name.clone(),
        campus: campus.clone(),
        teacher: teacher.clone(),
        starts: *starts,
        ends: *ends,
        pupils: *pupils,
    }
}

pub(crate) fn card(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &ClassRecord,
    book: &mut LookBook,
) -> Result<ClassCard, Refused> {
    let ClassRecord { class, pupils } = record;
    let pupils = pupils
        .iter()
        .map(|(record, since)| student::pupil(policy, viewer, vault.unwrap(&record.key)?, record, *since, book))
        .collect::<Result<_, _>>()?;
    Ok(ClassCard { class: row(class), pupils, shown_as: viewer.roles().into() })
}
