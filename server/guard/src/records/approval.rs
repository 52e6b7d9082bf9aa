//! A request to open one field, as found for one viewer. Plain facts alone: its words are the trail's.

use crate::{
    lasting::{holds, is_ahead},
    trail::RecordRef,
    viewer::Viewer,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    ids::{ApprovalId, FamilyId},
    rights::{Duty, RoleSet},
    wire::{approvals::ApprovalState, reveals::Reason, school::StaffRef},
};

/// Who decided, as they are at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// Who.
    pub who: StaffRef,
    /// Their roles; none while they may not sign in.
    pub roles: RoleSet,
}

/// For how long an approval is good at the most.
pub const APPROVAL_MOST: TimeDelta = TimeDelta::hours(24);

/// A request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalRecord {
    /// The request.
    pub id: ApprovalId,
    /// The record.
    pub record: RecordRef,
    /// The family that the record belongs to.
    pub family: FamilyId,
    /// The field.
    pub field: FieldKey,
    /// Who asked.
    pub by: StaffRef,
    /// In which roles.
    pub roles: RoleSet,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Why, as the trail has it.
    pub reason: Reason,
    /// What became of it, as it is stored: never lapsed.
    pub state: ApprovalState,
    /// Until when it waits, or is good.
    pub until: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<Decider>,
    /// Why it was refused, as the trail has it.
    pub answer: String,
}

impl ApprovalRecord {
    /// What became of it by now.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> ApprovalState {
        match self.state {
            ApprovalState::Asked | ApprovalState::Granted if self.until <= now || is_ahead(self.asked_at, now) => ApprovalState::Lapsed,
            ApprovalState::Granted if !holds(self.until, APPROVAL_MOST, now) => ApprovalState::Lapsed,
            state => state,
        }
    }
    /// Whether it is the viewer's own, granted and good now, by somebody else who may still grant.
    pub(crate) fn opens_for(&self, viewer: &Viewer) -> bool {
        let granted_by_one_who_may =
            self.decided_by.as_ref().is_some_and(|decider| decider.roles.has_duty(Duty::Approve) && Some(decider.who.id) != viewer.staff());
        Some(self.by.id) == viewer.staff() && self.state_at(viewer.now()) == ApprovalState::Granted && granted_by_one_who_may
    }
}
