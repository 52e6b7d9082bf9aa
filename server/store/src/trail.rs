//! The trail in the database: hash-chained, appended in batches, durable before anybody is told so.
//!
//! The rule: one transaction locks the head, links the rows and moves the head. Events that arrive while a batch is being
//! written wait for the next one, so that one fsync serves many. A write of a record appends inside its own transaction.

use crate::{
    db::Db,
    error::StoreError,
    family_ledgers::{Carrying, families_of, into_table},
    quota,
    rows::{trail_head, trail_row},
};
use contract::field::RecordKind;
use guard::{
    Entry, Trail,
    trail::{GENESIS, NotCounted, Quota, TrailDown, link},
    vault::HeadSealer,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QuerySelect,
};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

const BATCH: usize = 128;
const PATIENCE: Duration = Duration::from_secs(5);

/// What an append is answered with: how many of a quota are left, where there is one.
type Answer = Result<u32, NotCounted>;

struct Waiting {
    entry: Entry,
    quota: Option<Quota>,
    answer: oneshot::Sender<Answer>,
}

/// The trail of one school.
#[derive(Debug, Clone)]
pub struct TrailStore {
    queue: mpsc::Sender<Waiting>,
    sealer: HeadSealer,
}

impl TrailStore {
    /// Opens the trail; its writer runs until the last handle is dropped.
    #[must_use]
    pub fn open(db: Db, sealer: HeadSealer) -> Self {
        let (queue, mut waiting) = mpsc::channel::<Waiting>(4096);
        let seal = sealer.clone();
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            let mut carrying = None;
            while waiting.recv_many(&mut batch, BATCH).await > 0 {
                gather(&mut waiting, &mut batch).await;
                write_batch(&db, &seal, &mut batch, &mut carrying).await;
            }
        });
        Self { queue, sealer }
    }

    /// What seals the head, for writes that append inside their own transaction.
    pub(crate) const fn sealer(&self) -> &HeadSealer {
        &self.sealer
    }

    async fn put(&self, entry: Entry, quota: Option<Quota>) -> Answer {
        let (answer, written) = oneshot::channel();
        let waiting = Waiting { entry, quota, answer };
        let outcome = tokio::time::timeout(PATIENCE, async {
            self.queue.send(waiting).await.map_err(|_| TrailDown)?;
            written.await.map_err(|_| TrailDown)
        });
        match outcome.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(down)) => Err(down.into()),
            // The row may still be written: then the trail tells of a look that did not happen, never the other way round.
            Err(_) => Err(TrailDown.into()),
        }
    }
}

#[async_trait::async_trait]
impl Trail for TrailStore {
    async fn append(&self, entry: Entry) -> Result<(), TrailDown> {
        match self.put(entry, None).await {
            Ok(_) => Ok(()),
            Err(NotCounted::Down(_) | NotCounted::Exhausted) => Err(TrailDown),
        }
    }
    async fn append_counted(&self, entry: Entry, quota: Quota) -> Result<u32, NotCounted> {
        self.put(entry, Some(quota)).await
    }
}

/// Lets whoever is about to append do so, while more keep coming: under load each commit then serves more of them, and an
/// event that comes alone waits for nothing.
async fn gather(waiting: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>) {
    loop {
        let before = batch.len();
        tokio::task::yield_now().await;
        while batch.len() < BATCH
            && let Ok(one) = waiting.try_recv()
        {
            batch.push(one);
        }
        if batch.len() == before {
            return;
        }
    }
}

async fn write_batch(db: &Db, sealer: &HeadSealer, batch: &mut Vec<Waiting>, carrying: &mut Option<Carrying>) {
    let written = tokio::time::timeout(PATIENCE, try_batch(db, sealer, batch, carrying)).await;
    match written {
        Ok(Ok((answers, last))) => {
            for (waiting, answer) in batch.drain(..).zip(answers) {
                // Whoever no longer waits does not need the answer.
                let _ = waiting.answer.send(answer);
            }
            if let Err(error) = db.carry_on(carrying, last).await {
                tracing::error!(%error, "the ledgers wait longer");
            }
        }
        Ok(Err(_)) | Err(_) => {
            tracing::error!(entries = batch.len(), "the trail cannot be written");
            for waiting in batch.drain(..) {
                let _ = waiting.answer.send(Err(TrailDown.into()));
            }
        }
    }
}

