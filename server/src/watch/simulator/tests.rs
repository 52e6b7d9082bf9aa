//! What the rules find, and how often they cry for nothing.

use super::*;
use std::thread;

/// Ten schools that have nothing in common but how they are drawn.
const SEEDS: std::ops::Range<u64> = 1..11;

/// So many sessions and attacks in each of them.
fn schools(sessions: u32, attacks: u32) -> Vec<Outcome> {
    thread::scope(|scope| {
        let runs: Vec<_> = SEEDS.map(|seed| scope.spawn(move || simulate(&HashMap::new(), seed, sessions, attacks))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    })
}

/// How many of one kind were found, of how many, in all schools.
fn all(schools: &[Outcome], rule: Rule, met: fn(&Kind) -> &Met) -> (u32, u32) {
    let of_rule = schools.iter().flat_map(|school| &school.kinds).filter(|kind| kind.rule == rule);
    of_rule.map(met).fold((0, 0), |(found, tried), met| (found + met.found(), tried + met.tried))
}

#[test]
fn of_attacks_95_in_100_are_found_of_each_kind_some_and_10_000_working_sessions_raise_one_false_alarm_at_the_most() {
    let schools = schools(10_000, 5);
    let (mut all_greedy, mut all_careful, mut missed) = ((0, 0), (0, 0), Vec::new());
    for rule in Rule::ALL.iter().copied() {
        let (greedy, careful) = (all(&schools, rule, |kind| &kind.greedy), all(&schools, rule, |kind| &kind.careful));
        println!("{:<22} greedy {:>3} of {:>3}, careful {:>3} of {:>3}", rule.name(), greedy.0, greedy.1, careful.0, careful.1);
        // Nine in ten of each kind where much is wanted, and of the careful never none.
        missed.extend((greedy.0 * 10 < greedy.1 * 9 || careful.0 == 0).then_some((rule.name(), greedy, careful)));
        all_greedy = (all_greedy.0 + greedy.0, all_greedy.1 + greedy.1);
        all_careful = (all_careful.0 + careful.0, all_careful.1 + careful.1);
    }
    assert!(missed.is_empty(), "{missed:?}");
    assert!(all_greedy.0 * 100 >= all_greedy.1 * 95, "{all_greedy:?}");
    // Careful is what straddles the rules: some are found, and some are not.
    assert!(all_careful.0 * 10 > all_careful.1 * 5 && all_careful.0 * 20 < all_careful.1 * 19, "{all_careful:?}");
    is_told_once(&schools);
    let sessions: u32 = schools.iter().map(|school| school.sessions).sum();
    let cried: Vec<&str> = schools.iter().flat_map(|school| &school.false_alarms).map(|found| found.rule.name()).collect();
    println!("{} false alarms in {sessions} sessions: {cried:?}", cried.len());
    assert!(sessions >= 100_000 && cried.len() as u64 * 10_000 <= u64::from(sessions), "{sessions}: {cried:?}");
}

/// What happened for a good reason is told once each time, and the summer woke nobody.
fn is_told_once(schools: &[Outcome]) {
    let sum = |of: fn(&Outcome) -> &BTreeMap<Rule, u32>, rule: Rule| -> u32 {
        schools.iter().map(|school| of(school).get(&rule).copied().unwrap_or_default()).sum()
    };
    for rule in Rule::ALL.iter().copied().filter(|rule| tells(*rule)) {
        let (happened, told) = (sum(|school| &school.happened, rule), sum(|school| &school.told, rule));
        println!("{:<22} {happened} happened, {told} told", rule.name());
        // Nobody says beforehand where somebody never was before.
        assert!(told > 0 && (happened == told || rule == Rule::NewPlace), "{}: {happened}, {told}", rule.name());
    }
}

#[test]
fn thresholds_that_are_too_low_cry_and_those_that_are_too_high_see_nothing() {
    let all = |threshold| Rule::ALL.iter().map(|rule| (*rule, RuleSetting { threshold, ..rule.usual() })).collect();
    let low = simulate(&all(2), 1, 500, 1);
    assert!(low.false_alarms.len() > 100, "{}", low.false_alarms.len());
    let high = simulate(&all(100_000), 1, 500, 1);
    assert_eq!((high.false_alarms.len(), high.found().0), (0, 0));
}

#[test]
fn the_same_seed_draws_the_same_school() {
    let [one, other] = [1, 1].map(|seed| simulate(&HashMap::new(), seed, 200, 1));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    assert_ne!(format!("{one:?}"), format!("{:?}", simulate(&HashMap::new(), 2, 200, 1)));
}
