//! Which records: the part of a query that its author cannot leave out.
//!
//! Only the gate makes a [`Scope`]; `store` turns it into SQL and cannot widen it.

use crate::{policy::Policy, viewer::Actor, viewer::Viewer};
use chrono::NaiveDate;
use contract::{
    catalogue::FieldKey,
    ids::{CampusId, GuardianId, StaffId},
    rights::{Duty, Role, RowScope},
};

/// One way in which records are reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Families that this consultant owns.
    OwnedBy(StaffId),
    /// Pupils whom this teacher teaches on this day, and their families.
    TaughtBy(StaffId, NaiveDate),
    /// Everything at these campuses.
    AtCampuses(Vec<CampusId>),
    /// Children of this guardian, custody permitting.
    ChildrenOf(GuardianId),
    /// The whole school.
    Everything,
}

/// Classes that a viewer knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassReach {
    /// Those that this teacher teaches on this day.
    TaughtBy(StaffId, NaiveDate),
    /// Those of these campuses.
    AtCampuses(Vec<CampusId>),
    /// All of the school.
    Everything,
}

/// The records that a viewer reaches: the union of its reaches; none of them is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    reaches: Vec<Reach>,
    classes: Vec<ClassReach>,
    teacher: Option<(StaffId, NaiveDate)>,
    guardian: Option<GuardianId>,
    today: NaiveDate,
}

impl Scope {
    /// The reaches of the roles that pass `which`.
    pub(crate) fn of(policy: &Policy, viewer: &Viewer, which: impl Fn(Role) -> bool) -> Self {
        let reach = |role: Role| match (policy.scope(role), viewer.actor()) {
            (RowScope::None, _) => None,
            (_, Actor::Guardian(id)) => (role == Role::Guardian).then_some(Reach::ChildrenOf(id)),
            (_, Actor::Staff(_)) if role == Role::Guardian => None,
            (RowScope::Own, Actor::Staff(id)) => Some(Reach::OwnedBy(id)),
            (RowScope::TeachesNow, Actor::Staff(id)) => Some(Reach::TaughtBy(id, viewer.today())),
            (RowScope::Campus, Actor::Staff(_)) => Some(Reach::AtCampuses(viewer.campuses().to_vec())),
            (RowScope::All, Actor::Staff(_)) => Some(Reach::Everything),
        };
        // A class is a plain fact: who works with families of a campus knows its classes, a teacher the own ones alone.
        let class = |role: Role| match (policy.scope(role), viewer.actor()) {
            (RowScope::None, _) | (_, Actor::Guardian(_)) => None,
            (_, Actor::Staff(_)) if role == Role::Guardian => None,
            (RowScope::TeachesNow, Actor::Staff(id)) => Some(ClassReach::TaughtBy(id, viewer.today())),
            (RowScope::Own | RowScope::Campus, Actor::Staff(_)) => Some(ClassReach::AtCampuses(viewer.campuses().to_vec())),
            (RowScope::All, Actor::Staff(_)) => Some(ClassReach::Everything),
        };
        let guardian = match viewer.actor() {
            Actor::Guardian(id) => Some(id),
            Actor::Staff(_) => None,
        };
        Self {
            reaches: viewer.roles().iter().filter(|role| which(*role)).filter_map(reach).collect(),
            classes: viewer.roles().iter().filter(|role| which(*role)).filter_map(class).collect(),
            teacher: viewer.staff().map(|id| (id, viewer.today())),
            guardian,
            today: viewer.today(),
        }
    }
    /// The ways in; a record is reached by any of them.
    #[must_use]
    pub fn reaches(&self) -> &[Reach] {
        &self.reaches
    }
    /// The classes that the viewer knows of, by any of these; none of them is no class.
    #[must_use]
    pub fn classes(&self) -> &[ClassReach] {
        &self.classes
    }
    /// For whom "taught by the viewer" is to be established, and on which day.
    #[must_use]
    pub const fn teacher(&self) -> Option<(StaffId, NaiveDate)> {
        self.teacher
    }
    /// For whom "own child" is to be established.
    #[must_use]
    pub const fn guardian(&self) -> Option<GuardianId> {
        self.guardian
    }
    /// The day of the request at the school; what "now" means for classes.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.today
    }
}

/// Which corrections a viewer may decide: for each role, the fields that it writes in the records that it reaches.
#[derive(Debug, Clone)]
pub struct Desk {
    parts: Vec<(Vec<FieldKey>, Scope)>,
    whole: Scope,
}

impl Desk {
    pub(crate) fn of(policy: &Policy, viewer: &Viewer) -> Self {
        let view = policy.view_unscoped(viewer);
        let part = |role: Role| {
            let fields: Vec<FieldKey> = FieldKey::ALL.iter().copied().filter(|field| view.cell(role, *field).edit).collect();
            (fields, Scope::of(policy, viewer, |one| one == role))
        };
        let of_staff = |role: &Role| viewer.staff().is_some() && *role != Role::Guardian;
        Self { parts: viewer.roles().iter().filter(of_staff).map(part).collect(), whole: Scope::of(policy, viewer, |_| true) }
    }
    /// Fields, and the records in which they may be decided; a correction is reached by any of them.
    #[must_use]
    pub fn parts(&self) -> &[(Vec<FieldKey>, Scope)] {
        &self.parts
    }
    /// Everything that the viewer reaches, for finding the people.
    #[must_use]
    pub const fn whole(&self) -> &Scope {
        &self.whole
    }
}

/// Which questions a viewer may answer: about the looks of anybody but themselves, in the families that they reach by the duty,
/// or in the whole school for the keeper of the matrix, who reaches none.
#[derive(Debug, Clone)]
pub struct QuestionDesk {
    me: StaffId,
    within: Option<Scope>,
}

impl QuestionDesk {
    pub(crate) fn of(policy: &Policy, viewer: &Viewer) -> Option<Self> {
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve))?;
        let answers = |role: Role| role.duties().contains(&Duty::Approve);
        Some(Self { me, within: (!viewer.has_duty(Duty::KeepPolicy)).then(|| Scope::of(policy, viewer, answers)) })
    }
    /// Whose own looks are not among them.
    #[must_use]
    pub const fn me(&self) -> StaffId {
        self.me
    }
    /// Of which families; none stands for the whole school.
    #[must_use]
    pub const fn within(&self) -> Option<&Scope> {
        self.within.as_ref()
    }
}
