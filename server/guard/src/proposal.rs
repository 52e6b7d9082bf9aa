//! Proposed changes of the field matrix as values: what is written about one.
//!
//! The rule: the gate makes them, after it has asked who may; each carries the entries that commit together with it. Deliberately
//! absent: whether the change widens and whether the version is still in force, which is asked where it is written.

use crate::{policy::Rules, trail::Entry};
use chrono::{DateTime, Utc};
use contract::ids::{ProposalId, StaffId};

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Cells, scopes and conditions laid over the version in force.
    Laid(Rules),
    /// An earlier version.
    Back(i64),
}

/// A permitted proposal.
#[derive(Debug)]
pub struct ProposalAsk {
    /// The proposal.
    pub id: ProposalId,
    /// Who proposes.
    pub by: StaffId,
    /// The version that it is made from.
    pub base: i64,
    /// What.
    pub wanted: Wanted,
    /// From when it is to hold.
    pub from: Option<DateTime<Utc>>,
    /// Commits together with it.
    pub entry: Entry,
}

/// What somebody does about a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Confirms it; the entry is written too where it holds at once.
    Confirm(Box<Entry>),
    /// Declines it.
    Decline,
    /// Takes it back.
    Withdraw,
}

/// A permitted step about a proposal.
#[derive(Debug)]
pub struct ProposalWrite {
    /// The proposal.
    pub id: ProposalId,
    /// Whose step.
    pub by: StaffId,
    /// Which.
    pub step: Step,
    /// Commits together with it.
    pub entry: Entry,
}

/// A proposal whose moment has come.
#[derive(Debug)]
pub struct ProposalDue {
    /// The proposal.
    pub id: ProposalId,
    /// The moment at which it is asked.
    pub at: DateTime<Utc>,
    /// The entry where it comes into force.
    pub holds: Entry,
    /// The entry where it does not.
    pub fails: Entry,
}
