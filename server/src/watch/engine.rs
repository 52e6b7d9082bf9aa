//! The rules, over the trail: what is seen goes in, alarms come out.
//!
//! The rule: the same entries in the same order give the same alarms, whatever the clock of the machine says, so that a restart
//! and a simulation see what the server sees. Deliberately absent: a score, and learning from what people do; a school must be
//! able to say why an alarm was raised.

use super::{
    journey,
    sighting::Sighting,
    window::{Counts, Window},
};
use crate::clock::school_time;
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use contract::{
    ids::FamilyId,
    wire::{
        alarms::{Rule, RuleSetting},
        ledger::Action,
    },
};
use guard::{Actor, Country};
use std::collections::{HashMap, HashSet};

/// How far the clock may go back between two entries: requests that run side by side end out of order.
const OUT_OF_ORDER: TimeDelta = TimeDelta::seconds(90);
/// After how many entries windows that have run empty are thrown away.
const SWEEP_EVERY: u32 = 2_000;

/// An alarm as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// By which rule.
    pub(crate) rule: Rule,
    /// About whom, where it is about somebody.
    pub(crate) actor: Option<Actor>,
    /// When the first of it was.
    pub(crate) first_at: DateTime<Utc>,
    /// When the last was.
    pub(crate) last_at: DateTime<Utc>,
    /// How much was counted.
    pub(crate) count: u32,
    /// The newest numbers of the trail that were counted.
    pub(crate) evidence: Vec<i64>,
    /// The entry at which it was found.
    pub(crate) seq: i64,
}

/// What is known of each rule and person.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    settings: HashMap<Rule, RuleSetting>,
    /// The families that do not exist.
    honey: HashSet<FamilyId>,
    windows: HashMap<(Rule, Option<Actor>), Window>,
    /// What another act of the same person has to follow: since when.
    armed: HashMap<(Rule, Actor), DateTime<Utc>>,
    /// Where somebody signed in last, and when.
    last_in: HashMap<Actor, (DateTime<Utc>, Country)>,
    latest: DateTime<Utc>,
    since_sweep: u32,
}

impl Engine {
    /// Looks by these settings from now on; a rule that is not among them is as it comes.
    pub(crate) fn set(&mut self, settings: HashMap<Rule, RuleSetting>) {
        self.settings = settings;
    }

    /// Looks for these honey records from now on.
    pub(crate) fn lay_out(&mut self, honey: HashSet<FamilyId>) {
        self.honey = honey;
    }

    fn setting(&self, rule: Rule) -> RuleSetting {
        self.settings.get(&rule).copied().unwrap_or_else(|| rule.usual())
    }

    /// Takes an entry in.
    pub(crate) fn see(&mut self, seen: &Sighting) -> Vec<Found> {
        let mut found = Vec::new();
        let back = self.latest - seen.at;
        // A clock that goes back neither empties nor fills a window.
        let at = seen.at.max(self.latest);
        self.latest = at;
        let flew = self.flew(seen, at);
        for rule in Rule::ALL.iter().copied() {
            let setting = self.setting(rule);
            if !setting.on {
                continue;
            }
            let Some((actor, counts)) = self.concerns(rule, seen, setting, at, (back, flew)) else {
                continue;
            };
            found.extend(self.count(rule, actor, counts, seen, setting, at));
        }
        self.sweep(at);
        found
    }

    fn count(
        &mut self,
        rule: Rule,
        actor: Option<Actor>,
        counts: Counts,
        seen: &Sighting,
        setting: RuleSetting,
        at: DateTime<Utc>,
    ) -> Option<Found> {
        let window = self.windows.entry((rule, actor)).or_default();
        window.take(at, seen.seq, &seen.families, counts, setting.minutes);
        // The threshold of a dormant account is how long it slept; once is enough.
        let enough = if rule == Rule::DormantWakes { 1 } else { setting.threshold };
        let most =
            (counts == Counts::OneFamily).then(|| seen.families.iter().copied().max_by_key(|family| window.count(counts, Some(*family))));
        let count = window.count(counts, most.flatten());
        if count < enough {
            return None;
        }
        let (first, evidence) = window.empty();
        Some(Found { rule, actor, first_at: first.unwrap_or(at), last_at: at, count, evidence, seq: seen.seq })
    }

