//! The policy, compiled into a table: role × field → cell, and role → row scope.
//!
//! The rule: what the policy does not mention is withheld. For one record the roles that reach it count, the best cell of
//! them wins, and every layer can only lower it. What a cell comes to for somebody is asked of a [`View`] alone, which knows whether the
//! role is narrowed; what is written in it is for comparing and drawing matrices. Deliberately absent: a way to raise an exposure.

pub mod default;
mod doors;
pub mod impact;
pub mod joint;
mod narrow;
mod rules;
mod why;

pub(crate) use doors::Before;
pub(crate) use narrow::is_met;
pub use rules::Rules;

use crate::{facts::Facts, viewer::Viewer};
use contract::{
    catalogue::FieldKey,
    condition::Condition,
    rights::{Cell, Duty, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::{
        Can,
        policy::{FieldRight, PolicyCell, PolicyCondition, PolicyRole, PolicyScope},
    },
};

/// Field codes stay below this; a test of the catalogue holds it.
const CODES: usize = 128;

/// Where the rows of narrowed roles begin: a role has two rows, so that narrowing costs a decision nothing. A [`RoleSet`] fits below.
const NARROWED: usize = 32;

/// The policy of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    version: i64,
    cells: Vec<Cell>,
    scopes: Vec<RowScope>,
    conditions: Vec<Condition>,
    /// The roles that have one.
    conditional: RoleSet,
    /// The roles that the school made itself, by their names.
    named: Vec<PolicyRole>,
    /// The roles that are there: those that every school has, and those that are named.
    present: RoleSet,
}

impl Policy {
    /// Compiles a policy without roles of a school's own; cells and scopes that are not given are withheld and none, and a role without
    /// a condition counts always.
    #[must_use]
    pub fn compile(version: i64, cells: &[PolicyCell], scopes: &[PolicyScope], conditions: &[PolicyCondition]) -> Self {
        Rules { cells: cells.to_vec(), scopes: scopes.to_vec(), conditions: conditions.to_vec(), roles: Vec::new() }.compile(version)
    }

    /// A place for a role of the school's own that no name is given is withheld and none, whatever else is said of it.
    fn build(version: i64, rules: &Rules) -> Self {
        let present: RoleSet = Role::ALL.iter().copied().filter(|role| rules.has(*role)).collect();
        let mut policy = Self {
            version,
            cells: vec![Cell::WITHHELD; (NARROWED + Role::ALL.len()) * CODES],
            scopes: vec![RowScope::None; Role::ALL.len()],
            conditions: vec![Condition::ALWAYS; Role::ALL.len()],
            conditional: RoleSet::default(),
            named: rules.roles.iter().filter(|one| !one.is_unnamed()).cloned().collect(),
            present,
        };
        for PolicyCell { role, field, cell } in rules.cells.iter().filter(|cell| present.has(cell.role)) {
            let cell = allowed(*role, *cell);
            for (row, cell) in [(role.index(), cell), (NARROWED + role.index(), narrow::narrowed(cell))] {
                if let Some(slot) = policy.cells.get_mut(position(row, *field)) {
                    *slot = cell;
                }
            }
        }
        for PolicyScope { role, scope } in rules.scopes.iter().filter(|scope| present.has(scope.role)) {
            if let Some(slot) = policy.scopes.get_mut(role.index()) {
                *slot = within(*role, *scope);
            }
        }
        for PolicyCondition { role, condition } in rules.conditions.iter().filter(|one| present.has(one.role)) {
            if let Some(slot) = policy.conditions.get_mut(role.index()).filter(|_| role.takes_condition()) {
                *slot = condition.clone();
            }
        }
        policy.conditional = Role::ALL.iter().copied().filter(|role| !policy.condition(*role).is_always()).collect();
        policy
    }

