//! Entries of the trail kept in memory as they were read or written, for the ledgers that are made of them and for whoever follows
//! the trail as it is written.
//!
//! The rule: an entry never changes once it has its number, so there is nothing to forget but what takes too much room. Kept is
//! what a ledger may read: which records and fields in which form, never a value. Deliberately absent: the columns and the
//! hash, which verification reads from the database each time.

use guard::Entry;
use hashlink::LinkedHashMap;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How much is kept, in bytes of an estimate.
const ROOM: usize = 16 << 20;

/// The entries kept of one database.
#[derive(Default)]
pub(crate) struct Entries(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The one that was used last is the last.
    entries: LinkedHashMap<i64, Arc<Entry>>,
    taken: usize,
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entries")
    }
}

/// About how much room an entry takes.
fn weight(entry: &Entry) -> usize {
    let looks = entry.looks().iter().map(|looks| 64 + 2 * looks.fields.len() + 20 * looks.records.len());
    320 + 16 * entry.families().len() + looks.sum::<usize>()
}

impl Entries {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of these numbers, in their order.
    pub(crate) fn get(&self, numbers: &[i64]) -> Vec<Option<Arc<Entry>>> {
        let mut kept = self.kept();
        numbers.iter().map(|seq| kept.entries.to_back(seq).map(|entry| Arc::clone(entry))).collect()
    }

    /// The entries after a number, oldest first, up to the first that is not kept.
    pub(crate) fn after(&self, seq: i64, limit: usize) -> Vec<(i64, Arc<Entry>)> {
        let kept = self.kept();
        let following = (1..).map_while(|next| {
            let seq = seq.checked_add(next)?;
            Some((seq, Arc::clone(kept.entries.get(&seq)?)))
        });
        following.take(limit).collect()
    }

    /// Keeps entries that were committed under these numbers.
    pub(crate) fn keep(&self, entries: impl IntoIterator<Item = (i64, Arc<Entry>)>) {
        let mut kept = self.kept();
        for (seq, entry) in entries {
            kept.taken += weight(&entry);
            if let Some(before) = kept.entries.insert(seq, entry) {
                kept.taken -= weight(&before);
            }
        }
        while kept.taken > ROOM
            && let Some((_, oldest)) = kept.entries.pop_front()
        {
            kept.taken -= weight(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::event;
    use contract::ids::FamilyId;
    use uuid::Uuid;

    #[test]
    fn what_takes_too_much_room_is_let_go_the_longest_unused_first() {
        let entries = Entries::default();
        let large = Arc::new(event().in_families(vec![FamilyId(Uuid::nil()); 10_000]));
        let most = i64::try_from(ROOM / weight(&large)).unwrap();
        entries.keep((1..=most).map(|seq| (seq, Arc::clone(&large))));
        assert!(entries.get(&[1, most]).iter().all(Option::is_some), "and 1 was used last");
        entries.keep([(most + 1, Arc::clone(&large)), (most + 1, Arc::clone(&large))]);
        assert_eq!(entries.get(&[1, 2, 3, most + 1]).iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true, true]);
        assert!(entries.after(0, 9).iter().map(|(seq, _)| *seq).eq([1]), "up to the first that is not there");
        assert!(entries.after(3, 2).iter().map(|(seq, _)| *seq).eq([4, 5]) && entries.after(1, 9).is_empty());
        assert!(entries.after(i64::MAX, 9).is_empty());
        let kept = entries.kept();
        assert_eq!(kept.taken, kept.entries.iter().map(|(_, entry)| weight(entry)).sum::<usize>());
    }
}
