//! What a change of the matrix would do: cell by cell, for how many people, and what would be seen together.
//!
//! The rule: both sides are compiled policies, so that a wish beyond what a role may ever have is no effect here either. People gain and
//! lose by what all their roles come to, within one scope and one condition: where that is not sure, they do. Deliberately absent: any
//! record; who holds what is found by whoever asks.

use super::{Policy, joint};
use contract::{
    catalogue::FieldKey,
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::policy::{CellEffect, ConditionEffect, People, PolicyImpact, PolicyRole, RoleEffect, RolePeople, ScopeEffect},
};

fn gains(from: Cell, to: Cell) -> bool {
    let more = [(from.edit, to.edit), (from.search, to.search), (from.export, to.export)];
    to.exposure > from.exposure || opens(to) > opens(from) || more.iter().any(|(from, to)| *to && !*from)
}

/// How a cell is opened: where it is clear there is nothing left to open, so that a mask that opens with a reason is less.
const fn opens(cell: Cell) -> Reveal {
    match cell.exposure {
        Exposure::Clear => Reveal::WithReason,
        Exposure::Masked | Exposure::Withheld => cell.reveal,
    }
}

/// Whether somebody who is shown a field in one form, and may open it in one way, gains by another form and way; and whether they lose.
pub(crate) fn between((exposure, reveal): (Exposure, Reveal), (form, way): (Exposure, Reveal)) -> (bool, bool) {
    let (from, to) = (Cell { exposure, reveal, ..Cell::WITHHELD }, Cell { exposure: form, reveal: way, ..Cell::WITHHELD });
    (gains(from, to), gains(to, from))
}

/// Whether `wide` reaches whatever `narrow` reaches, for everybody. A consultant's own family may be at another campus, and a
/// pupil who is taught may be nobody's own: of these no scope holds another.
fn holds(wide: RowScope, narrow: RowScope) -> bool {
    wide == narrow || wide == RowScope::All || narrow == RowScope::None
}

/// Whether going from `before` to `after` shows or permits anybody anything more: then one person is not enough.
#[must_use]
pub fn widens(before: &Policy, after: &Policy) -> bool {
    difference(before, after).gains()
}

/// The cells, scopes, conditions and roles of the school's own in which two policies differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The cells.
    pub cells: Vec<CellEffect>,
    /// The row scopes.
    pub scopes: Vec<ScopeEffect>,
    /// The conditions.
    pub conditions: Vec<ConditionEffect>,
    /// The roles of the school's own.
    pub roles: Vec<RoleEffect>,
}

impl Difference {
    fn gains(&self) -> bool {
        self.cells.iter().any(|cell| cell.gains)
            || self.scopes.iter().any(|scope| scope.gains)
            || self.conditions.iter().any(|condition| condition.gains)
            || self.roles.iter().any(|role| role.gains)
    }
    fn touches(&self, role: Role) -> bool {
        self.cells.iter().any(|cell| cell.role == role)
            || self.scopes.iter().any(|scope| scope.role == role)
            || self.conditions.iter().any(|condition| condition.role == role)
            || self.roles.iter().any(|one| Role::Custom(one.to.role) == role)
    }
}

/// What a place is called by a policy.
fn called(policy: &Policy, custom: CustomRole) -> PolicyRole {
    policy.named().iter().find(|one| one.role == custom).cloned().unwrap_or_else(|| PolicyRole::unnamed(custom))
}

