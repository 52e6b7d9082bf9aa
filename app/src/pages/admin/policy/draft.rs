//! The matrix in force and what the reader has changed about it and not saved.
//!
//! The rule: a change is kept as a difference, so that it survives when somebody else was faster. Deliberately absent: what
//! the server decides; the limits of the administrator are repeated here only so that the page does not offer what will not hold.

use crate::{text::named, ui::Loader};
use contract::{
    Cell, Condition, CustomRole, Exposure, FieldKey, Reveal, Role, RowScope,
    wire::policy::{ImpactQuestion, PolicyCell, PolicyChange, PolicyCondition, PolicyDocument, PolicyImpact, PolicyRole, PolicyScope},
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
    roles: Vec<PolicyRole>,
}

impl Kept {
    fn of(document: &PolicyDocument) -> Self {
        Self {
            cells: document.cells.iter().map(|cell| ((cell.role, cell.field), cell.cell)).collect(),
            scopes: document.scopes.iter().map(|scope| (scope.role, scope.scope)).collect(),
            conditions: document.conditions.iter().map(|one| (one.role, one.condition.clone())).collect(),
            roles: document.roles.clone(),
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
    /// Names; those that are given up have none.
    roles: RwSignal<Vec<PolicyRole>>,
    own: Memo<Vec<(PolicyRole, bool)>>,
    /// The changes before each step, the last one last.
    steps: RwSignal<Vec<BTreeMap<Place, Cell>>>,
    /// The place that has the focus, or had it last.
    pub at: RwSignal<Place>,
}

impl Draft {
    /// Nothing changed yet.
    pub fn new(document: Loader<PolicyDocument>) -> Self {
        let kept = Memo::new(move |_| document.get().as_ref().map(Kept::of).unwrap_or_default());
        let roles = RwSignal::new(Vec::<PolicyRole>::new());
        let own = Memo::new(move |_| {
            let (kept, changed) = (kept.with(|kept| kept.roles.clone()), roles.get());
            let place = |role: CustomRole| {
                let change = of(&changed, role);
                let given_up = change.is_some_and(PolicyRole::is_unnamed);
                change.filter(|one| !one.is_unnamed()).or_else(|| of(&kept, role)).map(|one| (one.clone(), given_up))
            };
            let all: Vec<(PolicyRole, bool)> = CustomRole::ALL.iter().copied().filter_map(place).collect();
            let there: Vec<PolicyRole> = all.iter().filter(|(_, given_up)| !given_up).map(|(one, _)| one.clone()).collect();
            // The draft's own names, as long as it is looked at.
            named::learn(PolicyRole::lines(&there));
            all
        });
        Self {
            document,
            kept,
            cells: RwSignal::new(BTreeMap::new()),
            scopes: RwSignal::new(BTreeMap::new()),
            conditions: RwSignal::new(BTreeMap::new()),
            roles,
            own,
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
    /// The school's own roles, each by its name, and whether it would be given up; reactive.
    pub fn own_roles(self) -> Vec<(PolicyRole, bool)> {
        self.own.get()
    }
    /// The roles that would be there; reactive, and so is what they are called.
    pub fn there(self) -> Vec<Role> {
        self.own.track();
        named::roles().collect()
    }
    /// A place over `base` for a new role, if one is left; one that a role would be given up from is not.
    pub fn free(self, base: Role) -> Option<CustomRole> {
        let taken = untrack(|| self.own_roles());
        CustomRole::ALL.iter().copied().find(|role| role.base() == base && taken.iter().all(|(one, _)| one.role != *role))
    }
    /// Makes a role that sees what its base sees; for event handlers.
    pub fn make(self, one: PolicyRole) {
        let (base, role) = (one.role.base(), Role::Custom(one.role));
        self.name(one);
        self.copy(base, role);
        self.change_scope(role, untrack(|| self.scope(base)));
        self.change_condition(role, untrack(|| self.condition(base)));
    }
    /// What a change of names alone would do, with this one before the others.
    pub fn naming(self, one: &PolicyRole) -> ImpactQuestion {
        let others = self.roles.get_untracked().into_iter().filter(|other| other.role != one.role);
        ImpactQuestion { roles: std::iter::once(one.clone()).chain(others).collect(), ..ImpactQuestion::default() }
    }
    /// Gives a role a name, or none; for event handlers.
    pub fn name(self, one: PolicyRole) {
        let done = self.kept.with_untracked(|kept| holds(&kept.roles, &one));
        self.roles.update(|roles| {
            roles.retain(|other| other.role != one.role);
            if !done {
                roles.push(one);
            }
        });
    }
    /// Gives a role up, with all that was changed about it; for event handlers.
    pub fn give_up(self, role: CustomRole) {
        let own = Role::Custom(role);
        if self.at.get_untracked().0 == own {
            self.at.set((role.base(), self.at.get_untracked().1));
        }
        self.steps.set(Vec::new());
        self.cells.update(|cells| cells.retain(|(of, _), _| *of != own));
        self.scopes.update(|scopes| scopes.retain(|of, _| *of != own));
        self.conditions.update(|conditions| conditions.retain(|of, _| *of != own));
        self.name(PolicyRole::unnamed(role));
    }
    /// The changed names, each with what it was; reactive.
    pub fn changed_roles(self) -> Vec<(PolicyRole, PolicyRole)> {
        let kept = self.kept.with(|kept| kept.roles.clone());
        let before = |role: CustomRole| of(&kept, role).cloned().unwrap_or_else(|| PolicyRole::unnamed(role));
        self.roles.get().into_iter().map(|one| (before(one.role), one)).collect()
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
        what.roles.iter().for_each(|one| self.name(one.to.clone()));
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
        self.cells.with(BTreeMap::len) + self.scopes.with(BTreeMap::len) + self.conditions.with(BTreeMap::len) + self.roles.with(Vec::len)
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
        self.roles.set(Vec::new());
        self.at.set((Role::Consultant, self.at.get_untracked().1));
        self.steps.set(Vec::new());
    }
    /// What to send; nothing when there is nothing to change.
    pub fn request(self) -> Option<PolicyChange> {
        untrack(|| {
            let version = self.document()?.version;
            let cells = self.cells.get().into_iter().map(|((role, field), cell)| PolicyCell { role, field, cell }).collect();
            let scopes = self.scopes.get().into_iter().map(|(role, scope)| PolicyScope { role, scope }).collect();
            let conditions = self.conditions.get().into_iter().map(|(role, condition)| PolicyCondition { role, condition }).collect();
            let roles = self.roles.get();
            (self.count() > 0).then_some(PolicyChange { version, cells, scopes, conditions, roles })
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
        let _ = self.roles.try_update(|roles| {
            roles.retain(|one| !holds(&kept.roles, one));
        });
    }
}

fn of(roles: &[PolicyRole], role: CustomRole) -> Option<&PolicyRole> {
    roles.iter().find(|one| one.role == role)
}
/// Whether a name is what these say already.
fn holds(roles: &[PolicyRole], name: &PolicyRole) -> bool {
    of(roles, name.role).map_or_else(|| name.is_unnamed(), |one| one == name)
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
