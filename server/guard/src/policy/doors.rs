//! By which way a record comes before somebody: who reaches it, and where more is asked for, what.
//!
//! The rule: what shows a correction, a question or a member of staff takes its view from here, and so does what explains it; a person
//! before whom a record does not come has no view of it. Deliberately absent: which rows are found, which is SQL by a scope or a desk;
//! tests hold both to the same answer.

use super::{Policy, View};
use crate::{
    facts::Facts,
    viewer::{Actor, Viewer},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{GuardianId, StaffId},
    rights::{Duty, Exposure, Reveal, Role, RowScope},
    wire::{policy::FieldRight, why::Door},
};

/// A record as it comes before one person, or does not.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Before<'r> {
    /// A record of a family: by a role that reaches it.
    Reach(&'r Facts),
    /// A correction, by the relation to the person whose value it is about.
    Correction { facts: &'r Facts, field: FieldKey, asked_by: GuardianId },
    /// A question, by the relation to the family; of a guardian, to the child.
    Question { facts: &'r Facts, of: StaffId, asked_by: GuardianId },
    /// A member of staff, who belongs to no family.
    Staff,
}

impl Policy {
    /// A correction: for staff who may write the field in that record, and for the guardian who asked.
    pub(crate) fn view_of_correction(&self, viewer: &Viewer, facts: &Facts, field: FieldKey, asked_by: GuardianId) -> Option<View<'_>> {
        let view = self.view(viewer, facts);
        let before = match viewer.actor() {
            Actor::Guardian(me) => me == asked_by,
            Actor::Staff(_) => view.edit(field),
        };
        before.then_some(view)
    }

    /// A question, for staff who answer for the looks of others; which families they answer for is asked where it is found.
    pub(crate) fn view_of_question(&self, viewer: &Viewer, of: StaffId) -> Option<View<'_>> {
        let answers = viewer.staff().is_some_and(|me| me != of) && viewer.has_duty(Duty::Approve);
        answers.then(|| self.view_by(viewer, Duty::Approve))
    }

    /// The same, for the guardian who asked.
    pub(crate) fn view_of_own_question(&self, viewer: &Viewer, facts: &Facts, asked_by: GuardianId) -> Option<View<'_>> {
        (viewer.actor() == Actor::Guardian(asked_by)).then(|| self.view(viewer, facts))
    }

    /// A member of staff, for whoever keeps the staff.
    pub(crate) fn view_of_staff(&self, viewer: &Viewer) -> Option<View<'_>> {
        viewer.has_duty(Duty::KeepStaff).then(|| self.view_unscoped(viewer))
    }

    /// Any of them.
    fn view_before(&self, viewer: &Viewer, before: Before<'_>) -> Option<View<'_>> {
        match (before, viewer.actor()) {
            (Before::Reach(facts), _) => Some(self.view(viewer, facts)),
            (Before::Correction { facts, field, asked_by }, _) => self.view_of_correction(viewer, facts, field, asked_by),
            (Before::Question { facts, asked_by, .. }, Actor::Guardian(_)) => self.view_of_own_question(viewer, facts, asked_by),
            (Before::Question { facts, of, .. }, Actor::Staff(_)) => {
                self.view_of_question(viewer, of).filter(|_| self.answers_for(viewer, facts))
            }
            (Before::Staff, _) => self.view_of_staff(viewer),
        }
    }

    /// Whether the record comes before `viewer` at all.
    pub(crate) fn comes_before(&self, viewer: &Viewer, before: Before<'_>) -> bool {
        self.view_before(viewer, before).is_some()
    }

    /// The form of a field for `viewer`, and what else may be done with it.
    pub(crate) fn right(&self, viewer: &Viewer, before: Before<'_>, field: FieldKey) -> FieldRight {
        let nothing = FieldRight { field, form: Exposure::Withheld, reveal: Reveal::No, edit: false };
        let right = self.view_before(viewer, before).map_or(nothing, |view| view.right(field));
        match field.record() {
            RecordKind::Student | RecordKind::Guardian | RecordKind::Note => right,
            RecordKind::Staff => FieldRight { reveal: Reveal::No, ..right },
            // What somebody said is not written by anybody else.
            RecordKind::Correction | RecordKind::Question | RecordKind::Family => FieldRight { reveal: Reveal::No, edit: false, ..right },
        }
    }

    /// What has to be so before the record comes before `viewer`, in the order in which it is asked; up to what is not.
    pub(super) fn doors(&self, viewer: &Viewer, before: Before<'_>) -> Vec<(Door, bool)> {
        let asked = |by: GuardianId| vec![(Door::Asked, viewer.actor() == Actor::Guardian(by))];
        let mut doors = match (before, viewer.actor()) {
            (Before::Reach(_), _) => Vec::new(),
            (Before::Correction { asked_by, .. } | Before::Question { asked_by, .. }, Actor::Guardian(_)) => asked(asked_by),
            (Before::Correction { facts, field, .. }, Actor::Staff(_)) => {
                vec![(Door::Writes(field), self.view(viewer, facts).edit(field))]
            }
            (Before::Question { facts, of, .. }, Actor::Staff(me)) => vec![
                (Door::Duty(Duty::Approve), viewer.has_duty(Duty::Approve)),
                (Door::OthersLook, me != of),
                (Door::Family, self.answers_for(viewer, facts)),
            ],
            (Before::Staff, _) => vec![(Door::Duty(Duty::KeepStaff), viewer.has_duty(Duty::KeepStaff))],
        };
        let shut = doors.iter().position(|(_, open)| !open);
        doors.truncate(shut.map_or(doors.len(), |at| at.saturating_add(1)));
        doors
    }

    /// What a role that the person has comes to in the decision: nothing where it is not asked, else by which reach and whether it
    /// counts.
    pub(super) fn counts(&self, viewer: &Viewer, before: Before<'_>, role: Role) -> Option<(Option<RowScope>, bool)> {
        match (before, viewer.actor()) {
            (Before::Reach(facts) | Before::Correction { facts, .. }, _) | (Before::Question { facts, .. }, Actor::Guardian(_)) => {
                Some((Some(self.scope(role)), self.reaches(viewer, facts, role)))
            }
            (Before::Question { .. }, Actor::Staff(_)) => role.duties().contains(&Duty::Approve).then_some((None, true)),
            (Before::Staff, _) => Some((None, true)),
        }
    }

    /// Whether the family is among those whose questions `viewer` answers; the keeper of the matrix answers for the whole school.
    fn answers_for(&self, viewer: &Viewer, facts: &Facts) -> bool {
        let reaches = |role: Role| role.duties().contains(&Duty::Approve) && self.reaches(viewer, facts, role);
        viewer.has_duty(Duty::KeepPolicy) || viewer.roles().iter().any(reaches)
    }
}

/// Whether a field of such a record can be opened deliberately: a reveal knows no other.
pub(super) const fn is_opened(record: RecordKind) -> bool {
    matches!(record, RecordKind::Student | RecordKind::Guardian | RecordKind::Note)
}
