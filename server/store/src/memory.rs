//! Families kept in memory, sealed, so that a list need not read pages again that did not change.
//!
//! The rule: what is given out is what the read would have found in its own moment. Triggers write each change of a family,
//! its people or a name beside them into `family_change`, whichever process made it; a read first takes the changes up to
//! its moment and forgets what they name. Kept are ciphertexts and wrapped keys, and records as whoever reaches whole
//! families finds them; everybody else reads the database. Deliberately absent: a lifetime in seconds.

use crate::load::Depth;
use chrono::NaiveDate;
use guard::records::FamilyRecord;
use hashlink::LruCache;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// How many records are kept: about three kilobytes each.
const KEPT: usize = 8192;

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
}

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
        Self(Mutex::new(Families { day: NaiveDate::MIN, through: None, records: LruCache::new(KEPT) }))
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
            families.through = Some(as_of);
        }
        drop(families);
        Ok(Moment { memory: self, as_of })
    }
}

impl Moment<'_> {
    /// What is kept of a family, where it is what this read would find on `day`.
    pub(crate) fn get(&self, id: Uuid, depth: Depth, day: NaiveDate) -> Option<Arc<FamilyRecord>> {
        let mut families = self.memory.families();
        if families.day != day {
            return None;
        }
        // Kept since before this moment, and not forgotten since: unchanged in between. A later record may be of the future.
        families.records.get(&(id, depth)).filter(|kept| kept.as_of <= self.as_of).map(|kept| Arc::clone(&kept.record))
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
