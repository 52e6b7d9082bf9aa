//! The laws of the ladder of credentials, over any roles and any rungs.

use chrono::TimeDelta;
use contract::{
    credential::{Credential, GUARDIAN_HOURS_MOST, GUARDIAN_IDLE_MOST, IDLE_LEAST, IDLE_MOST, Ladder, Rung},
    rights::{Role, RoleSet},
    wire::school::{SESSION_HOURS_LEAST, SESSION_HOURS_MOST},
};
use proptest::prelude::*;

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

/// One that can be said of a role.
fn rung() -> impl Strategy<Value = Rung> {
    written().prop_filter("nobody can say that", |rung| rung.is_possible())
}

/// One that a hand can write, or somebody send.
fn written() -> impl Strategy<Value = Rung> {
    let (idle, hours) =
        (prop_oneof![IDLE_LEAST..=IDLE_MOST, 0..=u32::MAX], prop_oneof![SESSION_HOURS_LEAST..=SESSION_HOURS_MOST, 0..=u32::MAX]);
    (role(), prop::sample::select(Credential::ALL.to_vec()), idle, hours).prop_map(|(role, least, idle_minutes, hours)| Rung {
        role,
        least,
        idle_minutes,
        hours,
    })
}

fn ladder() -> impl Strategy<Value = Ladder> {
    prop::collection::vec(rung(), 0..12).prop_map(|rungs| rungs.into_iter().fold(Ladder::default(), Ladder::with))
}

fn roles() -> impl Strategy<Value = RoleSet> {
    prop::collection::vec(role(), 0..6).prop_map(RoleSet::from)
}

#[test]
fn the_order_is_that_of_strength_and_a_role_asks_for_a_passkey_unless_told_otherwise() {
    assert!(Credential::ALL.is_sorted());
    assert_eq!(Credential::ALL, [Credential::Any, Credential::Mfa, Credential::Passkey, Credential::AttestedPasskey]);
    assert_eq!(Ladder::default().least(RoleSet::default()), Credential::Passkey);
    assert!(
        Ladder::default().rungs().all(|rung| rung.least == if rung.role == Role::Guardian { Credential::Any } else { Credential::Passkey })
    );
    assert!(!Ladder::default().allows_passwords());
    assert_eq!(Ladder::default().of(Role::Emergency), None);
}

#[test]
fn a_code_alone_is_for_guardians_and_guardians_have_neither_passwords_nor_keys_of_a_proven_make() {
    for role in Role::ALL.iter().copied() {
        let can = Credential::ALL.iter().copied().filter(|least| Rung { least: *least, ..Rung::usual(role) }.is_possible());
        let expected: &[_] = match role {
            Role::Guardian => &[Credential::Any, Credential::Passkey],
            _ => &[Credential::Mfa, Credential::Passkey, Credential::AttestedPasskey],
        };
        assert_eq!(can.collect::<Vec<_>>(), expected, "{role:?}");
    }
    let day = Rung::usual(Role::Guardian);
    assert_eq!((day.idle_minutes, day.hours), (GUARDIAN_IDLE_MOST, GUARDIAN_HOURS_MOST));
    assert!(
        !Rung { idle_minutes: GUARDIAN_IDLE_MOST + 1, ..day }.is_possible()
            && !Rung { hours: GUARDIAN_HOURS_MOST + 1, ..day }.is_possible()
    );
    assert!(!Rung { role: Role::Teacher, least: Credential::Passkey, ..day }.is_possible());
}

/// Somebody of staff whose row says that they are a guardian is no guardian.
#[test]
fn no_roles_whatever_they_are_let_a_member_of_staff_in_by_a_code() {
    for role in Role::ALL.iter().copied() {
        assert_eq!(Ladder::default().least(RoleSet::from_iter([role])), Credential::Passkey, "{role:?}");
        assert!(Ladder::default().idle(RoleSet::from_iter([role])) <= TimeDelta::minutes(IDLE_MOST.into()));
    }
}

