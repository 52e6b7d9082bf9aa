//! Tokens for programs: who asks, confirms, makes and ends one, and what one admits.
//!
//! The rule: nobody confirms their own, nobody makes the secret of somebody else's, and a token admits one role of its owner, as long as
//! they have it. Deliberately absent: what is shown through one, which is a property of the policy and is held there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::TimeDelta;
use contract::{
    condition::Condition,
    credential::Credential,
    ids::TokenId,
    rights::{Duty, Role, RoleSet},
    wire::{
        ledger::Action,
        school::StaffRef,
        tokens::{DAYS_MOST, NewToken, TokenDecision, TokenState},
    },
};
use guard::{
    Actor, Facts, Gate, Policy, Refused, Viewer, Whence,
    records::{Decider, TokenRecord},
    token::{Bearer, Inadmissible},
    vault::SealedLabel,
};
use proptest::prelude::*;
use support::*;
use uuid::Uuid;

const TOKEN: TokenId = TokenId(Uuid::from_u128(0x70));

fn a_gate() -> Gate {
    door(Policy::initial(), Mood::Up).0
}

fn wish(role: Role) -> NewToken {
    NewToken { name: "每日名单".into(), why: "每天核对名单，出错打 13800138000".into(), role, days: 90, networks: Vec::new() }
}

fn record(state: TokenState) -> TokenRecord {
    TokenRecord {
        id: TOKEN,
        by: Decider { who: StaffRef { id: ME, name: "工号".into() }, roles: RoleSet::from_iter([Role::Consultant]) },
        name: SealedLabel::stored(Vec::new()),
        role: Role::Consultant,
        words: String::new(),
        asked_at: noon(),
        days: 90,
        condition: Condition::ALWAYS,
        state,
        until: noon() + TimeDelta::days(1),
        decided_by: None,
        used_at: None,
        used_from: None,
    }
}

fn colleague(role: Role) -> Viewer {
    staff_at(Actor::Staff(COLLEAGUE), [role], noon())
}

fn confirm() -> TokenDecision {
    TokenDecision { confirm: true }
}

#[test]
fn one_asks_for_ones_own_roles_that_work_with_families_alone() {
    let gate = a_gate();
    for role in Role::ALL.iter().copied() {
        let (own, other) = (staff([role]), staff([Role::Finance]));
        let asked = gate.ask_token(own.fresh().unwrap(), &wish(role));
        assert_eq!(asked.is_ok(), role.takes_token(), "{role:?}");
        if role != Role::Finance {
            assert_eq!(gate.ask_token(other.fresh().unwrap(), &wish(role)).unwrap_err(), Refused::Forbidden, "{role:?}");
        }
    }
    assert!(gate.ask_token(parent().fresh().unwrap(), &wish(Role::Guardian)).is_err());
    let ask = gate.ask_token(staff([Role::Consultant]).fresh().unwrap(), &wish(Role::Consultant)).unwrap();
    assert_eq!((ask.entry.action(), ask.entry.token()), (Action::TokenAsked, Some(ask.id)));
    assert!(!ask.entry.reason().unwrap().text.contains("13800138000"));
}

#[test]
fn what_is_asked_for_has_a_name_a_purpose_and_an_end() {
    let (gate, me) = (a_gate(), staff([Role::Consultant]));
    let good = wish(Role::Consultant);
    for (what, wrong) in [
        ("no name", NewToken { name: " ".into(), ..good.clone() }),
        ("a long name", NewToken { name: "名".repeat(41), ..good.clone() }),
        ("no purpose", NewToken { why: String::new(), ..good.clone() }),
        ("no day", NewToken { days: 0, ..good.clone() }),
        ("too long", NewToken { days: DAYS_MOST + 1, ..good.clone() }),
        ("everywhere by halves", NewToken { networks: vec!["203.0.113.0/24".parse().unwrap(); 17], ..good.clone() }),
    ] {
        assert!(matches!(gate.ask_token(me.fresh().unwrap(), &wrong), Err(Refused::Fields(_))), "{what}");
    }
}

