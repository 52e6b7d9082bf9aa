//! Searching by a personal value is disclosure: it goes through the `search` right of the field.
//!
//! Only the gate makes a [`Search`]. Each probe has the scope of the roles that may search its field, so that one role's
//! right is not used on another role's records.

use crate::{scope::Scope, vault::blind_index::Token};
use contract::{catalogue::FieldKey, field::RecordKind};

/// One field to look in.
#[derive(Debug)]
pub struct Probe {
    pub(crate) field: FieldKey,
    pub(crate) tokens: Vec<Token>,
    pub(crate) scope: Scope,
}

impl Probe {
    /// The field.
    #[must_use]
    pub const fn field(&self) -> FieldKey {
        self.field
    }
    /// The kind of record that carries the field.
    #[must_use]
    pub const fn record(&self) -> RecordKind {
        self.field.record()
    }
    /// All of these must be there.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
    /// Where to look.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }
}

/// A permitted search; its trail row is durable and its quota is spent already.
#[derive(Debug)]
pub struct Search {
    pub(crate) probes: Vec<Probe>,
}

impl Search {
    /// A family is found by any of these.
    #[must_use]
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }
}