    /// The policy that a school begins with.
    #[must_use]
    pub fn initial() -> Self {
        Rules::initial().compile(1)
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The roles that the school made itself.
    #[must_use]
    pub fn named(&self) -> &[PolicyRole] {
        &self.named
    }

    /// Those of the roles that are there. A place that was given up is nothing to whoever still has it, its duties neither.
    #[must_use]
    pub const fn present(&self, roles: RoleSet) -> RoleSet {
        roles.common(self.present)
    }

    /// What the matrix says of `role` and `field`, for whoever compares or draws it: what the role comes to for somebody who asks now is
    /// told by a [`View`].
    #[must_use]
    pub fn written(&self, role: Role, field: FieldKey) -> Cell {
        self.at(role.index(), field)
    }

    #[inline]
    fn at(&self, row: usize, field: FieldKey) -> Cell {
        self.cells.get(position(row, field)).copied().unwrap_or_default()
    }

    /// Which records `role` reaches.
    #[must_use]
    pub fn scope(&self, role: Role) -> RowScope {
        self.scopes.get(role.index()).copied().unwrap_or_default()
    }

    /// The form in which `viewer` sees `field` of a record; no facts where it belongs to no family. An answer and no right:
    /// it opens nothing, and what shows asks for itself.
    #[must_use]
    pub fn exposure(&self, viewer: &Viewer, facts: Option<&Facts>, field: FieldKey) -> Exposure {
        facts.map_or_else(|| self.view_unscoped(viewer), |facts| self.view(viewer, facts)).exposure(field)
    }

    /// The roles of `viewer` that reach a record.
    fn reaching(&self, viewer: &Viewer, facts: &Facts) -> RoleSet {
        viewer.roles().iter().filter(|role| self.reaches(viewer, facts, *role)).collect()
    }

    /// Whether one role of `viewer` reaches a record.
    #[inline]
    fn reaches(&self, viewer: &Viewer, facts: &Facts, role: Role) -> bool {
        match (self.scope(role), role) {
            (RowScope::None, _) => false,
            (_, Role::Guardian) => facts.own_child,
            (RowScope::Own, _) => facts.owner.is_some() && facts.owner == viewer.staff(),
            (RowScope::TeachesNow, _) => facts.taught_by_viewer,
            (RowScope::Campus, _) => viewer.campuses().contains(&facts.campus),
            (RowScope::All, _) => true,
        }
    }

    /// What `viewer` may see of one record.
    pub(crate) fn view(&self, viewer: &Viewer, facts: &Facts) -> View<'_> {
        self.view_of(viewer, self.reaching(viewer, facts))
    }

    /// The same where somebody has a record before them by a duty and not by its family: the roles with the duty count.
    pub(crate) fn view_by(&self, viewer: &Viewer, duty: Duty) -> View<'_> {
        let having = |role: &Role| role.duties().contains(&duty);
        self.view_of(viewer, viewer.roles().iter().filter(having).collect())
    }

    /// The same where the record belongs to no family, such as a member of staff: every role counts.
    pub(crate) fn view_unscoped(&self, viewer: &Viewer) -> View<'_> {
        self.view_of(viewer, viewer.roles())
    }

    fn view_of(&self, viewer: &Viewer, roles: RoleSet) -> View<'_> {
        View { policy: self, rows: Rows::of(roles, self.narrowed(viewer)), ceiling: Exposure::Clear }
    }
}

/// The administrator keeps the system, never sees a family, and an emergency neither writes nor takes anything out: no matrix can change
/// that.
fn allowed(role: Role, cell: Cell) -> Cell {
    match role {
        Role::Administrator if cell.exposure > Exposure::Masked || cell.reveal != Reveal::No => {
            Cell { exposure: cell.exposure.min(Exposure::Masked), reveal: Reveal::No, ..cell }
        }
        Role::Emergency => Cell { edit: false, export: false, ..cell },
        _ => cell,
    }
}

/// Nor does the administrator reach one; the contact of staff belongs to no family and needs no scope.
const fn within(role: Role, scope: RowScope) -> RowScope {
    match role {
        Role::Administrator => RowScope::None,
        _ => scope,
    }
}

const fn position(row: usize, field: FieldKey) -> usize {
    row * CODES + field.code() as usize
}

/// Rows of the compiled table, a bit each: a role's own, or where it is narrowed the other.
#[derive(Debug, Clone, Copy)]
struct Rows(u64);

impl Rows {
    #[inline]
    fn of(roles: RoleSet, narrowed: RoleSet) -> Self {
        let less = roles.common(narrowed).bits();
        Self(u64::from(roles.bits() ^ less) | u64::from(less) << NARROWED)
    }
    const fn has(self, row: usize) -> bool {
        self.0 & (1 << row) != 0
    }
    fn iter(self) -> impl Iterator<Item = usize> {
        // Bit by bit: a role that nobody has costs nothing.
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let row = (bits != 0).then(|| bits.trailing_zeros() as usize);
            bits &= bits.wrapping_sub(1);
            row
        })
    }
}

/// What one viewer may see of one record. Layers lower it; nothing raises it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    policy: &'a Policy,
    rows: Rows,
    ceiling: Exposure,
}

