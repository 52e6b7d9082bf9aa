//! What must not be seen together: a table of rules over sets of fields, each with a score, which is how many candidates are left to guess.
//!
//! The rule: it is asked of every role, of every set of roles that somebody holds, and of each such set together with an emergency. A
//! field that opens with a reason is known; one that is searched by tells of a guess whether it is right. What leaves less than a year of
//! searches is refused to whatever begins it: a change of the matrix, and giving somebody roles. Deliberately absent: scopes and
//! conditions, so that a set counts as if its roles met in one record; guardians, who see their own child; a refusal for what a matrix
//! holds already, or no other cell of it could ever be changed.

use super::{Policy, impact::Held};
use crate::gate::REVEALS_A_DAY;
use contract::{
    catalogue::FieldKey,
    rights::{Exposure, Reveal, Role, RoleSet},
    wire::policy::{JointConcern, JointRule},
};

/// As many as a year of searches by a masked field tries, each of which is one of the looks of a day.
const TRIES: u32 = 365 * REVEALS_A_DAY;
/// The days on which a pupil may have been born: those of thirteen years, of the year that a mask shows, or the one.
const DATES: [u32; 3] = [13 * 365, 365, 1];
/// The districts from which a school has its pupils, about; an address says which, and so does its mask.
const DISTRICTS: [u32; 3] = [20, 1, 1];
/// The three digits by which children of one day and district differ; the mask shows the check character, which one in eleven has.
const ORDERS: [u32; 3] = [1000, 91, 1];

/// What some roles have of a field.
#[derive(Clone, Copy)]
struct Sight {
    /// Nothing, its mask or its value: a place in the counts above.
    form: usize,
    /// Whether they may look for somebody by a guess of it.
    tells: bool,
}

impl Sight {
    fn of(policy: &Policy, roles: RoleSet, field: FieldKey) -> Self {
        let cells = || roles.iter().map(|role| policy.written(role, field));
        let form = if cells().any(|cell| cell.exposure == Exposure::Clear || cell.reveal == Reveal::WithReason) {
            VALUE
        } else {
            usize::from(cells().any(|cell| cell.exposure == Exposure::Masked))
        };
        Self { form, tells: cells().any(|cell| cell.search) }
    }
    fn left(self, counts: [u32; 3]) -> u32 {
        counts.get(self.form).copied().unwrap_or(1)
    }
}

const VALUE: usize = 2;

/// One rule: what it is called, whether it refuses, and how many candidates some roles have left where it is met.
struct Rule {
    rule: JointRule,
    refuses: bool,
    left: fn(&dyn Fn(FieldKey) -> Sight) -> Option<u32>,
}

const RULES: [Rule; 2] = [
    Rule { rule: JointRule::PupilNumber, refuses: true, left: pupil_number },
    Rule { rule: JointRule::DateInNumber, refuses: false, left: date_in_number },
];

/// Whoever knows the date has the number by opening it, or by trying what is left. Without the date, opening the number is what the matrix
/// says and not what it adds up to.
fn pupil_number(of: &dyn Fn(FieldKey) -> Sight) -> Option<u32> {
    let (date, number) = (of(FieldKey::StudentBirthDate), of(FieldKey::StudentIdCard));
    if number.form == VALUE {
        return (date.form == VALUE).then_some(1);
    }
    let left = date.left(DATES) * of(FieldKey::StudentAddress).left(DISTRICTS) * number.left(ORDERS);
    (number.tells && left < TRIES).then_some(left)
}

fn date_in_number(of: &dyn Fn(FieldKey) -> Sight) -> Option<u32> {
    let (date, number) = (of(FieldKey::StudentBirthDate), of(FieldKey::StudentIdCard));
    (number.form == VALUE && date.form < VALUE).then_some(1)
}

/// What some roles see together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Finding {
    rule: JointRule,
    roles: RoleSet,
    left: u32,
    refused: bool,
}

impl Finding {
    /// Whether whoever holds `other`'s roles sees as much of the same rule by these already.
    fn covers(&self, other: &Self) -> bool {
        self.rule == other.rule && self.left <= other.left && self.roles.common(other.roles) == self.roles
    }
    fn concern(self, people: u32) -> JointConcern {
        let Self { rule, roles, left, refused } = self;
        JointConcern { rule, roles: roles.into(), left, people, refused }
    }
}

fn with_emergency(roles: RoleSet) -> RoleSet {
    roles.iter().chain([Role::Emergency]).collect()
}

