//! Checkpoints of SQLite's log beside whoever writes, so that no commit waits for the file to take the log over.
//!
//! The rule: most of the log goes over while others write on; what came meanwhile goes over in a turn of the one writer, short
//! enough that nobody notices, since only a log of which nothing is left begins anew. A reader of an old moment keeps its part of
//! the log: that part waits, nobody else does. Where none of this succeeds, the commits themselves do it, later (`LONGEST`).
//! Deliberately absent: a timer. A log that nobody writes grows by nothing.

use crate::{db::Db, error::StoreError};
use rusqlite::Connection;
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

/// After how many batches of the trail. Lists come back to the same pages of the ledgers: the longer the log, the more
/// often one page is written once for many entries.
const BATCHES: u32 = 128;
/// How many pages the log may have before its rest goes over in a turn of the writer, too.
const LONG: i64 = 16_000;
/// How many pages that rest may have at the most; before it, the log is taken over beside the writer so many times.
const FEW: i64 = 200;
const PASSES: usize = 4;
/// After how many pages a commit of the trail takes the log over itself: what is done beside it failed for long.
pub(crate) const LONGEST: i64 = 32_000;

/// Who makes the checkpoints of one file.
#[derive(Clone)]
pub(crate) struct Checkpoints {
    path: Arc<PathBuf>,
    /// Held for as long as one is being made.
    connection: Arc<Mutex<Option<Connection>>>,
    batches: Arc<AtomicU32>,
    running: Arc<AtomicBool>,
    long: i64,
}

impl fmt::Debug for Checkpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checkpoints")
    }
}

impl Checkpoints {
    /// Those of the file at `path`.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), connection: Arc::default(), batches: Arc::default(), running: Arc::default(), long: LONG }
    }

    /// Closes the connection, once no checkpoint is being made.
    pub(crate) fn close(&self) {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Hears of a batch, and makes a checkpoint beside what comes next where it is time.
    pub(crate) fn after_batch(&self, db: &Db) {
        let batches = self.batches.fetch_add(1, Ordering::Relaxed) + 1;
        if batches < BATCHES || self.running.swap(true, Ordering::AcqRel) {
            return;
        }
        self.batches.store(0, Ordering::Relaxed);
        let (mine, db) = (self.clone(), db.clone());
        tokio::spawn(async move {
            if let Err(error) = mine.make(&db).await {
                tracing::warn!(%error, "the log of the database waits longer to be taken over");
            }
            mine.running.store(false, Ordering::Release);
        });
    }

    /// Makes one.
    async fn make(&self, db: &Db) -> Result<(), StoreError> {
        let (mut log, mut left) = self.pass(()).await?;
        for _ in 1..PASSES {
            if log < self.long || left <= FEW {
                break;
            }
            (log, left) = self.pass(()).await?;
        }
        if log >= self.long {
            let turn = db.turn().await?;
            self.pass(turn).await?;
        }
        Ok(())
    }

    /// Takes over what lies in the log now, as far as no reader needs it, while `held` is held. Says how many pages the
    /// log has, and how many of them came meanwhile or are needed.
    async fn pass(&self, held: impl Send + 'static) -> Result<(i64, i64), StoreError> {
        let mine = self.clone();
        let work = move || {
            let left = mine.take_over();
            drop(held);
            left
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Database)?
    }

    fn take_over(&self) -> Result<(i64, i64), StoreError> {
        let mut free = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match free.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        let (log, taken) =
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
        *free = Some(connection);
        Ok((log, log - taken))
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open(&*self.path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(connection)
    }
}

#[cfg(test)]
mod tests;
