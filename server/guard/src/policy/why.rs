//! Why: whether a record comes before somebody, what each role gives of a field of it, and which of them the decision rests on.
//!
//! The rule: a walk of its own, so that showing pays nothing for it; whether a role reaches the record is asked of the very function
//! that decides, and a test holds the two results equal for any matrix, any person, any relation and any kind of record. Deliberately
//! absent: words.

use super::{
    Policy,
    doors::{Before, is_opened},
};
use crate::viewer::Viewer;
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
    /// What has to be so first, and a step for each role of the person that is asked.
    pub(crate) steps: Vec<Step>,
}

impl Policy {
    /// How `viewer` comes to the form in which `field` of a record is shown; `classes` are those by which they teach the pupil.
    pub(crate) fn explain(&self, viewer: &Viewer, before: Before<'_>, field: FieldKey, classes: &[String]) -> Explained {
        let doors = self.doors(viewer, before);
        let is_open = doors.iter().all(|(_, open)| *open);
        let mut steps: Vec<Step> = doors.into_iter().map(|(door, open)| Step::Door { door, open }).collect();
        if !is_open {
            return Explained { form: Exposure::Withheld, reveal: Reveal::No, steps };
        }
        let view = self.view_unscoped(viewer);
        let cell = |role: Role| {
            let cell = view.cell(role, field);
            if is_opened(field.record()) { cell } else { Cell { reveal: Reveal::No, ..cell } }
        };
        let weighed = |role: Role| self.counts(viewer, before, role).map(|(scope, counts)| (role, scope, counts, cell(role)));
        let given: Vec<(Role, Option<RowScope>, bool, Cell)> = viewer.roles().iter().filter_map(weighed).collect();
        let counting = || given.iter().filter(|(_, _, counts, _)| *counts).map(|(.., cell)| cell);
        let form = counting().map(|cell| cell.exposure).max().unwrap_or_default();
        let reveal = counting().map(|cell| cell.reveal).max().unwrap_or_default();
        let step = |(role, scope, reached, cell): &(Role, Option<RowScope>, bool, Cell)| {
            let gives = (form > Exposure::Withheld && cell.exposure == form) || (reveal > Reveal::No && cell.reveal == reveal);
            let teaches = *reached && *scope == Some(RowScope::TeachesNow) && *role != Role::Guardian;
            Step::Role {
                role: *role,
                scope: *scope,
                reached: *reached,
                classes: if teaches { classes.to_vec() } else { Vec::new() },
                condition: Some(self.condition(*role)).filter(|condition| !condition.is_always()).cloned(),
                narrowed: view.is_narrowed(*role),
                form: cell.exposure,
                reveal: cell.reveal,
                decides: *reached && gives,
            }
        };
        steps.extend(given.iter().map(step));
        Explained { form, reveal, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        facts::Facts,
        policy::Rules,
        viewer::{Actor, Admission, Whence},
    };
    use contract::{
        condition::{Condition, Day, Hours},
        field::RecordKind,
        ids::{CampusId, GuardianId, SessionId, StaffId},
        rights::{CustomRole, Duty, RoleSet},
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
            actor: if guardian { Actor::Guardian(GuardianId(id)) } else { Actor::Staff(StaffId(id)) },
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
            let Explained { form, reveal, steps } = policy.explain(&viewer, Before::Reach(&facts), field, &["甲班".to_owned()]);
            let reveals = if is_opened(field.record()) { view.reveal(field) } else { Reveal::No };
            prop_assert_eq!((form, reveal), (view.exposure(field), reveals));
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

        /// The same of what comes before somebody by more than reach: what is explained is what shows it, for any kind of such a record,
        /// and where it comes before nobody the last step says by what.
        #[test]
        fn what_comes_by_a_duty_or_a_right_is_explained_as_it_is_shown(
            cells in prop::collection::vec(a_cell(), Role::ALL.len() * 2),
            scopes in prop::collection::vec(prop::sample::select(RowScope::ALL.to_vec()), Role::ALL.len()),
            (guardian, roles, campuses) in (any::<bool>(), some_roles(), prop::collection::vec(1..4_u128, 0..3)),
            (campus, owner) in (1..4_u128, prop::option::of(1..3_u128)),
            (taught_by_viewer, own_child) in (any::<bool>(), any::<bool>()),
            field in prop::sample::select(of_guardians_and_staff()),
            (wrong, of, asked_by) in (prop::sample::select(FieldKey::ALL.to_vec()), 1..3_u128, 1..3_u128),
        ) {
            let both = Role::ALL.iter().flat_map(|role| [(*role, field), (*role, wrong)]);
            let cells = both.zip(cells).map(|((role, field), cell)| PolicyCell { role, field, cell }).collect();
            let scopes = Role::ALL.iter().zip(scopes).map(|(role, scope)| PolicyScope { role: *role, scope }).collect();
            let policy = Rules { cells, scopes, conditions: Vec::new(), roles: named(&[true; CustomRole::ALL.len()]) }.compile(1);
            let viewer = somebody(guardian, roles, campuses, (12, true));
            let owner = owner.map(|id| StaffId(Uuid::from_u128(id)));
            let facts = Facts { campus: CampusId(Uuid::from_u128(campus)), owner, taught_by_viewer, own_child };
            let (of, asked_by) = (StaffId(Uuid::from_u128(of)), GuardianId(Uuid::from_u128(asked_by)));
            let before = match field.record() {
                RecordKind::Correction => Before::Correction { facts: &facts, field: wrong, asked_by },
                RecordKind::Question => Before::Question { facts: &facts, of, asked_by },
                _ => Before::Staff,
            };
            let Explained { form, reveal, steps } = policy.explain(&viewer, before, field, &[]);
            let right = policy.right(&viewer, before, field);
            prop_assert_eq!((form, reveal), (right.form, right.reveal));
            prop_assert_eq!(reveal, Reveal::No, "no reveal knows such a record");
            let shut = steps.iter().filter(|step| matches!(step, Step::Door { open: false, .. })).count();
            prop_assert_eq!(shut == 0, policy.comes_before(&viewer, before));
            let last = matches!(steps.last(), Some(Step::Door { open: false, .. }));
            prop_assert!(shut == usize::from(last));
            prop_assert_eq!(steps.iter().any(|step| matches!(step, Step::Role { decides: true, .. })), form > Exposure::Withheld);
            // Worked out a second time: before whom it comes.
            let reaches = |role: Role| policy.reaches(&viewer, &facts, role);
            let comes = match before {
                _ if guardian && field.record() != RecordKind::Staff => asked_by.0 == Uuid::from_u128(1),
                Before::Correction { .. } => viewer.roles().iter().any(|role| reaches(role) && policy.written(role, wrong).edit),
                Before::Question { .. } => {
                    let answering = |role: Role| role.duties().contains(&Duty::Approve) && reaches(role);
                    let whole = viewer.roles().has(Role::PrivacyOfficer);
                    viewer.has_duty(Duty::Approve) && of.0 != Uuid::from_u128(1) && (whole || viewer.roles().iter().any(answering))
                }
                _ => viewer.roles().has(Role::Administrator),
            };
            prop_assert_eq!(policy.comes_before(&viewer, before), comes);
        }
    }

    /// The fields whose records come before somebody by more than reach.
    fn of_guardians_and_staff() -> Vec<FieldKey> {
        FieldKey::ALL.iter().copied().filter(|field| !is_opened(field.record())).collect()
    }
}
