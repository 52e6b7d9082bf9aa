//! A role whose condition is not met is narrowed: it shows masks at most, and opens, writes, finds and exports nothing.
//!
//! A program that asks in somebody's name has narrowed roles alone, whatever their conditions say.
//!
//! The rule: it is decided once a view, from the time and the address of the request, and an address that is not known is in no
//! network. Narrowing lowers and never raises. Deliberately absent: the reach of a role, which stays, so that a list at night is the
//! list of the day.

use super::Policy;
use crate::{
    facts::Facts,
    viewer::{Viewer, Whence},
};
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use contract::{
    condition::{Condition, Day, Hours, TimeOfDay},
    rights::{Cell, Duty, Exposure, Reveal, Role, RoleSet},
};

/// A cell of a role that is narrowed.
pub(super) fn narrowed(cell: Cell) -> Cell {
    Cell { exposure: cell.exposure.min(Exposure::Masked), reveal: Reveal::No, edit: false, search: false, export: false }
}

/// Whether a condition is met at a moment, from somewhere.
pub(crate) fn is_met(condition: &Condition, at: DateTime<Utc>, whence: Whence) -> bool {
    let from = match whence {
        Whence::Unknown => false,
        Whence::Address(address) => condition.networks().iter().any(|network| network.has(address)),
        Whence::Supposed => true,
    };
    condition.hours().is_none_or(|hours| is_within(hours, at)) && (condition.networks().is_empty() || from)
}

/// Whether a moment is among the hours, at the school (+08:00, no daylight saving time).
fn is_within(hours: &Hours, at: DateTime<Utc>) -> bool {
    let Some(at) = at.naive_utc().checked_add_signed(TimeDelta::hours(8)) else {
        return false;
    };
    let day = usize::try_from(at.weekday().num_days_from_monday()).ok().and_then(|day| Day::ALL.get(day));
    let time = TimeOfDay::after(at.hour().saturating_mul(60).saturating_add(at.minute()));
    day.zip(time).is_some_and(|(day, time)| hours.has(*day, time))
}

