//! A family, shown: in a few words, as a row of a list and as a card.

use super::{LookBook, guardian, note, student};
use crate::{
    policy::Policy,
    records::{FamilyFacts, FamilyRecord},
    refused::Refused,
    trail::RecordRef,
    vault::Vault,
    viewer::Viewer,
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    wire::{
        families::{FamilyCard, FamilyRow},
        timeline::Timeline,
        today::{Due, FamilyBrief},
    },
};

pub(crate) fn brief(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &FamilyRecord,
    book: &mut LookBook,
) -> Result<FamilyBrief, Refused> {
    let FamilyRecord { family, key, students, guardians: _, notes: _ } = record;
    let FamilyFacts { id, version: _, stage, campus, owner, created_at: _, updated_at: _, next_contact, facts: _ } = family;
    let key = vault.unwrap(key)?;
    Ok(FamilyBrief {
        id: *id,
        stage: *stage,
        campus: campus.clone(),
        owner: owner.clone(),
        students: students.iter().map(|record| student::named(policy, viewer, key, record, book)).collect::<Result<_, _>>()?,
        next_contact: *next_contact,
    })
}

/// The same with whom to call.
pub(crate) fn due(policy: &Policy, vault: &Vault, viewer: &Viewer, record: &FamilyRecord, book: &mut LookBook) -> Result<Due, Refused> {
    let family = brief(policy, vault, viewer, record, book)?;
    let key = vault.unwrap(&record.key)?;
    let guardian = record.guardians.first().map(|record| guardian::brief(policy, viewer, key, record, book)).transpose()?;
    Ok(Due { family, guardian, may_note: may_note(policy, viewer, record) })
}

pub(crate) fn row(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &FamilyRecord,
    book: &mut LookBook,
) -> Result<FamilyRow, Refused> {
    let FamilyRecord { family, key, students, guardians, notes: _ } = record;
    let FamilyFacts { id, version, stage, campus, owner, created_at: _, updated_at, next_contact, facts: _ } = family;
    let key = vault.unwrap(key)?;
    Ok(FamilyRow {
        id: *id,
        version: *version,
        stage: *stage,
        campus: campus.clone(),
        owner: owner.clone(),
        students: students.iter().map(|record| student::brief(policy, viewer, key, record, book)).collect::<Result<_, _>>()?,
        guardian: guardians.first().map(|record| guardian::brief(policy, viewer, key, record, book)).transpose()?,
        next_contact: *next_contact,
        updated_at: *updated_at,
    })
}

pub(crate) fn card(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &FamilyRecord,
    timeline: Timeline,
    book: &mut LookBook,
) -> Result<FamilyCard, Refused> {
    let FamilyRecord { family, key, students, guardians, notes } = record;
    let FamilyFacts { id, version, stage, campus, owner, created_at, updated_at, next_contact, facts: _ } = family;
    let key = vault.unwrap(key)?;
    book.add(*id, RecordRef { kind: RecordKind::Family, id: id.0 }, Vec::new());
    Ok(FamilyCard {
        id: *id,
        version: *version,
        stage: *stage,
        campus: campus.clone(),
        owner: owner.clone(),
        next_contact: *next_contact,
        created_at: *created_at,
        updated_at: *updated_at,
        students: students.iter().map(|record| student::card(policy, viewer, key, record, book)).collect::<Result<_, _>>()?,
        guardians: guardians.iter().map(|record| guardian::card(policy, viewer, key, record, book)).collect::<Result<_, _>>()?,
        notes: notes.iter().map(|record| note::card(policy, viewer, key, record, book)).collect::<Result<_, _>>()?,
        timeline,
        may_keep: policy.keeps_family(viewer, &family.facts),
        may_note: may_note(policy, viewer, record),
    })
}

/// Whether a note of the viewer would be taken: as `write` asks it.
fn may_note(policy: &Policy, viewer: &Viewer, record: &FamilyRecord) -> bool {
    let facts = &record.family.facts;
    policy.keeps_family(viewer, facts) && policy.view(viewer, facts).edit(FieldKey::NoteBody)
}
