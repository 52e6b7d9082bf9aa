//! The laws of the ladder of credentials, over any roles and any rungs.

use contract::{
    credential::{Credential, Ladder, Rung},
    rights::{Role, RoleSet},
};
use proptest::prelude::*;

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

fn rung() -> impl Strategy<Value = Rung> {
    (role(), prop::sample::select(Credential::ALL.to_vec())).prop_map(|(role, least)| Rung { role, least })
}

fn ladder() -> impl Strategy<Value = Ladder> {
    prop::collection::vec(rung(), 0..12).prop_map(|rungs| rungs.into_iter().fold(Ladder::default(), Ladder::with))
}

fn roles() -> impl Strategy<Value = RoleSet> {
    prop::collection::vec(role(), 0..6).prop_map(RoleSet::from)
}

#[test]
fn the_order_is_that_of_strength_and_a_role_asks_for_a_passkey_unless_told_otherwise() {
    assert!(Credential::Mfa < Credential::Passkey && Credential::Passkey < Credential::AttestedPasskey);
    assert_eq!(Ladder::default().least(RoleSet::default()), Credential::Passkey);
    assert!(Ladder::default().rungs().all(|rung| rung.least == Credential::Passkey));
    assert!(!Ladder::default().allows_passwords());
    assert_eq!(Ladder::default().of(Role::Guardian), None);
}

proptest! {
    #[test]
    fn of_several_roles_the_highest_rung_counts(ladder in ladder(), roles in roles()) {
        let highest = roles.iter().filter_map(|role| ladder.of(role)).max().unwrap_or(Credential::Passkey);
        prop_assert_eq!(ladder.least(roles), highest);
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
        let moved = if to.least >= before { now >= then } else { now <= then };
        prop_assert!(moved);
    }

    #[test]
    fn a_rung_that_is_set_is_the_one_that_holds_and_no_other_moves(ladder in ladder(), to in rung()) {
        let after = ladder.clone().with(to);
        // A role that the school made stands on the rung of its base, and has none to be set.
        let moves = |role: Role| to.role.has_rung() && role.base() == to.role;
        for role in Role::ALL.iter().copied() {
            prop_assert_eq!(after.of(role), if moves(role) { Some(to.least) } else { ladder.of(role) });
        }
        prop_assert_eq!(after.clone().with(to), after);
    }

    #[test]
    fn what_is_stored_is_read_again(ladder in ladder()) {
        let text = serde_json::to_string(&ladder).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ladder>(&text).unwrap(), ladder);
    }
}
