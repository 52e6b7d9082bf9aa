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
        /// Attacks of each kind.
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
            let share = kind.share.map(|share| format!("after {:.0} % of its acts", share * 100.0)).unwrap_or_default();
            say(&format!("{:<22} {:>3} of {:>3}  {share}", kind.rule.name(), kind.found, kind.tried));
        }
        let (found, tried) = outcome.found();
        say(&format!("found within {} s: {found} of {tried} attacks", simulator::IN_TIME.num_seconds()));
        say(&format!("false alarms: {} in {} sessions", outcome.false_alarms.len(), outcome.sessions));
        for cried in &outcome.false_alarms {
            say(&format!("  {} at {} ({})", cried.rule.name(), crate::clock::school_time(cried.last_at), cried.count));
        }
        Ok(())
    }
}