impl View<'_> {
    /// Adds a layer: nothing is shown better than `ceiling`.
    #[must_use]
    pub(crate) fn lowered(self, ceiling: Exposure) -> Self {
        Self { ceiling: self.ceiling.min(ceiling), ..self }
    }
    /// Whether any role reaches the record at all.
    pub(crate) const fn reached(&self) -> bool {
        self.rows.0 != 0
    }
    /// What one role of the view comes to: what is written, less where its condition is not met. Of another role it is nothing.
    pub(crate) fn cell(&self, role: Role, field: FieldKey) -> Cell {
        let rows = [role.index(), NARROWED + role.index()];
        rows.into_iter().find(|row| self.rows.has(*row)).map_or(Cell::WITHHELD, |row| self.policy.at(row, field))
    }
    /// Whether the condition of a role of the view is not met.
    pub(crate) const fn is_narrowed(&self, role: Role) -> bool {
        self.rows.has(NARROWED + role.index())
    }
    fn cells(&self, field: FieldKey) -> impl Iterator<Item = Cell> + '_ {
        self.rows.iter().map(move |row| self.policy.at(row, field))
    }
    /// The form in which `field` is shown.
    pub(crate) fn exposure(&self, field: FieldKey) -> Exposure {
        self.cells(field).map(|cell| cell.exposure).max().unwrap_or_default().min(self.ceiling)
    }
    /// The form in which `field` is shown, and what else may be done with it.
    pub(crate) fn right(&self, field: FieldKey) -> FieldRight {
        FieldRight { field, form: self.exposure(field), reveal: self.reveal(field), edit: self.edit(field) }
    }
    /// Whether `field` may be opened deliberately; a layer that withholds also forbids this.
    pub(crate) fn reveal(&self, field: FieldKey) -> Reveal {
        if self.ceiling == Exposure::Withheld {
            return Reveal::No;
        }
        self.cells(field).map(|cell| cell.reveal).max().unwrap_or_default()
    }
    /// Whether `field` may be written.
    pub(crate) fn edit(&self, field: FieldKey) -> bool {
        self.ceiling > Exposure::Withheld && self.cells(field).any(|cell| cell.edit)
    }
    /// The form in which `field` goes into exports: the exposure of the roles that may export it.
    pub(crate) fn export(&self, field: FieldKey) -> Exposure {
        let exposure = self.cells(field).filter(|cell| cell.export).map(|cell| cell.exposure).max().unwrap_or_default();
        exposure.min(self.ceiling)
    }
    /// What the viewer may do with these fields of the record.
    pub(crate) fn can(&self, fields: impl IntoIterator<Item = FieldKey>) -> Can {
        let mut can = Can::default();
        for field in fields {
            if self.exposure(field) < Exposure::Clear {
                match self.reveal(field) {
                    Reveal::WithReason => can.reveal.push(field),
                    Reveal::WithApproval => can.ask.push(field),
                    Reveal::No => {}
                }
            }
            if self.edit(field) {
                can.edit.push(field);
            }
        }
        can
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_policy_does_not_mention_is_withheld() {
        let policy = Policy::compile(1, &[], &[], &[]);
        for role in Role::ALL {
            assert_eq!(policy.scope(*role), RowScope::None);
            for field in FieldKey::ALL {
                assert!(usize::from(field.code()) < CODES);
                assert_eq!(policy.written(*role, *field), Cell::WITHHELD);
            }
        }
    }

    #[test]
    fn no_matrix_lets_an_emergency_write_or_export() {
        let clear = Cell { exposure: Exposure::Clear, reveal: Reveal::WithReason, edit: true, search: true, export: true };
        let field = FieldKey::GuardianPhone;
        let policy = Policy::compile(1, &[PolicyCell { role: Role::Emergency, field, cell: clear }], &[], &[]);
        assert_eq!(policy.written(Role::Emergency, field), Cell { edit: false, export: false, ..clear });
    }

    #[test]
    fn no_matrix_shows_a_family_to_the_administrator() {
        let clear = Cell { exposure: Exposure::Clear, reveal: Reveal::WithReason, edit: true, search: true, export: true };
        let field = FieldKey::GuardianPhone;
        let policy = Policy::compile(1, &[PolicyCell { role: Role::Administrator, field, cell: clear }], &[], &[]);
        assert!(policy.written(Role::Administrator, field).exposure < Exposure::Clear);
        assert_eq!(policy.written(Role::Administrator, field).reveal, Reveal::No);
    }
}
