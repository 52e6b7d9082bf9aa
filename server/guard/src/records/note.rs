//! A follow-up note.

use super::{Record, holds, reveal_by_key};
use crate::{facts::Facts, sealed::Sealed, trail::RecordRef, vault::WrappedKey};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::NoteBody,
    field::RecordKind,
    ids::{FamilyId, NoteId},
    wire::school::StaffRef,
};
use std::sync::Arc;

/// The personal field of a note.
#[derive(Debug)]
pub struct NoteFields {
    /// What it says.
    pub body: Sealed<NoteBody>,
}

/// A note as found for one viewer.
#[derive(Debug)]
pub struct NoteRecord {
    /// The note.
    pub id: NoteId,
    /// The family.
    pub family: FamilyId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffRef,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// The relation to the viewer.
    pub facts: Facts,
    /// The family's data key.
    pub key: Arc<WrappedKey>,
    /// The personal field.
    pub fields: NoteFields,
}

impl NoteRecord {
    /// The sealed body from its column.
    #[must_use]
    pub fn fields(body: Vec<u8>) -> NoteFields {
        NoteFields { body: Sealed::stored(body) }
    }
}

impl Record for NoteRecord {
    fn reference(&self) -> RecordRef {
        RecordRef { kind: RecordKind::Note, id: self.id.0 }
    }
    fn family(&self) -> FamilyId {
        self.family
    }
    fn facts(&self) -> &Facts {
        &self.facts
    }
    fn key(&self) -> &WrappedKey {
        &self.key
    }
}

holds!(NoteRecord { NoteBody => body });
reveal_by_key!(NoteRecord { NoteBody });
