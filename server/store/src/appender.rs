//! Appending to the trail on SQLite: a connection of its own with prepared statements, a batch in one hop to another thread.
//!
//! The rule: one transaction looks at the seal of the head, counts the quotas, links the rows, moves the head and carries a portion of the waiting lines
//! over; its commit is synchronised before anybody is told so. While it writes it holds the one writer of the pool, so that
//! within a process nobody waits for SQLite's lock. A connection of which anything failed is not used again.

use crate::{
    checkpoints::LONGEST,
    error::StoreError,
    family_ledgers::Carrying,
    readers::Observer,
    tail::Line,
    trail::{Answer, Chain, Waiting},
};
use guard::{
    trail::{NotCounted, Quota},
    vault::HeadSealer,
};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

const HEAD: &str = "SELECT seq, hash, seal FROM trail_head WHERE id = 1";
const ROW: &str = "INSERT INTO trail (seq, at, actor_id, action, record_id, record_kind, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
const MOVE: &str = r#"UPDATE "trail_head" SET seq = ?, hash = ?, seal = ? WHERE id = 1"#;
const LINE: &str = "INSERT OR IGNORE INTO trail_family (family_id, seq) VALUES (?, ?)";
const BEGINS: &str = "SELECT seq FROM trail_beginning WHERE id = 1";
const FOLD: &str = "UPDATE trail_head SET folded = ?1 WHERE folded < ?1";
const USED: &str = "SELECT used FROM reveal_use WHERE actor_id = ? AND day = ?";
const USE: &str = "INSERT INTO reveal_use (actor_id, day, used) VALUES (?, ?, ?) \
     ON CONFLICT (actor_id, day) DO UPDATE SET used = excluded.used";

/// The connection that appends.
#[derive(Clone)]
pub(crate) struct Appender {
    path: Arc<PathBuf>,
    connection: Arc<Mutex<Option<Connection>>>,
    observer: Option<Observer>,
}

impl fmt::Debug for Appender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Appender")
    }
}

/// What became of a batch.
pub(crate) struct Appended {
    /// An answer for each that waited.
    pub(crate) answers: Vec<Answer>,
    /// The number of the first entry that was written.
    pub(crate) first: i64,
    /// Where the carrying goes on.
    pub(crate) carried: Option<usize>,
}

impl Appender {
    /// One for the file at `path`, which is there and up to date. It connects when it is first needed.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), connection: Arc::default(), observer: None }
    }

    /// The same, with a word to `observer` after each statement.
    pub(crate) fn observed(self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self }
    }

    /// Closes the connection.
    pub(crate) fn close(&self) {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Sets a pragma on the connection, for tests of its failures.
    #[cfg(test)]
    pub(crate) fn pragma(&self, pragma: &str) {
        let mut free = self.connection.lock().unwrap();
        let connection = free.take().unwrap_or_else(|| self.open().unwrap());
        connection.execute_batch(&format!("PRAGMA {pragma}")).unwrap();
        *free = Some(connection);
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open(&*self.path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update_and_check(None, "wal_autocheckpoint", LONGEST, |_| Ok(()))?;
        Ok(connection)
    }

    /// Runs `work` in a transaction of its own and commits it.
    fn within<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut free = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut connection = match free.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        // At once, as every transaction that writes: a deferred one that reads first would be refused as busy without waiting.
        let txn = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&txn)?;
        txn.commit()?;
        *free = Some(connection);
        Ok(done)
    }

    fn noted(&self, statement: &str) {
        if let Some(observer) = &self.observer {
            observer(statement);
        }
    }

    /// Appends a batch, and carries a portion of the waiting lines over.
    pub(crate) fn append(&self, sealer: &HeadSealer, batch: &[Waiting], carrying: Option<&Carrying>) -> Result<Appended, StoreError> {
        self.within(|txn| {
            let head = txn.prepare_cached(HEAD)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
            let (seq, hash, seal): (i64, Vec<u8>, Vec<u8>) = head.ok_or(StoreError::TrailDown)?;
            let mut chain = Chain::after(sealer, seq, &hash, &seal)?;
            let first = seq.checked_add(1).ok_or(StoreError::TrailDown)?;
            let mut answers = Vec::with_capacity(batch.len());
            let mut insert = txn.prepare_cached(ROW)?;
            for Waiting { row, quota, .. } in batch {
                let answer = match quota {
                    None => Ok(0),
                    Some(quota) => self.spend(txn, quota)?.ok_or(NotCounted::Exhausted),
                };
                if answer.is_ok() {
                    chain.link(&row.body)?;
                    let bytes = |id: &Option<Uuid>| id.map(Uuid::into_bytes);
                    let (actor, record) = (bytes(&row.actor), bytes(&row.record));
                    insert.execute(params![chain.seq, row.at, actor, row.action, record, row.kind, row.body, chain.hash])?;
                    self.noted(ROW);
                }
                answers.push(answer);
            }
            if chain.seq > seq {
                txn.prepare_cached(MOVE)?.execute(params![chain.seq, chain.hash, sealer.seal(chain.seq, &chain.hash)])?;
                self.noted(MOVE);
            }
            let brought = batch.iter().map(|waiting| waiting.row.families.len()).sum();
            let carried = match carrying {
                Some(carrying) => carry(txn, carrying, brought)?,
                None => None,
            };
            Ok(Appended { answers, first, carried })
        })
    }

    /// Carries a portion over, as with a batch that brings so many lines, and says where the rest begins.
    pub(crate) fn carry(&self, carrying: &Carrying, brought: usize) -> Result<Option<usize>, StoreError> {
        self.within(|txn| carry(txn, carrying, brought))
    }

    /// Spends from an allowance; says how many are left, or nothing when it is used up.
    fn spend(&self, txn: &Transaction<'_>, quota: &Quota) -> Result<Option<u32>, StoreError> {
        let (actor, day) = (quota.actor.uuid().into_bytes(), quota.day.to_string());
        let used: Option<u32> = txn.prepare_cached(USED)?.query_row(params![actor, day], |row| row.get(0)).optional()?;
        self.noted(USED);
        let used = used.unwrap_or_default().saturating_add(quota.cost);
        if used > quota.limit {
            return Ok(None);
        }
        txn.prepare_cached(USE)?.execute(params![actor, day, used])?;
        self.noted(USE);
        Ok(Some(quota.limit - used))
    }
}

/// Writes the next portion, and with the last one how far the table now goes.
fn carry(txn: &Transaction<'_>, carrying: &Carrying, brought: usize) -> Result<Option<usize>, StoreError> {
    let Some((lines, next, through)) = carrying.portion(brought) else {
        return Ok(None);
    };
    // Lines that wait from before the beginning are those of entries that were taken away meanwhile.
    let begins: Option<i64> = txn.prepare_cached(BEGINS)?.query_row([], |row| row.get(0)).optional()?;
    let mut insert = txn.prepare_cached(LINE)?;
    for (family, seq) in (lines as &[Line]).iter().filter(|(_, seq)| begins.is_none_or(|begins| *seq > begins)) {
        insert.execute(params![family.as_bytes(), seq])?;
    }
    if next.is_none() {
        txn.prepare_cached(FOLD)?.execute([through])?;
    }
    Ok(next)
}
