//! The trail in the database: hash-chained, appended in batches, durable before anybody is told so.
//!
//! The rule: one transaction locks the head, looks at its seal, links the rows and moves the head; onto a head that this school did
//! not seal nothing is linked. Events that arrive while a batch is being
//! written wait for the next one, so that one fsync serves many; on SQLite a connection of its own writes it (`appender`), unless an
//! approval is used up in it.
//! A write of a record appends inside its own transaction.

use crate::{
    appender::{Appended, Appender},
    approvals,
    db::Db,
    entries::Entries,
    error::StoreError,
    family_ledgers::{Carrying, Carryings, families_of, into_table},
    quota,
    rows::{trail_head, trail_row},
    tail::Tail,
};
use guard::{
    Entry, Trail,
    approval::Redemption,
    trail::{GENESIS, NotCounted, Quota, TrailDown, link},
    vault::HeadSealer,
};
use pulse::Pulse;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QuerySelect,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

const BATCH: usize = 128;
const PATIENCE: Duration = Duration::from_secs(5);

/// What an append is answered with: how many of a quota are left, where there is one.
pub(crate) type Answer = Result<u32, NotCounted>;

/// An entry as it is stored, but for its place in the chain.
pub(crate) struct Row {
    pub(crate) at: i64,
    pub(crate) actor: Option<Uuid>,
    pub(crate) action: &'static str,
    pub(crate) record: Option<Uuid>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) body: Vec<u8>,
    /// Each once, in order.
    pub(crate) families: Vec<Uuid>,
}

impl Row {
    fn of(entry: &Entry) -> Result<Self, TrailDown> {
        Ok(Self {
            at: entry.at().timestamp_micros(),
            actor: entry.by().actor.map(guard::Actor::uuid),
            action: entry.action().name(),
            record: entry.record().map(|record| record.id),
            kind: entry.record().map(|record| record.kind.name()),
            body: entry.to_bytes()?,
            families: families_of(entry),
        })
    }
}

/// The end of the chain, while rows are linked to it.
pub(crate) struct Chain {
    pub(crate) seq: i64,
    pub(crate) hash: [u8; 32],
}

impl Chain {
    /// The end that a head says, where this school sealed it. What is linked to a head is sealed with it: a forged one would be
    /// made genuine, and with it whatever was done to the rows before it.
    pub(crate) fn after(sealer: &HeadSealer, seq: i64, hash: &[u8], seal: &[u8]) -> Result<Self, StoreError> {
        match <[u8; 32]>::try_from(hash) {
            Ok(hash) if sealer.seal(seq, &hash) == *seal => Ok(Self { seq, hash }),
            _ => {
                tracing::error!(seq, "the head of the trail was not sealed by this school: nothing is written after it");
                Err(StoreError::TrailDown)
            }
        }
    }

    /// Links the next row.
    pub(crate) fn link(&mut self, body: &[u8]) -> Result<(), StoreError> {
        self.seq = self.seq.checked_add(1).ok_or(StoreError::TrailDown)?;
        self.hash = link(&self.hash, self.seq, body);
        Ok(())
    }
}

/// A row that waits to be written.
pub(crate) struct Waiting {
    entry: Arc<Entry>,
    pub(crate) row: Row,
    pub(crate) quota: Option<Quota>,
    approval: Option<Redemption>,
    pub(crate) answer: oneshot::Sender<Answer>,
}

/// The trail of one school.
#[derive(Debug, Clone)]
pub struct TrailStore {
    queue: mpsc::Sender<Waiting>,
    sealer: HeadSealer,
    db: Db,
    pulse: Arc<Pulse>,
}

impl TrailStore {
    /// Opens the trail; its writer runs until the last handle is dropped.
    #[must_use]
    pub fn open(db: Db, sealer: HeadSealer) -> Self {
        let (queue, mut waiting) = mpsc::channel::<Waiting>(4096);
        let (seal, tried) = (sealer.clone(), db.clone());
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            let mut carryings = Carryings::default();
            while waiting.recv_many(&mut batch, BATCH).await > 0 {
                gather(&mut waiting, &mut batch).await;
                write_batch(&db, &seal, std::mem::take(&mut batch), &mut carryings).await;
            }
        });
        Self { queue, sealer, db: tried, pulse: Arc::default() }
    }

    /// What seals the head, for writes that append inside their own transaction.
    pub(crate) const fn sealer(&self) -> &HeadSealer {
        &self.sealer
    }

    async fn put(&self, entry: Entry, quota: Option<Quota>, approval: Option<Redemption>) -> Answer {
        let (answer, written) = oneshot::channel();
        let waiting = Waiting { row: Row::of(&entry)?, entry: Arc::new(entry), quota, approval, answer };
        let outcome = tokio::time::timeout(PATIENCE, async {
            self.queue.send(waiting).await.map_err(|_| TrailDown)?;
            written.await.map_err(|_| TrailDown)
        });
        let answer = match outcome.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(down)) => Err(down.into()),
            // The row may still be written: then the trail tells of a look that did not happen, never the other way round.
            Err(_) => Err(TrailDown.into()),
        };
        self.pulse.felt(!matches!(answer, Err(NotCounted::Down(_))));
        answer
    }
}

