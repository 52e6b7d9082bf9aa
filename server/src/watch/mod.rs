//! The watch: reads the trail as it grows, and raises alarms.
//!
//! The rule: the trail is all that it reads, so that whatever is not written down there is not done at all. What it has seen is a
//! row that moves together with the alarms: after a restart, and beside another server, each alarm is raised once. Deliberately
//! absent: a look at a family, or at a word that anybody wrote.

mod engine;
mod journey;
mod notice;
mod sighting;
pub(crate) mod simulator;
#[cfg(test)]
mod tests;
mod window;

use crate::{clock, state::Shared};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::FamilyId,
    wire::{alarms::Rule, ledger::Action},
};
use engine::{Engine, Found};
use guard::{Actor, gate::Kept};
use sighting::{Account, Sighting};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use store::{NewAlarm, Raised, StoreError};
use tokio::time::{Instant, sleep};

/// How often it is looked for new entries; the most that an alarm comes late.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How often it is noted that the watch is awake.
const HEARD_EVERY: Duration = Duration::from_secs(10);
/// After a fault of the store.
const PAUSE: Duration = Duration::from_secs(2);
/// Entries that are read at once.
const PART: u64 = 500;
/// How far back the rules look: the longest window that a school can set.
const LOOKS_BACK: TimeDelta = TimeDelta::days(2);

/// One watch.
struct Watch {
    app: Shared,
    engine: Engine,
    /// Up to where the entries were taken in.
    read: i64,
    /// Up to where that is noted.
    noted: i64,
    /// What was found and is not raised yet.
    waiting: Vec<Found>,
    heard: Instant,
}

/// Watches for as long as the server runs.
pub async fn keep(app: Shared) {
    loop {
        match Watch::begin(app.clone()).await {
            Ok(watch) => return watch.go_on().await,
            Err(error) => tracing::warn!(%error, "the trail cannot be watched"),
        }
        sleep(PAUSE).await;
    }
}

impl Watch {
    /// Knows what happened before, without raising it again.
    async fn begin(app: Shared) -> Result<Self, StoreError> {
        let now = clock::now();
        let noted = app.db.watched(now).await?;
        let mut engine = Engine::default();
        engine.set(app.db.watch_settings().await?);
        engine.lay_out(honey(&app).await?);
        let mut read = app.db.trail_before(now - LOOKS_BACK).await?.min(noted);
        while read < noted {
            let entries = app.db.trail_after(read, PART).await?;
            let Some(last) = entries.last() else { break };
            let through = last.seq.min(noted);
            for kept in entries.iter().take_while(|kept| kept.seq <= noted) {
                engine.see(&Sighting::from(kept));
            }
            read = through;
        }
        Ok(Self { app, engine, read: noted, noted, waiting: Vec::new(), heard: Instant::now() })
    }

    async fn go_on(mut self) {
        loop {
            match self.look().await {
                Ok(true) => {}
                Ok(false) => sleep(LOOK_EVERY).await,
                Err(error) => {
                    tracing::warn!(%error, "the trail cannot be watched");
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Takes in what is new; says whether there is more.
    async fn look(&mut self) -> Result<bool, StoreError> {
        let entries = self.app.db.trail_after(self.read, PART).await?;
        let mut rings = false;
        for kept in &entries {
            let action = kept.entry.action();
            if action == Action::WatchChanged {
                self.engine.set(self.app.db.watch_settings().await?);
                self.engine.lay_out(honey(&self.app).await?);
            }
            rings |= matches!(
                action,
                Action::AlarmRaised | Action::AlarmTaken | Action::AlarmClosed | Action::AlarmUndone | Action::WatchChanged
            );
            let seen = self.with_account(kept).await?;
            self.waiting.extend(self.engine.see(&seen));
            self.read = kept.seq;
        }
        // Where another server is ahead, what it has seen is known here too, and raised there.
        self.waiting.retain(|found| found.seq > self.noted);
        if !self.waiting.is_empty() {
            self.raise().await?;
        } else if self.heard.elapsed() >= HEARD_EVERY {
            let through = self.read.max(self.noted);
            if self.app.db.note_watched(self.noted, through, clock::now()).await? {
                self.noted = through;
            } else {
                self.resume().await?;
            }
            self.heard = Instant::now();
        }
        if rings {
            self.app.bell.send_modify(|bell| bell.rung = bell.rung.wrapping_add(1));
        }
        Ok(entries.len() as u64 == PART)
    }

    /// What the entry alone does not say of the account.
    async fn with_account(&self, kept: &Kept) -> Result<Sighting, StoreError> {
        let mut seen = Sighting::from(kept);
        if let (Some(actor @ Actor::Staff(_)), Action::SignedIn | Action::SignInRefused) = (seen.actor, seen.action) {
            let came_in = seen.action == Action::SignedIn;
            let last = if came_in { self.app.db.last_sign_in(actor, seen.seq).await? } else { None };
            let idle = last.map_or(TimeDelta::zero(), |last| seen.at - last);
            let suspended = !came_in && self.app.db.person(actor).await?.is_none();
            seen.account = Account { idle_days: u32::try_from(idle.num_days()).unwrap_or_default(), suspended, ..Account::default() };
        }
        if let (Some(actor), Action::SignedIn, Some(country)) = (seen.actor, seen.action, seen.country) {
            seen.account.new_country = self.app.db.is_new_country(actor, country, seen.at).await?;
        }
        Ok(seen)
    }

    async fn raise(&mut self) -> Result<(), StoreError> {
        let settings = self.app.db.watch_settings().await?;
        let new: Vec<NewAlarm> = self.waiting.iter().map(|found| new_alarm(found, &settings)).collect();
        let now = clock::now();
        let through = self.read.max(self.noted);
        match self.app.db.raise(&self.app.trail, (self.noted, through), &new, now).await? {
            Raised::Elsewhere => self.resume().await,
            Raised::Here(ids) => {
                self.noted = through;
                self.heard = Instant::now();
                self.waiting.clear();
                for id in ids {
                    self.app.tell_of_alarm(id, now).await;
                }
                Ok(())
            }
        }
    }

    /// Another server was faster: what it has seen is no longer to be raised here.
    async fn resume(&mut self) -> Result<(), StoreError> {
        self.noted = self.app.db.watched(clock::now()).await?;
        self.waiting.retain(|found| found.seq > self.noted);
        Ok(())
    }
}

async fn honey(app: &Shared) -> Result<HashSet<FamilyId>, StoreError> {
    Ok(app.db.honey().await?.into_iter().map(|mark| mark.family).collect())
}

fn new_alarm(found: &Found, settings: &HashMap<Rule, contract::wire::alarms::RuleSetting>) -> NewAlarm {
    let Found { rule, actor, first_at, last_at, count, ref evidence, .. } = *found;
    let answer = settings.get(&rule).copied().unwrap_or_else(|| rule.usual()).answer;
    NewAlarm { rule, about: actor, first_at, last_at, count, evidence: evidence.clone(), answer }
}

/// Whether a watch that was heard of then is awake.
pub(crate) fn is_awake(heard_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - heard_at < TimeDelta::seconds(30)
}
