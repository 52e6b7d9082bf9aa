//! The ledgers of families: which entries of the trail concern a family.
//!
//! The rule: what is found is the table's lines up to `folded` and, on SQLite, the waiting lines after it (`tail`): every
//! entry up to the head, none twice. Lines are carried over in portions, in transactions that append anyway. Deliberately
//! absent: a line that no entry stands behind; the table says nothing that the hashed bytes do not say.

use crate::{
    db::Db,
    entries::Entries,
    error::StoreError,
    find,
    rows::{trail_family, trail_head, trail_row},
    scope::joined,
    source::{Source, padded, read},
    tail::{Line, Tail},
    verify::kept,
};
use contract::{ids::FamilyId, wire::ledger::Action};
use guard::{Entry, Scope, gate::Kept, records::FamilyRecord};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SimpleExpr},
};
use std::sync::Arc;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How many entries wait before their lines are carried over.
const WAITING: i64 = 2048;
/// How many lines are carried over with a batch of the trail at the least, and how many for four that it brings: more than come, so
/// that those that wait grow fewer, and no more than that, so that no batch takes much longer than another.
const PORTION: usize = 500;
const FOR_FOUR: usize = 5;
/// How many lines are carried over at once where all are.
const AT_ONCE: usize = 4000;
/// How many of the waiting lines of one family are asked for at once what was done.
const CHUNK: usize = 512;
/// How often a reading begins anew whose moment is too old. Two carryings lie between.
const TRIES: usize = 3;

/// The families of an entry, each once and in order.
pub(crate) fn families_of(entry: &Entry) -> Vec<Uuid> {
    let mut families: Vec<Uuid> = entry.families().iter().map(|family| family.0).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// Lines on their way from memory into the table.
#[derive(Debug)]
pub(crate) struct Carrying {
    lines: Vec<Line>,
    /// The first line that is not in the table yet; none when all is said.
    next: Option<usize>,
    /// The entry up to which the table goes afterwards.
    through: i64,
}

/// The carryings of whoever writes the trail, one after another.
#[derive(Debug, Default)]
pub(crate) struct Carryings {
    /// The last one, of which portions may be left.
    pub(crate) now: Option<Carrying>,
    /// The next one, while it is prepared.
    next: Option<JoinHandle<Result<Carrying, StoreError>>>,
}

impl Carryings {
    /// Hears of a batch that ended with an entry: where the last carrying is done and enough wait, the next one is prepared, beside
    /// the batches that come meanwhile.
    pub(crate) async fn after_batch(&mut self, db: &Db, last: i64) {
        if let Some(prepared) = self.next.take_if(|next| next.is_finished()) {
            match prepared.await.unwrap_or(Err(StoreError::Database)) {
                Ok(carrying) => self.now = Some(carrying),
                Err(error) => tracing::error!(%error, "the ledgers wait longer"),
            }
        }
        let is_early = |now: &Carrying| now.next.is_some() || last < now.through + WAITING;
        if self.next.is_none() && !self.now.as_ref().is_some_and(is_early) {
            let db = db.clone();
            self.next = Some(tokio::spawn(async move { db.begin_carrying().await }));
        }
    }
}

impl Db {
    /// The entries in a family's ledger, newest first, before a row where one is given.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family_trail(&self, family: FamilyId, before: Option<i64>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        self.family_trail_of(family, &[], before, limit).await
    }

    /// The same for some actions alone; none stands for all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family_trail_of(
        &self,
        family: FamilyId,
        actions: &[Action],
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Kept>, StoreError> {
        for _ in 0..TRIES {
            let (tail, remembered, actions) = (Arc::clone(&self.tail), Arc::clone(&self.entries), actions.to_vec());
            let found = read!(self, |source| ledger(source, (&tail, &remembered), family, &actions, before, limit))?;
            if let Some(found) = found {
                return Ok(found);
            }
        }
        Err(StoreError::Database)
    }

    /// A family that `scope` reaches, and the newest entries in its ledger, in one read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family_with_ledger(
        &self,
        scope: &Scope,
        id: FamilyId,
        limit: u64,
    ) -> Result<Option<(Arc<FamilyRecord>, Vec<Kept>)>, StoreError> {
        for _ in 0..TRIES {
            let (scope, tail, remembered) = (scope.clone(), Arc::clone(&self.tail), Arc::clone(&self.entries));
            let found = read!(self, |source| with_ledger(source, (&tail, &remembered), &scope, id, limit))?;
            match found {
                None => return Ok(None),
                Some((_, None)) => {}
                Some((record, Some(kept))) => return Ok(Some((record, kept))),
            }
        }
        Err(StoreError::Database)
    }

    /// Begins to carry all over that waits.
    async fn begin_carrying(&self) -> Result<Carrying, StoreError> {
        let tail = Arc::clone(&self.tail);
        read!(self, |source| all_that_waits(source, &tail))
    }

    /// Carries every waiting line over now. The trail does it by itself as it goes; this is for the end of a bulk intake, whose
    /// entries are many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn carry_ledgers(&self) -> Result<(), StoreError> {
        let Some(appender) = self.appender.clone() else {
            return Ok(());
        };
        let mut carrying = self.begin_carrying().await?;
        let turn = self.turn().await?;
        let work = move || {
            while carrying.next.is_some() {
                let next = appender.carry(&carrying, AT_ONCE)?;
                carrying.committed(next);
            }
            drop(turn);
            Ok(())
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Database)?
    }
}

