//! The policy, versioned: every change is a new row, and none is ever edited.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people,
    rows::{kinship, policy, staff},
    trail::{TrailStore, append_in},
};
use chrono::{DateTime, Utc};
use contract::{
    rights::{Role, RoleSet},
    wire::policy::{PolicyCell, PolicyChange, PolicyRollback, PolicyScope},
};
use guard::{
    Entry, Policy,
    policy::{impact::laid_over, joint},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Document {
    cells: Vec<PolicyCell>,
    scopes: Vec<PolicyScope>,
}

/// A version of the policy.
#[derive(Debug, Clone)]
pub struct PolicyRow {
    /// The version.
    pub version: i64,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who made it so.
    pub by: String,
    /// The matrix.
    pub cells: Vec<PolicyCell>,
    /// The row scopes.
    pub scopes: Vec<PolicyScope>,
}

impl PolicyRow {
    /// The compiled form.
    #[must_use]
    pub fn compile(&self) -> Policy {
        Policy::compile(self.version, &self.cells, &self.scopes)
    }
}

fn row(model: policy::Model) -> Result<PolicyRow, StoreError> {
    let Document { cells, scopes } = serde_json::from_str(&model.document).map_err(|_| StoreError::Malformed)?;
    Ok(PolicyRow { version: model.version, at: time(model.at), by: model.changed_by, cells, scopes })
}

fn document(cells: Vec<PolicyCell>, scopes: Vec<PolicyScope>) -> Result<String, StoreError> {
    serde_json::to_string(&Document { cells, scopes }).map_err(|_| StoreError::Malformed)
}

impl Db {
    /// The policy in force.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy(&self) -> Result<PolicyRow, StoreError> {
        let latest = policy::Entity::find().order_by_desc(policy::Column::Version).one(&self.reader).await?;
        row(latest.ok_or(StoreError::Malformed)?)
    }

    /// One version of the policy.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy_version(&self, version: i64) -> Result<Option<PolicyRow>, StoreError> {
        policy::Entity::find_by_id(version).one(&self.reader).await?.map(row).transpose()
    }

    /// Versions from the newest on, each with the one before it; `before` leaves out that one and the newer ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy_history(&self, before: Option<i64>, limit: u64) -> Result<Vec<PolicyRow>, StoreError> {
        let mut find = policy::Entity::find().order_by_desc(policy::Column::Version).limit(limit);
        if let Some(before) = before {
            find = find.filter(policy::Column::Version.lt(before));
        }
        find.all(&self.reader).await?.into_iter().map(row).collect()
    }

    /// Makes the next version, when the present one is still the one that the change is about.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_policy(&self, trail: &TrailStore, change: PolicyChange, entry: &Entry) -> Result<PolicyWritten, StoreError> {
        let PolicyChange { version, cells, scopes } = change;
        self.next_policy(trail, version, entry, |present| Some(laid_over(present, &cells, &scopes))).await
    }

    /// Makes the next version out of an earlier one.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn roll_back_policy(&self, trail: &TrailStore, wish: PolicyRollback, entry: &Entry) -> Result<PolicyWritten, StoreError> {
        let earlier = self.policy_version(wish.to).await?.filter(|_| wish.to < wish.version);
        self.next_policy(trail, wish.version, entry, |_| earlier.map(|row| (row.cells, row.scopes))).await
    }

    async fn next_policy(
        &self,
        trail: &TrailStore,
        seen: i64,
        entry: &Entry,
        next: impl FnOnce((Vec<PolicyCell>, Vec<PolicyScope>)) -> Option<(Vec<PolicyCell>, Vec<PolicyScope>)> + Send,
    ) -> Result<PolicyWritten, StoreError> {
        let txn = self.begin().await?;
        let latest = policy::Entity::find().order_by_desc(policy::Column::Version).one(&txn).await?.ok_or(StoreError::Malformed)?;
        let present = row(latest)?;
        if present.version != seen {
            return Ok(PolicyWritten::Conflict);
        }
        let before = present.compile();
        let Some((cells, scopes)) = next((present.cells, present.scopes)) else {
            return Ok(PolicyWritten::Missing);
        };
        let version = seen.saturating_add(1);
        if joint::begun(&before, &Policy::compile(version, &cells, &scopes)).next().is_some() {
            return Ok(PolicyWritten::Joint);
        }
        insert(&txn, version, entry.at(), &entry.by().name, document(cells, scopes)?).await?;
        append_in(&txn, trail.sealer(), &[entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(PolicyWritten::Stored)
    }

    /// The sets of roles that people hold who may sign in now, with how many hold each.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn role_holders(&self) -> Result<Vec<(RoleSet, u32)>, StoreError> {
        let staff: Vec<(i32, i64)> = staff::Entity::find()
            .select_only()
            .column(staff::Column::Roles)
            .column_as(staff::Column::Id.count(), "many")
            .filter(staff::Column::Active.eq(true))
            .group_by(staff::Column::Roles)
            .order_by_asc(staff::Column::Roles)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let guardians = kinship::Entity::find()
            .select_only()
            .column(kinship::Column::GuardianId)
            .filter(kinship::Column::Custody.eq("full"))
            .distinct()
            .count(&self.reader)
            .await?;
        let mut holders: Vec<_> =
            staff.into_iter().map(|(bits, many)| (people::roles(bits), u32::try_from(many).unwrap_or(u32::MAX))).collect();
        holders.push((RoleSet::from_iter([Role::Guardian]), u32::try_from(guardians).unwrap_or(u32::MAX)));
        Ok(holders)
    }
}

/// What became of a change of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyWritten {
    /// It is stored.
    Stored,
    /// Somebody was faster; nothing was changed.
    Conflict,
    /// There is no such earlier version.
    Missing,
    /// It would show together what tells more than each alone; nothing was changed.
    Joint,
}

async fn insert(txn: &DatabaseTransaction, version: i64, at: DateTime<Utc>, by: &str, document: String) -> Result<(), StoreError> {
    let model = policy::ActiveModel {
        version: Set(version),
        at: Set(at.timestamp_micros()),
        changed_by: Set(by.to_owned()),
        document: Set(document),
    };
    policy::Entity::insert(model).exec_without_returning(txn).await?;
    Ok(())
}

/// The policy that a school begins with.
pub(crate) async fn begin_in(txn: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), StoreError> {
    if policy::Entity::find().one(txn).await?.is_none() {
        insert(txn, 1, at, "", document(guard::policy::default::cells(), guard::policy::default::scopes())?).await?;
    }
    Ok(())
}