impl Policy {
    /// When `role` counts in full.
    #[must_use]
    pub fn condition(&self, role: Role) -> &Condition {
        const ALWAYS: &Condition = &Condition::ALWAYS;
        self.conditions.get(role.index()).unwrap_or(ALWAYS)
    }
    /// The roles of `viewer` whose condition is not met at this request; of a program all of them.
    #[inline]
    pub(crate) fn narrowed(&self, viewer: &Viewer) -> RoleSet {
        if viewer.program().is_some() {
            return viewer.roles();
        }
        let conditional = viewer.roles().common(self.conditional);
        if conditional.is_empty() { conditional } else { self.unmet(viewer, conditional) }
    }
    /// The roles by which `viewer` takes in and moves along families now, which is writing: those that have the duty and are not
    /// narrowed.
    pub(crate) fn keeping(&self, viewer: &Viewer) -> RoleSet {
        let narrowed = self.narrowed(viewer);
        self.present(viewer.roles()).iter().filter(|role| role.duties().contains(&Duty::KeepFamilies) && !narrowed.has(*role)).collect()
    }
    /// Whether `viewer` takes in and moves along families now: some of them at least.
    #[must_use]
    pub fn keeps_families(&self, viewer: &Viewer) -> bool {
        !self.keeping(viewer).is_empty()
    }
    /// Whether `viewer` moves along this one: the duty and the reach are one role's. A role that reaches more, such as that of
    /// emergencies, lends nothing to one that has the duty.
    pub(crate) fn keeps_family(&self, viewer: &Viewer, facts: &Facts) -> bool {
        self.keeping(viewer).iter().any(|role| self.reaches(viewer, facts, role))
    }
    #[cold]
    fn unmet(&self, viewer: &Viewer, conditional: RoleSet) -> RoleSet {
        conditional.iter().filter(|role| !is_met(self.condition(*role), viewer.now(), viewer.whence())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::{Rules, impact::widens},
        viewer::{Actor, Admission},
    };
    use contract::{
        catalogue::FieldKey,
        ids::{CampusId, GuardianId, SessionId, StaffId, TokenId},
        rights::RowScope,
        wire::policy::{PolicyCell, PolicyCondition, PolicyRole, PolicyScope},
    };
    use proptest::prelude::*;
    use std::net::IpAddr;
    use uuid::Uuid;

    fn school_days() -> Hours {
        Hours::new(Day::ALL[..5].to_vec(), "07:00".parse().unwrap(), "20:00".parse().unwrap()).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn hours_are_those_of_the_school_and_their_end_is_out() {
        // 4 March 2026 is a Wednesday, the 7th a Saturday.
        for (text, within) in [
            ("2026-03-04T07:00:00+08:00", true),
            ("2026-03-04T06:59:59+08:00", false),
            ("2026-03-04T19:59:59+08:00", true),
            ("2026-03-04T20:00:00+08:00", false),
            ("2026-03-07T12:00:00+08:00", false),
            // Sunday evening in London is Monday morning at the school.
            ("2026-03-08T23:30:00Z", true),
            ("2026-03-06T23:30:00Z", false),
        ] {
            assert_eq!(is_within(&school_days(), at(text)), within, "{text}");
        }
    }

    #[test]
    fn hours_and_networks_are_both_needed_and_an_unknown_address_is_in_no_network() {
        let both = Condition::new(Some(school_days()), vec!["203.0.113.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()]).unwrap();
        let (day, night) = (at("2026-03-04T12:00:00+08:00"), at("2026-03-04T22:00:00+08:00"));
        let from = |text: &str| Whence::Address(text.parse::<IpAddr>().unwrap());
        for (whence, met) in [
            (from("203.0.113.9"), true),
            (from("::ffff:203.0.113.9"), true),
            (from("2001:db8:1::7"), true),
            (from("203.0.114.9"), false),
            (Whence::Unknown, false),
            (Whence::Supposed, true),
        ] {
            assert_eq!(is_met(&both, day, whence), met, "{whence:?}");
            assert!(!is_met(&both, night, whence), "{whence:?}");
        }
        let hours = Condition::new(Some(school_days()), Vec::new()).unwrap();
        assert!(is_met(&hours, day, Whence::Unknown) && !is_met(&hours, night, from("203.0.113.9")));
        assert!(is_met(&Condition::ALWAYS, night, Whence::Unknown));
    }

    fn a_cell() -> impl Strategy<Value = Cell> {
        let exposure = prop::sample::select(vec![Exposure::Withheld, Exposure::Masked, Exposure::Clear]);
        let reveal = prop::sample::select(vec![Reveal::No, Reveal::WithApproval, Reveal::WithReason]);
        let cell = |(exposure, reveal, [edit, search, export]): (_, _, [bool; 3])| Cell { exposure, reveal, edit, search, export };
        (exposure, reveal, any::<[bool; 3]>()).prop_map(cell)
    }

    /// Of few hours and few networks, so that one often holds another.
    fn a_condition() -> impl Strategy<Value = Condition> {
        let hours = (1..3_usize, 0..2_u32, 1..3_u32).prop_map(|(days, from, long)| {
            let at = |quarter: u32| TimeOfDay::after(quarter * 360).unwrap();
            Hours::new(Day::ALL[..days].to_vec(), at(from), at(from + long)).unwrap()
        });
        let networks = prop::collection::vec(prop::sample::select(vec!["203.0.113.0/24", "203.0.113.0/30", "2001:db8::/32"]), 0..3);
        (prop::option::of(hours), networks)
            .prop_map(|(hours, networks)| Condition::new(hours, networks.iter().map(|text| text.parse().unwrap()).collect()).unwrap())
    }

    const FIELD: FieldKey = FieldKey::GuardianPhone;

    /// Whoever makes a viewer asks this first: a place that was given up, and is still on somebody's row, brings no duty of its base.
    #[test]
    fn a_place_without_a_name_brings_no_duty_to_whoever_still_holds_it() {
        let custom = contract::rights::CustomRole::ConsultantA;
        let held = RoleSet::from_iter([Role::Custom(custom), Role::Teacher]);
        assert!(held.has_duty(Duty::KeepFamilies));
        let without = Policy::initial();
        assert_eq!(without.present(held), RoleSet::from_iter([Role::Teacher]));
        assert!(!without.present(held).has_duty(Duty::KeepFamilies));
        let roles = vec![PolicyRole { role: custom, zh: "招生助理".into(), en: "Admissions aide".into() }];
        let with = Rules::initial().with(&Rules { roles, ..Rules::default() }).compile(2);
        assert_eq!(with.present(held), held);
        // The roles that every school has are always there.
        let built_in: RoleSet = Role::BUILT_IN.iter().copied().collect();
        assert_eq!(without.present(built_in), built_in);
    }

    /// Of each role: its cell of the one field, its scope, its condition, and of the school's own whether it is there.
    type Said = (Cell, RowScope, Condition, bool);

    fn some_rules() -> impl Strategy<Value = Vec<Said>> {
        let one = (a_cell(), prop::sample::select(RowScope::ALL.to_vec()), a_condition(), any::<bool>());
        prop::collection::vec(one, Role::ALL.len())
    }

    fn compiled(rules: &[Said]) -> Policy {
        let of = || Role::ALL.iter().copied().zip(rules.iter().cloned());
        let named = of().filter_map(|(role, (.., there))| match role {
            Role::Custom(custom) if there => Some(PolicyRole { role: custom, zh: role.name().into(), en: role.name().into() }),
            _ => None,
        });
        let roles = named.collect();
        let cells = of().map(|(role, (cell, ..))| PolicyCell { role, field: FIELD, cell }).collect();
        let scopes = of().map(|(role, (_, scope, ..))| PolicyScope { role, scope }).collect();
        let conditions = of().map(|(role, (.., condition, _))| PolicyCondition { role, condition }).collect();
        Rules { cells, scopes, conditions, roles }.compile(1)
    }

    /// Few, so that one role more matters.
    fn some_roles() -> impl Strategy<Value = RoleSet> {
        prop::sample::subsequence(Role::ALL.to_vec(), 0..5).prop_map(RoleSet::from)
    }

    /// Somebody who asks on one of the first days of a week, from one of the networks, from elsewhere or from nobody knows where.
    fn somebody() -> impl Strategy<Value = Viewer> {
        let whence = prop::sample::select(vec!["203.0.113.1", "203.0.113.9", "2001:db8::1", "198.51.100.1", ""]);
        (some_roles(), any::<bool>(), 0..72_i64, whence, any::<bool>()).prop_map(|(roles, guardian, hour, whence, here)| {
            let id = Uuid::from_u128(1);
            #[expect(clippy::disallowed_methods, reason = "a test")]
            Viewer::admit(Admission {
                actor: if guardian { Actor::Guardian(GuardianId(id)) } else { Actor::Staff(StaffId(id)) },
                name: String::new(),
                roles,
                campuses: if here { vec![CampusId(id)] } else { Vec::new() },
                session: SessionId(Uuid::nil()),
                stepped_up_at: None,
                now: at("2026-03-02T00:30:00+08:00") + TimeDelta::hours(hour),
                whence: whence.parse().map_or(Whence::Unknown, Whence::Address),
            })
        })
    }

    /// The same person at the same moment, with other roles.
    fn somebody_with(viewer: &Viewer, roles: RoleSet) -> Viewer {
        #[expect(clippy::disallowed_methods, reason = "a test")]
        Viewer::admit(Admission {
            actor: viewer.actor(),
            name: String::new(),
            roles,
            campuses: viewer.campuses().to_vec(),
            session: viewer.session(),
            stepped_up_at: None,
            now: viewer.now(),
            whence: viewer.whence(),
        })
    }

    fn some_facts() -> impl Strategy<Value = Facts> {
        (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(own, taught_by_viewer, own_child)| Facts {
            campus: CampusId(Uuid::from_u128(1)),
            owner: own.then_some(StaffId(Uuid::from_u128(1))),
            taught_by_viewer,
            own_child,
        })
    }

    /// All that somebody may do with the field of a record, each of which only a widening raises. What is clear needs no opening.
    fn rights(policy: &Policy, viewer: &Viewer, facts: &Facts) -> [usize; 7] {
        let view = policy.view(viewer, facts);
        let opens = if view.exposure(FIELD) == Exposure::Clear { Reveal::WithReason } else { view.reveal(FIELD) };
        let searches = viewer.roles().iter().any(|role| policy.view_unscoped(viewer).cell(role, FIELD).search);
        [
            view.exposure(FIELD) as usize,
            opens as usize,
            usize::from(view.edit(FIELD)),
            view.export(FIELD) as usize,
            usize::from(searches),
            usize::from(policy.keeps_families(viewer)),
            usize::from(policy.keeps_family(viewer, facts)),
        ]
    }

    fn exceeds(more: [usize; 7], less: [usize; 7]) -> bool {
        more.iter().zip(less).any(|(more, less)| *more > less)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// A place that no name is given is as if it were not held, whatever its row says; and what one that has a name comes to is what
        /// its row says, whatever its base may.
        #[test]
        fn an_unnamed_place_is_nothing_and_a_named_one_is_its_row(rules in some_rules(), viewer in somebody(), facts in some_facts()) {
            let policy = compiled(&rules);
            let without = somebody_with(&viewer, policy.present(viewer.roles()));
            prop_assert_eq!(rights(&policy, &viewer, &facts), rights(&policy, &without, &facts));
            for (role, (cell, scope, condition, there)) in Role::ALL.iter().zip(&rules) {
                let Role::Custom(_) = role else { continue };
                let own = if *there { (*cell, *scope, condition) } else { (Cell::WITHHELD, RowScope::None, &Condition::ALWAYS) };
                prop_assert_eq!((policy.written(*role, FIELD), policy.scope(*role), policy.condition(*role)), own);
                let alone = somebody_with(&viewer, RoleSet::from_iter([*role]));
                let view = policy.view(&alone, &facts);
                prop_assert!(view.exposure(FIELD) <= own.0.exposure && view.reveal(FIELD) <= own.0.reveal);
                prop_assert!(!view.edit(FIELD) || own.0.edit);
                prop_assert!(*there || (!view.reached() && !policy.keeps_families(&alone)));
                prop_assert!(!policy.keeps_families(&alone) || role.base().duties().contains(&Duty::KeepFamilies));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// A condition takes away and gives nothing, and where it is met it takes nothing away.
        #[test]
        fn a_condition_never_raises_anything(rules in some_rules(), viewer in somebody(), facts in some_facts()) {
            let free: Vec<_> = rules.iter().map(|(cell, scope, _, there)| (*cell, *scope, Condition::ALWAYS, *there)).collect();
            let (under, free) = (compiled(&rules), compiled(&free));
            prop_assert!(!exceeds(rights(&under, &viewer, &facts), rights(&free, &viewer, &facts)));
            prop_assert_eq!(under.view(&viewer, &facts).reached(), free.view(&viewer, &facts).reached());
            if under.narrowed(&viewer).is_empty() {
                prop_assert_eq!(rights(&under, &viewer, &facts), rights(&free, &viewer, &facts));
            }
        }

        /// Who moves a family along does it by one role, alone: what other roles reach or may do adds nothing to it.
        #[test]
        fn a_family_is_kept_by_one_role_alone(rules in some_rules(), viewer in somebody(), facts in some_facts()) {
            let policy = compiled(&rules);
            let alone = |role: Role| {
                let viewer = somebody_with(&viewer, RoleSet::from_iter([role]));
                policy.keeps_families(&viewer) && policy.view(&viewer, &facts).reached()
            };
            prop_assert_eq!(policy.keeps_family(&viewer, &facts), viewer.roles().iter().any(alone));
        }

        /// Whatever the matrix says, of whichever record, whenever and from wherever: a program gets a mask at most, and nothing else.
        #[test]
        fn a_program_gets_a_mask_at_most(rules in some_rules(), viewer in somebody(), facts in some_facts()) {
            let policy = compiled(&rules);
            let less = viewer.clone().by_program(TokenId(Uuid::from_u128(7)));
            let [exposure, opens, edit, export, searches, keeps, keeps_this] = rights(&policy, &less, &facts);
            prop_assert!(exposure <= Exposure::Masked as usize && export == Exposure::Withheld as usize);
            prop_assert_eq!([opens, edit, searches, keeps, keeps_this], [Reveal::No as usize, 0, 0, 0, 0]);
            prop_assert_eq!(policy.view(&less, &facts).reached(), policy.view(&viewer, &facts).reached());
            prop_assert!(!exceeds(rights(&policy, &less, &facts), rights(&policy, &viewer, &facts)));
        }

        /// Whoever asks, whenever and from wherever, about whatever record: more is shown or permitted only by a change that widens.
        #[test]
        fn only_what_widens_shows_anybody_more(
            before in some_rules(), other in some_rules(), changed in prop::collection::vec((0..Role::ALL.len(), 0..4_u8), 1..4),
            viewer in somebody(), facts in some_facts(),
        ) {
            let mut after = before.clone();
            for (role, part) in changed {
                match part {
                    0 => after[role].0 = other[role].0,
                    1 => after[role].1 = other[role].1,
                    2 => after[role].2 = other[role].2.clone(),
                    _ => after[role].3 = other[role].3,
                }
            }
            let (before, after) = (compiled(&before), compiled(&after));
            let more = exceeds(rights(&after, &viewer, &facts), rights(&before, &viewer, &facts));
            prop_assert!(!more || widens(&before, &after));
        }
    }
}
