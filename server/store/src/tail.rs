//! The last lines of families' ledgers on SQLite, which are in memory before they are in their table.
//!
//! The rule: an entry names its families in its own hashed bytes, so the lines can always be made of it again; the table is
//! an index of older ones. A list is in fifty ledgers: written at once, its lines would be fifty pages of the database a
//! look. Here they wait and are carried over in the order of the table, many to a page. Deliberately absent: PostgreSQL,
//! where a commit writes no pages and the lines go into the table with their entry.

use crate::error::StoreError;
use guard::trail::families_in;
use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    sync::{Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// A line: the family, and the number of the entry. In the order of the table.
pub(crate) type Line = (Uuid, i64);

/// The lines that wait.
#[derive(Debug, Default)]
pub(crate) struct Tail(Mutex<Lines>);

#[derive(Debug, Default)]
struct Lines {
    /// The lines of every entry after `from`, up to `through`, are here. No entry has the number 0.
    from: i64,
    through: i64,
    lines: BTreeMap<Uuid, Vec<i64>>,
}

impl Lines {
    fn add(&mut self, seq: i64, families: impl IntoIterator<Item = Uuid>) {
        for family in families {
            let line = self.lines.entry(family).or_default();
            if line.last() != Some(&seq) {
                line.push(seq);
            }
        }
        self.through = seq;
    }
}

impl Tail {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds entries that were just committed, where nothing is missing before them; else a later reading finds them.
    pub(crate) fn extend(&self, entries: Vec<(i64, Vec<Uuid>)>) {
        let mut tail = self.lines();
        for (seq, families) in entries {
            if tail.through + 1 == seq && tail.through > 0 {
                tail.add(seq, families);
            }
        }
    }

    /// Which entries have to be read for the lines of all up to `head` to be here, where the table has those up to `folded`.
    pub(crate) fn missing(&self, folded: i64, head: i64) -> Option<RangeInclusive<i64>> {
        let mut tail = self.lines();
        if tail.through < folded {
            *tail = Lines { from: folded, through: folded, lines: BTreeMap::new() };
        }
        (tail.through < head).then(|| tail.through + 1..=head)
    }

    /// Takes the lines of entries that were missing, from their bytes. Somebody else may have done so meanwhile.
    pub(crate) fn learn(&self, missing: &RangeInclusive<i64>, entries: Vec<(i64, Vec<u8>)>) -> Result<(), StoreError> {
        let read: Option<Vec<_>> = entries.into_iter().map(|(seq, body)| Some((seq, families_in(&body)?))).collect();
        let mut tail = self.lines();
        if tail.through + 1 < *missing.start() {
            return Ok(());
        }
        for (seq, families) in read.ok_or(StoreError::Malformed)? {
            if seq > tail.through {
                tail.add(seq, families.into_iter().map(|family| family.0));
            }
        }
        tail.through = tail.through.max(*missing.end());
        Ok(())
    }

    /// Whether every line of the entries between these two is here. If not, they were let go: whoever asks looks at an old
    /// moment and has to look again.
    pub(crate) fn has(&self, folded: i64, head: i64) -> bool {
        let tail = self.lines();
        tail.from <= folded && head <= tail.through
    }

    /// The entries in a family's ledger within these numbers, newest first.
    pub(crate) fn of_family(&self, family: Uuid, within: RangeInclusive<i64>, limit: usize) -> Vec<i64> {
        let tail = self.lines();
        let entries = tail.lines.get(&family).map(Vec::as_slice).unwrap_or_default();
        entries.iter().rev().copied().filter(|seq| within.contains(seq)).take(limit).collect()
    }

    /// Every line after `folded`, in the order of the table, and up to which entry.
    pub(crate) fn after(&self, folded: i64) -> (Vec<Line>, i64) {
        let tail = self.lines();
        let waiting = |(family, entries): (&Uuid, &Vec<i64>)| {
            let family = *family;
            let first = entries.partition_point(|seq| *seq <= folded);
            entries.iter().skip(first).map(move |seq| (family, *seq)).collect::<Vec<_>>()
        };
        (tail.lines.iter().flat_map(waiting).collect(), tail.through)
    }

    /// Lets the lines up to an entry go. Up to one that was carried over a while ago, since who reads may look at a moment
    /// before the last was.
    pub(crate) fn let_go(&self, through: i64) {
        let mut tail = self.lines();
        if through > tail.from {
            tail.from = through;
            tail.lines.retain(|_, entries| {
                entries.retain(|seq| *seq > through);
                !entries.is_empty()
            });
        }
    }
}

#[cfg(test)]
mod tests;
