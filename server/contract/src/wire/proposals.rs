//! Proposed changes of the field matrix: one person proposes what widens it, another confirms it, and it may wait for a moment. What only
//! narrows is proposed where it is to wait, and needs no second person.
//!
//! The rule: one is open at a time, and it is a change of the version that it was made from. Its words are those of the trail, in
//! which numbers are masked before they are kept. Deliberately absent: an edit of a proposal, which is withdrawn and made anew.

use super::{
    policy::{PolicyCell, PolicyCondition, PolicyImpact, PolicyRole, PolicyScope},
    school::StaffRef,
};
use crate::ids::ProposalId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// At most so many days ahead may a change come into force.
pub const DAYS_AHEAD: i64 = 90;

/// What became of a proposed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProposalState {
    /// Waits for a second person.
    Proposed,
    /// Confirmed; waits for its moment.
    Confirmed,
    /// Nobody gains by it, so that it needs nobody else; waits for its moment.
    Scheduled,
    /// Holds.
    InForce,
    /// Declined by somebody; the answer says why.
    Declined,
    /// Taken back by whoever proposed or confirmed it.
    Withdrawn,
    /// Nobody confirmed it in time.
    Lapsed,
    /// The matrix changed meanwhile; it has to be made anew.
    Overtaken,
    /// Whoever proposed or confirmed it may no longer do so.
    Deserted,
    /// It would have shown together what tells more than each alone.
    Joint,
}

/// A change to be proposed: cells, scopes, conditions and roles that become different, or an earlier version to go back to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProposal {
    /// The version that the viewer saw.
    pub version: i64,
    /// The cells that become different.
    #[serde(default)]
    pub cells: Vec<PolicyCell>,
    /// The scopes that become different.
    #[serde(default)]
    pub scopes: Vec<PolicyScope>,
    /// The conditions that become different.
    #[serde(default)]
    pub conditions: Vec<PolicyCondition>,
    /// The roles of the school's own that are made, named otherwise or given up.
    #[serde(default)]
    pub roles: Vec<PolicyRole>,
    /// The version to go back to; then nothing else is named.
    #[serde(default)]
    pub to: Option<i64>,
    /// Why, at most 200 characters. Numbers in it are masked before it is kept.
    pub words: String,
    /// From when it is to hold: not in the past, at most 90 days ahead; as soon as it is confirmed where none is named. What only narrows
    /// names one, or is saved at once.
    #[serde(default)]
    pub from: Option<DateTime<Utc>>,
}

/// A proposed change and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// The proposal.
    pub id: ProposalId,
    /// Who proposed it.
    pub by: StaffRef,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, numbers masked.
    pub words: String,
    /// What became of it.
    pub state: ProposalState,
    /// Until when it waits to be confirmed.
    pub until: DateTime<Utc>,
    /// From when it is to hold; as soon as it is confirmed where none was named.
    pub from: Option<DateTime<Utc>>,
    /// When it comes into force by itself, where it does: confirmed, or nobody else could confirm it.
    pub holds_at: Option<DateTime<Utc>>,
    /// Who confirmed, declined or took it back.
    pub decided_by: Option<StaffRef>,
    /// Why it was declined, numbers masked; empty otherwise.
    pub answer: String,
    /// What it changes in the version that it was made from, for how many people, and who could confirm it.
    pub impact: PolicyImpact,
    /// Whether the viewer may confirm or decline it now.
    pub may_decide: bool,
    /// Whether the viewer may withdraw it now.
    pub may_withdraw: bool,
}

/// The last proposed change, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposals {
    /// Nothing before the first.
    pub last: Option<Proposal>,
}

/// A decision on a change that somebody else proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProposalDecision {
    /// Yes: it holds, now or from its moment. Without a body of its own an unknown field would pass.
    Confirm {},
    /// No.
    Decline {
        /// Why, at most 200 characters. Numbers in it are masked before it is kept.
        why: String,
    },
}
