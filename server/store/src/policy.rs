//! The policy, versioned: every change is a new row, and none is ever edited.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    rows::policy,
    trail::{TrailStore, append_in},
    write::Written,
};
use chrono::{DateTime, Utc};
use contract::wire::policy::{PolicyCell, PolicyChange, PolicyScope};
use guard::{Entry, Policy};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QueryOrder};
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

    /// Makes the next version, when the present one is still the one that the change is about.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_policy(&self, trail: &TrailStore, change: PolicyChange, entry: Entry, by: &str) -> Result<Written, StoreError> {
        let txn = self.begin().await?;
        let latest = policy::Entity::find().order_by_desc(policy::Column::Version).one(&txn).await?.ok_or(StoreError::Malformed)?;
        let present = row(latest)?;
        if present.version != change.version {
            return Ok(Written::Conflict);
        }
        let mut cells = present.cells;
        for new in change.cells {
            match cells.iter_mut().find(|cell| cell.role == new.role && cell.field == new.field) {
                Some(cell) => *cell = new,
                None => cells.push(new),
            }
        }
        let mut scopes = present.scopes;
        for new in change.scopes {
            match scopes.iter_mut().find(|scope| scope.role == new.role) {
                Some(scope) => *scope = new,
                None => scopes.push(new),
            }
        }
        insert(&txn, present.version.saturating_add(1), entry.at(), by, document(cells, scopes)?).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }
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
