//! The matrix in force and what the reader has changed about it and not saved.
//!
//! The rule: a change is kept as a difference, so that it survives when somebody else was faster. Deliberately absent: what
//! the server decides; the limits of the administrator are repeated here only so that the page does not offer what will not hold.

use crate::ui::Loader;
use contract::{
    Cell, Condition, Exposure, FieldKey, Reveal, Role, RowScope,
    wire::policy::{PolicyCell, PolicyChange, PolicyCondition, PolicyDocument, PolicyImpact, PolicyScope},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// One place of the matrix.
pub type Place = (Role, FieldKey);

#[derive(Debug, Clone, Default, PartialEq)]
struct Kept {
    cells: BTreeMap<Place, Cell>,
    scopes: BTreeMap<Role, RowScope>,
    conditions: BTreeMap<Role, Condition>,
}

impl Kept {
    fn of(document: &PolicyDocument) -> Self {
        Self {
            cells: document.cells.iter().map(|cell| ((cell.role, cell.field), cell.cell)).collect(),
            scopes: document.scopes.iter().map(|scope| (scope.role, scope.scope)).collect(),
            conditions: document.conditions.iter().map(|one| (one.role, one.condition.clone())).collect(),
        }
    }
}

/// The matrix with the changes on top.
#[derive(Clone, Copy)]
pub struct Draft {
    document: Loader<PolicyDocument>,
    kept: Memo<Kept>,
    cells: RwSignal<BTreeMap<Place, Cell>>,
    scopes: RwSignal<BTreeMap<Role, RowScope>>,
    conditions: RwSignal<BTreeMap<Role, Condition>>,
    /// The changes before each step, the last one last.
    steps: RwSignal<Vec<BTreeMap<Place, Cell>>>,
    /// The place that has the focus, or had it last.
    pub at: RwSignal<Place>,
}

impl Draft {
    /// Nothing changed yet.
    pub fn new(document: Loader<PolicyDocument>) -> Self {
        let kept = Memo::new(move |_| document.get().as_ref().map(Kept::of).unwrap_or_default());
        Self {
            document,
            kept,
            cells: RwSignal::new(BTreeMap::new()),
            scopes: RwSignal::new(BTreeMap::new()),
            conditions: RwSignal::new(BTreeMap::new()),
            steps: RwSignal::new(Vec::new()),
            at: RwSignal::new((Role::Consultant, FieldKey::StudentName)),
        }
    }
    /// The document in force; reactive.
    pub fn document(self) -> Option<PolicyDocument> {
        self.document.get()
    }
    /// Whether the reader may change it; reactive.
    pub fn may_edit(self) -> bool {
        self.document.get().is_some_and(|document| document.may_edit)
    }
    /// What is in force at a place; reactive.
    pub fn kept(self, place: Place) -> Cell {
        self.kept.with(|kept| kept.cells.get(&place).copied().unwrap_or_default())
    }
    /// What would be in force; reactive.
    pub fn cell(self, place: Place) -> Cell {
        self.cells.with(|cells| cells.get(&place).copied()).unwrap_or_else(|| self.kept(place))
    }
    /// Whether the place was changed; reactive.
    pub fn is_changed(self, place: Place) -> bool {
        self.cells.with(|cells| cells.contains_key(&place))
    }
    /// The scope in force; reactive.
    pub fn kept_scope(self, role: Role) -> RowScope {
        self.kept.with(|kept| kept.scopes.get(&role).copied().unwrap_or_default())
    }
    /// The scope that would be in force; reactive.
    pub fn scope(self, role: Role) -> RowScope {
        self.scopes.with(|scopes| scopes.get(&role).copied()).unwrap_or_else(|| self.kept_scope(role))
    }
    /// The condition in force; reactive.
    pub fn kept_condition(self, role: Role) -> Condition {
        self.kept.with(|kept| kept.conditions.get(&role).cloned().unwrap_or_default())
    }
    /// The condition that would be in force; reactive.
    pub fn condition(self, role: Role) -> Condition {
        self.conditions.with(|conditions| conditions.get(&role).cloned()).unwrap_or_else(|| self.kept_condition(role))
    }
    /// Changes a place, as far as the role allows; for event handlers.
    pub fn change(self, place: Place, how: impl FnOnce(&mut Cell)) {
        untrack(|| {
            let mut cell = self.cell(place);
            how(&mut cell);
            self.put([(place, cell)]);
        });
    }
    /// Gives every place the cell of one, as far as each role allows: a row or a column; one step to undo.
    pub fn fill(self, from: Place, places: impl IntoIterator<Item = Place>) {
        untrack(|| {
            let cell = self.cell(from);
            self.put(places.into_iter().map(|place| (place, cell)));
        });
    }
    /// Lays the cells of one role over those of another; one step to undo.
    pub fn copy(self, from: Role, to: Role) {
        untrack(|| self.put(FieldKey::ALL.iter().map(|field| ((to, *field), self.cell((from, *field))))));
    }
    /// Lays what a change would have made of the matrix over the draft; for event handlers.
    pub fn lay(self, what: &PolicyImpact) {
        untrack(|| self.put(what.cells.iter().map(|cell| ((cell.role, cell.field), cell.to))));
        what.scopes.iter().for_each(|scope| self.change_scope(scope.role, scope.to));
        what.conditions.iter().for_each(|one| self.change_condition(one.role, one.to.clone()));
    }
    fn put(self, new: impl IntoIterator<Item = (Place, Cell)>) {
        if !self.may_edit() {
            return;
        }
        let before = self.cells.get();
        let mut after = before.clone();
        for (place, mut cell) in new {
            cell.exposure = cell.exposure.min(highest(place.0));
            if cell.exposure == Exposure::Clear || !may_open(place.0) {
                cell.reveal = Reveal::No;
            }
            if !may_take(place.0) {
                (cell.edit, cell.export) = (false, false);
            }
            if cell == self.kept(place) {
                after.remove(&place);
            } else {
                after.insert(place, cell);
            }
        }
        if after != before {
            self.steps.update(|steps| steps.push(before));
            self.cells.set(after);
        }
    }
    /// Whether there is a step to undo; reactive.
    pub fn has_steps(self) -> bool {
        self.steps.with(|steps| !steps.is_empty())
    }
    /// Undoes the last step.
    pub fn step_back(self) {
        if let Some(before) = self.steps.try_update(Vec::pop).flatten() {
            self.cells.set(before);
        }
    }
    /// Takes one place back.
    pub fn undo(self, place: Place) {
        untrack(|| self.put([(place, self.kept(place))]));
    }
    /// Changes a scope; for event handlers.
    pub fn change_scope(self, role: Role, scope: RowScope) {
        untrack(|| {
            if !self.may_edit() || !scopes_of(role).contains(&scope) {
                return;
            }
            let kept = self.kept_scope(role);
            self.scopes.update(|scopes| {
                if scope == kept {
                    scopes.remove(&role)
                } else {
                    scopes.insert(role, scope)
                };
            });
        });
    }
    /// Changes a condition; for event handlers.
    pub fn change_condition(self, role: Role, condition: Condition) {
        untrack(|| {
            if !self.may_edit() || !role.takes_condition() {
                return;
            }
            let kept = self.kept_condition(role);
            self.conditions.update(|conditions| {
                if condition == kept {
                    conditions.remove(&role)
                } else {
                    conditions.insert(role, condition)
                };
            });
        });
    }
    /// How many changes wait; reactive.
    pub fn count(self) -> usize {
        self.cells.with(BTreeMap::len) + self.scopes.with(BTreeMap::len) + self.conditions.with(BTreeMap::len)
    }
    /// The changed places with what was and what would be; reactive.
    pub fn changed_cells(self) -> Vec<(Place, Cell, Cell)> {
        self.cells.get().into_iter().map(|(place, cell)| (place, self.kept(place), cell)).collect()
    }
    /// The changed scopes; reactive.
    pub fn changed_scopes(self) -> Vec<(Role, RowScope, RowScope)> {
        self.scopes.get().into_iter().map(|(role, scope)| (role, self.kept_scope(role), scope)).collect()
    }
    /// The changed conditions; reactive.
    pub fn changed_conditions(self) -> Vec<(Role, Condition, Condition)> {
        self.conditions.get().into_iter().map(|(role, condition)| (role, self.kept_condition(role), condition)).collect()
    }
    /// Takes every change back.
    pub fn discard(self) {
        self.cells.set(BTreeMap::new());
        self.scopes.set(BTreeMap::new());
        self.conditions.set(BTreeMap::new());
        self.steps.set(Vec::new());
    }
    /// What to send; nothing when there is nothing to change.
    pub fn request(self) -> Option<PolicyChange> {
        untrack(|| {
            let version = self.document()?.version;
            let cells = self.cells.get().into_iter().map(|((role, field), cell)| PolicyCell { role, field, cell }).collect();
            let scopes = self.scopes.get().into_iter().map(|(role, scope)| PolicyScope { role, scope }).collect();
            let conditions = self.conditions.get().into_iter().map(|(role, condition)| PolicyCondition { role, condition }).collect();
            (self.count() > 0).then_some(PolicyChange { version, cells, scopes, conditions })
        })
    }
    /// Puts a new document under the changes; those that it already holds are done.
    pub fn rebase(self, document: PolicyDocument) {
        let kept = Kept::of(&document);
        self.document.set(document);
        let _ = self.steps.try_set(Vec::new());
        let _ = self.cells.try_update(|cells| {
            cells.retain(|place, cell| kept.cells.get(place).copied().unwrap_or_default() != *cell);
        });
        let _ = self.scopes.try_update(|scopes| {
            scopes.retain(|role, scope| kept.scopes.get(role).copied().unwrap_or_default() != *scope);
        });
        let _ = self.conditions.try_update(|conditions| {
            conditions.retain(|role, condition| kept.conditions.get(role).cloned().unwrap_or_default() != *condition);
        });
    }
}

/// The most that a role may be shown.
pub const fn highest(role: Role) -> Exposure {
    match role {
        Role::Administrator => Exposure::Masked,
        _ => Exposure::Clear,
    }
}
/// Whether a role may ever open anything.
pub const fn may_open(role: Role) -> bool {
    !matches!(role, Role::Administrator)
}
/// Whether a role may ever write, or take anything out.
pub const fn may_take(role: Role) -> bool {
    !matches!(role, Role::Emergency)
}
/// The scopes that mean something for a role.
pub const fn scopes_of(role: Role) -> &'static [RowScope] {
    match role {
        Role::Administrator => &[RowScope::None],
        Role::Guardian => &[RowScope::None, RowScope::Own],
        Role::Emergency => &[RowScope::None, RowScope::Campus, RowScope::All],
        _ => RowScope::ALL,
    }
}