proptest! {
    /// As if nobody had compared what is stored.
    #[test]
    fn what_a_hand_wrote_lets_nobody_of_staff_in_by_a_code_and_asks_a_guardian_for_a_passkey_at_the_most(
        hand in prop::collection::vec(written(), 0..6), roles in roles(),
    ) {
        let ladder: Ladder = serde_json::from_str(&serde_json::to_string(&hand).unwrap()).unwrap();
        prop_assert!(ladder.least(roles) > Credential::Any);
        prop_assert!(ladder.idle(roles) <= TimeDelta::minutes(IDLE_MOST.into()) && ladder.whole(roles) <= TimeDelta::hours(SESSION_HOURS_MOST.into()));
        prop_assert!(ladder.rungs().all(|rung| rung.least.is_for(rung.role)));
        for said in &hand {
            let first = hand.iter().find(|rung| rung.role == said.role).unwrap();
            let expected = if first.least.is_for(first.role) { first.least } else { Credential::Passkey };
            if said.role.has_rung() {
                prop_assert_eq!(ladder.of(said.role), Some(expected));
            }
        }
    }

    #[test]
    fn of_several_roles_the_highest_rung_counts(ladder in ladder(), roles in roles()) {
        let highest = roles.iter().filter(|role| role.is_given()).filter_map(|role| ladder.of(role)).max().unwrap_or(Credential::Passkey);
        prop_assert_eq!(ladder.least(roles), highest);
    }

    #[test]
    fn of_several_roles_the_shortest_time_counts(ladder in ladder(), roles in roles()) {
        let rungs = || roles.iter().filter(|role| role.is_given()).filter_map(|role| ladder.rung(role));
        let shortest = |times: Vec<u32>, usual: u32| i64::from(times.into_iter().min().unwrap_or(usual));
        let idle = shortest(rungs().map(|rung| rung.idle_minutes).collect(), IDLE_MOST);
        let whole = shortest(rungs().map(|rung| rung.hours).collect(), SESSION_HOURS_MOST);
        prop_assert_eq!((ladder.idle(roles), ladder.whole(roles)), (TimeDelta::minutes(idle), TimeDelta::hours(whole)));
    }

    /// A role more never lets anybody in with less, but for the first role of somebody who had none.
    #[test]
    fn another_role_never_asks_for_less(ladder in ladder(), roles in roles(), more in role()) {
        let with = roles.iter().chain([more]).collect::<RoleSet>();
        prop_assert!(ladder.least(with) >= ladder.least(roles) || !roles.iter().any(Role::is_given));
    }

    #[test]
    fn a_raised_rung_never_asks_for_less_and_a_lowered_one_never_for_more(ladder in ladder(), roles in roles(), to in rung()) {
        let Some(before) = ladder.of(to.role) else { return Ok(()) };
        let after = ladder.clone().with(to);
        let (then, now) = (ladder.least(roles), after.least(roles));
        let moved = if to.role == Role::Guardian { now == then } else if to.least >= before { now >= then } else { now <= then };
        prop_assert!(moved);
    }

    #[test]
    fn a_rung_that_is_set_is_the_one_that_holds_and_no_other_moves(ladder in ladder(), to in rung()) {
        let after = ladder.clone().with(to);
        // A role that the school made stands on the rung of its base, and has none to be set.
        let moves = |role: Role| to.role.has_rung() && role.base() == to.role;
        for role in Role::ALL.iter().copied() {
            let rung = Rung { role: role.base(), ..to };
            prop_assert_eq!(after.rung(role), if moves(role) { Some(rung) } else { ladder.rung(role) });
        }
        prop_assert_eq!(after.clone().with(to), after);
    }

    #[test]
    fn what_was_stored_before_there_were_times_is_read_with_the_usual_ones(of in role()) {
        prop_assume!(of.has_rung());
        let text = format!(r#"[{{"role":"{}","least":"passkey"}}]"#, of.name());
        let read = serde_json::from_str::<Ladder>(&text).unwrap().rung(of);
        prop_assert_eq!(read, Some(Rung { least: Credential::Passkey, ..Rung::usual(of) }));
    }

    #[test]
    fn what_is_stored_is_read_again(ladder in ladder()) {
        let text = serde_json::to_string(&ladder).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ladder>(&text).unwrap(), ladder);
    }
}
