//! The trail in the database: hash-chained, appended in batches, durable before anybody is told so.
//!
//! The rule: one transaction locks the head, links the rows and moves the head. Events that arrive while a batch is being
//! written wait for the next one, so that one fsync serves many. A write of a record appends inside its own transaction.

use crate::{
    db::Db,
    error::StoreError,
    quota,
    rows::{trail_family, trail_head, trail_row},
};
use guard::{
    Entry, Trail,
    trail::{GENESIS, NotCounted, Quota, TrailDown, link},
    vault::HeadSealer,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QuerySelect, Statement,
};
use std::{collections::BTreeSet, fmt::Write, time::Duration};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

const BATCH: usize = 128;
const PATIENCE: Duration = Duration::from_secs(5);

/// Rows of ledgers on SQLite, from one JSON text of pairs: the number of the entry, the family.
const INTO_LEDGERS: &str =
    "INSERT INTO trail_family (seq, family_id) SELECT json_extract(value, '$[0]'), unhex(json_extract(value, '$[1]')) FROM json_each(?)";

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
            while waiting.recv_many(&mut batch, BATCH).await > 0 {
                write_batch(&db, &seal, &mut batch).await;
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

async fn write_batch(db: &Db, sealer: &HeadSealer, batch: &mut Vec<Waiting>) {
    let written = tokio::time::timeout(PATIENCE, try_batch(db, sealer, batch)).await;
    match written {
        Ok(Ok(answers)) => {
            for (waiting, answer) in batch.drain(..).zip(answers) {
                // Whoever no longer waits does not need the answer.
                let _ = waiting.answer.send(answer);
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

async fn try_batch(db: &Db, sealer: &HeadSealer, batch: &[Waiting]) -> Result<Vec<Answer>, StoreError> {
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
    append_in(&txn, sealer, &entries).await?;
    txn.commit().await?;
    Ok(answers)
}

/// Appends entries inside a transaction that commits something else too.
pub(crate) async fn append_in(txn: &DatabaseTransaction, sealer: &HeadSealer, entries: &[&Entry]) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let head = trail_head::Entity::find_by_id(1).lock_exclusive().one(txn).await?.ok_or(StoreError::TrailDown)?;
    let mut seq = head.seq;
    let mut hash: [u8; 32] = head.hash.try_into().map_err(|_| StoreError::Malformed)?;
    let mut rows = Vec::with_capacity(entries.len());
    let mut families = Vec::new();
    for entry in entries {
        let body = entry.to_bytes().map_err(|_| StoreError::TrailDown)?;
        seq = seq.checked_add(1).ok_or(StoreError::TrailDown)?;
        hash = link(&hash, seq, &body);
        let touched: BTreeSet<_> = entry.families().iter().collect();
        families.extend(touched.into_iter().map(|family| (seq, family.0)));
        rows.push(trail_row::ActiveModel {
            seq: Set(seq),
            at: Set(entry.at().timestamp_micros()),
            actor_id: Set(entry.by().actor.map(guard::Actor::uuid)),
            action: Set(entry.action().name().to_owned()),
            record_id: Set(entry.record().map(|record| record.id)),
            body: Set(body),
            hash: Set(hash.to_vec()),
        });
    }
    // SQLite takes at most 32,766 parameters a statement, PostgreSQL 65,535.
    for part in rows.chunks(4_000) {
        trail_row::Entity::insert_many(part.to_vec()).exec_without_returning(txn).await?;
    }
    into_ledgers(txn, &families).await?;
    let seal = sealer.seal(seq, &hash).to_vec();
    trail_head::ActiveModel { id: Set(1), seq: Set(seq), hash: Set(hash.to_vec()), seal: Set(seal) }.update(txn).await?;
    Ok(())
}

/// Puts rows into the ledgers of families. A list is in fifty of them.
async fn into_ledgers(txn: &DatabaseTransaction, rows: &[(i64, Uuid)]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    if txn.get_database_backend() == DatabaseBackend::Sqlite {
        // One text and one parameter whatever their number: it is prepared once, and no driver walks over a hundred values.
        let mut list = String::with_capacity(rows.len() * 56);
        for (seq, family) in rows {
            let comma = if list.is_empty() { '[' } else { ',' };
            write!(list, "{comma}[{seq},\"{}\"]", family.simple()).map_err(|_| StoreError::Malformed)?;
        }
        list.push(']');
        txn.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Sqlite, INTO_LEDGERS, [list.into()])).await?;
        return Ok(());
    }
    for part in rows.chunks(10_000) {
        let rows = part.iter().map(|(seq, family)| trail_family::ActiveModel { family_id: Set(*family), seq: Set(*seq) });
        trail_family::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Makes the head of an empty trail, when there is none.
pub(crate) async fn begin_in(txn: &DatabaseTransaction, sealer: &HeadSealer) -> Result<(), StoreError> {
    if trail_head::Entity::find_by_id(1).one(txn).await?.is_none() {
        let head =
            trail_head::ActiveModel { id: Set(1), seq: Set(0), hash: Set(GENESIS.to_vec()), seal: Set(sealer.seal(0, &GENESIS).to_vec()) };
        trail_head::Entity::insert(head).exec_without_returning(txn).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
