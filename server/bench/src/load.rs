//! The load generator: so many connections, each asking again as soon as it was answered, for so long.
//!
//! The rule: a closed loop measures what a server can do, not how long a queue grows; its percentiles are those of a server
//! that is full. An answer that is no success is counted, never hidden.

use crate::{Outcome, connection::Connection};
use std::{
    borrow::Cow,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// How many connections.
pub(crate) const CONNECTIONS: usize = 16;

/// What one connection asks, one request after another.
pub(crate) trait Script: Send {
    /// The next request, and which kind of request it is.
    fn next(&mut self) -> (usize, Cow<'_, [u8]>);
}

/// One request, again and again.
pub(crate) struct Same(pub(crate) Vec<u8>);

impl Script for Same {
    fn next(&mut self) -> (usize, Cow<'_, [u8]>) {
        (0, Cow::Borrowed(&self.0))
    }
}

/// These requests in turn.
pub(crate) struct InTurn {
    requests: Vec<Vec<u8>>,
    at: usize,
}

impl InTurn {
    /// Begins with another request for each connection.
    pub(crate) fn new(requests: Vec<Vec<u8>>, connection: usize) -> Self {
        let at = connection * requests.len() / CONNECTIONS;
        Self { requests, at }
    }
}

impl Script for InTurn {
    fn next(&mut self) -> (usize, Cow<'_, [u8]>) {
        self.at = (self.at + 1) % self.requests.len();
        (0, Cow::Borrowed(&self.requests[self.at]))
    }
}

/// What a round gave.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// From the first request to the last answer.
    pub(crate) seconds: f64,
    /// Microseconds of each answer, by kind.
    pub(crate) latencies: Vec<Vec<u32>>,
    /// Answers that were no success.
    pub(crate) refused: u64,
    /// Bytes of the bodies.
    pub(crate) bytes: u64,
}

impl Round {
    /// How many answers.
    pub(crate) fn requests(&self) -> usize {
        self.latencies.iter().map(Vec::len).sum()
    }

    fn add(&mut self, other: Round) {
        for (kind, latencies) in other.latencies.into_iter().enumerate() {
            note(&mut self.latencies, kind).extend(latencies);
        }
        self.refused += other.refused;
        self.bytes += other.bytes;
    }
}

fn note(latencies: &mut Vec<Vec<u32>>, kind: usize) -> &mut Vec<u32> {
    if latencies.len() <= kind {
        latencies.resize(kind + 1, Vec::new());
    }
    &mut latencies[kind]
}

/// When a connection stops asking.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Until {
    /// After so long.
    Passed(Duration),
    /// After so many answers.
    Answered(u32),
}

/// Lets every script ask until then, each on a connection of its own.
pub(crate) async fn round(address: SocketAddr, scripts: &mut Vec<Box<dyn Script>>, until: Until) -> Outcome<Round> {
    let mut connections = Vec::with_capacity(scripts.len());
    for script in scripts.drain(..) {
        connections.push((Connection::open(address).await?, script));
    }
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for (mut connection, mut script) in connections {
        running.spawn(async move {
            let mut mine = Round::default();
            let mut answered = 0;
            while match until {
                Until::Passed(time) => begun.elapsed() < time,
                Until::Answered(enough) => answered < enough,
            } {
                answered += 1;
                let (kind, request) = script.next();
                let asked = Instant::now();
                let answer = connection.ask(&request).await.map_err(|error| error.to_string())?;
                note(&mut mine.latencies, kind).push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
                mine.refused += u64::from(!(200..300).contains(&answer.status));
                mine.bytes += answer.length as u64;
            }
            Ok::<_, String>((mine, script))
        });
    }
    let mut whole = Round::default();
    while let Some(done) = running.join_next().await {
        let (mine, script) = done??;
        whole.add(mine);
        scripts.push(script);
    }
    whole.seconds = begun.elapsed().as_secs_f64();
    Ok(whole)
}
