//! Follow-up notes on the wire.

use super::{Can, school::StaffRef};
use crate::{ids::NoteId, shown::Shown, values::NoteText};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A follow-up note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteCard {
    /// The note.
    pub id: NoteId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: StaffRef,
    /// What it says.
    pub body: Shown<NoteText>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// What the viewer may do.
    pub can: Can,
}

/// A note to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewNote {
    /// What it says.
    pub body: String,
    /// When to get in touch again.
    #[serde(default)]
    pub next_contact: Option<NaiveDate>,
}
