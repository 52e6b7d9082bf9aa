//! What the rules find, and how often they cry for nothing.

use super::*;

#[test]
fn of_the_attacks_95_in_100_are_found_in_time_and_10_000_working_sessions_raise_one_false_alarm_at_the_most() {
    let outcome = simulate(&HashMap::new(), 1, 10_000, 20);
    let (found, tried) = outcome.found();
    let told: Vec<String> = outcome.kinds.iter().map(|kind| format!("{} {}/{}", kind.rule.name(), kind.found, kind.tried)).collect();
    assert!(outcome.sessions >= 10_000);
    assert!(found * 100 >= tried * 95, "{found} of {tried}: {told:?}");
    let missed_kind = outcome.kinds.iter().find(|kind| kind.found * 10 < kind.tried * 8);
    assert!(missed_kind.is_none(), "{told:?}");
    let cried: Vec<&str> = outcome.false_alarms.iter().map(|found| found.rule.name()).collect();
    assert!(cried.len() <= 1, "{cried:?}");
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
