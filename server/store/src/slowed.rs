//! Somebody whom an alarm slowed down: until when, and when they have their next turn.
//!
//! The rule: both are columns of the person, so that all servers hold them alike; a turn is taken by one statement that names what it
//! saw. Deliberately absent: a queue; whoever has no turn asks again.

use crate::{db::Db, error::StoreError, rows::staff, staff::another_administrator};
use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::StaffId;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

/// For how long.
const HOUR: TimeDelta = TimeDelta::hours(1);

impl Db {
    /// Takes a turn of somebody who is slowed down: one each `every`, and so many at once after a pause. Says how long to wait where
    /// there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_turn(
        &self,
        id: StaffId,
        now: DateTime<Utc>,
        every: TimeDelta,
        at_once: i32,
    ) -> Result<Option<TimeDelta>, StoreError> {
        let find = staff::Entity::find_by_id(id.0).select_only().column(staff::Column::SlowedNext);
        let next: i64 = find.into_tuple().one(&self.writer).await?.unwrap_or_default();
        // The time at which they had been served at an even pace (GCRA).
        let due = next.max(now.timestamp_micros());
        let ahead = TimeDelta::microseconds(due.saturating_sub(now.timestamp_micros())) - every * (at_once - 1);
        if ahead > TimeDelta::zero() {
            return Ok(Some(ahead));
        }
        let taken = staff::Entity::update_many()
            .col_expr(staff::Column::SlowedNext, Expr::value(due.saturating_add(every.num_microseconds().unwrap_or(i64::MAX))))
            .filter(staff::Column::Id.eq(id.0))
            .filter(staff::Column::SlowedNext.eq(next))
            .exec(&self.writer)
            .await?;
        // Somebody else took it, at this server or another.
        Ok((taken.rows_affected == 0).then(|| TimeDelta::seconds(1)))
    }
}

/// Slows somebody who works here down, unless nobody else could look after the staff; says whether it did.
pub(crate) async fn slow_in(txn: &DatabaseTransaction, id: StaffId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(another_administrator(txn, id).await? && until(txn, id, Some(now + HOUR)).await?)
}

/// They are as quick as the others again.
pub(crate) async fn end_in(txn: &DatabaseTransaction, id: StaffId) -> Result<bool, StoreError> {
    until(txn, id, None).await
}

async fn until(txn: &DatabaseTransaction, id: StaffId, until: Option<DateTime<Utc>>) -> Result<bool, StoreError> {
    let slowed = staff::Entity::update_many()
        .col_expr(staff::Column::SlowedUntil, Expr::value(until.map(|until| until.timestamp_micros())))
        .filter(staff::Column::Id.eq(id.0))
        .filter(staff::Column::Active.eq(true))
        .exec(txn)
        .await?;
    Ok(slowed.rows_affected > 0)
}
