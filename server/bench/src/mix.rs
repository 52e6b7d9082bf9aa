//! Mix R1: of a hundred requests 60 list, 25 get, 10 update one field, 5 search by a blind-indexed value.
//!
//! The rule: both sides are asked the same kinds in the same order. A record is updated by one connection alone, which counts
//! its versions, so that no update can conflict.

use crate::load::Script;
use std::{borrow::Cow, sync::Arc};

/// The kinds of requests, in the order of a script's numbers.
pub(crate) const KINDS: [&str; 4] = ["list", "get", "update", "search"];

/// Filters and sorts of the lists: a stage, and whether the newest come first.
pub(crate) const NARROWED: [(&str, bool); 4] = [("enrolled", true), ("enrolled", false), ("lead", true), ("trial", true)];

/// Makes the request that updates a record: its position, and how often it was updated before.
pub(crate) type Update = Arc<dyn Fn(usize, u64) -> Vec<u8> + Send + Sync>;

/// What one side is asked.
#[derive(Clone)]
pub(crate) struct Requests {
    /// Lists.
    pub(crate) lists: Arc<Vec<Vec<u8>>>,
    /// Gets.
    pub(crate) gets: Arc<Vec<Vec<u8>>>,
    /// Searches.
    pub(crate) searches: Arc<Vec<Vec<u8>>>,
    /// Updates.
    pub(crate) update: Update,
    /// How many records can be updated.
    pub(crate) updatable: usize,
}

/// The mix of one connection.
pub(crate) struct Mix {
    requests: Requests,
    connection: usize,
    connections: usize,
    chance: u64,
    turns: [usize; 4],
}

impl Mix {
    /// The mix of one connection of so many.
    pub(crate) fn new(requests: Requests, connection: usize, connections: usize) -> Self {
        Self { requests, connection, connections, chance: 0x9E37_79B9 + connection as u64, turns: [0; 4] }
    }

    /// Knuth's MMIX generator: the same draws in every run.
    fn draw(&mut self) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % 100
    }
}

impl Script for Mix {
    fn next(&mut self) -> (usize, Cow<'_, [u8]>) {
        let kind = match self.draw() {
            0..60 => 0,
            60..85 => 1,
            85..95 => 2,
            _ => 3,
        };
        let turn = self.turns[kind];
        self.turns[kind] += 1;
        // Each connection walks over its own share, so that none asks what another has just asked.
        let mine = |all: usize| {
            let share = (all / self.connections).max(1);
            ((self.connection * share + turn % share) % all, turn / share)
        };
        let asks = match kind {
            0 => Cow::Borrowed(&*self.requests.lists[turn % self.requests.lists.len()]),
            1 => Cow::Borrowed(&*self.requests.gets[mine(self.requests.gets.len()).0]),
            2 => {
                let (record, before) = mine(self.requests.updatable);
                Cow::Owned((self.requests.update)(record, before as u64))
            }
            _ => Cow::Borrowed(&*self.requests.searches[mine(self.requests.searches.len()).0]),
        };
        (kind, asks)
    }
}