/// What each role sees, each of the sets that somebody holds, and each of these in an emergency, for which the three offices cannot ask.
/// What fewer roles see by themselves is not said again of more.
fn found(policy: &Policy, held: &[RoleSet]) -> Vec<Finding> {
    let alone = Role::ALL.iter().map(|role| RoleSet::from_iter([*role]));
    let opened = held.iter().filter(|roles| roles.of_three() == 0).map(|roles| with_emergency(*roles));
    let mut found: Vec<Finding> = Vec::new();
    for roles in alone.chain(held.iter().copied()).chain(opened).filter(|roles| !roles.has(Role::Guardian)) {
        for Rule { rule, refuses, left } in &RULES {
            let Some(left) = left(&|field| Sight::of(policy, roles, field)) else { continue };
            let new = Finding { rule: *rule, roles, left, refused: *refuses };
            if !found.iter().any(|less| less.covers(&new)) {
                found.push(new);
            }
        }
    }
    found
}

/// What is in `after` and neither it nor worse is in `before`.
fn begun(before: &[Finding], mut after: Vec<Finding>) -> Vec<Finding> {
    after.retain(|new| !before.iter().any(|old| old.covers(new)));
    after
}

/// What going from `before` to `after` would begin to show together, and to how many of these people.
#[must_use]
pub fn concerns(before: &Policy, after: &Policy, people: &[Held]) -> Vec<JointConcern> {
    let held: Vec<RoleSet> = people.iter().map(|one| one.roles).collect();
    let many = |finding: &Finding| {
        let having = people.iter().filter(|one| finding.roles.common(with_emergency(one.roles)) == finding.roles);
        having.map(|one| one.people).sum()
    };
    begun(&found(before, &held), found(after, &held)).into_iter().map(|one| one.concern(many(&one))).collect()
}

