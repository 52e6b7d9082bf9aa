//! Attacks and abuses, one a kind: what somebody does who means harm, drawn slow or quick, small or large.
//!
//! The rule: each is told as the deed that it is, and ends when whoever does it has what they came for.

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
    pub(super) fn ended(&self) -> DateTime<Utc> {
        self.acts.iter().map(|act| act.at).max().unwrap_or_default()
    }
}

/// How an attack goes on.
struct Deed<'a> {
    by: Option<Actor>,
    at: DateTime<Utc>,
    acts: Vec<Sighting>,
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
    fn often(&mut self, action: Action, (least, most): (u32, u32), pause: (i64, i64), of: impl Fn(usize) -> Vec<FamilyId>) {
        // Slow or quick, but at one pace: a script, or a person at it.
        let pace = self.chance.random_range(pause.0..=pause.1);
        for number in 0..self.chance.random_range(least..=most) {
            self.one(action, &of(number as usize));
            self.at += TimeDelta::milliseconds(pace * 1_000 + self.chance.random_range(0..900));
        }
    }
}

/// Somebody does what this rule watches for, on this day.
pub(super) fn attack(rule: Rule, school: &School, chance: &mut ChaCha8Rng, day: NaiveDate) -> Attack {
    use Action as A;
    let hour = chance.random_range(9..20);
    let at = moment(day, hour, chance);
    let by = Some(school.somebody(chance));
    let from = chance.random_range(0..school.families.len());
    let family = |number: usize| school.families.iter().cycle().nth(from + number).copied().into_iter().collect::<Vec<_>>();
    let same = |_: usize| family(0);
    let page = |number: usize| school.families.iter().cycle().skip(from + number * 50).take(50).copied().collect::<Vec<_>>();
    let none = |_: usize| Vec::new();
    let mut deed = Deed { by, at, acts: Vec::new(), chance };
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
            let idle_days = deed.chance.random_range(61..400);
            deed.acts.iter_mut().for_each(|act| act.account = Account { idle_days, ..Account::default() });
        }
        Rule::Takeover => {
            deed.one(A::RecoveryCodeUsed, &[]);
            deed.at += TimeDelta::minutes(deed.chance.random_range(1..20));
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
        Rule::ClockBack => deed.one(A::Listed, &[]),
        Rule::ImpossibleTravel => {
            deed.comes(HOME);
            deed.at += TimeDelta::minutes(deed.chance.random_range(5..240));
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
