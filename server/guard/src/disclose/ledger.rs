//! The trail as people read it.
//!
//! The rule: a family's ledger tells only what concerned its own people, though one entry may be about fifty families.

use crate::{records::FamilyRecord, trail::Entry, viewer::Actor};
use contract::{rights::Role, wire::ledger::LedgerLine};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

/// An entry as it is kept, with its number.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The number of the row.
    pub seq: i64,
    /// The entry.
    pub entry: Arc<Entry>,
}

/// The people of a family: whose looks belong into its ledger.
pub(crate) fn people(record: &FamilyRecord) -> BTreeSet<Uuid> {
    let students = record.students.iter().map(|student| student.id.0);
    let guardians = record.guardians.iter().map(|guardian| guardian.id.0);
    let notes = record.notes.iter().map(|note| note.id.0);
    students.chain(guardians).chain(notes).chain([record.family.id.0]).collect()
}

/// The lines that concern these people; an entry that looked at none of them makes no line.
pub(crate) fn lines(kept: &[Kept], people: &BTreeSet<Uuid>) -> Vec<LedgerLine> {
    kept.iter().filter_map(|kept| line(kept, Some(people))).collect()
}

/// One line; with `people`, only what concerns them.
pub(crate) fn line(kept: &Kept, people: Option<&BTreeSet<Uuid>>) -> Option<LedgerLine> {
    let entry = &kept.entry;
    let concerns = |id: &Uuid| people.is_none_or(|people| people.contains(id));
    let mut looks = Vec::new();
    for seen in entry.looks().iter().filter(|looks| looks.records.iter().any(|record| concerns(&record.id))) {
        for look in &seen.fields {
            if !looks.contains(look) {
                looks.push(*look);
            }
        }
    }
    let about = entry.record().filter(|record| concerns(&record.id));
    if people.is_some() && looks.is_empty() && about.is_none() {
        return None;
    }
    let by = entry.by();
    let guardian = matches!(by.actor, Some(Actor::Guardian(_)));
    Some(LedgerLine {
        seq: kept.seq,
        at: entry.at(),
        who: if guardian { String::new() } else { by.name.clone() },
        roles: if guardian { vec![Role::Guardian] } else { by.roles.into() },
        action: entry.action(),
        record: entry.record().map(|record| record.kind),
        reason: entry.reason().cloned(),
        looks,
    })
}
