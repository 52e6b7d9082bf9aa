//! Honey records: families that do not exist, marked so that whoever looks at one is seen.
//!
//! The rule: a mark and its entry of the trail commit together, and the entry names no family: it says that what is watched for was
//! changed. Deliberately absent: anything of the mark in what reads families.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    rows::{family, honey},
    staff::commit,
    trail::TrailStore,
};
use contract::{ids::FamilyId, wire::alarms::HoneyMark};
use guard::Entry;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};

/// What became of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoneyActed {
    /// It is there, or gone.
    Done,
    /// It was before.
    Already,
    /// There is no such family, or no such mark.
    Missing,
}

impl Db {
    /// The marks, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn honey(&self) -> Result<Vec<HoneyMark>, StoreError> {
        let find = honey::Entity::find().order_by_desc(honey::Column::MarkedAt).order_by_desc(honey::Column::FamilyId);
        let mark =
            |row: honey::Model| HoneyMark { family: FamilyId(row.family_id), marked_by: row.marked_by, marked_at: time(row.marked_at) };
        Ok(find.all(&self.reader).await?.into_iter().map(mark).collect())
    }

    /// Marks a family.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn mark_honey(&self, trail: &TrailStore, id: FamilyId, entry: &Entry) -> Result<HoneyActed, StoreError> {
        let txn = self.begin().await?;
        // Whoever marks it at the same time waits here.
        if family::Entity::find_by_id(id.0).lock_exclusive().one(&txn).await?.is_none() {
            return Ok(HoneyActed::Missing);
        }
        if honey::Entity::find_by_id(id.0).one(&txn).await?.is_some() {
            return Ok(HoneyActed::Already);
        }
        let by = Some(entry.by().name.clone()).filter(|name| !name.is_empty());
        let row = honey::ActiveModel { family_id: Set(id.0), marked_by: Set(by), marked_at: Set(entry.at().timestamp_micros()) };
        honey::Entity::insert(row).exec_without_returning(&txn).await?;
        commit(txn, trail, &[entry]).await?;
        Ok(HoneyActed::Done)
    }

    /// Takes a mark off.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn unmark_honey(&self, trail: &TrailStore, id: FamilyId, entry: &Entry) -> Result<HoneyActed, StoreError> {
        let txn = self.begin().await?;
        if honey::Entity::delete_by_id(id.0).exec(&txn).await?.rows_affected == 0 {
            return Ok(HoneyActed::Missing);
        }
        commit(txn, trail, &[entry]).await?;
        Ok(HoneyActed::Done)
    }
}
