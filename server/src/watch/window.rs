//! What was counted of one rule about one person, for as long as the rule looks back.
//!
//! The rule: what is older than the window is gone; what is counted is what the rule counts (things, families, or looks at one
//! family), so that nothing is computed twice.

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::FamilyId;
use std::collections::{HashMap, VecDeque};

/// The most numbers of the trail that an alarm keeps.
pub(crate) const EVIDENCE: usize = 40;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// Each time.
    Times,
    /// Each family once.
    Families,
    /// The family that was looked at most.
    OneFamily,
}

/// One of them.
#[derive(Debug)]
struct Seen {
    at: DateTime<Utc>,
    seq: i64,
    family: Option<FamilyId>,
}

/// A sliding window.
#[derive(Debug, Default)]
pub(crate) struct Window {
    seen: VecDeque<Seen>,
    by_family: HashMap<FamilyId, u32>,
}

impl Window {
    /// Takes what happened in, and forgets what is older than `minutes`.
    pub(crate) fn take(&mut self, at: DateTime<Utc>, seq: i64, families: &[FamilyId], counts: Counts, minutes: u32) {
        self.forget(at - TimeDelta::minutes(minutes.into()));
        if counts == Counts::Times {
            self.seen.push_back(Seen { at, seq, family: None });
            return;
        }
        for family in families {
            *self.by_family.entry(*family).or_default() += 1;
            self.seen.push_back(Seen { at, seq, family: Some(*family) });
        }
    }

    /// Forgets what happened before `then`; says whether nothing is left.
    pub(crate) fn forget(&mut self, then: DateTime<Utc>) -> bool {
        while let Some(gone) = self.seen.pop_front_if(|seen| seen.at < then) {
            if let Some(family) = gone.family
                && let Some(left) = self.by_family.get_mut(&family)
            {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    self.by_family.remove(&family);
                }
            }
        }
        self.seen.is_empty()
    }

    /// How much there is, the family that was taken in last being `family`.
    pub(crate) fn count(&self, counts: Counts, family: Option<FamilyId>) -> u32 {
        let count = match counts {
            Counts::Times => self.seen.len(),
            Counts::Families => self.by_family.len(),
            Counts::OneFamily => return family.and_then(|family| self.by_family.get(&family)).copied().unwrap_or_default(),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// When the first of it was, and the newest numbers of the trail; then it begins anew.
    pub(crate) fn empty(&mut self) -> (Option<DateTime<Utc>>, Vec<i64>) {
        let first = self.seen.front().map(|seen| seen.at);
        let mut numbers: Vec<i64> = self.seen.iter().rev().map(|seen| seen.seq).collect();
        numbers.dedup();
        numbers.truncate(EVIDENCE);
        numbers.reverse();
        *self = Self::default();
        (first, numbers)
    }
}
