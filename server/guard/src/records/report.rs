//! What reports are made of: plain facts and entries of the trail. Nothing here is sealed, since nothing is a value of a family.

use crate::{disclose::ledger::Kept, trail::RecordRef};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::FieldKey,
    ids::{EmergencyId, GrantId, StaffId},
    rights::RoleSet,
    wire::{approvals::ApprovalState, ledger::Action},
};
use uuid::Uuid;

/// What a line of the register is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    /// One look at a field of one record.
    Once(RecordRef, FieldKey),
    /// A standing grant.
    Standing {
        /// The grant.
        grant: GrantId,
        /// The name of its class.
        class: String,
        /// The fields.
        fields: Vec<FieldKey>,
        /// The last day.
        last_day: NaiveDate,
    },
    /// Emergency access.
    Emergency(EmergencyId),
}

/// What was opened under a standing grant, or in an emergency while it lasted.
#[derive(Debug, Clone)]
pub struct RegisteredLooks {
    /// How many times.
    pub count: u32,
    /// The first entry.
    pub first: Kept,
    /// The last one.
    pub last: Kept,
}

/// An approval with the entries of its steps.
#[derive(Debug, Clone)]
pub struct RegisterRecord {
    /// What it is about.
    pub about: Registered,
    /// What became of it, as it is stored: never lapsed.
    pub state: ApprovalState,
    /// Until when it waits, or is good.
    pub until: DateTime<Utc>,
    /// The request.
    pub asked: Kept,
    /// The decision.
    pub decided: Option<Kept>,
    /// What was opened by it, where it is for more than one look.
    pub looks: Option<RegisteredLooks>,
    /// The look that used it up, its withdrawal, its revocation, or the act that ended it with the access.
    pub ended: Option<Kept>,
}

/// How often somebody did one thing in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Who.
    pub who: Uuid,
    /// What.
    pub action: Action,
    /// The week, counted back from the last day; the last one is 0.
    pub week: usize,
    /// How often.
    pub count: u32,
    /// How often of these from 22:00 to 06:00 at the school.
    pub late: u32,
}

/// What one member of staff did in some days, counted, and their peers in the same.
#[derive(Debug, Clone)]
pub struct ActivityRecord {
    /// The person.
    pub id: StaffId,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// Whether they have left.
    pub left: bool,
    /// The last day.
    pub to: NaiveDate,
    /// Who else holds one of the roles.
    pub peers: Vec<StaffId>,
    /// The counts of all of them.
    pub tallies: Vec<Tally>,
    /// How many families of somebody else the person opened.
    pub beyond: u32,
}
