//! Findings of audits, followed until somebody else than their owner says that they are done.
//!
//! The rule: what is typed lies sealed and comes back without numbers and addresses. Deliberately absent: a change; each step stays.

use crate::{
    ids::{FindingId, StaffId},
    named::names,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

names! {
    /// How grave a finding is.
    FindingRisk {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

names! {
    /// How far a finding has come.
    FindingState {
        /// Something is to be done.
        Open = "open",
        /// It was done, its owner says.
        Done = "done",
        /// Somebody else says so too.
        Accepted = "accepted",
    }
}

names! {
    /// A step about a finding.
    FindingStep {
        /// It was made.
        Made = "made",
        /// What it asks for was done.
        Done = "done",
        /// Somebody else says that it was not.
        Returned = "returned",
        /// Somebody else says so too.
        Accepted = "accepted",
    }
}

/// A step about a finding, as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingMove {
    /// Which.
    pub step: FindingStep,
    /// By whom.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the entry.
    pub entry: i64,
    /// In which words.
    pub words: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingCard {
    /// Which.
    pub id: FindingId,
    /// Of the report over the days from this one.
    pub from: NaiveDate,
    /// To this one.
    pub to: NaiveDate,
    /// How grave.
    pub risk: FindingRisk,
    /// Who is to do something.
    pub owner: String,
    /// Until when.
    pub due: NaiveDate,
    /// Whether that is over and nobody accepted it.
    pub overdue: bool,
    /// How far it has come.
    pub state: FindingState,
    /// What was said and done, oldest first.
    pub steps: Vec<FindingMove>,
    /// What the reader may do about it.
    pub may: Vec<FindingStep>,
}

/// Makes a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFinding {
    /// How grave.
    pub risk: FindingRisk,
    /// What was found, and what is to be done.
    pub words: String,
    /// Who is to do it.
    pub owner: StaffId,
    /// Until when.
    pub due: NaiveDate,
}

/// Takes a step about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFindingStep {
    /// Which.
    pub step: FindingStep,
    /// In which words.
    pub words: String,
}
