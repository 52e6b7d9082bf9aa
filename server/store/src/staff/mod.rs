//! Staff for whoever keeps them: reading, taking in, changing, suspending, letting go.
//!
//! The rule: an act locks the row of the school first, so that of two acts at once, on two machines, the second sees what the first
//! did: who is the last administrator, and whether the three duties stay apart, is asked under the lock. What ends somebody's
//! access ends sessions and links in the same transaction. Deliberately absent: a row that is deleted.

mod access;
mod read;
mod write;

pub use access::Left;
pub(crate) use access::{end_links, end_own_sessions, end_sessions, suspend_in};
pub use read::StaffList;
pub use write::StaffActed;

use crate::{
    emergencies,
    error::StoreError,
    people::roles,
    rows::{school_row, staff},
    trail::{TrailStore, append_in},
};
use contract::{
    ids::StaffId,
    rights::{Duty, Role, RoleSet},
};
use guard::Entry;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

/// Locks the school for an act that depends on who else there is.
pub(crate) async fn lock(txn: &DatabaseTransaction) -> Result<school_row::Model, StoreError> {
    school_row::Entity::find_by_id(1).lock_exclusive().one(txn).await?.ok_or(StoreError::Malformed)
}

/// Whether somebody else could still look after the staff if this person could not.
pub(crate) async fn another_administrator(txn: &DatabaseTransaction, id: StaffId) -> Result<bool, StoreError> {
    let others = staff::Entity::find().filter(staff::Column::Active.eq(true)).filter(staff::Column::Id.ne(id.0)).all(txn).await?;
    Ok(others.iter().any(|row| roles(row.roles).has(Role::Administrator)))
}

/// The roles that somebody may act by now: none of whoever was suspended or has left. Asked under the lock of the school, it holds until
/// what is done commits.
async fn acting(txn: &DatabaseTransaction, id: StaffId) -> Result<RoleSet, StoreError> {
    let there = staff::Entity::find_by_id(id.0).filter(staff::Column::Active.eq(true)).one(txn).await?;
    Ok(there.map_or_else(RoleSet::default, |row| roles(row.roles)))
}

/// Whether somebody still has a duty.
pub(crate) async fn still_has(txn: &DatabaseTransaction, id: StaffId, duty: Duty) -> Result<bool, StoreError> {
    Ok(acting(txn, id).await?.has_duty(duty))
}

/// Whether somebody still has a role.
pub(crate) async fn still_holds(txn: &DatabaseTransaction, id: StaffId, role: Role) -> Result<bool, StoreError> {
    Ok(acting(txn, id).await?.has(role))
}

pub(crate) fn bits(roles: RoleSet) -> i32 {
    roles.bits().cast_signed()
}

/// Appends and commits an act whose first entry takes the access from somebody or gives them an office: their emergency ends with it.
pub(crate) async fn commit_ending(txn: DatabaseTransaction, trail: &TrailStore, of: StaffId, entries: &[&Entry]) -> Result<(), StoreError> {
    let number = append_in(&txn, trail.sealer(), entries).await.map_err(|_| StoreError::TrailDown)?;
    if let Some(act) = entries.first() {
        emergencies::end_in(&txn, of, act.at(), Some(number)).await?;
    }
    Ok(txn.commit().await?)
}

/// Appends and commits: what was done holds with its entries, or not at all.
pub(crate) async fn commit(txn: DatabaseTransaction, trail: &TrailStore, entries: &[&Entry]) -> Result<(), StoreError> {
    append_in(&txn, trail.sealer(), entries).await.map_err(|_| StoreError::TrailDown)?;
    Ok(txn.commit().await?)
}