/// What is refused to somebody who holds `before` and would be given `after`: what none of the roles sees alone, since that is the
/// matrix's to answer for.
#[must_use]
pub fn refused_together(policy: &Policy, before: RoleSet, after: RoleSet) -> Vec<JointConcern> {
    let together = |roles: RoleSet| {
        let mut found = found(policy, &[roles]);
        found.retain(|one| one.refused && one.roles.iter().count() > 1);
        found
    };
    begun(&together(before), together(after)).into_iter().map(|one| one.concern(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use FieldKey::{StudentAddress, StudentBirthDate, StudentIdCard};
    use contract::{
        rights::{Cell, CustomRole},
        wire::policy::PolicyCell,
    };

    const SHOWN: Cell = Cell { exposure: Exposure::Clear, ..Cell::WITHHELD };
    const MASK: Cell = Cell { exposure: Exposure::Masked, ..Cell::WITHHELD };
    const OPENED: Cell = Cell { reveal: Reveal::WithReason, ..MASK };
    const ASKED: Cell = Cell { reveal: Reveal::WithApproval, ..MASK };
    const SEARCHED: Cell = Cell { search: true, ..MASK };
    const BLIND: Cell = Cell { search: true, ..Cell::WITHHELD };

    fn with(cells: &[(Role, FieldKey, Cell)]) -> Policy {
        let mut all = super::super::default::cells();
        all.extend(cells.iter().map(|(role, field, cell)| PolicyCell { role: *role, field: *field, cell: *cell }));
        Policy::compile(2, &all, &super::super::default::scopes(), &[])
    }

    fn set(roles: &[Role]) -> RoleSet {
        roles.iter().copied().collect()
    }

    fn held(roles: &[Role]) -> Held {
        Held { roles: set(roles), people: 1, names: vec!["someone".into()] }
    }

    fn began(after: &Policy, people: &[Held]) -> Vec<(JointRule, Vec<Role>, u32, bool)> {
        let found = concerns(&Policy::initial(), after, people).into_iter();
        found.map(|one| (one.rule, one.roles, one.left, one.refused)).collect()
    }

    /// However somebody's roles are put together.
    #[test]
    fn the_matrix_a_school_begins_with_keeps_the_rules_for_every_set_of_roles() {
        let given: Vec<Role> = Role::BUILT_IN.iter().copied().filter(|role| role.is_given()).collect();
        let sets = (1..1_u32 << given.len()).map(|bits| given.iter().enumerate().filter(move |(at, _)| bits & 1 << at != 0));
        let sets: Vec<RoleSet> = sets.map(|roles| roles.map(|(_, role)| *role).collect()).collect();
        assert_eq!(found(&Policy::initial(), &sets), []);
    }

    #[test]
    fn a_number_beside_a_known_date_is_left_with_as_many_candidates_as_its_digits_that_are_open() {
        let cells = |date, address, number| {
            [(Role::Finance, StudentBirthDate, date), (Role::Finance, StudentAddress, address), (Role::Finance, StudentIdCard, number)]
        };
        for (date, address, number, left) in [
            (SHOWN, Cell::WITHHELD, SHOWN, Some(1)),
            (SHOWN, Cell::WITHHELD, OPENED, Some(1)),
            (OPENED, Cell::WITHHELD, OPENED, Some(1)),
            (SHOWN, MASK, SEARCHED, Some(91)),
            (SHOWN, MASK, BLIND, Some(1000)),
            (SHOWN, Cell::WITHHELD, SEARCHED, Some(1820)),
            // Twenty thousand take longer than a year; so does a date of which the year alone is known.
            (SHOWN, Cell::WITHHELD, BLIND, None),
            (MASK, MASK, SEARCHED, None),
            // After an approval each time, and a mask that nobody can try a guess on.
            (SHOWN, SHOWN, ASKED, None),
            (SHOWN, SHOWN, MASK, None),
        ] {
            let found = began(&with(&cells(date, address, number)), &[]);
            let want: Vec<_> = left.map(|left| (JointRule::PupilNumber, vec![Role::Finance], left, true)).into_iter().collect();
            assert_eq!(found, want, "{date:?} {address:?} {number:?}");
        }
    }

    /// What the rules were wrong about once: a registrar who sees the date, the district and the check character, and may search.
    #[test]
    fn a_search_by_a_masked_number_beside_a_clear_date_is_refused() {
        let searched = with(&[(Role::Registrar, StudentIdCard, Cell { reveal: Reveal::WithApproval, edit: true, ..SEARCHED })]);
        assert_eq!(began(&searched, &[]), [(JointRule::PupilNumber, vec![Role::Registrar], 91, true)]);
    }

    #[test]
    fn an_open_number_beside_a_masked_date_is_thought_about_and_not_refused() {
        let open = with(&[(Role::Consultant, StudentIdCard, OPENED)]);
        assert_eq!(began(&open, &[]), [(JointRule::DateInNumber, vec![Role::Consultant], 1, false)]);
    }

    #[test]
    fn two_roles_that_see_it_only_together_are_refused_where_somebody_holds_both() {
        let policy = with(&[(Role::Principal, StudentIdCard, SEARCHED)]);
        let both = [Role::Registrar, Role::Principal];
        assert_eq!(began(&policy, &[held(&[Role::Registrar]), held(&[Role::Principal])]), []);
        assert_eq!(began(&policy, &[held(&both)]), [(JointRule::PupilNumber, both.to_vec(), 91, true)]);
        // And where somebody would be given the second.
        let given = refused_together(&policy, set(&[Role::Registrar]), set(&both));
        assert_eq!(given.iter().map(|one| (one.left, one.people)).collect::<Vec<_>>(), [(91, 1)]);
        assert_eq!(refused_together(&Policy::initial(), set(&[Role::Registrar]), set(&both)), []);
        // What somebody holds already is no reason against another change of their roles.
        assert_eq!(refused_together(&policy, set(&both), set(&[Role::Registrar, Role::Principal, Role::Teacher])), []);
    }

    #[test]
    fn an_emergency_counts_with_what_its_holder_sees_besides_and_not_for_the_three_offices() {
        let policy = with(&[(Role::Emergency, StudentIdCard, SEARCHED)]);
        let want = [(JointRule::PupilNumber, vec![Role::Registrar, Role::Emergency], 91, true)];
        assert_eq!(began(&policy, &[held(&[Role::Registrar])]), want);
        assert_eq!(began(&policy, &[held(&[Role::Registrar, Role::Administrator])]), []);
        assert_eq!(refused_together(&policy, set(&[Role::Teacher]), set(&[Role::Registrar])).len(), 1);
        assert_eq!(began(&policy, &[held(&[Role::Teacher])]), []);
    }

    #[test]
    fn a_guardian_may_be_shown_the_number_of_their_own_child() {
        assert_eq!(began(&with(&[(Role::Guardian, StudentIdCard, SHOWN)]), &[held(&[Role::Guardian])]), []);
    }

    #[test]
    fn what_holds_already_stops_no_other_change_and_what_makes_it_worse_is_refused() {
        let bad = with(&[(Role::Registrar, StudentIdCard, SEARCHED)]);
        assert_eq!(concerns(&bad, &bad, &[held(&[Role::Registrar, Role::Teacher])]), []);
        let worse = with(&[(Role::Registrar, StudentIdCard, OPENED)]);
        assert_eq!(concerns(&bad, &worse, &[]).len(), 1);
        assert_eq!(concerns(&worse, &bad, &[]), []);
    }

    #[test]
    fn a_place_without_a_name_sees_nothing_together() {
        let place = Role::Custom(CustomRole::TeacherA);
        assert_eq!(began(&with(&[(place, StudentIdCard, SHOWN), (place, StudentBirthDate, SHOWN)]), &[held(&[place])]), []);
    }
}
