//! What the store would say of an account at a sign-in: for how long nobody used it, and whether it ever came from there.
//!
//! The rule: it follows from what the account did before, as on a server. Deliberately absent: accounts that are suspended, which nothing
//! before says.

use crate::watch::sighting::Sighting;
use chrono::{DateTime, Utc};
use contract::wire::ledger::Action;
use guard::{Actor, Country};
use std::collections::{HashMap, HashSet};

/// The sign-ins of everybody until now.
#[derive(Debug, Default)]
pub(super) struct History {
    last_in: HashMap<Actor, DateTime<Utc>>,
    countries: HashMap<Actor, HashSet<Country>>,
}

impl History {
    /// Says of a sign-in what is known of the account, beside what is said of it already.
    pub(super) fn tell(&mut self, act: &mut Sighting) {
        let (Action::SignedIn, Some(actor)) = (act.action, act.actor) else { return };
        if let Some(before) = self.last_in.insert(actor, act.at) {
            let idle = u32::try_from((act.at - before).num_days()).unwrap_or_default();
            act.account.idle_days = act.account.idle_days.max(idle);
        }
        if let Some(country) = act.country {
            let known = self.countries.entry(actor).or_default();
            let is_first = known.is_empty();
            act.account.new_country |= known.insert(country) && !is_first;
        }
    }
}
