//! From records to bodies: the one direction in which a value leaves.
//!
//! The rule: every function destructures its record without `..`, so that a new column does not compile until somebody
//! decides. A [`Disclosed`] body is made for one viewer after its trail row is durable.

pub(crate) mod activity;
pub(crate) mod audit;
pub(crate) mod class;
pub(crate) mod correction;
pub mod export;
pub(crate) mod family;
pub(crate) mod feed;
pub(crate) mod guardian;
pub(crate) mod ledger;
pub(crate) mod note;
mod plain;
pub(crate) mod question;
pub(crate) mod register;
pub(crate) mod simulated;
pub(crate) mod staff;
pub(crate) mod student;
pub(crate) mod timeline;

pub(crate) use export::ExportTable;
pub use plain::PlainBody;

use crate::{
    policy::View,
    sealed::{Lens, SubjectKey},
    trail::{Looks, RecordRef},
};
use contract::{ids::FamilyId, wire::ledger::FieldLook};
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// A body for one viewer: it can be serialised, and nothing else.
#[must_use = "a disclosure that is not sent was recorded for nothing"]
pub struct Disclosed<B>(B);

impl<B> Disclosed<B> {
    pub(crate) const fn recorded(body: B) -> Self {
        Self(body)
    }
}

impl<B: PlainBody> Disclosed<B> {
    /// A body that holds no personal field by its type.
    pub const fn plain(body: B) -> Self {
        Self(body)
    }
}

impl<B: Serialize> Serialize for Disclosed<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<B> std::fmt::Debug for Disclosed<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disclosed")
    }
}

/// Gathers what was shown of which records, in as few groups as there are forms.
#[derive(Debug, Default)]
pub(crate) struct LookBook {
    looks: Vec<Looks>,
    families: Vec<FamilyId>,
    blind: bool,
}

impl LookBook {
    /// One for a question about what somebody would see: it gives no lens a key, so that nothing is opened for it.
    pub(crate) fn blind() -> Self {
        Self { blind: true, ..Self::default() }
    }
    /// The lens through which a record that goes into this book is seen.
    pub(crate) const fn lens<'a>(&self, view: View<'a>, key: &'a SubjectKey, row: Uuid) -> Lens<'a> {
        if self.blind { Lens::blind(view, row) } else { Lens::new(view, key, row) }
    }
    pub(crate) fn add(&mut self, family: FamilyId, record: RecordRef, fields: Vec<FieldLook>) {
        // The records of a family come one after another.
        if self.families.last() != Some(&family) {
            self.families.push(family);
        }
        if fields.is_empty() {
            return;
        }
        match self.looks.iter_mut().find(|looks| looks.fields == fields) {
            Some(looks) => looks.records.push(record),
            None => self.looks.push(Looks { fields, records: vec![record] }),
        }
    }
    /// The families, each once and in order, and what was shown.
    pub(crate) fn into_parts(mut self) -> (Vec<FamilyId>, Vec<Looks>) {
        self.families.sort_unstable();
        self.families.dedup();
        (self.families, self.looks)
    }
}
