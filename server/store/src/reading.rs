//! Reading the trail by plain facts: who, what, about which kind of record, when, and what else concerns the record or the person
//! of a line that somebody has before them.
//!
//! The rule: the order is that of the chain, by number, whatever the clock said; each filter has an index that ends in the number, and
//! a page begins where the one before ended. Days are a filter: they are told as numbers first. A line stands for its record or its
//! person, here and nowhere else. Deliberately absent: a filter by a record or a guardian as such, which would be a way to ask for one,
//! and a search for text, of which the trail has none.

use crate::{
    db::{Db, Engine},
    error::StoreError,
    rows::trail_row,
    verify::kept,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use contract::wire::ledger::{Action, TrailBy, TrailFilter};
use guard::gate::Kept;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

/// How many newer lines are counted at most.
const NEWS: u64 = 100;
/// What stands in the bytes of an entry that a program made, which has no session, and in no other: in a text that somebody typed
/// the quotation marks have a backslash before them.
const BY_PROGRAM: &str = r#""session":null,"token":""#;

/// The first moment of a day at the school (+08:00), in microseconds.
pub(crate) fn begins(day: NaiveDate) -> i64 {
    (day.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc().timestamp_micros()
}

/// The entries of some days.
fn on_days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Condition {
    Condition::all()
        .add_option(from.map(|day| trail_row::Column::At.gte(begins(day))))
        .add_option(to.and_then(|day| day.succ_opt()).map(|next| trail_row::Column::At.lt(begins(next))))
}

/// The numbers of the first and the last entry of some days, out of the index by time alone. Where a clock was set back, entries of
/// other days lie between.
fn numbers(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Select<trail_row::Entity> {
    trail_row::Entity::find()
        .select_only()
        .column_as(trail_row::Column::Seq.min(), "first")
        .column_as(trail_row::Column::Seq.max(), "last")
        .filter(on_days(from, to))
}

/// That a column holds what it holds in a line; where that is nothing, no row does.
fn as_in(line: i64, column: trail_row::Column) -> SimpleExpr {
    let line = trail_row::Entity::find_by_id(line).select_only().column(column).into_query();
    Expr::col(column).eq(Expr::SubQuery(None, Box::new(line.into())))
}

fn by(whom: TrailBy, engine: Engine) -> SimpleExpr {
    let bytes = || BY_PROGRAM.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    match (whom, engine) {
        (TrailBy::Nobody, _) => trail_row::Column::ActorId.is_null(),
        (TrailBy::Program, Engine::Sqlite) => Expr::cust(format!("instr(\"body\", x'{}') > 0", bytes())),
        (TrailBy::Program, Engine::Postgres) => Expr::cust(format!("position('\\x{}'::bytea in \"body\") > 0", bytes())),
    }
}

/// A page: entries that a filter leaves, among these numbers where its days are told, before an entry.
fn page(filter: &TrailFilter, days: Option<(i64, i64)>, before: Option<i64>, limit: u64, engine: Engine) -> Select<trail_row::Entity> {
    let TrailFilter { who, by: whom, kind, action, from, to, same, whose } = filter;
    let all = on_days(*from, *to)
        .add_option(days.map(|(first, last)| trail_row::Column::Seq.between(first, last)))
        .add_option(before.map(|before| trail_row::Column::Seq.lt(before)))
        .add_option(who.map(|who| trail_row::Column::ActorId.eq(who)))
        .add_option(whom.map(|whom| by(whom, engine)))
        .add_option(kind.map(|kind| trail_row::Column::RecordKind.eq(kind.name())))
        .add_option(action.map(|action| trail_row::Column::Action.eq(action.name())))
        .add_option(same.map(|line| as_in(line, trail_row::Column::RecordId)))
        .add_option(whose.map(|line| as_in(line, trail_row::Column::ActorId)));
    trail_row::Entity::find().filter(all).order_by_desc(trail_row::Column::Seq).limit(limit)
}

impl Db {
    /// A page of the trail, newest first; it begins after the entry with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail(&self, filter: &TrailFilter, after: Option<i64>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        let days = match (filter.from, filter.to) {
            (None, None) => None,
            (from, to) => match numbers(from, to).into_tuple().one(&self.reader).await? {
                Some((Some(first), Some(last))) => Some((first, last)),
                _ => return Ok(Vec::new()),
            },
        };
        page(filter, days, after, limit, self.engine()).all(&self.reader).await?.iter().map(kept).collect()
    }

    /// The entries after a number, oldest first. Whoever follows the trail finds those in memory that this process wrote lately.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_after(&self, seq: i64, limit: u64) -> Result<Vec<Kept>, StoreError> {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut found: Vec<Kept> = self.entries.after(seq, most).into_iter().map(|(seq, entry)| Kept { seq, entry }).collect();
        let (seq, left) = (found.last().map_or(seq, |last| last.seq), most - found.len());
        if left > 0 {
            let find = trail_row::Entity::find().filter(trail_row::Column::Seq.gt(seq)).order_by_asc(trail_row::Column::Seq);
            for row in find.limit(left as u64).all(&self.reader).await? {
                found.push(kept(&row)?);
            }
        }
        Ok(found)
    }

    /// One entry, with the hash of its row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_entry(&self, seq: i64) -> Result<Option<(Kept, Vec<u8>)>, StoreError> {
        let row = trail_row::Entity::find_by_id(seq).one(&self.reader).await?;
        row.map(|row| Ok((kept(&row)?, row.hash))).transpose()
    }

    /// How many entries came after one, up to a hundred; looks at the trail do not count.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_news(&self, since: i64) -> Result<u32, StoreError> {
        let newer: Vec<i64> = trail_row::Entity::find()
            .select_only()
            .column(trail_row::Column::Seq)
            .filter(trail_row::Column::Seq.gt(since))
            .filter(trail_row::Column::Action.ne(Action::TrailRead.name()))
            .order_by_asc(trail_row::Column::Seq)
            .limit(NEWS)
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(u32::try_from(newer.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests;
