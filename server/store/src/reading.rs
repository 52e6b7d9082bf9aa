//! Reading the trail by plain facts: who, what, about which kind of record, when.
//!
//! The rule: the order is that of the list, by time and number, so that each filter has an index that is already in it and a page
//! begins where the one before ended. Deliberately absent: a filter by what an entry is about; that would be a way to ask for a record.

use crate::{
    db::Db,
    error::StoreError,
    rows::trail_row,
    trail::kind_name,
    verify::kept,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use contract::wire::ledger::{Action, TrailFilter};
use guard::gate::Kept;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use std::{fmt, str::FromStr};

/// Where a page of the trail begins: after the row with this time and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailCursor {
    at: i64,
    seq: i64,
}

impl TrailCursor {
    /// After this entry.
    #[must_use]
    pub const fn after(kept: &Kept) -> Self {
        Self { at: kept.entry.at().timestamp_micros(), seq: kept.seq }
    }
}

impl fmt::Display for TrailCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.seq)
    }
}

/// A text is no cursor of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no cursor of the trail")]
pub struct NoCursor;

impl FromStr for TrailCursor {
    type Err = NoCursor;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, seq) = text.split_once('.').ok_or(NoCursor)?;
        Ok(Self { at: at.parse().map_err(|_| NoCursor)?, seq: seq.parse().map_err(|_| NoCursor)? })
    }
}

/// How many newer lines are counted at most.
const NEWS: u64 = 100;

/// The first moment of a day at the school (+08:00), in microseconds.
fn begins(day: NaiveDate) -> i64 {
    (day.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc().timestamp_micros()
}

fn filtered(filter: &TrailFilter) -> Select<trail_row::Entity> {
    let TrailFilter { who, kind, action, from, to } = filter;
    let all = Condition::all()
        .add_option(who.map(|who| trail_row::Column::ActorId.eq(who)))
        .add_option(kind.map(|kind| trail_row::Column::RecordKind.eq(kind_name(kind))))
        .add_option(action.map(|action| trail_row::Column::Action.eq(action.name())))
        .add_option(from.map(|day| trail_row::Column::At.gte(begins(day))))
        .add_option(to.and_then(|day| day.succ_opt()).map(|next| trail_row::Column::At.lt(begins(next))));
    trail_row::Entity::find().filter(all)
}

fn page(filter: &TrailFilter, after: Option<TrailCursor>, limit: u64) -> Select<trail_row::Entity> {
    let mut find = filtered(filter).order_by_desc(trail_row::Column::At).order_by_desc(trail_row::Column::Seq).limit(limit);
    if let Some(TrailCursor { at, seq }) = after {
        let key = Expr::tuple([Expr::col(trail_row::Column::At), Expr::col(trail_row::Column::Seq)]);
        find = find.filter(key.lt(Expr::tuple([Expr::value(at), Expr::value(seq)])));
    }
    find
}

impl Db {
    /// A page of the trail, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail(&self, filter: &TrailFilter, after: Option<TrailCursor>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        page(filter, after, limit).all(&self.reader).await?.iter().map(kept).collect()
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
