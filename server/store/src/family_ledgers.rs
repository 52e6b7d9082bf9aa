//! The ledgers of families: which entries of the trail concern a family.
//!
//! The rule: what is found is the table's lines up to `folded` and, on SQLite, the waiting lines after it (`tail`): every
//! entry up to the head, none twice. Lines are carried over in portions, in transactions that append anyway. Deliberately
//! absent: a line that no entry stands behind; the table says nothing that the hashed bytes do not say.

use crate::{
    db::{Db, Engine},
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
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement, sea_query::Expr,
};
use std::{collections::BTreeSet, fmt::Write, sync::Arc};
use uuid::Uuid;

/// How many entries wait before their lines are carried over.
const WAITING: i64 = 2048;
/// How many lines are carried over with one batch of the trail: more than a full batch of lists brings on the average.
const PORTION: usize = 4000;
/// How many of the waiting lines of one family are asked for at once what was done.
const CHUNK: usize = 512;
/// How often a reading begins anew whose moment is too old. Two carryings lie between.
const TRIES: usize = 3;

/// From one JSON text of pairs: the number of the entry, the family.
const INTO_LEDGERS: &str = "INSERT OR IGNORE INTO trail_family (seq, family_id) \
     SELECT json_extract(value, '$[0]'), unhex(json_extract(value, '$[1]')) FROM json_each(?)";

/// The families of an entry, each once.
pub(crate) fn families_of(entry: &Entry) -> Vec<Uuid> {
    entry.families().iter().map(|family| family.0).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Lines on their way from memory into the table.
pub(crate) struct Carrying {
    lines: Vec<Line>,
    /// The first line that is not in the table yet; none when all is said.
    next: Option<usize>,
    /// The entry up to which the table goes afterwards.
    through: i64,
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
            let (tail, actions) = (Arc::clone(&self.tail), actions.to_vec());
            let found = read!(self, |source| ledger(source, &tail, family, &actions, before, limit))?;
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
            let (scope, tail) = (scope.clone(), Arc::clone(&self.tail));
            let found = read!(self, |source| with_ledger(source, &tail, &scope, id, limit))?;
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
        let folded = read!(self, |source| caught_up(source, &tail))?;
        let (lines, through) = self.tail.after(folded);
        // What was carried over before this is in the table in every moment that anybody still reads.
        self.tail.let_go(folded);
        Ok(Carrying { lines, next: (through > folded).then_some(0), through })
    }

    /// The same after a batch of the trail that ended with an entry: when the last carrying is done and enough wait.
    pub(crate) async fn carry_on(&self, carrying: &mut Option<Carrying>, last: i64) -> Result<(), StoreError> {
        let is_early = |now: &Carrying| now.next.is_some() || last < now.through + WAITING;
        if self.engine == Engine::Sqlite && !carrying.as_ref().is_some_and(is_early) {
            *carrying = Some(self.begin_carrying().await?);
        }
        Ok(())
    }

    /// Carries every waiting line over now. The trail does it by itself as it goes; this is for the end of a bulk intake, whose
    /// entries are many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn carry_ledgers(&self) -> Result<(), StoreError> {
        if self.engine != Engine::Sqlite {
            return Ok(());
        }
        let mut carrying = self.begin_carrying().await?;
        while carrying.next.is_some() {
            let txn = self.begin().await?;
            let next = carrying.portion(&txn).await?;
            txn.commit().await?;
            carrying.committed(next);
        }
        Ok(())
    }
}

impl Carrying {
    /// Writes the next portion, and with the last one how far the table now goes. The rest begins where it says; that counts
    /// once the transaction is committed.
    pub(crate) async fn portion(&self, txn: &DatabaseTransaction) -> Result<Option<usize>, StoreError> {
        let Some(first) = self.next else {
            return Ok(None);
        };
        let lines: Vec<Line> = self.lines.iter().skip(first).take(PORTION).copied().collect();
        into_table(txn, &lines).await?;
        let next = first + lines.len();
        if next < self.lines.len() {
            return Ok(Some(next));
        }
        trail_head::Entity::update_many()
            .col_expr(trail_head::Column::Folded, Expr::value(self.through))
            .filter(trail_head::Column::Folded.lt(self.through))
            .exec(txn)
            .await?;
        Ok(None)
    }

