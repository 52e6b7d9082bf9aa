//! A school that never was: its working days, and attacks among them. How many attacks do the rules find, and how often do they cry for
//! nothing?
//!
//! The rule: people and attacks are drawn by a seed and know nothing of the thresholds; what they do goes through the very rules
//! that the server watches by. An attack comes at two paces: of somebody who wants much and soon, who has to be found, and of somebody
//! careful, who stays under what a rule counts about as often as not; how many of those are found is told and not hidden. Some rules tell
//! of an event whoever did it: what they say of people who had a reason is told apart and is no false alarm. Deliberately absent: how soon
//! an alarm comes, which only a server has; and a school like every other: one whose days differ sets its own thresholds.

mod attacks;
mod day;
mod history;
#[cfg(test)]
mod tests;
mod travel;

use super::{
    engine::{Engine, Found},
    sighting::Sighting,
};
use attacks::{Attack, Pace, attack};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use contract::wire::alarms::{Rule, RuleSetting};
use day::School;
use guard::Actor;
use history::History;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Days on which the school is attacked have attacks of as many kinds as there are rules over this.
const PARTS: usize = 3;
/// The school is shut for the summer: the last day before, and for how many days.
const SUMMER: (u32, u32, u64) = (7, 5, 50);

/// What a simulation gave.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Sessions of people who did their work, those among attacks included.
    pub(crate) sessions: u32,
    /// Alarms about them by rules that judge what somebody does.
    pub(crate) false_alarms: Vec<Found>,
    /// On days without attacks: what happened of which some rule tells each time, and had its reason.
    pub(crate) happened: BTreeMap<Rule, u32>,
    /// What was told of it.
    pub(crate) told: BTreeMap<Rule, u32>,
    /// Of each kind of attack.
    pub(crate) kinds: Vec<Kind>,
}

/// One kind of attack.
#[derive(Debug)]
pub(crate) struct Kind {
    /// By which rule it is to be found.
    pub(crate) rule: Rule,
    /// By somebody who wants much and soon.
    pub(crate) greedy: Met,
    /// By somebody careful.
    pub(crate) careful: Met,
}

/// What became of attacks.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// How many there were.
    pub(crate) tried: u32,
    /// After which shares of their acts those were found that were, the soonest first.
    pub(crate) shares: Vec<f64>,
}

impl Met {
    /// How many were found.
    pub(crate) fn found(&self) -> u32 {
        u32::try_from(self.shares.len()).unwrap_or(u32::MAX)
    }
    /// After which share of its acts one was found, at the median; nothing where none was.
    pub(crate) fn share(&self) -> Option<f64> {
        self.shares.get(self.shares.len() / 2).copied()
    }
    fn take(&mut self, share: Option<f64>) {
        self.tried += 1;
        self.shares.extend(share);
        self.shares.sort_by(f64::total_cmp);
    }
}

impl Outcome {
    /// How many attacks of all kinds were found, of how many, by somebody who wants much and soon.
    pub(crate) fn found(&self) -> (u32, u32) {
        self.kinds.iter().fold((0, 0), |(found, tried), kind| (found + kind.greedy.found(), tried + kind.greedy.tried))
    }
}

/// Whether a rule tells of an event whoever did it, and for whatever reason; the others judge by how much and how soon.
pub(crate) const fn tells(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::EndedAccountTries
            | Rule::SessionMoved
            | Rule::DormantWakes
            | Rule::RightsRaised
            | Rule::EmergencyOpened
            | Rule::TokenConfirmed
            | Rule::WatchChanged
            | Rule::LadderChanged
            | Rule::RetentionChanged
            | Rule::ClockBack
            | Rule::HoneyTouched
            | Rule::NewPlace
    )
}

/// A school, what watches it, and what came of it until now.
struct Run {
    chance: ChaCha8Rng,
    school: School,
    engine: Engine,
    history: History,
    day: NaiveDate,
    seq: i64,
    outcome: Outcome,
}

