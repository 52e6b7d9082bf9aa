//! The thread of a family: what happened to it and who looked, newest first.
//!
//! The rule: an item says who, when and which fields, never what a field held. Notes are named by their id; what they say stands
//! on the card alone, so that reading the thread again is no second look at them.

use super::{
    ledger::LedgerLine,
    school::{ClassRef, StaffRef, Stage},
};
use crate::{
    change::Change,
    ids::{NoteId, StudentId},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the thread is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TimelineKind {
    /// Everything.
    #[default]
    All,
    /// Notes.
    Notes,
    /// Who was taken in, what was changed, which classes began and ended.
    Changes,
    /// Who looked.
    Looks,
}

impl TimelineKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[Self::All, Self::Notes, Self::Changes, Self::Looks];
    /// The name in a query string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Notes => "notes",
            Self::Changes => "changes",
            Self::Looks => "looks",
        }
    }
}

/// Plain facts of a family that a change set. Facts of the school's work, none of them personal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// The stage that it came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The consultant who took over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffRef>,
    /// When it was to be contacted from then on.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub next_contact: Change<NaiveDate>,
}

/// One item of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TimelineItem {
    /// Somebody did something.
    Entry {
        /// Who, when, what; of the fields those that the viewer's roles know of.
        line: LedgerLine,
        /// The note that was written.
        note: Option<NoteId>,
        /// The plain facts that were set.
        moved: Option<Moved>,
    },
    /// A student began or left a class.
    Class {
        /// On which day.
        day: NaiveDate,
        /// Who.
        student: StudentId,
        /// Which.
        class: ClassRef,
        /// Whether it was the last day.
        left: bool,
    },
}

/// A page of the thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// The items, newest first.
    pub items: Vec<TimelineItem>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
}

/// The query string of the thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct TimelineQuery {
    /// What it is narrowed to.
    #[serde(default)]
    pub kind: TimelineKind,
    /// Where the page begins, from [`Timeline::next`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}