    /// Whether an entry is counted by a rule, about whom, and what of it.
    fn concerns(
        &mut self,
        rule: Rule,
        seen: &Sighting,
        setting: RuleSetting,
        at: DateTime<Utc>,
        (back, flew): (TimeDelta, bool),
    ) -> Option<(Option<Actor>, Counts)> {
        use Action as A;
        let Sighting { action, actor, account, .. } = *seen;
        let staff = actor.filter(|actor| matches!(actor, Actor::Staff(_)));
        let by_staff = |is: bool, counts| staff.filter(|_| is).map(|staff| (Some(staff), counts));
        let times = |is: bool| by_staff(is, Counts::Times);
        let opens = matches!(action, A::Shown | A::Revealed) && !seen.families.is_empty();
        let reads = matches!(action, A::Shown | A::Revealed | A::Listed | A::Searched | A::Exported) && !seen.families.is_empty();
        match rule {
            Rule::FailedSignIns => actor.filter(|_| action == A::SignInRefused).map(|actor| (Some(actor), Counts::Times)),
            Rule::Spraying => (action == A::SignInRefused).then_some((None, Counts::Times)),
            Rule::EndedAccountTries => times(action == A::SignInRefused && account.suspended),
            Rule::CodeStorm => actor.filter(|_| action == A::CodeSent).map(|actor| (Some(actor), Counts::Times)),
            Rule::SignInStorm => times(action == A::SignedIn),
            Rule::SessionMoved => actor.filter(|_| action == A::SessionMoved).map(|actor| (Some(actor), Counts::Times)),
            Rule::DormantWakes => times(action == A::SignedIn && account.idle_days >= setting.threshold),
            Rule::Takeover => {
                let after = self.after(rule, staff?, at, action == A::RecoveryCodeUsed, setting.minutes);
                times(after && matches!(action, A::PasskeyRemoved | A::SessionEnded | A::Revealed | A::Exported))
            }
            Rule::NewDeviceReads => {
                let after = self.after(rule, staff?, at, action == A::NoticeSent, setting.minutes);
                by_staff(after && opens, Counts::Families)
            }
            Rule::UnusualHours => times(reads && school_time(at).hour() < 5),
            Rule::BulkReading | Rule::SlowReading => by_staff(opens, Counts::Families),
            Rule::ListWalk => by_staff(action == A::Listed, Counts::Families),
            Rule::WalkingIds => actor.filter(|_| action == A::Refused).map(|actor| (Some(actor), Counts::Times)),
            Rule::CountingToGuess => times(action == A::Searched),
            Rule::MassReveal => times(action == A::Revealed),
            Rule::ExportStorm => times(action == A::Exported),
            Rule::TrailExports => times(action == A::TrailExported),
            Rule::OneFamily => by_staff(opens, Counts::OneFamily),
            Rule::ApprovalStorm => times(action == A::ApprovalGranted),
            Rule::RightsRaised => seen.raised.then_some((actor, Counts::Times)),
            Rule::EmergencyOpened => times(action == A::EmergencyOpened),
            Rule::TokenConfirmed => times(action == A::TokenConfirmed),
            Rule::LinkStorm => times(action == A::EnrolmentIssued),
            // Also by nobody: on the machine itself.
            Rule::WatchChanged => (action == A::WatchChanged).then_some((actor, Counts::Times)),
            Rule::LadderChanged => (action == A::LadderChanged).then_some((actor, Counts::Times)),
            Rule::RetentionChanged => (action == A::RetentionChanged).then_some((actor, Counts::Times)),
            Rule::ClockBack => (back > OUT_OF_ORDER).then_some((None, Counts::Times)),
            Rule::ImpossibleTravel => actor.filter(|_| flew).map(|actor| (Some(actor), Counts::Times)),
            Rule::HoneyTouched => {
                // A list that holds it is everybody's; whatever else is done is done to it.
                let listed = matches!(action, A::Listed | A::Searched);
                actor
                    .filter(|_| !listed && seen.families.iter().any(|one| self.honey.contains(one)))
                    .map(|actor| (Some(actor), Counts::Times))
            }
            Rule::NewPlace => actor.filter(|_| action == A::SignedIn && account.new_country).map(|actor| (Some(actor), Counts::Times)),
        }
    }

    /// Whether somebody signs in where they cannot be yet.
    fn flew(&mut self, seen: &Sighting, at: DateTime<Utc>) -> bool {
        let (Action::SignedIn, Some(actor), Some(country)) = (seen.action, seen.actor, seen.country) else {
            return false;
        };
        let before = self.last_in.insert(actor, (at, country));
        before.is_some_and(|(then, there)| journey::is_impossible(there, country, at - then))
    }

    /// Whether this comes so soon after what arms the rule; `arms` says that this is it.
    fn after(&mut self, rule: Rule, actor: Actor, at: DateTime<Utc>, arms: bool, minutes: u32) -> bool {
        if arms {
            self.armed.insert((rule, actor), at);
            return false;
        }
        self.armed.get(&(rule, actor)).is_some_and(|since| at - *since <= TimeDelta::minutes(minutes.into()))
    }

    fn sweep(&mut self, at: DateTime<Utc>) {
        self.since_sweep = self.since_sweep.saturating_add(1);
        if self.since_sweep < SWEEP_EVERY {
            return;
        }
        self.since_sweep = 0;
        let settings = &self.settings;
        let minutes = |rule: &Rule| settings.get(rule).copied().unwrap_or_else(|| rule.usual()).minutes;
        self.windows.retain(|(rule, _), window| !window.forget(at - TimeDelta::minutes(minutes(rule).into())));
        self.last_in.retain(|_, (then, _)| at - *then <= journey::LONGEST);
        self.armed.retain(|(rule, _), since| at - *since <= TimeDelta::minutes(minutes(rule).into()));
    }
}