#[async_trait::async_trait]
impl Trail for TrailStore {
    async fn append(&self, entry: Entry) -> Result<(), TrailDown> {
        match self.put(entry, None, None).await {
            Ok(_) => Ok(()),
            Err(NotCounted::Down(_) | NotCounted::Exhausted | NotCounted::Spent) => Err(TrailDown),
        }
    }
    async fn append_counted(&self, entry: Entry, quota: Quota, approval: Option<Redemption>) -> Result<u32, NotCounted> {
        self.put(entry, Some(quota), approval).await
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

/// Writes a batch and answers everybody in it.
async fn write_batch(db: &Db, sealer: &HeadSealer, batch: Vec<Waiting>, carryings: &mut Carryings) {
    // An approval is used up by the statements that ask for it and decide it, on either engine; there are few of them.
    let plain = batch.iter().all(|waiting| waiting.approval.is_none());
    let Some(appender) = db.appender.clone().filter(|_| plain) else {
        let written = tokio::time::timeout(PATIENCE, try_batch(db, sealer, &batch)).await;
        return answer(batch, written.unwrap_or(Err(StoreError::TrailDown)));
    };
    let Ok(turn) = db.turn().await else {
        return answer(batch, Err(StoreError::TrailDown));
    };
    let mut carrying = carryings.now.take();
    let (sealer, tail, entries) = (sealer.clone(), Arc::clone(&db.tail), Arc::clone(&db.entries));
    let work = move || {
        let last = append(&appender, &sealer, batch, carrying.as_mut(), (&tail, &entries));
        drop(turn);
        (carrying, last)
    };
    let (carrying, last) = tokio::task::spawn_blocking(work).await.unwrap_or_default();
    carryings.now = carrying;
    if let Some(checkpoints) = &db.checkpoints {
        checkpoints.after_batch(db);
    }
    if let Some(last) = last {
        carryings.after_batch(db, last).await;
    }
}

fn answer(batch: Vec<Waiting>, written: Result<Vec<Answer>, StoreError>) {
    let count = batch.len();
    let answers = written.unwrap_or_else(|_| {
        tracing::error!(entries = count, "the trail cannot be written");
        vec![Err(TrailDown.into()); count]
    });
    for (waiting, answer) in batch.into_iter().zip(answers) {
        // Whoever no longer waits does not need the answer.
        let _ = waiting.answer.send(answer);
    }
}

/// On SQLite: appends a batch, and says what became of it. Gives the last entry.
fn append(
    appender: &Appender,
    sealer: &HeadSealer,
    mut batch: Vec<Waiting>,
    carrying: Option<&mut Carrying>,
    (tail, entries): (&Tail, &Entries),
) -> Option<i64> {
    match appender.append(sealer, &batch, carrying.as_deref()) {
        Ok(Appended { answers, first, carried }) => {
            if let Some(carrying) = carrying {
                carrying.committed(carried);
            }
            let written = batch.iter_mut().zip(&answers).filter(|(_, answer)| answer.is_ok());
            let (mut lines, mut kept) = (Vec::with_capacity(answers.len()), Vec::with_capacity(answers.len()));
            for (seq, (waiting, _)) in (first..).zip(written) {
                lines.push((seq, std::mem::take(&mut waiting.row.families)));
                kept.push((seq, Arc::clone(&waiting.entry)));
            }
            let last = lines.last().map_or(first, |(seq, _)| *seq);
            tail.extend(lines);
            entries.keep(kept);
            answer(batch, Ok(answers));
            Some(last)
        }
        Err(error) => {
            answer(batch, Err(error));
            None
        }
    }
}

/// On PostgreSQL, and on SQLite where an approval is used up: one transaction for what the batch brings, by the one writer of the
/// pool.
async fn try_batch(db: &Db, sealer: &HeadSealer, batch: &[Waiting]) -> Result<Vec<Answer>, StoreError> {
    let txn = db.begin().await?;
    if batch.iter().any(|waiting| waiting.quota.is_some()) {
        // The lock comes before the counting: two machines that count at once would both find room for the last one.
        lock(&txn).await?;
    }
    let mut answers = Vec::with_capacity(batch.len());
    let mut rows = Vec::with_capacity(batch.len());
    for waiting in batch {
        let answer = count(&txn, waiting).await?;
        if answer.is_ok() {
            rows.push(&waiting.row);
        }
        answers.push(answer);
    }
    let first = append_rows(&txn, sealer, &rows).await?;
    let written = batch.iter().zip(&answers).filter(|(_, answer)| answer.is_ok());
    for (number, (waiting, _)) in (first..).zip(written) {
        if let Some(approval) = &waiting.approval {
            approvals::used_in(&txn, approval, number).await?;
        }
    }
    txn.commit().await?;
    Ok(answers)
}

/// Counts one that waits. Whether its approval is good is seen before anything is spent, and the head is locked: nobody else
/// uses or withdraws one meanwhile.
async fn count(txn: &DatabaseTransaction, waiting: &Waiting) -> Result<Answer, StoreError> {
    if let Some(approval) = &waiting.approval
        && !approvals::is_good(txn, approval).await?
    {
        return Ok(Err(NotCounted::Spent));
    }
    let left = match &waiting.quota {
        None => 0,
        Some(quota) => match quota::spend(txn, quota).await? {
            None => return Ok(Err(NotCounted::Exhausted)),
            Some(left) => left,
        },
    };
    if let Some(approval) = &waiting.approval {
        approvals::use_up(txn, approval).await?;
    }
    Ok(Ok(left))
}

/// Locks the head, before whatever else a transaction locks. A head that cannot be locked is a trail that cannot be written.
pub(crate) async fn lock(txn: &DatabaseTransaction) -> Result<(), StoreError> {
    trail_head::Entity::find_by_id(1).lock_exclusive().one(txn).await.ok().flatten().map(drop).ok_or(StoreError::TrailDown)
}

/// Appends entries inside a transaction that commits something else too. Gives the number of the first.
pub(crate) async fn append_in(txn: &DatabaseTransaction, sealer: &HeadSealer, entries: &[&Entry]) -> Result<i64, StoreError> {
    let rows: Vec<Row> = entries.iter().map(|entry| Row::of(entry)).collect::<Result<_, _>>().map_err(|_| StoreError::TrailDown)?;
    append_rows(txn, sealer, &rows.iter().collect::<Vec<_>>()).await
}

/// The same for rows that are made already.
async fn append_rows(txn: &DatabaseTransaction, sealer: &HeadSealer, rows: &[&Row]) -> Result<i64, StoreError> {
    let head = trail_head::Entity::find_by_id(1).lock_exclusive().one(txn).await?.ok_or(StoreError::TrailDown)?;
    let first = head.seq.checked_add(1).ok_or(StoreError::TrailDown)?;
    let mut chain = Chain::after(sealer, head.seq, &head.hash, &head.seal)?;
    if rows.is_empty() {
        return Ok(first);
    }
    // On SQLite the lines wait (`family_ledgers`).
    let lines_wait = txn.get_database_backend() == DatabaseBackend::Sqlite;
    let (mut models, mut lines) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        chain.link(&row.body)?;
        if !lines_wait {
            lines.extend(row.families.iter().map(|family| (*family, chain.seq)));
        }
        models.push(trail_row::ActiveModel {
            seq: Set(chain.seq),
            at: Set(row.at),
            actor_id: Set(row.actor),
            action: Set(row.action.to_owned()),
            record_id: Set(row.record),
            record_kind: Set(row.kind.map(ToOwned::to_owned)),
            body: Set(row.body.clone()),
            hash: Set(chain.hash.to_vec()),
        });
    }
    // SQLite takes at most 32,766 parameters a statement, PostgreSQL 65,535.
    for part in models.chunks(4_000) {
        trail_row::Entity::insert_many(part.to_vec()).exec_without_returning(txn).await?;
    }
    into_table(txn, &lines).await?;
    let Chain { seq, hash } = chain;
    let seal = sealer.seal(seq, &hash).to_vec();
    let folded = if lines_wait { NotSet } else { Set(seq) };
    trail_head::ActiveModel { id: Set(1), seq: Set(seq), hash: Set(hash.to_vec()), seal: Set(seal), folded }.update(txn).await?;
    Ok(first)
}

/// Makes the head of the trail of a school that begins. Never of one that has begun: a head that is gone was taken away.
pub(crate) async fn begin_in(txn: &DatabaseTransaction, sealer: &HeadSealer) -> Result<(), StoreError> {
    let head = trail_head::ActiveModel {
        id: Set(1),
        seq: Set(0),
        hash: Set(GENESIS.to_vec()),
        seal: Set(sealer.seal(0, &GENESIS).to_vec()),
        folded: Set(0),
    };
    trail_head::Entity::insert(head).exec_without_returning(txn).await?;
    Ok(())
}

mod pulse;

#[cfg(test)]
mod tests;
