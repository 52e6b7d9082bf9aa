//! `shendu watch simulate`

use super::{Failure, say, words};
use crate::{config::Place, watch::simulator};
use clap::Subcommand;
use std::collections::HashMap;

/// Look after the watch over the trail.
#[derive(Debug, Subcommand)]
pub(crate) enum Watch {
    /// Let an invented school work and be attacked, and say what the rules find and how often they cry for nothing.
    Simulate {
        /// Take the rules as this school has set them; without it as they come.
        #[arg(long)]
        own_rules: bool,
        #[command(flatten)]
        place: Place,
        /// Sessions of people who do their work.
        #[arg(long, default_value_t = 10_000)]
        sessions: u32,
        /// Attacks of each kind and pace.
        #[arg(long, default_value_t = 20)]
        attacks: u32,
        /// What the school is drawn by.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

impl Watch {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let Self::Simulate { own_rules, place, sessions, attacks, seed } = self;
        let settings = if own_rules { place.open().await.map_err(words)?.watch_settings().await.map_err(words)? } else { HashMap::new() };
        let outcome = simulator::simulate(&settings, seed, sessions, attacks);
        for kind in &outcome.kinds {
            let share = kind.greedy.share().map(|share| format!("after {:.0} % of its acts", share * 100.0)).unwrap_or_default();
            let (found, tried, careful) = (kind.greedy.found(), kind.greedy.tried, kind.careful.found());
            say(&format!(
                "{:<22} {found:>3} of {tried:>3}  {share:<23}  careful: {careful:>3} of {:>3}",
                kind.rule.name(),
                kind.careful.tried
            ));
        }
        let (found, tried) = outcome.found();
        say(&format!("found: {found} of {tried} attacks by somebody who wants much and soon"));
        for (rule, told) in &outcome.told {
            say(&format!("told of what had its reason: {:<22} {told:>3} times", rule.name()));
        }
        say(&format!("false alarms: {} in {} sessions", outcome.false_alarms.len(), outcome.sessions));
        for cried in &outcome.false_alarms {
            say(&format!("  {} at {} ({})", cried.rule.name(), crate::clock::school_time(cried.last_at), cried.count));
        }
        Ok(())
    }
}
