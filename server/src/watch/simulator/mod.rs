//! A school that never was: its working days, and attacks among them. How many attacks do the rules find, how soon, and how
//! often do they cry for nothing?
//!
//! The rule: people and attacks are drawn by a seed and know nothing of the thresholds; what they do goes through the very rules
//! that the server watches by. Deliberately absent: a school like every other; one whose days differ sets its own thresholds.

mod attacks;
mod day;
#[cfg(test)]
mod tests;
mod travel;

use super::{
    engine::{Engine, Found},
    sighting::Sighting,
};
use attacks::{Attack, attack};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::wire::alarms::{Rule, RuleSetting};
use day::School;
use guard::Actor;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::HashMap;

/// How late an alarm may come after the last act of an attack.
pub(crate) const IN_TIME: TimeDelta = TimeDelta::seconds(5);

/// What a simulation gave.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Sessions of people who did their work.
    pub(crate) sessions: u32,
    /// Alarms about them.
    pub(crate) false_alarms: Vec<Found>,
    /// Of each kind of attack: how many there were, how many were found in time, and after which share of their acts.
    pub(crate) kinds: Vec<Kind>,
}

/// One kind of attack.
#[derive(Debug)]
pub(crate) struct Kind {
    /// By which rule it is to be found.
    pub(crate) rule: Rule,
    /// How many there were.
    pub(crate) tried: u32,
    /// How many were found in time.
    pub(crate) found: u32,
    /// After which share of its acts one was found, at the median; nothing where none was.
    pub(crate) share: Option<f64>,
}

impl Outcome {
    /// How many attacks of all kinds were found in time, of how many.
    pub(crate) fn found(&self) -> (u32, u32) {
        self.kinds.iter().fold((0, 0), |(found, tried), kind| (found + kind.found, tried + kind.tried))
    }
}

/// Lets a school work for so many sessions, and then attacks it so often in each way while it goes on working.
pub(crate) fn simulate(settings: &HashMap<Rule, RuleSetting>, seed: u64, sessions: u32, attacks: u32) -> Outcome {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let school = School::draw(&mut chance);
    let mut engine = Engine::default();
    engine.set(settings.clone());
    engine.lay_out([school.honey].into());
    let mut outcome = Outcome::default();
    let mut day = NaiveDate::default();
    let mut seq = 0;
    while outcome.sessions < sessions {
        day = next(day);
        let (drawn, worked) = school.day(&mut chance, day);
        outcome.sessions += worked;
        outcome.false_alarms.extend(feed(&mut engine, drawn, &mut seq));
    }
    for rule in Rule::ALL.iter().copied() {
        let mut shares = Vec::new();
        for _ in 0..attacks {
            day = next(day);
            let (mut drawn, _) = school.day(&mut chance, day);
            let made = attack(rule, &school, &mut chance, day);
            // A clock that went back writes earlier times after later ones.
            let (meanwhile, afterwards) =
                if rule == Rule::ClockBack { (&[] as &[_], made.acts.as_slice()) } else { (made.acts.as_slice(), &[] as &[_]) };
            drawn.extend_from_slice(meanwhile);
            let mut found = feed(&mut engine, drawn, &mut seq);
            found.extend(feed(&mut engine, afterwards.to_vec(), &mut seq));
            shares.extend(found.iter().find(|found| is_of(found, &made)).map(|found| share(found.last_at, &made)));
        }
        shares.sort_by(f64::total_cmp);
        let found = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        outcome.kinds.push(Kind { rule, tried: attacks, found, share: shares.get(shares.len() / 2).copied() });
    }
    outcome
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// Sees a day in the order in which it happened.
fn feed(engine: &mut Engine, mut acts: Vec<Sighting>, seq: &mut i64) -> Vec<Found> {
    acts.sort_by_key(|act| act.at);
    let mut found = Vec::new();
    for act in &mut acts {
        *seq += 1;
        act.seq = *seq;
        found.extend(engine.see(act));
    }
    found
}

/// Whether an alarm is about an attack, by the rule that is to find it, and in time.
fn is_of(found: &Found, made: &Attack) -> bool {
    let about = found.actor.is_none() || found.actor == made.by;
    let in_time = found.last_at >= made.began() && found.last_at <= made.ended() + IN_TIME;
    found.rule == made.rule && about && (in_time || made.rule == Rule::ClockBack)
}

/// Which share of the acts had been done by then.
#[expect(clippy::cast_precision_loss, reason = "a share of some hundred acts")]
fn share(at: DateTime<Utc>, made: &Attack) -> f64 {
    made.acts.iter().filter(|act| act.at <= at).count() as f64 / made.acts.len() as f64
}

/// A person by a number.
fn person(kind: fn(uuid::Uuid) -> Actor, number: u32) -> Actor {
    kind(uuid::Uuid::from_u128(u128::from(number) + 1))
}
