//! The browsers that somebody signed in with.
//!
//! The rule: a browser is a digest that is bound to its person, so that of two people nothing says whether they share one; it is kept
//! with two days and nothing else, and opens nothing. Somebody keeps so many, and the one that was used longest ago goes.
//! Deliberately absent: a name of it, and when exactly.

use crate::{
    db::Db,
    error::StoreError,
    rows::{device, trail_row},
    sessions::kind,
};
use chrono::{DateTime, Utc};
use contract::wire::ledger::Action;
use guard::Actor;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

/// How many of one person are kept.
const KEPT: usize = 20;

fn day(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(86_400)
}

impl Db {
    /// Whether a person has signed in with a device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn knows_device(&self, actor: Actor, digest: &[u8; 32]) -> Result<bool, StoreError> {
        let find = device::Entity::find_by_id(digest.to_vec())
            .filter(device::Column::OwnerKind.eq(kind(actor)))
            .filter(device::Column::OwnerId.eq(actor.uuid()));
        Ok(find.one(&self.reader).await?.is_some())
    }

    /// Notes that a person has signed in with a device; says whether they had before.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not noted.
    pub async fn meet_device(&self, actor: Actor, digest: &[u8; 32], at: DateTime<Utc>) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let known = device::Entity::update_many()
            .col_expr(device::Column::LastDay, Expr::value(day(at)))
            .filter(device::Column::Digest.eq(digest.to_vec()))
            .filter(device::Column::OwnerId.eq(actor.uuid()))
            .exec(&txn)
            .await?;
        if known.rows_affected == 0 {
            let others: Vec<Vec<u8>> = device::Entity::find()
                .select_only()
                .column(device::Column::Digest)
                .filter(device::Column::OwnerId.eq(actor.uuid()))
                .order_by_desc(device::Column::LastDay)
                .order_by_desc(device::Column::FirstDay)
                .into_tuple()
                .all(&txn)
                .await?;
            let surplus: Vec<Vec<u8>> = others.into_iter().skip(KEPT - 1).collect();
            if !surplus.is_empty() {
                device::Entity::delete_many().filter(device::Column::Digest.is_in(surplus)).exec(&txn).await?;
            }
            let new = device::ActiveModel {
                digest: Set(digest.to_vec()),
                owner_kind: Set(kind(actor).to_owned()),
                owner_id: Set(actor.uuid()),
                first_day: Set(day(at)),
                last_day: Set(day(at)),
            };
            // Of two sign-ins at once one is the first.
            let there = OnConflict::column(device::Column::Digest).do_nothing().to_owned();
            device::Entity::insert(new).on_conflict(there).try_insert().exec_without_returning(&txn).await?;
        }
        txn.commit().await?;
        Ok(known.rows_affected > 0)
    }

    /// Forgets every device of a person but one.
    ///
    /// # Errors
    /// [`StoreError`]; then none is forgotten.
    pub async fn forget_other_devices(&self, actor: Actor, keep: Option<&[u8; 32]>) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        forget_in(&txn, actor, keep).await?;
        Ok(txn.commit().await?)
    }

    /// Whether a person was sent a notice since a moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn was_told(&self, actor: Actor, since: DateTime<Utc>) -> Result<bool, StoreError> {
        let find = trail_row::Entity::find()
            .select_only()
            .column(trail_row::Column::Seq)
            .filter(trail_row::Column::ActorId.eq(actor.uuid()))
            .filter(trail_row::Column::Action.eq(Action::NoticeSent.name()))
            .filter(trail_row::Column::At.gt(since.timestamp_micros()));
        let found: Option<i64> = find.into_tuple().one(&self.reader).await?;
        Ok(found.is_some())
    }
}

/// The same within a transaction.
pub(crate) async fn forget_in(txn: &DatabaseTransaction, actor: Actor, keep: Option<&[u8; 32]>) -> Result<(), StoreError> {
    let mut forgotten =
        device::Entity::delete_many().filter(device::Column::OwnerKind.eq(kind(actor))).filter(device::Column::OwnerId.eq(actor.uuid()));
    if let Some(keep) = keep {
        forgotten = forgotten.filter(device::Column::Digest.ne(keep.to_vec()));
    }
    forgotten.exec(txn).await?;
    Ok(())
}