/// One transaction: what the batch brings, and a portion of the lines that wait. Gives the answers and the last entry.
async fn try_batch(
    db: &Db,
    sealer: &HeadSealer,
    batch: &[Waiting],
    carrying: &mut Option<Carrying>,
) -> Result<(Vec<Answer>, i64), StoreError> {
    let txn = db.begin().await?;
    if batch.iter().any(|waiting| waiting.quota.is_some()) {
        // The lock comes before the counting: two machines that count at once would both find room for the last one.
        trail_head::Entity::find_by_id(1).lock_exclusive().one(&txn).await?;
    }
    let mut answers = Vec::with_capacity(batch.len());
    let mut entries = Vec::with_capacity(batch.len());
    for waiting in batch {
        let answer = match &waiting.quota {
            None => Ok(0),
            Some(quota) => quota::spend(&txn, quota).await?.ok_or(NotCounted::Exhausted),
        };
        if answer.is_ok() {
            entries.push(&waiting.entry);
        }
        answers.push(answer);
    }
    let first = append_in(&txn, sealer, &entries).await?;
    let carried = match carrying {
        Some(carrying) => carrying.portion(&txn).await?,
        None => None,
    };
    txn.commit().await?;
    if let Some(carrying) = carrying {
        carrying.committed(carried);
    }
    let numbered: Vec<_> = (first..).zip(&entries).map(|(seq, entry)| (seq, families_of(entry))).collect();
    let last = numbered.last().map_or(first, |(seq, _)| *seq);
    db.tail.extend(numbered);
    Ok((answers, last))
}

/// Appends entries inside a transaction that commits something else too. Gives the number of the first.
pub(crate) async fn append_in(txn: &DatabaseTransaction, sealer: &HeadSealer, entries: &[&Entry]) -> Result<i64, StoreError> {
    let head = trail_head::Entity::find_by_id(1).lock_exclusive().one(txn).await?.ok_or(StoreError::TrailDown)?;
    let first = head.seq.checked_add(1).ok_or(StoreError::TrailDown)?;
    if entries.is_empty() {
        return Ok(first);
    }
    // On SQLite the lines wait (`family_ledgers`).
    let lines_wait = txn.get_database_backend() == DatabaseBackend::Sqlite;
    let mut seq = head.seq;
    let mut hash: [u8; 32] = head.hash.try_into().map_err(|_| StoreError::Malformed)?;
    let mut rows = Vec::with_capacity(entries.len());
    let mut lines = Vec::new();
    for entry in entries {
        let body = entry.to_bytes().map_err(|_| StoreError::TrailDown)?;
        seq = seq.checked_add(1).ok_or(StoreError::TrailDown)?;
        hash = link(&hash, seq, &body);
        if !lines_wait {
            lines.extend(families_of(entry).into_iter().map(|family| (family, seq)));
        }
        rows.push(trail_row::ActiveModel {
            seq: Set(seq),
            at: Set(entry.at().timestamp_micros()),
            actor_id: Set(entry.by().actor.map(guard::Actor::uuid)),
            action: Set(entry.action().name().to_owned()),
            record_id: Set(entry.record().map(|record| record.id)),
            record_kind: Set(entry.record().map(|record| kind_name(record.kind).to_owned())),
            body: Set(body),
            hash: Set(hash.to_vec()),
        });
    }
    // SQLite takes at most 32,766 parameters a statement, PostgreSQL 65,535.
    for part in rows.chunks(4_000) {
        trail_row::Entity::insert_many(part.to_vec()).exec_without_returning(txn).await?;
    }
    into_table(txn, &lines).await?;
    let seal = sealer.seal(seq, &hash).to_vec();
    let folded = if lines_wait { NotSet } else { Set(seq) };
    trail_head::ActiveModel { id: Set(1), seq: Set(seq), hash: Set(hash.to_vec()), seal: Set(seal), folded }.update(txn).await?;
    Ok(first)
}

/// The name of a kind of record in the bytes of an entry, and in the column that repeats it.
pub(crate) const fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Family => "family",
        RecordKind::Student => "student",
        RecordKind::Guardian => "guardian",
        RecordKind::Note => "note",
        RecordKind::Staff => "staff",
    }
}

/// Makes the head of an empty trail, when there is none.
pub(crate) async fn begin_in(txn: &DatabaseTransaction, sealer: &HeadSealer) -> Result<(), StoreError> {
    if trail_head::Entity::find_by_id(1).one(txn).await?.is_none() {
        let head = trail_head::ActiveModel {
            id: Set(1),
            seq: Set(0),
            hash: Set(GENESIS.to_vec()),
            seal: Set(sealer.seal(0, &GENESIS).to_vec()),
            folded: Set(0),
        };
        trail_head::Entity::insert(head).exec_without_returning(txn).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