    /// The portions up to here are committed.
    pub(crate) fn committed(&mut self, next: Option<usize>) {
        self.next = next;
    }
}

/// Puts lines into the table.
pub(crate) async fn into_table(txn: &DatabaseTransaction, lines: &[Line]) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    if txn.get_database_backend() == DatabaseBackend::Sqlite {
        // One text and one parameter whatever their number: it is prepared once, and no driver walks over a thousand values.
        let mut list = String::with_capacity(lines.len() * 56);
        for (family, seq) in lines {
            let comma = if list.is_empty() { '[' } else { ',' };
            write!(list, "{comma}[{seq},\"{}\"]", family.simple()).map_err(|_| StoreError::Malformed)?;
        }
        list.push(']');
        txn.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Sqlite, INTO_LEDGERS, [list.into()])).await?;
        return Ok(());
    }
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

/// The same for whoever carries over; says up to where the table has the lines.
async fn caught_up(source: &impl Source, tail: &Tail) -> Result<i64, StoreError> {
    let (head, folded) = ends(source).await?;
    catch_up(source, tail, folded, head).await?;
    Ok(folded)
}

async fn with_ledger(
    source: &impl Source,
    tail: &Tail,
    scope: &Scope,
    id: FamilyId,
    limit: u64,
) -> Result<Option<(Arc<FamilyRecord>, Option<Vec<Kept>>)>, StoreError> {
    let Some(record) = find::family(source, scope, id).await? else {
        return Ok(None);
    };
    Ok(Some((record, ledger(source, tail, id, &[], None, limit).await?)))
}

/// The entry behind a line.
fn trail_on_line() -> sea_orm::sea_query::SimpleExpr {
    use sea_orm::ExprTrait;
    Expr::col(("trail", "seq")).equals(("trail_family", "seq"))
}

/// A family's ledger; nothing when this moment is too old.
async fn ledger(
    source: &impl Source,
    tail: &Tail,
    family: FamilyId,
    actions: &[Action],
    before: Option<i64>,
    limit: u64,
) -> Result<Option<Vec<Kept>>, StoreError> {
    let (head, folded) = ends(source).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let last = before.map_or(head, |before| head.min(before.saturating_sub(1)));
    let mut entries = Vec::new();
    let names: Vec<&str> = actions.iter().map(|action| action.name()).collect();
    if folded < head {
        catch_up(source, tail, folded, head).await?;
        if !tail.has(folded, head) {
            return Ok(None);
        }
        if names.is_empty() {
            entries = tail.of_family(family.0, folded + 1..=last, most);
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
                    .limit((most - entries.len()) as u64);
                entries.extend(source.rows::<(i64,)>(done.into_query()).await?.into_iter().map(|(seq,)| seq));
                if entries.len() >= most {
                    break;
                }
            }
        }
    }
    if entries.len() < most {
        let mut older = trail_family::Entity::find()
            .select_only()
            .column(trail_family::Column::Seq)
            .filter(trail_family::Column::FamilyId.eq(family.0))
            .filter(trail_family::Column::Seq.lte(last.min(folded)))
            .order_by_desc(trail_family::Column::Seq)
            .limit((most - entries.len()) as u64);
        if !names.is_empty() {
            joined(QueryTrait::query(&mut older), "trail", trail_on_line()).and_where(trail_row::Column::Action.is_in(names));
        }
        entries.extend(source.rows::<(i64,)>(older.into_query()).await?.into_iter().map(|(seq,)| seq));
    }
    if entries.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let found = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(padded(entries)));
    let mut rows: Vec<trail_row::Model> = source.rows(found.into_query()).await?;
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.seq));
    rows.iter().map(kept).collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests;