#[test]
fn only_another_person_with_the_duty_confirms_and_only_while_it_waits() {
    let gate = a_gate();
    for role in Role::ALL.iter().copied() {
        let answer = gate.decide_token(colleague(role).fresh().unwrap(), &record(TokenState::Asked), confirm()).map(|write| write.to);
        let expected = if role.duties().contains(&Duty::Approve) { Ok(TokenState::Confirmed) } else { Err(Refused::Forbidden) };
        assert_eq!(answer, expected, "{role:?}");
    }
    let own = staff([Role::Principal]);
    assert_eq!(gate.decide_token(own.fresh().unwrap(), &record(TokenState::Asked), confirm()).unwrap_err(), Refused::NotFound);
    let principal = colleague(Role::Principal);
    for state in TokenState::ALL.iter().copied().filter(|state| *state != TokenState::Asked) {
        assert_eq!(gate.decide_token(principal.fresh().unwrap(), &record(state), confirm()).unwrap_err(), Refused::Lapsed, "{state:?}");
    }
    let late = TokenRecord { until: noon(), ..record(TokenState::Asked) };
    assert_eq!(gate.decide_token(principal.fresh().unwrap(), &late, confirm()).unwrap_err(), Refused::Lapsed);
    // Whoever has lost the role meanwhile gets none, and can still be refused.
    let mut lost = record(TokenState::Asked);
    lost.by.roles = RoleSet::from_iter([Role::Finance]);
    assert_eq!(gate.decide_token(principal.fresh().unwrap(), &lost, confirm()).unwrap_err(), Refused::Lapsed);
    let refused = gate.decide_token(principal.fresh().unwrap(), &lost, TokenDecision { confirm: false }).unwrap();
    assert_eq!((refused.to, refused.entry.action()), (TokenState::Refused, Action::TokenRefused));
}

#[test]
fn the_owner_alone_makes_the_secret_once_it_is_confirmed() {
    let gate = a_gate();
    let (me, other) = (staff([Role::Consultant]), colleague(Role::Principal));
    let make = |who: &Viewer, record: &TokenRecord| {
        gate.make_token(who.fresh().unwrap(), record, Some(Credential::Passkey)).map(|write| (write.to, write.credential))
    };
    assert_eq!(make(&me, &record(TokenState::Confirmed)), Ok((TokenState::Living, Some(Credential::Passkey))));
    assert_eq!(make(&other, &record(TokenState::Confirmed)), Err(Refused::NotFound));
    for state in TokenState::ALL.iter().copied().filter(|state| *state != TokenState::Confirmed) {
        assert_eq!(make(&me, &record(state)), Err(Refused::Lapsed), "{state:?}");
    }
    let mut lost = record(TokenState::Confirmed);
    lost.by.roles = RoleSet::default();
    assert_eq!(make(&me, &lost), Err(Refused::Lapsed));
}

#[test]
fn owner_approver_and_whoever_keeps_the_staff_end_one_and_nobody_else() {
    let gate = a_gate();
    assert!(gate.end_token(&staff([Role::Teacher]), &record(TokenState::Living)).is_ok(), "one's own");
    for role in Role::ALL.iter().copied() {
        let ends = role.duties().iter().any(|duty| matches!(duty, Duty::Approve | Duty::KeepStaff));
        let answer = gate.end_token(&colleague(role), &record(TokenState::Living)).map(|write| write.to);
        assert_eq!(answer, if ends { Ok(TokenState::Ended) } else { Err(Refused::NotFound) }, "{role:?}");
        assert_eq!(gate.tokens_of(&colleague(role)), (!ends).then_some(COLLEAGUE), "{role:?}");
    }
    for state in [TokenState::Ended, TokenState::Refused] {
        assert_eq!(gate.end_token(&colleague(Role::Principal), &record(state)).unwrap_err(), Refused::Lapsed);
    }
}

