//! Families kept in memory, sealed, so that a list need not read pages again that did not change.
//!
//! The rule: what is given out is what the read would have found in its own moment. Triggers write each change of a family,
//! its people or a name beside them into `family_change`, whichever process made it; a read first takes the changes up to
//! its moment and forgets what they name. Kept are ciphertexts and wrapped keys, and records as whoever reaches whole
//! families finds them; everybody else reads the database. So are the ids of pages that were asked for, and how many rows
//! lists have, until any family changes. Deliberately absent: a lifetime in seconds.

use crate::{
    families::{Cursor, FamilyList},
    load::Depth,
};
use chrono::NaiveDate;
use guard::{records::FamilyRecord, scope::Reach};
use hashlink::LruCache;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// How many records are kept: about three kilobytes each.
const KEPT: usize = 8192;
/// How many answers about lists are kept: under a kilobyte each.
const ANSWERS: usize = 512;

/// A change: its number, and the family, or none where any may have changed.
pub(crate) type Change = (i64, Option<Uuid>);

/// The families kept of one database.
pub(crate) struct Memory(Mutex<Families>);

struct Families {
    /// Records hold which classes are current, which holds for a day.
    day: NaiveDate,
    /// Up to which change everything that changed is forgotten; none before the first read.
    through: Option<i64>,
    records: LruCache<(Uuid, Depth), Kept>,
    /// Of the moment `through` alone: whatever changes may change any list.
    pages: LruCache<Question, Page>,
    counts: LruCache<Question, u64>,
}

/// What a list was asked for, and by whom: whoever reaches the same gets the same.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    /// What the list is narrowed by, and where it begins.
    pub(crate) list: FamilyList,
    /// What whoever asks reaches.
    pub(crate) reaches: Vec<Reach>,
    /// The day on which it was asked: what is due, unchanged or attended is so on a day.
    pub(crate) day: NaiveDate,
}

/// The ids of a page, and where the next one begins.
pub(crate) type Page = (Arc<[Uuid]>, Option<Cursor>);

struct Kept {
    /// The change that its read knew as the last.
    as_of: i64,
    record: Arc<FamilyRecord>,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self(Mutex::new(Families {
            day: NaiveDate::MIN,
            through: None,
            records: LruCache::new(KEPT),
            pages: LruCache::new(ANSWERS),
            counts: LruCache::new(ANSWERS),
        }))
    }
}

impl Families {
    fn forget(&mut self, family: Option<Uuid>) {
        match family {
            Some(id) => {
                for depth in [Depth::List, Depth::Card] {
                    self.records.remove(&(id, depth));
                }
            }
            None => self.records.clear(),
        }
    }
}

/// The memory as one read may use it.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'m> {
    memory: &'m Memory,
    as_of: i64,
}

impl Memory {
    fn families(&self) -> MutexGuard<'_, Families> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment of a read whose last change is `as_of`. `changes` are those after a number, in their order.
    pub(crate) fn at<E>(&self, as_of: i64, changes: impl FnOnce(i64) -> Result<Vec<Change>, E>) -> Result<Moment<'_>, E> {
        let mut families = self.families();
        let through = families.through.unwrap_or(-1);
        if through < as_of {
            let changes = changes(through)?;
            // The log keeps the last ones only: where it does not go on from what is known, anything may have changed.
            let goes_on = families.through.is_some() && changes.first().is_some_and(|(seq, _)| *seq == through + 1);
            if goes_on {
                changes.into_iter().for_each(|(_, family)| families.forget(family));
            } else {
                families.forget(None);
            }
            families.pages.clear();
            families.counts.clear();
            families.through = Some(as_of);
        }
        drop(families);
        Ok(Moment { memory: self, as_of })
    }
}

impl Moment<'_> {
    /// What is kept of these families, where it is what this read would find on `day`.
    pub(crate) fn get(&self, ids: &[Uuid], depth: Depth, day: NaiveDate) -> Vec<Option<Arc<FamilyRecord>>> {
        let mut families = self.memory.families();
        if families.day != day {
            return vec![None; ids.len()];
        }
        // Kept since before this moment, and not forgotten since: unchanged in between. A later record may be of the future.
        let mut kept = |id: &Uuid| {
            let kept = families.records.get(&(*id, depth)).filter(|kept| kept.as_of <= self.as_of);
            kept.map(|kept| Arc::clone(&kept.record))
        };
        ids.iter().map(&mut kept).collect()
    }

    /// The page that was asked for, where it was asked for in the same state of all families.
    pub(crate) fn page(&self, question: &Question) -> Option<Page> {
        let mut families = self.memory.families();
        if families.through == Some(self.as_of) { families.pages.get(question).cloned() } else { None }
    }

    /// Keeps the page that this read found.
    pub(crate) fn keep_page(&self, question: Question, page: Page) {
        let mut families = self.memory.families();
        if families.through == Some(self.as_of) {
            families.pages.insert(question, page);
        }
    }

    /// How many rows a list has, where they were counted in the same state of all families.
    pub(crate) fn count(&self, question: &Question) -> Option<u64> {
        let mut families = self.memory.families();
        if families.through == Some(self.as_of) { families.counts.get(question).copied() } else { None }
    }

    /// Keeps what this read counted.
    pub(crate) fn keep_count(&self, question: Question, count: u64) {
        let mut families = self.memory.families();
        if families.through == Some(self.as_of) {
            families.counts.insert(question, count);
        }
    }

    /// Keeps what this read found, unless changes are known by now that it could not see.
    pub(crate) fn keep(&self, depth: Depth, day: NaiveDate, record: &Arc<FamilyRecord>) {
        let mut families = self.memory.families();
        if families.through != Some(self.as_of) {
            return;
        }
        if families.day != day {
            families.forget(None);
            families.day = day;
        }
        families.records.insert((record.family.id.0, depth), Kept { as_of: self.as_of, record: Arc::clone(record) });
    }
}

#[cfg(test)]
mod tests;