/// In what two policies differ. A condition that is met whenever and wherever another is holds it; of different hours neither holds
/// the other, so that a change between them is a widening. So is a role that comes to be, whatever its row says: it has duties.
#[must_use]
pub fn difference(before: &Policy, after: &Policy) -> Difference {
    let mut found = Difference::default();
    for role in Role::ALL.iter().copied() {
        for field in FieldKey::ALL.iter().copied() {
            let (from, to) = (before.written(role, field), after.written(role, field));
            if from != to {
                found.cells.push(CellEffect { role, field, from, to, gains: gains(from, to), loses: gains(to, from) });
            }
        }
        let (from, to) = (before.scope(role), after.scope(role));
        if from != to {
            found.scopes.push(ScopeEffect { role, from, to, gains: !holds(from, to), loses: !holds(to, from) });
        }
        let (from, to) = (before.condition(role), after.condition(role));
        let (gains, loses) = (!from.holds(to), !to.holds(from));
        if gains || loses {
            found.conditions.push(ConditionEffect { role, from: from.clone(), to: to.clone(), gains, loses });
        }
    }
    for custom in CustomRole::ALL.iter().copied() {
        let (from, to) = (called(before, custom), called(after, custom));
        if from != to {
            let (gains, loses) = (from.is_unnamed(), to.is_unnamed());
            found.roles.push(RoleEffect { from, to, gains, loses });
        }
    }
    found
}

/// Roles that somebody holds together, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The roles.
    pub roles: RoleSet,
    /// How many hold them who may sign in; none where all of them are suspended.
    pub people: u32,
    /// The members of staff among them, by working name.
    pub names: Vec<String>,
}

/// The better of two cells, right by right, as a view takes it; what goes into exports has the form of the role that exports it.
#[derive(Clone, Copy, Default)]
struct Best {
    cell: Cell,
    export: Exposure,
}

impl Best {
    fn with(self, cell: Cell) -> Self {
        let best = Cell {
            exposure: self.cell.exposure.max(cell.exposure),
            reveal: self.cell.reveal.max(cell.reveal),
            edit: self.cell.edit || cell.edit,
            search: self.cell.search || cell.search,
            export: self.cell.export || cell.export,
        };
        let export = if cell.export { cell.exposure } else { Exposure::Withheld };
        Self { cell: best, export: self.export.max(export) }
    }
    /// Whether `cell` gives anything beyond it.
    fn is_exceeded_by(self, cell: Cell) -> bool {
        gains(self.cell, cell) || (cell.export && cell.exposure > self.export)
    }
}

/// Whether whoever holds `roles` has more of what `role` comes to in `after` than all of them give in `before`: a role counts against it
/// that reaches whatever the role would reach, whenever and wherever it would.
fn exceeds(before: &Policy, after: &Policy, roles: RoleSet, role: Role) -> bool {
    let covers = |other: &Role| holds(before.scope(*other), after.scope(role)) && before.condition(*other).holds(after.condition(role));
    let covering: RoleSet = before.present(roles).iter().filter(covers).collect();
    let best = |field| covering.iter().fold(Best::default(), |best, other| best.with(before.written(other, field)));
    let reaches = after.scope(role) != RowScope::None;
    (reaches && covering.is_empty()) || FieldKey::ALL.iter().any(|field| best(*field).is_exceeded_by(after.written(role, *field)))
}

/// Those who hold `role` and for whom `moved` is so.
fn those(people: &[Held], role: Role, moved: impl Fn(RoleSet) -> bool) -> People {
    let mut those = People::default();
    for held in people.iter().filter(|held| held.roles.has(role) && moved(held.roles)) {
        those.many = those.many.saturating_add(held.people);
        those.names.extend(held.names.iter().cloned());
    }
    those
}

/// What the change of one role's row comes to for whoever holds it. A role that is given up takes its duties with it.
fn role_people(before: &Policy, after: &Policy, people: &[Held], role: Role) -> RolePeople {
    let given_up = before.present(RoleSet::from_iter([role])) != after.present(RoleSet::from_iter([role]));
    RolePeople {
        role,
        people: people.iter().filter(|held| held.roles.has(role)).map(|held| held.people).sum(),
        gain: those(people, role, |roles| exceeds(before, after, roles, role)),
        lose: those(people, role, |roles| given_up || exceeds(after, before, roles, role)),
    }
}