#[test]
fn a_program_has_no_duty_is_never_fresh_and_decides_nothing() {
    let gate = a_gate();
    for role in Role::ALL.iter().copied() {
        let program = colleague(role).by_program(TOKEN);
        assert!(program.fresh().is_none() && program.fresh_until().is_none(), "{role:?}");
        assert!(Duty::ALL.iter().all(|duty| !program.has_duty(*duty)), "{role:?}");
        assert_eq!(gate.end_token(&program, &record(TokenState::Living)).unwrap_err(), Refused::NotFound, "{role:?}");
        let by = guard::trail::By::viewer(&program);
        assert_eq!((by.token, by.session), (Some(TOKEN), None));
    }
}

fn a_bearer() -> impl Strategy<Value = Bearer> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let state = prop::sample::select(TokenState::ALL.to_vec());
    let credential = prop::option::of(prop::sample::select(Credential::ALL.to_vec()));
    (role, state, credential, -1..2_i64, any::<bool>()).prop_map(|(role, state, credential, left, bound)| Bearer {
        id: TOKEN,
        role,
        state,
        until: noon() + TimeDelta::seconds(left),
        condition: Condition::new(None, if bound { vec!["203.0.113.0/24".parse().unwrap()] } else { Vec::new() }).unwrap(),
        credential,
        used_at: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a token admits is its one role, and only where each thing that it stands on is so.
    #[test]
    fn a_token_admits_its_role_where_everything_holds_and_nothing_otherwise(
        bearer in a_bearer(), held in 0..(1_u32 << Role::ALL.len()), least in prop::sample::select(Credential::ALL.to_vec()),
        from in prop::sample::select(vec![Whence::Unknown, Whence::Address("203.0.113.9".parse().unwrap()), Whence::Address("198.51.100.1".parse().unwrap())]),
    ) {
        let held = RoleSet::from_bits(held);
        let near = from == Whence::Address("203.0.113.9".parse().unwrap()) || bearer.condition.networks().is_empty();
        let stands = bearer.state == TokenState::Living
            && bearer.until > noon()
            && held.has(bearer.role)
            && !matches!(bearer.role, Role::Administrator | Role::PrivacyOfficer | Role::Auditor | Role::Guardian | Role::Emergency)
            && bearer.credential >= Some(least);
        let expected = match (stands, near) {
            (true, true) => Ok(RoleSet::from_iter([bearer.role])),
            (true, false) => Err(Inadmissible::Elsewhere),
            (false, _) => Err(Inadmissible::Over),
        };
        prop_assert_eq!(bearer.admits(held, least, noon(), from), expected);
    }
}

/// Every role, every field, whatever a matrix could give at the most: of a family, a list and a class nothing is clear, and nothing can
/// be opened, asked for or written.
#[test]
fn no_body_that_a_program_reads_has_a_clear_value_or_a_right() {
    for role in Role::ALL.iter().copied() {
        let (gate, trail) = door(uniform(&[role], OPEN), Mood::Up);
        let facts = Facts { owner: Some(ME), taught_by_viewer: true, own_child: true, ..stranger() };
        let program = staff([role]).by_program(TOKEN);
        let family = family(facts);
        let bodies = [
            json(&now(gate.family_card(&program, &family, &[])).unwrap()),
            json(&now(gate.families(&program, &[&family], None, Some(1), Action::Listed)).unwrap()),
            json(&now(gate.class_card(&program, &class(facts))).unwrap()),
        ];
        for body in &bodies {
            let text = body.to_string();
            assert!(!text.contains(r#""state":"clear""#), "{role:?} {text}");
            for field in family_fields() {
                assert!(!text.contains(canary(field)), "{role:?} {field:?} {text}");
            }
            for right in ["reveal", "ask", "edit"] {
                let rest = text.replace(&format!(r#""{right}":[]"#), "");
                assert!(!rest.contains(&format!(r#""{right}":["#)), "{role:?} {right} {text}");
            }
        }
        assert!(trail.entries().iter().all(|entry| entry.by().token == Some(TOKEN) && entry.by().session.is_none()));
        // The person themselves sees them, or the test could not fail.
        let person = json(&now(gate.family_card(&staff([role]), &family, &[])).unwrap());
        assert_eq!(person.to_string().contains(r#""state":"clear""#), role != Role::Administrator, "{role:?}");
    }
}
