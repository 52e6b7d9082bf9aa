//! Attacks and abuses, one a kind: what somebody does who means harm, drawn slow or quick, small or large, greedily or with care.
//!
//! The rule: each is told as the deed that it is, and ends when whoever does it has what they came for. Deliberately absent: an attack that
//! is made to be found; how much the careful take lies on both sides of what a rule counts.

use super::{
    day::{School, act, moment},
    person,
    travel::{FAR, HOME},
};
use crate::watch::sighting::{Account, Sighting};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    ids::{FamilyId, GuardianId},
    wire::{alarms::Rule, ledger::Action},
};
use guard::{Actor, Country};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;

/// How somebody goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Wants much, and soon.
    Greedy,
    /// Takes a third to two thirds of it, half as quickly.
    Careful,
}

impl Pace {
    pub(super) const ALL: [Self; 2] = [Self::Greedy, Self::Careful];

    /// How much, of what the greedy take.
    fn much(self, (least, most): (u32, u32)) -> (u32, u32) {
        match self {
            Self::Greedy => (least, most),
            Self::Careful => ((least / 3).max(1), (most * 2 / 3).max(1)),
        }
    }

    /// How slowly, of how slow the greedy are.
    const fn slow(self, (least, most): (i64, i64)) -> (i64, i64) {
        match self {
            Self::Greedy => (least, most),
            Self::Careful => (least * 2, most * 2),
        }
    }
}

/// An attack.
pub(super) struct Attack {
    /// By which rule it is to be found.
    pub(super) rule: Rule,
    /// By whom, where that is known.
    pub(super) by: Option<Actor>,
    /// What they did.
    pub(super) acts: Vec<Sighting>,
}

impl Attack {
    pub(super) fn began(&self) -> DateTime<Utc> {
        self.acts.iter().map(|act| act.at).min().unwrap_or_default()
    }
}

/// How an attack goes on.
struct Deed<'a> {
    by: Option<Actor>,
    at: DateTime<Utc>,
    acts: Vec<Sighting>,
    pace: Pace,
    chance: &'a mut ChaCha8Rng,
}

impl Deed<'_> {
    fn one(&mut self, action: Action, families: &[FamilyId]) {
        self.acts.push(act(self.at, self.by, action, families));
    }

    /// Signs in from there.
    fn comes(&mut self, country: &str) {
        let signed_in = act(self.at, self.by, Action::SignedIn, &[]);
        self.acts.push(Sighting { country: Country::new(country), ..signed_in });
    }

    /// So often, with a pause of so many seconds.
    fn often(&mut self, action: Action, much: (u32, u32), pause: (i64, i64), of: impl Fn(usize) -> Vec<FamilyId>) {
        let ((least, most), (shortest, longest)) = (self.pace.much(much), self.pace.slow(pause));
        // Slow or quick, but at one pace: a script, or a person at it.
        let pace = self.chance.random_range(shortest..=longest);
        for number in 0..self.chance.random_range(least..=most) {
            self.one(action, &of(number as usize));
            self.at += TimeDelta::milliseconds(pace * 1_000 + self.chance.random_range(0..900));
        }
    }

    /// For so many minutes nothing.
    fn waits(&mut self, least: i64, most: i64) {
        self.at += TimeDelta::minutes(self.chance.random_range(least..most));
    }
}

