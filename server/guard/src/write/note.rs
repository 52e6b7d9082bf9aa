//! Writing a follow-up note. Notes are added, never changed.

use super::Pen;
use crate::{
    policy::Policy,
    records::FamilyRecord,
    refused::Refused,
    sealed::Sealed,
    trail::{By, Entry, Looks, RecordRef},
    vault::Vault,
    viewer::Viewer,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::NoteBody,
    field::RecordKind,
    ids::{FamilyId, NoteId, StaffId},
    wire::{ledger::Action, notes::NewNote},
};
use uuid::Uuid;

/// A permitted note.
#[derive(Debug)]
pub struct NoteWrite {
    /// The note.
    pub id: NoteId,
    /// The family.
    pub family: FamilyId,
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub body: Sealed<NoteBody>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// Commits together with the note.
    pub entry: Entry,
}

pub(crate) fn add(policy: &Policy, vault: &Vault, viewer: &Viewer, family: &FamilyRecord, new: &NewNote) -> Result<NoteWrite, Refused> {
    let NewNote { body, next_contact } = new;
    let by = viewer.staff().ok_or(Refused::Forbidden)?;
    let key = vault.unwrap(&family.key)?;
    let id = NoteId(Uuid::now_v7());
    let mut pen = Pen::new(vault, key, id.0, policy.view(viewer, &family.family.facts), "");
    let body = pen.fresh("body", body)?;
    let (_, written) = pen.finish()?;
    let record = RecordRef { kind: RecordKind::Note, id: id.0 };
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Created)
        .about(record)
        .in_families(vec![family.family.id])
        .seeing(vec![Looks { fields: written, records: vec![record] }]);
    Ok(NoteWrite { id, family: family.family.id, by, at: viewer.now(), body, next_contact: *next_contact, entry })
}
