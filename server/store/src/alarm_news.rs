//! What became of alarms, in the order in which it did, for a webhook.
//!
//! The rule: the alarms themselves are the buffer, and whoever is told of them keeps the number up to which they were. Deliberately
//! absent: a queue, and about whom an alarm is.

use crate::{
    alarms::named,
    db::Db,
    error::StoreError,
    load::time,
    rows::{alarm, watch},
};
use chrono::{DateTime, Utc};
use contract::{ids::AlarmId, wire::alarms::Rule};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

/// What became of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It was raised.
    Raised,
    /// It was closed.
    Closed,
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmNews {
    /// Its number.
    pub no: i64,
    /// What became of the alarm.
    pub became: Became,
    /// When.
    pub at: DateTime<Utc>,
    /// The alarm.
    pub id: AlarmId,
    /// By which rule.
    pub rule: Rule,
    /// How much was counted by now.
    pub count: u32,
    /// When the first of it was.
    pub first_at: DateTime<Utc>,
    /// When the last was.
    pub last_at: DateTime<Utc>,
}

impl Db {
    /// The number of the newest piece of news; 0 where there was none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest_alarm_news(&self) -> Result<i64, StoreError> {
        let find = watch::Entity::find_by_id(1).select_only().column(watch::Column::News);
        Ok(find.into_tuple().one(&self.reader).await?.unwrap_or_default())
    }

    /// The news after a number, by number. An alarm that was closed meanwhile is news twice.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alarm_news(&self, after: i64, limit: u64) -> Result<Vec<AlarmNews>, StoreError> {
        let (raised, closed) = (alarm::Column::RaisedNo, alarm::Column::ClosedNo);
        let mut news = Vec::new();
        for (became, number) in [(Became::Raised, raised), (Became::Closed, closed)] {
            let find = alarm::Entity::find().filter(Condition::all().add(number.gt(after))).order_by_asc(number).limit(limit);
            for row in find.all(&self.reader).await? {
                news.push(of(row, became)?);
            }
        }
        news.sort_by_key(|one| one.no);
        news.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(news)
    }
}

fn of(row: alarm::Model, became: Became) -> Result<AlarmNews, StoreError> {
    let (no, at) = match became {
        // When it was raised stands in its id (RFC 9562, 5.7).
        Became::Raised => (row.raised_no, row.id.get_timestamp().and_then(|at| DateTime::from_timestamp(at.to_unix().0.cast_signed(), 0))),
        Became::Closed => (row.closed_no, row.closed_at.map(time)),
    };
    Ok(AlarmNews {
        no,
        became,
        at: at.unwrap_or_else(|| time(row.last_at)),
        id: AlarmId(row.id),
        rule: named(Rule::ALL, Rule::name, &row.rule)?,
        count: u32::try_from(row.hits).unwrap_or(u32::MAX),
        first_at: time(row.first_at),
        last_at: time(row.last_at),
    })
}

/// The next number; nobody else gets one before this transaction has ended.
pub(crate) async fn next_number(txn: &DatabaseTransaction) -> Result<i64, StoreError> {
    let news = watch::Column::News;
    watch::Entity::update_many().col_expr(news, Expr::col(news).add(1)).filter(watch::Column::Id.eq(1)).exec(txn).await?;
    let number = watch::Entity::find_by_id(1).select_only().column(news).into_tuple().one(txn).await?;
    number.ok_or(StoreError::Malformed)
}
