//! The receipts of a whole trail, checked row by row with the keys that the trail itself tells of.
//!
//! The rule: a key counts for the person in whose name it was registered, from the row of the registration on. Looks before the
//! first receipt are counted and not blamed: they are from before there were any. After it a look without one is a fault. A report of
//! an audit was never signed without one. A key that was carried over counts for every row that is kept, and is as old as the row that
//! carries it. A receipt is worth as much as the row that registers its key: of rows for which nobody
//! vouches, receipts are counted apart, and those by a key of such a row once more. Whoever reads goes on after a fault.

use super::{NotSigned, PasskeyKey, bytes::Bytes};
use crate::{
    trail::{Entry, RecordRef},
    viewer::Actor,
};
use contract::wire::ledger::Action;
use std::collections::{HashMap, HashSet};

/// What is wrong with the receipt of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is none, though there were receipts before.
    #[error("the look has no receipt")]
    Missing,
    /// No earlier row registers the passkey for this person.
    #[error("no earlier row registers the passkey that signed")]
    UnknownKey,
    /// The receipt of an earlier look was used again.
    #[error("the receipt is that of an earlier look")]
    Replayed,
    /// It does not sign this look.
    #[error("{0}")]
    NotSigned(#[from] NotSigned),
}

/// What the rows read so far say of keys and receipts.
#[derive(Debug, Default)]
pub struct Book {
    keys: HashMap<(Actor, Vec<u8>), (PasskeyKey, i64)>,
    seen: HashSet<Bytes>,
    earlier: usize,
    vouched: i64,
    later: usize,
    by_later_keys: usize,
}

impl Book {
    /// The actions of the rows that it has to be shown, in their order.
    pub const ACTIONS: &'static [Action] = &[Action::PasskeyAdded, Action::Revealed, Action::AuditSigned];
    /// Those of the rows that it has to be shown before, by [`Book::carry_over`].
    pub const CARRIED: Action = Action::PasskeyCarried;

    /// A book of a trail for whose rows up to this one somebody vouches.
    #[must_use]
    pub fn vouched_to(row: i64) -> Self {
        Self { vouched: row, ..Self::default() }
    }
    /// Takes a key that was carried over from before the beginning of the trail, by the row with this number.
    pub fn carry_over(&mut self, row: i64, entry: &Entry) {
        let whose = entry.record().filter(|_| entry.action() == Self::CARRIED).and_then(RecordRef::person);
        if let (Some(key), Some(actor)) = (entry.key(), whose) {
            self.keys.entry((actor, key.credential().to_vec())).or_insert_with(|| (key.clone(), row));
        }
    }
    /// Reads the next row, which has this number. After a fault it is as if the row were not there.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(&mut self, row: i64, entry: &Entry) -> Result<(), Fault> {
        if let (Some(key), Some(actor), Action::PasskeyAdded) = (entry.key(), entry.by().actor, entry.action()) {
            // The first one stays: nobody takes a key back by registering another one under its name.
            self.keys.entry((actor, key.credential().to_vec())).or_insert_with(|| (key.clone(), row));
        }
        if !matches!(entry.action(), Action::Revealed | Action::AuditSigned) {
            return Ok(());
        }
        let Some(receipt) = entry.receipt() else {
            if entry.action() == Action::AuditSigned {
                return Err(Fault::Missing);
            }
            self.earlier += 1;
            return if self.seen.is_empty() { Ok(()) } else { Err(Fault::Missing) };
        };
        let key = entry.by().actor.and_then(|actor| self.keys.get(&(actor, receipt.credential().to_vec())));
        let (key, registered) = key.ok_or(Fault::UnknownKey)?;
        receipt.check(entry, key)?;
        let by_later_key = *registered > self.vouched;
        if !self.seen.insert(receipt.nonce.clone()) {
            return Err(Fault::Replayed);
        }
        self.later += usize::from(row > self.vouched);
        self.by_later_keys += usize::from(by_later_key);
        Ok(())
    }
    /// How many receipts agreed.
    #[must_use]
    pub fn receipts(&self) -> usize {
        self.seen.len()
    }
    /// How many of them are in rows for which nobody vouches.
    #[must_use]
    pub const fn later(&self) -> usize {
        self.later
    }
    /// How many of these are by a key that such a row registers: whoever wrote the one could write the other.
    #[must_use]
    pub const fn by_later_keys(&self) -> usize {
        self.by_later_keys
    }
    /// How many looks are from before there were receipts.
    #[must_use]
    pub const fn earlier(&self) -> usize {
        self.earlier
    }
}
