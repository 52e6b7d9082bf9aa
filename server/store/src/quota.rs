//! Daily allowances, counted in the transaction that writes the entry they are for.

use crate::{db::Db, error::StoreError, rows::reveal_use};
use guard::trail::Quota;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait};

/// Spends from an allowance; says how many are left, or nothing when it is used up.
pub(crate) async fn spend(txn: &DatabaseTransaction, quota: &Quota) -> Result<Option<u32>, StoreError> {
    let key = (quota.actor.uuid(), quota.day);
    let row = reveal_use::Entity::find_by_id(key).one(txn).await?;
    let used = row.as_ref().map_or(0, |row| u32::try_from(row.used).unwrap_or(u32::MAX)).saturating_add(quota.cost);
    if used > quota.limit {
        return Ok(None);
    }
    let new = reveal_use::ActiveModel { actor_id: Set(key.0), day: Set(key.1), used: Set(i32::try_from(used).unwrap_or(i32::MAX)) };
    match row {
        Some(_) => {
            new.update(txn).await?;
        }
        None => {
            reveal_use::Entity::insert(new).exec_without_returning(txn).await?;
        }
    }
    Ok(Some(quota.limit - used))
}

impl Db {
    /// How many are left of an allowance.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn quota_left(&self, quota: &Quota) -> Result<u32, StoreError> {
        let row = reveal_use::Entity::find_by_id((quota.actor.uuid(), quota.day)).one(&self.reader).await?;
        Ok(quota.limit.saturating_sub(row.map_or(0, |row| u32::try_from(row.used).unwrap_or(u32::MAX))))
    }
}
