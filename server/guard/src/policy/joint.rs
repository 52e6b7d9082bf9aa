//! What must not be seen together: a birth date in clear beside more of an identity number than its mask.
//!
//! An identity number is mostly district and birth date. The rule: a change of the matrix that would begin such a pair in one role
//! is refused; people whose roles see it only together are named and not refused, since a role counts within its own reach alone.
//! Deliberately absent: a refusal for what a matrix holds already, or no other cell of it could ever be changed.

use super::Policy;
use contract::{
    catalogue::FieldKey,
    rights::{Exposure, Reveal, Role, RoleSet},
};

/// Whether these roles together see the pair.
#[must_use]
pub fn meets(policy: &Policy, roles: RoleSet) -> bool {
    let best = |field| roles.iter().map(move |role| policy.written(role, field));
    let date = best(FieldKey::StudentBirthDate).any(|cell| cell.exposure == Exposure::Clear);
    let number = best(FieldKey::StudentIdCard).any(|cell| cell.exposure == Exposure::Clear || cell.reveal == Reveal::WithReason);
    date && number
}

/// The roles in which `after` begins a pair that `before` does not have.
pub fn begun(before: &Policy, after: &Policy) -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(move |role| {
        let alone = RoleSet::from_iter([*role]);
        meets(after, alone) && !meets(before, alone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{rights::Cell, wire::policy::PolicyCell};

    fn with(cells: &[(Role, FieldKey, Exposure, Reveal)]) -> Policy {
        let mut all = super::super::default::cells();
        for (role, field, exposure, reveal) in cells {
            all.push(PolicyCell { role: *role, field: *field, cell: Cell { exposure: *exposure, reveal: *reveal, ..Cell::WITHHELD } });
        }
        Policy::compile(2, &all, &super::super::default::scopes(), &[])
    }

    #[test]
    fn the_matrix_a_school_begins_with_keeps_the_rule() {
        assert_eq!(begun(&Policy::compile(0, &[], &[], &[]), &Policy::initial()).count(), 0);
    }

    #[test]
    fn a_date_in_clear_beside_a_number_that_opens_is_found_in_the_role_that_has_both() {
        let before = Policy::initial();
        for (exposure, reveal) in [(Exposure::Clear, Reveal::No), (Exposure::Masked, Reveal::WithReason)] {
            let after = with(&[(Role::Registrar, FieldKey::StudentIdCard, exposure, reveal)]);
            assert_eq!(begun(&before, &after).collect::<Vec<_>>(), [Role::Registrar]);
        }
        // After an approval, or where the date is masked, there is no pair.
        let approved = with(&[(Role::Registrar, FieldKey::StudentIdCard, Exposure::Masked, Reveal::WithApproval)]);
        let masked = with(&[(Role::Consultant, FieldKey::StudentIdCard, Exposure::Masked, Reveal::WithReason)]);
        assert_eq!(begun(&before, &approved).count() + begun(&before, &masked).count(), 0);
    }

    #[test]
    fn what_holds_already_does_not_stop_another_change() {
        let pair = with(&[(Role::Registrar, FieldKey::StudentIdCard, Exposure::Clear, Reveal::No)]);
        assert_eq!(begun(&pair, &pair).count(), 0);
    }

    #[test]
    fn two_roles_that_see_it_only_together_are_found_together() {
        let policy = with(&[(Role::Consultant, FieldKey::StudentIdCard, Exposure::Masked, Reveal::WithReason)]);
        assert!(!meets(&policy, RoleSet::from_iter([Role::Consultant])));
        assert!(meets(&policy, RoleSet::from_iter([Role::Consultant, Role::Registrar])));
    }
}
