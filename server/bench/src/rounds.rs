//! Rounds in turn: each party is measured alone for a while, then the next, and again (A B A B).
//!
//! The rule: the same connections and the same time for all parties. What comes first does not count: a second, or as many
//! requests as bring what is asked for to rest.

use crate::{
    Outcome,
    load::{CONNECTIONS, Same, Script, Until, round},
    process::Server,
    report::{Measure, side},
};
use std::time::Duration;

/// A side while it is measured.
pub(crate) struct Party<'a> {
    name: &'a str,
    server: &'a Server,
    scripts: Vec<Box<dyn Script>>,
    first: Until,
}

impl<'a> Party<'a> {
    /// What each connection asks is made from its number.
    pub(crate) fn new(name: &'a str, server: &'a Server, script: impl Fn(usize) -> Box<dyn Script>) -> Self {
        Self { name, server, scripts: (0..CONNECTIONS).map(script).collect(), first: Until::Passed(Duration::from_secs(1)) }
    }

    /// So many requests of each connection come before what counts.
    pub(crate) fn at_rest_after(self, requests: u32) -> Self {
        Self { first: Until::Answered(requests), ..self }
    }

    /// One request on every connection, again and again.
    pub(crate) fn same(name: &'a str, server: &'a Server, request: &[u8]) -> Self {
        Self::new(name, server, |_| Box::new(Same(request.to_vec())))
    }
}

/// How often and how long.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Rounds {
    /// How often each side is measured.
    #[arg(long, default_value_t = 15)]
    pub(crate) rounds: usize,
    /// How long a round takes.
    #[arg(long, default_value_t = 2)]
    pub(crate) seconds: u64,
}

impl Rounds {
    /// Measures these parties; the first is ours.
    pub(crate) async fn measure(&self, what: &str, mut parties: Vec<Party<'_>>, kinds: &[&str]) -> Outcome<Measure> {
        for party in &mut parties {
            round(party.server.address, &mut party.scripts, party.first).await?;
        }
        let mut rounds: Vec<Vec<_>> = parties.iter().map(|_| Vec::new()).collect();
        for _ in 0..self.rounds {
            for (party, rounds) in parties.iter_mut().zip(&mut rounds) {
                let before = party.server.cpu_micros()?;
                let one = round(party.server.address, &mut party.scripts, Until::Passed(Duration::from_secs(self.seconds))).await?;
                rounds.push((one, party.server.cpu_micros()? - before));
            }
        }
        let ours = rounds.first().ok_or("nobody is measured")?;
        let sides = parties.iter().zip(&rounds).map(|(party, rounds)| side(party.name, rounds, ours, kinds)).collect();
        let measure = Measure { what: what.to_owned(), sides };
        eprintln!("  {}", crate::table::in_a_line(&measure));
        Ok(measure)
    }
}
