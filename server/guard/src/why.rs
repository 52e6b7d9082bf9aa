//! Questions about what others see, as values: whose question it is, about whom, and the plain facts by which anybody's relation to a
//! family, and to what its guardians wrote, is told.
//!
//! The rule: only the gate makes an [`Inquiry`], and `store` finds a [`Circle`] by one alone. Deliberately absent: a sealed field, so
//! that whoever asks about a family that they do not reach is never near one.

use crate::{facts::Facts, policy::Before, scope::Scope, trail::RecordRef, viewer::Actor, viewer::Viewer};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, FamilyId, GuardianId, StaffId},
    rights::RoleSet,
};

/// The right to ask what others see: of the whole school for whoever keeps the matrix, else of the families that one reaches oneself.
#[derive(Debug)]
pub struct Inquiry<'v> {
    pub(crate) viewer: &'v Viewer,
    pub(crate) within: Option<Scope>,
}

impl Inquiry<'_> {
    /// Which families; the whole school where none is named.
    #[must_use]
    pub const fn within(&self) -> Option<&Scope> {
        self.within.as_ref()
    }
    /// The time of the question; what "now" means for an emergency.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.viewer.now()
    }
    /// The day of the request at the school; what "now" means for classes.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.viewer.today()
    }
}

/// A member of staff who has not left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// The person.
    pub id: StaffId,
    /// The working name.
    pub name: String,
    /// The roles, that of an emergency included.
    pub roles: RoleSet,
    /// The campuses.
    pub campuses: Vec<CampusId>,
    /// Whether they may sign in.
    pub active: bool,
}

/// By which way a record of a family comes before somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a role that reaches it.
    Reach,
    /// A correction: by the right to write the field in the record that has it, or because they asked.
    Correction {
        /// The field that is to be corrected.
        field: FieldKey,
        /// The guardian who asked.
        asked_by: GuardianId,
    },
    /// A question: by the duty to answer for others, or because they asked.
    Question {
        /// Whose look is questioned.
        of: StaffId,
        /// The guardian who asked.
        asked_by: GuardianId,
    },
}

impl Way {
    /// The same of one person, by their relation.
    pub(crate) const fn of(self, facts: &Facts) -> Before<'_> {
        match self {
            Self::Reach => Before::Reach(facts),
            Self::Correction { field, asked_by } => Before::Correction { facts, field, asked_by },
            Self::Question { of, asked_by } => Before::Question { facts, of, asked_by },
        }
    }
}

/// A record of a family, by those who are near it: for a correction near the person whose value it is about; for a question near the
/// family, and its guardians near the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The record.
    pub record: RecordRef,
    /// By which way it comes before somebody.
    pub way: Way,
    /// Who teaches the pupil now, or one of the pupils that the record belongs to, and in which class.
    pub taught_by: Vec<(StaffId, String)>,
    /// The guardians whose own it is.
    pub own_of: Vec<GuardianId>,
}

/// A family, by those who are near it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// The family.
    pub family: FamilyId,
    /// Its campus.
    pub campus: CampusId,
    /// Its consultant.
    pub owner: Option<StaffId>,
    /// The guardians who may sign in.
    pub guardians: Vec<GuardianId>,
    /// Its students, guardians and notes, and the newest of what guardians wrote.
    pub members: Vec<Member>,
}

impl Circle {
    /// Whether records of this kind are among its members.
    #[must_use]
    pub const fn carries(kind: RecordKind) -> bool {
        match kind {
            RecordKind::Student | RecordKind::Guardian | RecordKind::Note | RecordKind::Correction | RecordKind::Question => true,
            // A family has no field; a member of staff belongs to no family, and is asked about alone.
            RecordKind::Family | RecordKind::Staff => false,
        }
    }
    /// The relation of a person to one of its records.
    pub(crate) fn facts(&self, member: &Member, actor: Actor) -> Facts {
        let (taught_by_viewer, own_child) = match actor {
            Actor::Staff(me) => (member.taught_by.iter().any(|(teacher, _)| *teacher == me), false),
            Actor::Guardian(me) => (false, member.own_of.contains(&me)),
        };
        Facts { campus: self.campus, owner: self.owner, taught_by_viewer, own_child }
    }
}