/// Lets a school work for so many sessions, and then attacks it so often in each way and at each pace while it goes on working.
pub(crate) fn simulate(settings: &HashMap<Rule, RuleSetting>, seed: u64, sessions: u32, attacks: u32) -> Outcome {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let school = School::draw(&mut chance);
    let mut engine = Engine::default();
    engine.set(settings.clone());
    engine.lay_out([school.honey].into());
    let kinds = Rule::ALL.iter().map(|rule| Kind { rule: *rule, greedy: Met::default(), careful: Met::default() }).collect();
    let outcome = Outcome { kinds, ..Outcome::default() };
    let day = NaiveDate::from_ymd_opt(2026, 6, 14).unwrap_or_default();
    let mut run = Run { chance, school, engine, history: History::default(), day, seq: 0, outcome };
    while run.outcome.sessions < sessions {
        run.work();
    }
    let mut yesterday = HashSet::new();
    for _ in 0..attacks {
        for pace in Pace::ALL {
            for part in 0..PARTS {
                yesterday = run.under_attack(pace, part, &yesterday);
            }
        }
    }
    run.outcome
}

impl Run {
    fn next_day(&mut self) {
        let (month, last, shut) = SUMMER;
        let days = if (self.day.month(), self.day.day()) == (month, last) { shut } else { 1 };
        self.day = self.day.checked_add_days(Days::new(days)).unwrap_or(self.day);
    }

    /// A day of work, and nothing beside it.
    fn work(&mut self) {
        self.next_day();
        let drawn = self.school.day(&mut self.chance, self.day);
        self.outcome.sessions += drawn.sessions;
        for rule in drawn.events {
            *self.outcome.happened.entry(rule).or_default() += 1;
        }
        let mut found = self.feed(drawn.acts);
        found.extend(self.feed(drawn.out_of_order));
        for found in found {
            if tells(found.rule) {
                *self.outcome.told.entry(found.rule).or_default() += 1;
            } else {
                self.outcome.false_alarms.push(found);
            }
        }
    }

    /// A day of work, and every so-manieth kind of attack while it goes on, each by somebody else. Gives back who attacked.
    fn under_attack(&mut self, pace: Pace, part: usize, yesterday: &HashSet<Actor>) -> HashSet<Actor> {
        // A day between, in whose night the slowest of yesterday's attacks ends.
        self.next_day();
        self.next_day();
        let drawn = self.school.day(&mut self.chance, self.day);
        self.outcome.sessions += drawn.sessions;
        let (mut acts, mut afterwards, mut attackers, mut attacks) = (drawn.acts, Vec::new(), HashSet::new(), Vec::new());
        for rule in Rule::ALL.iter().copied().skip(part).step_by(PARTS) {
            let made = attack(rule, pace, &self.school, &mut self.chance, self.day, &attackers);
            attackers.extend(made.by);
            // A clock that went back writes earlier times after later ones.
            if rule == Rule::ClockBack { &mut afterwards } else { &mut acts }.extend_from_slice(&made.acts);
            attacks.push(made);
        }
        let mut found = self.feed(acts);
        found.extend(self.feed(afterwards));
        for made in &attacks {
            let share = found.iter().find(|found| is_of(found, made)).map(|found| share(found.last_at, made));
            if let Some(kind) = self.outcome.kinds.iter_mut().find(|kind| kind.rule == made.rule) {
                match pace {
                    Pace::Greedy => kind.greedy.take(share),
                    Pace::Careful => kind.careful.take(share),
                }
            }
        }
        // About somebody else; what an attacker did yesterday is not out of every window.
        let innocent = |actor: Actor| !attackers.contains(&actor) && !yesterday.contains(&actor);
        self.outcome.false_alarms.extend(found.into_iter().filter(|found| !tells(found.rule) && found.actor.is_some_and(innocent)));
        attackers
    }

    /// Sees acts in the order in which they happened.
    fn feed(&mut self, mut acts: Vec<Sighting>) -> Vec<Found> {
        acts.sort_by_key(|act| act.at);
        let mut found = Vec::new();
        for act in &mut acts {
            self.seq += 1;
            act.seq = self.seq;
            self.history.tell(act);
            found.extend(self.engine.see(act));
        }
        found
    }
}

/// Whether an alarm is about an attack, by the rule that is to find it.
fn is_of(found: &Found, made: &Attack) -> bool {
    found.rule == made.rule && found.actor == made.by && (found.last_at >= made.began() || made.rule == Rule::ClockBack)
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