impl Carrying {
    /// The next portion, with a batch that brings so many lines: its lines, where the rest begins if there is one, and up to which
    /// entry the table goes once all are in it.
    pub(crate) fn portion(&self, brought: usize) -> Option<(&[Line], Option<usize>, i64)> {
        let first = self.next?;
        let end = first.saturating_add(PORTION.max(brought.saturating_mul(FOR_FOUR) / 4)).min(self.lines.len());
        Some((self.lines.get(first..end)?, (end < self.lines.len()).then_some(end), self.through))
    }

    /// The portions up to here are committed.
    pub(crate) fn committed(&mut self, next: Option<usize>) {
        self.next = next;
    }
}

/// Puts lines into the table with their entries, on PostgreSQL.
pub(crate) async fn into_table(txn: &DatabaseTransaction, lines: &[Line]) -> Result<(), StoreError> {
    for part in lines.chunks(10_000) {
        let rows = part.iter().map(|(family, seq)| trail_family::ActiveModel { family_id: Set(*family), seq: Set(*seq) });
        trail_family::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Head of the trail and end of the table, in this moment. A trail without a head is down: nobody can say what concerns a
/// family, and nothing could be appended.
async fn ends(source: &impl Source) -> Result<(i64, i64), StoreError> {
    let ends = trail_head::Entity::find().select_only().columns([trail_head::Column::Seq, trail_head::Column::Folded]).into_query();
    source.row::<(i64, i64)>(ends).await.ok().flatten().ok_or(StoreError::TrailDown)
}

/// Makes every line of this moment be in memory.
async fn catch_up(source: &impl Source, tail: &Tail, folded: i64, head: i64) -> Result<(), StoreError> {
    let Some(missing) = tail.missing(folded, head) else {
        return Ok(());
    };
    let bodies = trail_row::Entity::find()
        .select_only()
        .columns([trail_row::Column::Seq, trail_row::Column::Body])
        .filter(trail_row::Column::Seq.between(*missing.start(), *missing.end()))
        .order_by_asc(trail_row::Column::Seq);
    tail.learn(&missing, source.rows(bodies.into_query()).await?)
}

/// The same for whoever carries over: everything that the table does not have.
async fn all_that_waits(source: &impl Source, tail: &Tail) -> Result<Carrying, StoreError> {
    let (head, folded) = ends(source).await?;
    catch_up(source, tail, folded, head).await?;
    let (lines, through) = tail.after(folded);
    // What was carried over before this is in the table in every moment that anybody still reads.
    tail.let_go(folded);
    Ok(Carrying { lines, next: (through > folded).then_some(0), through })
}

async fn with_ledger(
    source: &impl Source,
    memory: (&Tail, &Entries),
    scope: &Scope,
    id: FamilyId,
    limit: u64,
) -> Result<Option<(Arc<FamilyRecord>, Option<Vec<Kept>>)>, StoreError> {
    let Some(record) = find::family(source, scope, id).await? else {
        return Ok(None);
    };
    Ok(Some((record, ledger(source, memory, id, &[], None, limit).await?)))
}

/// The entry behind a line.
fn trail_on_line() -> SimpleExpr {
    use sea_orm::ExprTrait;
    Expr::col(("trail", "seq")).equals(("trail_family", "seq"))
}

/// A family's ledger; nothing when this moment is too old.
async fn ledger(
    source: &impl Source,
    (tail, remembered): (&Tail, &Entries),
    family: FamilyId,
    actions: &[Action],
    before: Option<i64>,
    limit: u64,
) -> Result<Option<Vec<Kept>>, StoreError> {
    let (head, folded) = ends(source).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let last = before.map_or(head, |before| head.min(before.saturating_sub(1)));
    let mut numbers = Vec::new();
    let names: Vec<&str> = actions.iter().map(|action| action.name()).collect();
    if folded < head {
        catch_up(source, tail, folded, head).await?;
        if !tail.has(folded, head) {
            return Ok(None);
        }
        if names.is_empty() {
            numbers = tail.of_family(family.0, folded + 1..=last, most);
        } else {
            // The lines in memory do not say what was done; there are a few thousand of them at most.
            let waiting = tail.of_family(family.0, folded + 1..=last, usize::MAX);
            for some in waiting.chunks(CHUNK) {
                let done = trail_row::Entity::find()
                    .select_only()
                    .column(trail_row::Column::Seq)
                    .filter(trail_row::Column::Seq.is_in(padded(some.to_vec())))
                    .filter(trail_row::Column::Action.is_in(names.iter().copied()))
                    .order_by_desc(trail_row::Column::Seq)
                    .limit((most - numbers.len()) as u64);
                numbers.extend(source.rows::<(i64,)>(done.into_query()).await?.into_iter().map(|(seq,)| seq));
                if numbers.len() >= most {
                    break;
                }
            }
        }
    }
    if numbers.len() < most {
        let mut older = trail_family::Entity::find()
            .select_only()
            .column(trail_family::Column::Seq)
            .filter(trail_family::Column::FamilyId.eq(family.0))
            .filter(trail_family::Column::Seq.lte(last.min(folded)))
            .order_by_desc(trail_family::Column::Seq)
            .limit((most - numbers.len()) as u64);
        if !names.is_empty() {
            joined(QueryTrait::query(&mut older), "trail", trail_on_line()).and_where(trail_row::Column::Action.is_in(names));
        }
        numbers.extend(source.rows::<(i64,)>(older.into_query()).await?.into_iter().map(|(seq,)| seq));
    }
    these(source, remembered, numbers).await.map(Some)
}

/// The entries of these numbers, newest first; those that are kept are not read again.
pub(crate) async fn these(source: &impl Source, remembered: &Entries, numbers: Vec<i64>) -> Result<Vec<Kept>, StoreError> {
    let (mut found, mut missing) = (Vec::with_capacity(numbers.len()), Vec::new());
    for (seq, entry) in numbers.iter().zip(remembered.get(&numbers)) {
        match entry {
            Some(entry) => found.push(Kept { seq: *seq, entry }),
            None => missing.push(*seq),
        }
    }
    if !missing.is_empty() {
        let rows = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(padded(missing)));
        let rows: Vec<trail_row::Model> = source.rows(rows.into_query()).await?;
        let read: Vec<Kept> = rows.iter().map(kept).collect::<Result<_, _>>()?;
        remembered.keep(read.iter().map(|kept| (kept.seq, Arc::clone(&kept.entry))));
        found.extend(read);
    }
    found.sort_unstable_by_key(|kept| std::cmp::Reverse(kept.seq));
    Ok(found)
}

#[cfg(test)]
mod tests;