/// What going from `before` to `after` does; `people` are the sets of roles that somebody holds, with who they are. Who could confirm
/// it is named by whoever asks.
#[must_use]
pub fn impact(before: &Policy, after: &Policy, people: &[Held]) -> PolicyImpact {
    let difference = difference(before, after);
    let concerns = joint::concerns(before, after, people);
    let touched = Role::ALL.iter().copied().filter(|role| difference.touches(*role));
    let people = touched.map(|role| role_people(before, after, people, role)).collect();
    let widens = difference.gains();
    let Difference { cells, scopes, conditions, roles } = difference;
    PolicyImpact { version: before.version(), cells, scopes, conditions, roles, people, concerns, widens, confirmers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Rules;
    use contract::{
        condition::{Condition, Day, Hours},
        wire::policy::{JointConcern, JointRule, PolicyCell, PolicyCondition, PolicyScope},
    };

    fn held(roles: &[Role], names: &[&str]) -> Held {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Held { roles: roles.iter().copied().collect(), people: u32::try_from(names.len()).unwrap(), names }
    }

    fn named(names: &[&str]) -> People {
        let Held { people, names, .. } = held(&[], names);
        People { many: people, names }
    }

    fn changed(cells: &[PolicyCell], scopes: &[PolicyScope]) -> (Policy, Policy) {
        let change = Rules { cells: cells.to_vec(), scopes: scopes.to_vec(), ..Rules::default() };
        (Policy::initial(), Rules::initial().with(&change).compile(2))
    }

    fn condition(hours: Option<(usize, &str, &str)>, networks: &[&str]) -> Condition {
        let hours =
            hours.map(|(days, from, to)| Hours::new(Day::ALL[..days].to_vec(), from.parse().unwrap(), to.parse().unwrap()).unwrap());
        Condition::new(hours, networks.iter().map(|network| network.parse().unwrap()).collect()).unwrap()
    }

    fn under(role: Role, condition: Condition) -> Policy {
        Rules::initial().with(&Rules { conditions: vec![PolicyCondition { role, condition }], ..Rules::default() }).compile(2)
    }

    #[test]
    fn a_looser_condition_gains_a_tighter_one_loses_and_another_is_both() {
        let (free, days) = (condition(None, &[]), condition(Some((5, "07:00", "20:00")), &[]));
        let (short, late) = (condition(Some((5, "08:00", "17:00")), &[]), condition(Some((5, "12:00", "22:00")), &[]));
        let (long, school) = (condition(Some((6, "07:00", "20:00")), &[]), condition(None, &["203.0.113.0/24"]));
        let (both, desk) = (condition(Some((5, "07:00", "20:00")), &["203.0.113.0/24"]), condition(None, &["203.0.113.9"]));
        for (from, to, gains, loses) in [
            (&free, &days, false, true),
            (&days, &short, false, true),
            (&days, &long, true, false),
            (&days, &late, true, true),
            (&free, &school, false, true),
            (&school, &desk, false, true),
            (&days, &both, false, true),
            (&school, &both, false, true),
            (&days, &school, true, true),
        ] {
            for (from, to, gains, loses) in [(from, to, gains, loses), (to, from, loses, gains)] {
                let (before, after) = (under(Role::Teacher, from.clone()), under(Role::Teacher, to.clone()));
                let effect = ConditionEffect { role: Role::Teacher, from: from.clone(), to: to.clone(), gains, loses };
                let impact = impact(&before, &after, &[held(&[Role::Teacher], &["陈"])]);
                assert_eq!(impact.conditions, [effect]);
                assert_eq!((impact.widens, widens(&before, &after)), (gains, gains));
                let of = |so: bool| if so { named(&["陈"]) } else { People::default() };
                assert_eq!(impact.people, [RolePeople { role: Role::Teacher, people: 1, gain: of(gains), lose: of(loses) }]);
            }
        }
        let order = condition(None, &["2001:db8::/32", "203.0.113.0/24"]);
        let other = condition(None, &["203.0.113.0/24", "2001:db8::/32"]);
        assert_eq!(difference(&under(Role::Teacher, order), &under(Role::Teacher, other)), Difference::default());
    }

    #[test]
    fn a_role_that_takes_no_condition_counts_always() {
        for role in Role::ALL.iter().copied().filter(|role| !role.takes_condition()) {
            assert_eq!(difference(&Policy::initial(), &under(role, condition(None, &["203.0.113.9"]))), Difference::default());
        }
    }

    #[test]
    fn a_change_says_who_gains_and_who_loses_and_how_many_they_are() {
        let cell = |role, field, exposure| PolicyCell { role, field, cell: Cell { exposure, ..Cell::WITHHELD } };
        let (before, after) = changed(
            &[cell(Role::Teacher, FieldKey::GuardianPhone, Exposure::Masked), cell(Role::Teacher, FieldKey::NoteBody, Exposure::Withheld)],
            &[PolicyScope { role: Role::Finance, scope: RowScope::All }],
        );
        let people = [held(&[Role::Teacher], &["陈", "周"]), held(&[Role::Teacher, Role::Finance], &["吴"])];
        let impact = impact(&before, &after, &people);
        let said: Vec<_> = impact.cells.iter().map(|cell| (cell.field, cell.gains, cell.loses)).collect();
        assert_eq!(said, [(FieldKey::GuardianPhone, true, false), (FieldKey::NoteBody, false, true)]);
        let (teachers, finance) = (named(&["陈", "周", "吴"]), named(&["吴"]));
        let want = [
            RolePeople { role: Role::Teacher, people: 3, gain: teachers.clone(), lose: teachers },
            RolePeople { role: Role::Finance, people: 1, gain: finance, lose: People::default() },
        ];
        assert_eq!(impact.people, want);
        assert!(impact.scopes.iter().all(|scope| scope.gains && !scope.loses));
        assert!(impact.widens);
        assert_eq!(impact.concerns, []);
    }

    #[test]
    fn what_the_administrator_may_never_have_is_no_effect() {
        let clear = Cell { exposure: Exposure::Clear, reveal: Reveal::WithReason, ..Cell::WITHHELD };
        let wish = PolicyCell { role: Role::Administrator, field: FieldKey::GuardianPhone, cell: clear };
        let (before, after) = changed(&[wish], &[PolicyScope { role: Role::Administrator, scope: RowScope::All }]);
        let impact = impact(&before, &after, &[]);
        assert!(impact.cells.iter().all(|cell| cell.to.exposure == Exposure::Masked && cell.to.reveal == Reveal::No));
        assert_eq!(impact.scopes, []);
    }

    #[test]
    fn one_wider_cell_among_many_that_narrow_is_a_widening() {
        let less: Vec<_> =
            FieldKey::ALL.iter().map(|field| PolicyCell { role: Role::Registrar, field: *field, cell: Cell::WITHHELD }).collect();
        let (before, after) = changed(&less, &[PolicyScope { role: Role::Registrar, scope: RowScope::None }]);
        assert!(!widens(&before, &after));
        let more = [
            Cell { exposure: Exposure::Masked, ..Cell::WITHHELD },
            Cell { reveal: Reveal::WithApproval, ..Cell::WITHHELD },
            Cell { edit: true, ..Cell::WITHHELD },
            Cell { search: true, ..Cell::WITHHELD },
            Cell { export: true, ..Cell::WITHHELD },
        ];
        for cell in more {
            let one = PolicyCell { role: Role::Teacher, field: FieldKey::GuardianPhone, cell };
            let (before, after) = changed(&[less.as_slice(), &[one]].concat(), &[]);
            assert!(widens(&before, &after), "{cell:?}");
        }
    }

    #[test]
    fn a_clear_cell_that_becomes_a_mask_to_be_opened_narrows() {
        let clear = Cell { exposure: Exposure::Clear, ..Cell::WITHHELD };
        let mask = Cell { exposure: Exposure::Masked, reveal: Reveal::WithReason, ..Cell::WITHHELD };
        assert!(!gains(clear, mask) && gains(mask, clear));
        let asked = Cell { reveal: Reveal::WithApproval, ..mask };
        assert!(!gains(mask, asked) && gains(asked, mask));
    }

    #[test]
    fn a_scope_that_reaches_other_records_is_wider_whatever_its_rank() {
        for from in RowScope::ALL {
            for to in RowScope::ALL {
                let narrower = from == to || *from == RowScope::All || *to == RowScope::None;
                let scoped = |scope| Policy::compile(1, &[], &[PolicyScope { role: Role::Consultant, scope }], &[]);
                assert_eq!(widens(&scoped(*from), &scoped(*to)), !narrower, "{from:?} to {to:?}");
            }
        }
    }

    /// Whoever has as much by another role of theirs neither gains nor loses, where that role reaches as far.
    #[test]
    fn people_gain_and_lose_by_all_that_they_hold() {
        let cell = |role, field, cell| PolicyCell { role, field, cell };
        let masked = Cell { exposure: Exposure::Masked, ..Cell::WITHHELD };
        let people = [
            held(&[Role::Teacher], &["陈"]),
            held(&[Role::Teacher, Role::Finance], &["吴"]),
            held(&[Role::Teacher, Role::Registrar], &["林"]),
        ];
        // Finance sees the phone masked too, but at the campus, where a pupil who is taught need not be.
        let wider = [cell(Role::Teacher, FieldKey::GuardianPhone, masked)];
        let (before, after) = changed(&wider, &[]);
        assert_eq!(impact(&before, &after, &people).people[0].gain, named(&["陈", "吴", "林"]));
        let everywhere = |role| PolicyScope { role, scope: RowScope::All };
        let scopes = [everywhere(Role::Finance), everywhere(Role::Registrar)];
        let before = Rules::initial().with(&Rules { scopes: scopes.to_vec(), ..Rules::default() });
        let after = before.clone().with(&Rules { cells: wider.to_vec(), ..Rules::default() }).compile(3);
        let before = before.compile(2);
        let there = impact(&before, &after, &people).people.remove(0);
        assert_eq!((there.role, there.people, &there.gain), (Role::Teacher, 3, &named(&["陈"])));
        assert_eq!(impact(&after, &before, &people).people.remove(0).lose, named(&["陈"]));
        // What goes out in clear is more than what is clear beside what goes out masked.
        let out = Cell { export: true, ..masked };
        let clear = Cell { exposure: Exposure::Clear, ..Cell::WITHHELD };
        let both = Cell { export: true, ..clear };
        assert!(Best::default().with(out).with(clear).is_exceeded_by(both) && !Best::default().with(both).is_exceeded_by(out));
    }

    #[test]
    fn of_an_emergency_nobody_gains_before_one_is_opened() {
        let cell = PolicyCell {
            role: Role::Emergency,
            field: FieldKey::GuardianEmail,
            cell: Cell { exposure: Exposure::Masked, ..Cell::WITHHELD },
        };
        let (before, after) = changed(&[cell], &[]);
        let impact = impact(&before, &after, &[held(&[Role::Teacher], &["陈"])]);
        let nobody = RolePeople { role: Role::Emergency, people: 0, gain: People::default(), lose: People::default() };
        assert_eq!((impact.people, impact.widens), (vec![nobody], true));
    }

    #[test]
    fn what_is_refused_is_named_with_its_rule_its_roles_and_its_score() {
        let opens = Cell { exposure: Exposure::Masked, reveal: Reveal::WithReason, ..Cell::WITHHELD };
        let wish = |role| PolicyCell { role, field: FieldKey::StudentIdCard, cell: opens };
        let people = [held(&[Role::Consultant, Role::Registrar], &["林", "王"])];
        let (before, after) = changed(&[wish(Role::Consultant)], &[]);
        let both = JointConcern {
            rule: JointRule::PupilNumber,
            roles: vec![Role::Consultant, Role::Registrar],
            left: 1,
            people: 2,
            refused: true,
        };
        assert!(impact(&before, &after, &people).concerns.contains(&both));
        assert!(impact(&before, &after, &[]).concerns.iter().all(|concern| !concern.refused));
    }
}
