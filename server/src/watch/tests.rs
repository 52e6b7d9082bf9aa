//! The rules, one by one, at their edges.

use super::{engine::Engine, sighting::*};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    field::RecordKind,
    ids::{FamilyId, GuardianId, SessionId, StaffId},
    rights::{Role, RoleSet},
    wire::{
        alarms::{Answer, Rule, RuleSetting},
        ledger::Action,
    },
};
use guard::{
    Actor, Country, Entry,
    gate::Kept,
    trail::{By, RecordRef},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Monday morning, ten at the school.
fn morning() -> DateTime<Utc> {
    "2026-09-07T02:00:00Z".parse().unwrap()
}

fn li() -> Actor {
    Actor::Staff(StaffId(Uuid::from_u128(1)))
}

fn family(number: u32) -> FamilyId {
    FamilyId(Uuid::from_u128(100 + u128::from(number)))
}

struct Case {
    engine: Engine,
    seq: i64,
    at: DateTime<Utc>,
    country: Option<Country>,
}

impl Case {
    fn new() -> Self {
        Self { engine: Engine::default(), seq: 0, at: morning(), country: None }
    }
    fn set(mut self, rule: Rule, setting: RuleSetting) -> Self {
        self.engine.set(HashMap::from([(rule, setting)]));
        self
    }
    fn wait(&mut self, seconds: i64) -> &mut Self {
        self.at += TimeDelta::seconds(seconds);
        self
    }
    fn see(&mut self, actor: Option<Actor>, action: Action, families: &[FamilyId]) -> Vec<Rule> {
        self.with(actor, action, families, Account::default())
    }
    fn with(&mut self, actor: Option<Actor>, action: Action, families: &[FamilyId], account: Account) -> Vec<Rule> {
        self.seq += 1;
        let seen = Sighting {
            seq: self.seq,
            at: self.at,
            actor,
            action,
            families: families.to_vec(),
            raised: false,
            country: self.country,
            account,
        };
        self.engine.see(&seen).into_iter().map(|found| found.rule).collect()
    }
    /// Signs in from a country, or from nowhere that is known.
    fn comes(&mut self, who: Actor, country: &str) -> Vec<Rule> {
        self.country = Country::new(country);
        self.see(Some(who), Action::SignedIn, &[])
    }
    /// So many families, one after the other; what was found meanwhile.
    fn opens(&mut self, families: std::ops::Range<u32>, pause: i64) -> Vec<Rule> {
        families.flat_map(|number| self.wait(pause).see(Some(li()), Action::Shown, &[family(number)])).collect()
    }
}

#[test]
fn sixty_families_in_twenty_minutes_are_bulk_reading_and_fifty_nine_are_not() {
    assert_eq!(Case::new().opens(0..59, 10), []);
    assert_eq!(Case::new().opens(0..60, 10), [Rule::BulkReading]);
}

#[test]
fn the_same_families_again_are_counted_once_and_those_of_an_hour_ago_not_at_all() {
    let mut case = Case::new();
    assert_eq!((case.opens(0..40, 5), case.opens(0..40, 5)), (vec![], vec![]));
    let mut case = Case::new();
    assert_eq!((case.opens(0..40, 5), case.wait(3_600).opens(40..80, 5)), (vec![], vec![]));
}

#[test]
fn an_alarm_begins_anew_after_it_was_raised() {
    let mut case = Case::new();
    assert_eq!(case.opens(0..60, 5), [Rule::BulkReading]);
    assert_eq!(case.opens(60..119, 5), []);
    assert_eq!(case.opens(119..120, 5), [Rule::BulkReading]);
}

#[test]
fn what_two_people_do_is_not_added_up() {
    let mut case = Case::new();
    let other = Actor::Staff(StaffId(Uuid::from_u128(2)));
    for number in 0..100 {
        let who = if number % 2 == 0 { li() } else { other };
        assert_eq!(case.wait(5).see(Some(who), Action::Shown, &[family(number)]), []);
    }
}

#[test]
fn a_rule_that_is_off_finds_nothing_and_one_that_is_set_looks_by_its_own_numbers() {
    let usual = Rule::MassReveal.usual();
    let reveals = |mut case: Case| (0..30).flat_map(|n| case.wait(5).see(Some(li()), Action::Revealed, &[family(n)])).collect::<Vec<_>>();
    assert!(reveals(Case::new()).contains(&Rule::MassReveal));
    assert!(!reveals(Case::new().set(Rule::MassReveal, RuleSetting { on: false, ..usual })).contains(&Rule::MassReveal));
    let three = reveals(Case::new().set(Rule::MassReveal, RuleSetting { threshold: 3, ..usual }));
    assert_eq!(three.iter().filter(|rule| **rule == Rule::MassReveal).count(), 10);
}

#[test]
fn a_recovery_code_arms_the_rule_for_an_hour_and_for_that_person() {
    let reveals =
        |case: &mut Case, who: Actor| (0..8).flat_map(|n| case.wait(5).see(Some(who), Action::Revealed, &[family(n)])).collect::<Vec<_>>();
    let mut case = Case::new();
    case.see(Some(li()), Action::RecoveryCodeUsed, &[]);
    assert!(reveals(&mut case, li()).contains(&Rule::Takeover));
    let mut case = Case::new();
    case.see(Some(li()), Action::RecoveryCodeUsed, &[]);
    assert!(!reveals(case.wait(3_601), li()).contains(&Rule::Takeover));
    let mut case = Case::new();
    case.see(Some(li()), Action::RecoveryCodeUsed, &[]);
    assert!(!reveals(&mut case, Actor::Staff(StaffId(Uuid::from_u128(2)))).contains(&Rule::Takeover));
}

#[test]
fn a_clock_that_goes_back_is_an_alarm_and_empties_no_window() {
    let mut case = Case::new();
    assert_eq!(case.opens(0..59, 5), []);
    case.wait(-60);
    assert_eq!(case.see(Some(li()), Action::Listed, &[]), [], "requests side by side end out of order");
    case.wait(-3_600);
    assert_eq!(case.see(Some(li()), Action::Listed, &[]), [Rule::ClockBack]);
    assert!(case.opens(59..60, 1).contains(&Rule::BulkReading));
}

#[test]
fn an_account_that_slept_and_one_that_is_suspended_are_told_by_what_is_known_of_them() {
    let slept = |idle_days| Account { idle_days, ..Account::default() };
    assert_eq!(Case::new().with(Some(li()), Action::SignedIn, &[], slept(59)), []);
    assert_eq!(Case::new().with(Some(li()), Action::SignedIn, &[], slept(60)), [Rule::DormantWakes]);
    let ended = Account { suspended: true, ..Account::default() };
    assert_eq!(Case::new().with(Some(li()), Action::SignInRefused, &[], ended), [Rule::EndedAccountTries]);
    assert_eq!(Case::new().see(Some(li()), Action::SignInRefused, &[]), []);
}

#[test]
fn two_sign_ins_too_far_apart_for_the_time_are_found_and_those_of_two_people_are_not() {
    let other = Actor::Staff(StaffId(Uuid::from_u128(2)));
    let mut case = Case::new();
    assert_eq!((case.comes(li(), "CN"), case.wait(3_600).comes(li(), "US")), (vec![], vec![Rule::ImpossibleTravel]));
    let mut case = Case::new();
    assert_eq!((case.comes(li(), "CN"), case.wait(3_600).comes(other, "US")), (vec![], vec![]));
    let mut case = Case::new();
    assert_eq!((case.comes(li(), "CN"), case.wait(16 * 3_600).comes(li(), "US")), (vec![], vec![]), "a flight");
    let mut case = Case::new();
    assert_eq!((case.comes(li(), "CN"), case.wait(60).comes(li(), "HK")), (vec![], vec![]), "a telephone over the border");
    let mut case = Case::new();
    assert_eq!((case.comes(li(), "CN"), case.wait(60).comes(li(), ""), case.wait(60).comes(li(), "CN")), (vec![], vec![], vec![]));
    case.country = Country::new("US");
    assert_eq!(case.wait(60).see(Some(li()), Action::Listed, &[]), [], "sign-ins alone");
    let father = Actor::Guardian(GuardianId(Uuid::from_u128(7)));
    assert_eq!((case.comes(father, "CN"), case.wait(60).comes(father, "DE")), (vec![], vec![Rule::ImpossibleTravel]));
}

#[test]
fn a_country_that_is_new_to_an_account_is_told_at_its_sign_in() {
    let new = Account { new_country: true, ..Account::default() };
    assert_eq!(Case::new().with(Some(li()), Action::SignedIn, &[], new), [Rule::NewPlace]);
    assert_eq!(Case::new().with(Some(li()), Action::Listed, &[], new), []);
}

#[test]
fn whoever_does_anything_with_a_honey_record_is_found_at_once_and_a_list_that_has_it_is_none() {
    let mut case = Case::new();
    case.engine.lay_out([family(7)].into());
    for action in [Action::Listed, Action::Searched] {
        assert_eq!(case.wait(60).see(Some(li()), action, &[family(6), family(7)]), [], "{action:?}");
    }
    for action in [Action::Shown, Action::Revealed, Action::Exported, Action::Changed, Action::TrailRead] {
        assert_eq!(case.wait(60).see(Some(li()), action, &[family(6), family(7)]), [Rule::HoneyTouched], "{action:?}");
        assert_eq!(case.wait(60).see(Some(li()), action, &[family(6)]), [], "{action:?}");
    }
    case.engine.lay_out([].into());
    assert_eq!(case.wait(60).see(Some(li()), Action::Shown, &[family(7)]), []);
}

#[test]
fn guardians_are_watched_at_their_sign_ins_and_not_at_their_own_children() {
    let father = Some(Actor::Guardian(GuardianId(Uuid::from_u128(7))));
    let mut case = Case::new();
    for number in 0..200 {
        assert_eq!(case.wait(2).see(father, Action::Shown, &[family(number)]), []);
    }
    let codes: Vec<Rule> = (0..6).flat_map(|_| case.wait(60).see(father, Action::CodeSent, &[])).collect();
    assert_eq!(codes, [Rule::CodeStorm]);
}

#[test]
fn what_the_watch_writes_itself_is_not_watched() {
    let mut case = Case::new();
    for action in [Action::AlarmRaised, Action::SessionsEnded, Action::StaffSuspended, Action::NoticeSent].repeat(200) {
        assert_eq!(case.wait(1).see(None, action, &[]), []);
    }
}

#[test]
fn rules_that_are_changed_on_the_machine_itself_are_nobodys_and_are_found() {
    for (action, rule) in [
        (Action::WatchChanged, Rule::WatchChanged),
        (Action::LadderChanged, Rule::LadderChanged),
        (Action::RetentionChanged, Rule::RetentionChanged),
    ] {
        assert_eq!(Case::new().see(None, action, &[]), [rule]);
        assert_eq!(Case::new().see(Some(li()), action, &[]), [rule]);
    }
}

#[test]
fn a_role_that_is_gained_and_a_matrix_that_is_widened_raise_rights_and_the_rest_does_not() {
    let by = |session: bool| By { session: session.then(|| SessionId(Uuid::nil())), ..By::person(li(), String::new(), RoleSet::default()) };
    let entry = |action, session| Entry::event(morning(), by(session), action);
    let (teacher, custom) = (RoleSet::from_iter([Role::Teacher]), Role::ALL.iter().copied().find(|role| role.base() != *role).unwrap());
    let both = RoleSet::from_iter([Role::Teacher, custom]);
    for (entry, raised) in [
        (entry(Action::RolesChanged, true).changing_roles(teacher, both), true),
        (entry(Action::RolesChanged, true).changing_roles(both, teacher), false),
        (entry(Action::StaffCreated, true).changing_roles(RoleSet::default(), teacher), false),
        (entry(Action::StaffCreated, true).changing_roles(RoleSet::default(), RoleSet::from_iter([Role::Auditor])), true),
        (entry(Action::PolicyConfirmed, true), true),
        (entry(Action::PolicyChanged, false), true),
        (entry(Action::PolicyChanged, true), false),
    ] {
        let action = entry.action();
        let seen = Sighting::from(&Kept { seq: 1, entry: entry.into() });
        assert_eq!(Engine::default().see(&seen).iter().any(|found| found.rule == Rule::RightsRaised), raised, "{action:?}");
    }
}

#[test]
fn what_is_about_a_family_touches_it_though_it_stands_in_no_ledger() {
    let about = RecordRef { kind: RecordKind::Family, id: family(7).0 };
    let entry = Entry::event(morning(), By::person(li(), String::new(), RoleSet::default()), Action::TrailRead).about(about);
    assert_eq!(Sighting::from(&Kept { seq: 1, entry: entry.into() }).families, [family(7)]);
}

#[test]
fn what_a_rule_cannot_be_set_to_holds_for_none() {
    for rule in Rule::ALL.iter().copied() {
        assert_eq!(rule.holding(rule.usual()), rule.usual(), "{}", rule.name());
    }
    let loose = RuleSetting { on: false, threshold: 9, minutes: 7, answer: Answer::Freeze };
    assert_eq!(Rule::EmergencyOpened.holding(loose), RuleSetting { on: true, threshold: 1, ..loose });
    assert_eq!(Rule::FailedSignIns.holding(loose), RuleSetting { answer: Answer::Nothing, ..loose });
    assert_eq!(Rule::MassReveal.holding(loose), loose);
}

#[test]
fn every_rule_can_be_set_and_its_usual_numbers_are_possible() {
    for rule in Rule::ALL {
        assert!(rule.usual().is_possible(), "{}", rule.name());
    }
    let zero = RuleSetting { threshold: 0, ..Rule::Spraying.usual() };
    assert!(!zero.is_possible() && !RuleSetting { minutes: 2_881, ..Rule::Spraying.usual() }.is_possible());
}
