//! A standing grant, as found for one viewer: plain facts alone, and who attends its class on the day of the request.
//!
//! The rule: whether it holds is told from these facts at each request, so that nothing has to end it. Deliberately absent: its words,
//! which are the trail's, and a grant that somebody holds by being told of it.

use super::{ClassFacts, Decider};
use crate::{trail::RecordRef, viewer::Viewer};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{FamilyId, GrantId, StudentId},
    rights::{Duty, RoleSet},
    wire::{approvals::ApprovalState, reveals::Reason, school::StaffRef},
};

/// A standing grant and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRecord {
    /// The grant.
    pub id: GrantId,
    /// The class, with the teacher that it has now.
    pub class: ClassFacts,
    /// The fields.
    pub fields: Vec<FieldKey>,
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
    /// Until when it waits, or stands.
    pub until: DateTime<Utc>,
    /// The last day.
    pub last_day: NaiveDate,
    /// Who decided.
    pub decided_by: Option<Decider>,
    /// Why it was refused, as the trail has it.
    pub answer: String,
    /// Who attends the class on the day of the request.
    pub pupils: Vec<(StudentId, FamilyId)>,
}

impl GrantRecord {
    /// What became of it by now.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> ApprovalState {
        match self.state {
            ApprovalState::Asked | ApprovalState::Granted if self.until <= now => ApprovalState::Lapsed,
            state => state,
        }
    }
    /// Whether whoever asked teaches the class on a day.
    #[must_use]
    pub fn is_taught(&self, day: NaiveDate) -> bool {
        self.class.teacher.id == self.by.id && (self.class.starts..=self.class.ends).contains(&day)
    }
    /// Whether it holds: granted by somebody else who may still grant, within its days, to whoever teaches the class on this day.
    #[must_use]
    pub fn holds(&self, now: DateTime<Utc>, day: NaiveDate) -> bool {
        let by_one_who_may =
            self.decided_by.as_ref().is_some_and(|decider| decider.roles.has_duty(Duty::Approve) && decider.who.id != self.by.id);
        self.state_at(now) == ApprovalState::Granted && day <= self.last_day && self.is_taught(day) && by_one_who_may
    }
    /// Whether it holds for a field of this very record, of a pupil who attends the class on this day.
    pub(crate) fn covers(&self, now: DateTime<Utc>, day: NaiveDate, record: RecordRef, field: FieldKey) -> bool {
        let attends = record.kind == RecordKind::Student && self.pupils.iter().any(|(pupil, _)| pupil.0 == record.id);
        attends && self.fields.contains(&field) && self.holds(now, day)
    }
    /// Whether it is the viewer's own and covers this.
    pub(crate) fn opens_for(&self, viewer: &Viewer, record: RecordRef, field: FieldKey) -> bool {
        Some(self.by.id) == viewer.staff() && self.covers(viewer.now(), viewer.today(), record, field)
    }
}
