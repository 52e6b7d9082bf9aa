//! Wire types: the only structs that derive `Serialize` for a body.
//!
//! The rule: requests refuse unknown fields; every personal value in an answer is a [`crate::Shown`].

pub mod account;
pub mod alarms;
pub mod approvals;
pub mod audits;
pub mod classes;
pub mod corrections;
pub mod credentials;
pub mod emergencies;
pub mod families;
pub mod filter;
pub mod findings;
pub mod grants;
pub mod guardians;
pub mod ledger;
pub mod notes;
pub mod policy;
pub mod portal;
pub mod proposals;
pub mod questions;
pub mod reports;
pub mod reveals;
pub mod school;
pub mod sign_in;
pub mod staff;
pub mod students;
pub mod timeline;
pub mod today;
pub mod tokens;
pub mod views;
pub mod why;

use crate::{catalogue::FieldKey, rights::Role};
use serde::{Deserialize, Serialize};

/// One page of a list, by keyset: stable while rows are added, and no count of what the viewer cannot see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
    /// How many rows there are in the viewer's scope; on the first page of an unsearched list only.
    pub total: Option<u64>,
    /// By whose rights the rows are masked.
    pub shown_as: Vec<Role>,
}

/// What the viewer may do with the fields of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Can {
    /// May be opened with a reason and a fresh passkey.
    pub reveal: Vec<FieldKey>,
    /// May be opened after somebody has approved.
    pub ask: Vec<FieldKey>,
    /// May be written.
    pub edit: Vec<FieldKey>,
}

/// Nothing to say but that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Done {
    /// Always true.
    pub done: bool,
}

impl Done {
    /// It was done.
    pub const DONE: Done = Done { done: true };
}
