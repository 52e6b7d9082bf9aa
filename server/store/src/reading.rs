//! Reading the trail by plain facts: who, what, about which kind of record, when.
//!
//! The rule: the order is that of the list, by time and number, so that each filter has an index that is already in it and a page
//! begins where the one before ended. Deliberately absent: a filter by what an entry is about; that would be a way to ask for a record.

use crate::{db::Db, error::StoreError, rows::trail_row, verify::kept};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use contract::wire::ledger::{Action, TrailFilter};
use guard::gate::Kept;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

/// How many newer lines are counted at most.
const NEWS: u64 = 100;

/// The first moment of a day at the school (+08:00), in microseconds.
pub(crate) fn begins(day: NaiveDate) -> i64 {
    (day.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc().timestamp_micros()
}

fn filtered(filter: &TrailFilter) -> Select<trail_row::Entity> {
    let TrailFilter { who, kind, action, from, to } = filter;
    let all = Condition::all()
        .add_option(who.map(|who| trail_row::Column::ActorId.eq(who)))
        .add_option(kind.map(|kind| trail_row::Column::RecordKind.eq(kind.name())))
        .add_option(action.map(|action| trail_row::Column::Action.eq(action.name())))
        .add_option(from.map(|day| trail_row::Column::At.gte(begins(day))))
        .add_option(to.and_then(|day| day.succ_opt()).map(|next| trail_row::Column::At.lt(begins(next))));
    trail_row::Entity::find().filter(all)
}

/// `after` is the time and the number of the entry after which the page begins.
fn page(filter: &TrailFilter, after: Option<(i64, i64)>, limit: u64) -> Select<trail_row::Entity> {
    let mut find = filtered(filter).order_by_desc(trail_row::Column::At).order_by_desc(trail_row::Column::Seq).limit(limit);
    if let Some((at, seq)) = after {
        let key = Expr::tuple([Expr::col(trail_row::Column::At), Expr::col(trail_row::Column::Seq)]);
        find = find.filter(key.lt(Expr::tuple([Expr::value(at), Expr::value(seq)])));
    }
    find
}

impl Db {
    /// Where an entry stands in the list: its time and its number.
    async fn place(&self, seq: i64) -> Result<Option<(i64, i64)>, StoreError> {
        let entry = trail_row::Entity::find_by_id(seq).select_only().columns([trail_row::Column::At, trail_row::Column::Seq]);
        Ok(entry.into_tuple().one(&self.reader).await?)
    }

    /// A page of the trail, newest first; it begins after the entry with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail(&self, filter: &TrailFilter, after: Option<i64>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        let after = match after {
            None => None,
            Some(seq) => match self.place(seq).await? {
                Some(place) => Some(place),
                None => return Ok(Vec::new()),
            },
        };
        page(filter, after, limit).all(&self.reader).await?.iter().map(kept).collect()
    }

    /// The entries after a number, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_after(&self, seq: i64, limit: u64) -> Result<Vec<Kept>, StoreError> {
        let find = trail_row::Entity::find().filter(trail_row::Column::Seq.gt(seq)).order_by_asc(trail_row::Column::Seq).limit(limit);
        find.all(&self.reader).await?.iter().map(kept).collect()
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
        let (at, seq) = self.place(since).await?.unwrap_or_default();
        let key = Expr::tuple([Expr::col(trail_row::Column::At), Expr::col(trail_row::Column::Seq)]);
        let newer: Vec<i64> = trail_row::Entity::find()
            .select_only()
            .column(trail_row::Column::Seq)
            .filter(key.gt(Expr::tuple([Expr::value(at), Expr::value(seq)])))
            .filter(trail_row::Column::Action.ne(Action::TrailRead.name()))
            .order_by_asc(trail_row::Column::At)
            .limit(NEWS)
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(u32::try_from(newer.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests;
