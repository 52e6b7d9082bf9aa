//! Why: what each role gives of a field of one record, and which of them the decision rests on.
//!
//! The rule: a walk of its own, so that showing pays nothing for it; whether a role reaches the record is asked of the very function
//! that decides, and a test holds the two results equal for any matrix, any person and any relation. Deliberately absent: words.

use super::Policy;
use crate::{facts::Facts, viewer::Viewer};
use contract::{
    catalogue::FieldKey,
    rights::{Cell, Exposure, Reveal, Role, RowScope},
    wire::why::Step,
};

/// A decision with its steps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    /// The form.
    pub(crate) form: Exposure,
    /// Whether it may be opened.
    pub(crate) reveal: Reveal,
    /// A step for each role of the person.
    pub(crate) steps: Vec<Step>,
}

impl Policy {
    /// How `viewer` comes to the form in which `field` of a record is shown; `classes` are those by which they teach the pupil.
    pub(crate) fn explain(&self, viewer: &Viewer, facts: &Facts, field: FieldKey, classes: &[String]) -> Explained {
        let view = self.view_unscoped(viewer);
        let given: Vec<(Role, bool, Cell)> =
            viewer.roles().iter().map(|role| (role, self.reaches(viewer, facts, role), view.cell(role, field))).collect();
        let counting = || given.iter().filter(|(_, reached, _)| *reached).map(|(.., cell)| cell);
        let form = counting().map(|cell| cell.exposure).max().unwrap_or_default();
        let reveal = counting().map(|cell| cell.reveal).max().unwrap_or_default();
        let step = |(role, reached, cell): &(Role, bool, Cell)| {
            let scope = self.scope(*role);
            let gives = (form > Exposure::Withheld && cell.exposure == form) || (reveal > Reveal::No && cell.reveal == reveal);
            let teaches = *reached && scope == RowScope::TeachesNow && *role != Role::Guardian;
            Step::Role {
                role: *role,
                scope,
                reached: *reached,
                classes: if teaches { classes.to_vec() } else { Vec::new() },
                condition: Some(self.condition(*role)).filter(|condition| !condition.is_always()).cloned(),
                narrowed: view.is_narrowed(*role),
                form: cell.exposure,
                reveal: cell.reveal,
                decides: *reached && gives,
            }
        };
        Explained { form, reveal, steps: given.iter().map(step).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::Rules,
        viewer::{Actor, Admission, Whence},
    };
    use contract::{
        condition::{Condition, Day, Hours},
        ids::{CampusId, SessionId, StaffId},
        rights::{CustomRole, RoleSet},
        wire::policy::{PolicyCell, PolicyCondition, PolicyRole, PolicyScope},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn a_cell() -> impl Strategy<Value = Cell> {
        let exposure = prop::sample::select(vec![Exposure::Withheld, Exposure::Masked, Exposure::Clear]);
        let reveal = prop::sample::select(vec![Reveal::No, Reveal::WithApproval, Reveal::WithReason]);
        (exposure, reveal, any::<bool>()).prop_map(|(exposure, reveal, edit)| Cell { exposure, reveal, edit, ..Cell::WITHHELD })
    }

    fn a_condition() -> impl Strategy<Value = Condition> {
        let hours = Hours::new(vec![Day::Thursday], "07:00".parse().unwrap(), "20:00".parse().unwrap()).unwrap();
        let network = "203.0.113.0/24".parse().unwrap();
        (prop::option::of(Just(hours)), any::<bool>())
            .prop_map(move |(hours, school)| Condition::new(hours, if school { vec![network] } else { Vec::new() }).unwrap())
    }

    fn somebody(guardian: bool, roles: RoleSet, campuses: Vec<u128>, (hour, there): (i64, bool)) -> Viewer {
        let id = Uuid::from_u128(1);
        #[expect(clippy::disallowed_methods, reason = "a test")]
        Viewer::admit(Admission {
            actor: if guardian { Actor::Guardian(contract::ids::GuardianId(id)) } else { Actor::Staff(StaffId(id)) },
            name: String::new(),
            roles,
            campuses: campuses.into_iter().map(|campus| CampusId(Uuid::from_u128(campus))).collect(),
            session: SessionId(Uuid::nil()),
            stepped_up_at: None,
            // A Thursday.
            now: chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour),
            whence: if there { Whence::Address([203, 0, 113, 9].into()) } else { Whence::Unknown },
        })
    }

    /// Few, so that one role more matters.
    fn some_roles() -> impl Strategy<Value = RoleSet> {
        prop::sample::subsequence(Role::ALL.to_vec(), 0..6).prop_map(RoleSet::from)
    }

    /// The roles of the school's own that are there.
    fn named(present: &[bool]) -> Vec<PolicyRole> {
        let there = CustomRole::ALL.iter().zip(present).filter(|(_, present)| **present);
        there.map(|(role, _)| PolicyRole { role: *role, zh: role.name().into(), en: role.name().into() }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// What is explained is what is decided, and the decision rests on a step exactly where there is anything to rest on it.
        #[test]
        fn what_is_explained_is_what_is_decided(
            cells in prop::collection::vec(a_cell(), Role::ALL.len()),
            scopes in prop::collection::vec(prop::sample::select(RowScope::ALL.to_vec()), Role::ALL.len()),
            conditions in prop::collection::vec(a_condition(), Role::ALL.len()),
            at in (0..24_i64, any::<bool>()),
            (guardian, roles, campuses) in (any::<bool>(), some_roles(), prop::collection::vec(1..4_u128, 0..3)),
            (campus, owner) in (1..4_u128, prop::option::of(1..3_u128)),
            (taught_by_viewer, own_child) in (any::<bool>(), any::<bool>()),
            field in prop::sample::select(FieldKey::ALL.to_vec()),
            present in prop::collection::vec(any::<bool>(), CustomRole::ALL.len()),
        ) {
            let cells = Role::ALL.iter().zip(cells).map(|(role, cell)| PolicyCell { role: *role, field, cell }).collect();
            let scopes = Role::ALL.iter().zip(scopes).map(|(role, scope)| PolicyScope { role: *role, scope }).collect();
            let of = |(role, condition): (&Role, &Condition)| PolicyCondition { role: *role, condition: condition.clone() };
            let conditions = Role::ALL.iter().zip(&conditions).map(of).collect();
            let policy = Rules { cells, scopes, conditions, roles: named(&present) }.compile(1);
            let viewer = somebody(guardian, roles, campuses, at);
            let owner = owner.map(|id| StaffId(Uuid::from_u128(id)));
            let facts = Facts { campus: CampusId(Uuid::from_u128(campus)), owner, taught_by_viewer, own_child };
            let view = policy.view(&viewer, &facts);
            let Explained { form, reveal, steps } = policy.explain(&viewer, &facts, field, &["甲班".to_owned()]);
            prop_assert_eq!((form, reveal), (view.exposure(field), view.reveal(field)));
            let any = |wanted: fn(&Step) -> bool| steps.iter().any(wanted);
            prop_assert_eq!(steps.len(), viewer.roles().iter().count());
            prop_assert_eq!(any(|step| matches!(step, Step::Role { reached: true, .. })), view.reached());
            prop_assert_eq!(any(|step| matches!(step, Step::Role { decides: true, .. })), form > Exposure::Withheld || reveal > Reveal::No);
            prop_assert_eq!(any(|step| matches!(step, Step::Role { reached: false, decides: true, .. })), false);
            // Who is narrowed is told by its condition, and shows a mask at most.
            prop_assert_eq!(any(|step| matches!(step, Step::Role { narrowed: true, condition: None, .. })), false);
            prop_assert_eq!(any(|step| matches!(step, Step::Role { narrowed: true, form: Exposure::Clear, .. })), false);
            for step in &steps {
                let Step::Role { role, condition, narrowed, .. } = step else { continue };
                prop_assert_eq!(*narrowed, policy.narrowed(&viewer).has(*role));
                prop_assert_eq!(condition.as_ref().is_some(), !policy.condition(*role).is_always());
            }
        }
    }
}