/// Somebody who is not at it already does what this rule watches for, on this day.
pub(super) fn attack(rule: Rule, pace: Pace, school: &School, chance: &mut ChaCha8Rng, day: NaiveDate, others: &HashSet<Actor>) -> Attack {
    use Action as A;
    let hour = chance.random_range(9..20);
    let at = moment(day, hour, chance);
    let mut by = Some(school.somebody(chance));
    while by.is_some_and(|by| others.contains(&by)) {
        by = Some(school.somebody(chance));
    }
    let from = chance.random_range(0..school.families.len());
    let at_number = |number: usize| school.families.get((from + number) % school.families.len()).copied();
    let family = |number: usize| at_number(number).into_iter().collect::<Vec<_>>();
    let same = |_: usize| family(0);
    let page = |number: usize| (number * 50..number * 50 + 50).filter_map(at_number).collect::<Vec<_>>();
    let none = |_: usize| Vec::new();
    let mut deed = Deed { by, at, acts: Vec::new(), pace, chance };
    match rule {
        Rule::FailedSignIns => deed.often(A::SignInRefused, (8, 60), (1, 45), none),
        Rule::Spraying => {
            deed.by = None;
            deed.often(A::SignInRefused, (80, 600), (0, 8), none);
        }
        Rule::EndedAccountTries => {
            deed.often(A::SignInRefused, (1, 4), (5, 120), none);
            deed.acts.iter_mut().for_each(|act| act.account.suspended = true);
        }
        Rule::CodeStorm => {
            deed.by = Some(person(|id| Actor::Guardian(GuardianId(id)), 900));
            deed.often(A::CodeSent, (8, 25), (60, 240), none);
        }
        Rule::SignInStorm => deed.often(A::SignedIn, (12, 40), (20, 180), none),
        Rule::SessionMoved => deed.one(A::SessionMoved, &[]),
        Rule::DormantWakes => {
            deed.one(A::SignedIn, &[]);
            let idle_days = if pace == Pace::Greedy { deed.chance.random_range(90..400) } else { deed.chance.random_range(20..120) };
            deed.acts.iter_mut().for_each(|act| act.account = Account { idle_days, ..Account::default() });
        }
        Rule::Takeover => {
            deed.one(A::RecoveryCodeUsed, &[]);
            deed.waits(1, 20);
            deed.one(A::SignedIn, &[]);
            deed.often(A::PasskeyRemoved, (1, 3), (5, 60), none);
            deed.often(A::Revealed, (5, 25), (8, 120), family);
        }
        Rule::NewDeviceReads => {
            deed.one(A::NoticeSent, &[]);
            deed.often(A::Shown, (60, 250), (2, 30), family);
        }
        Rule::UnusualHours => {
            let hour = deed.chance.random_range(1..4);
            deed.at = moment(day, hour, deed.chance);
            deed.often(A::Shown, (30, 120), (3, 40), family);
        }
        Rule::BulkReading => deed.often(A::Shown, (90, 500), (1, 12), family),
        Rule::SlowReading => {
            deed.at = moment(day, 8, deed.chance);
            deed.often(A::Shown, (280, 500), (45, 80), family);
        }
        Rule::ListWalk => deed.often(A::Listed, (40, 80), (1, 12), page),
        Rule::WalkingIds => deed.often(A::Refused, (20, 300), (0, 20), none),
        Rule::CountingToGuess => deed.often(A::Searched, (28, 100), (2, 25), same),
        Rule::MassReveal => deed.often(A::Revealed, (20, 60), (6, 50), family),
        Rule::ExportStorm => deed.often(A::Exported, (6, 25), (15, 400), page),
        Rule::TrailExports => deed.often(A::TrailExported, (6, 25), (15, 400), none),
        Rule::OneFamily => deed.often(A::Shown, (36, 90), (120, 500), same),
        Rule::ApprovalStorm => deed.often(A::ApprovalGranted, (20, 80), (2, 40), none),
        Rule::RightsRaised => {
            deed.one(A::RolesChanged, &[]);
            deed.acts.iter_mut().for_each(|act| act.raised = true);
        }
        Rule::EmergencyOpened => deed.one(A::EmergencyOpened, &[]),
        Rule::TokenConfirmed => deed.one(A::TokenConfirmed, &[]),
        Rule::LinkStorm => deed.often(A::EnrolmentIssued, (30, 120), (2, 40), none),
        Rule::WatchChanged => deed.one(A::WatchChanged, &[]),
        Rule::LadderChanged => deed.one(A::LadderChanged, &[]),
        Rule::RetentionChanged => deed.one(A::RetentionChanged, &[]),
        Rule::ClockBack => {
            deed.by = None;
            deed.one(A::Listed, &[]);
        }
        Rule::ImpossibleTravel => {
            deed.comes(HOME);
            let (least, most) = if pace == Pace::Greedy { (5, 240) } else { (120, 1_200) };
            deed.waits(least, most);
            let there = FAR.choose(deed.chance).copied().unwrap_or_default();
            deed.comes(there);
        }
        Rule::HoneyTouched => {
            // Somebody looks around, and at one too many.
            deed.often(A::Shown, (0, 20), (5, 90), family);
            let action = [A::Shown, A::Revealed, A::Exported].choose(deed.chance).copied().unwrap_or(A::Shown);
            deed.one(action, &[school.honey]);
        }
        Rule::NewPlace => {
            let there = FAR.choose(deed.chance).copied().unwrap_or_default();
            deed.comes(there);
            deed.acts.iter_mut().for_each(|act| act.account.new_country = true);
        }
    }
    let Deed { by, acts, .. } = deed;
    Attack { rule, by, acts }
}
