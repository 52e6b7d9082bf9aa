//! Ending and giving back somebody's access. What ends every session ends tokens for programs, which nobody gives back, and forgets
//! the devices that were known of its owner: one of them may be what was lost.

use super::{StaffActed, another_administrator, commit, commit_ending, lock};
use crate::{
    db::Db,
    devices, emergencies,
    error::StoreError,
    people::roles,
    rows::{ceremony, family, invitation, passkey, password, recovery_code, session, staff},
    sessions::kind,
    tokens::end_tokens,
    trail::TrailStore,
};
use chrono::{DateTime, Utc};
use contract::{
    ids::{FamilyId, StaffId},
    rights::{Role, RoleSet},
};
use guard::{Actor, Entry};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

/// Somebody leaves.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// The person.
    pub id: StaffId,
    /// How many families whoever does it was told of.
    pub families: u32,
    /// Who takes them over.
    pub to: Option<StaffId>,
}

impl Db {
    /// Suspends a member of staff, or lets them in again; holds at their next request. A suspension ends sessions, links
    /// and an emergency.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn suspend(&self, trail: &TrailStore, id: StaffId, active: bool, entry: &Entry) -> Result<StaffActed, StoreError> {
        let txn = self.begin().await?;
        let school = lock(&txn).await?;
        let there = staff::Entity::find_by_id(id.0)
            .filter(staff::Column::Active.eq(!active))
            .filter(staff::Column::LeftAt.is_null())
            .lock_exclusive()
            .one(&txn)
            .await?;
        let Some(there) = there else {
            return Ok(StaffActed::Missing);
        };
        let held: RoleSet = roles(there.roles);
        if active && !held.keeps_apart(school.two_of_three) {
            return Ok(StaffActed::Apart);
        }
        if !active {
            if !another_administrator(&txn, id).await? {
                return Ok(StaffActed::LastAdministrator);
            }
            end_sessions(&txn, id, entry.at()).await?;
            end_links(&txn, id, entry.at()).await?;
        }
        let version = there.version.saturating_add(1);
        let mut row: staff::ActiveModel = there.into();
        row.active = Set(active);
        row.emergency_until = Set(None);
        row.version = Set(version);
        row.update(&txn).await?;
        if active {
            commit(txn, trail, &[entry]).await?
        } else {
            commit_ending(txn, trail, id, &[entry]).await?
        }
        Ok(StaffActed::Done)
    }

    /// Ends every session of a member of staff, and their links.
    ///
    /// # Errors
    /// [`StoreError`]; then none was ended.
    pub async fn end_all_sessions(&self, trail: &TrailStore, id: StaffId, entry: &Entry) -> Result<StaffActed, StoreError> {
        let txn = self.begin().await?;
        if staff::Entity::find_by_id(id.0).one(&txn).await?.is_none() {
            return Ok(StaffActed::Missing);
        }
        end_sessions(&txn, id, entry.at()).await?;
        end_links(&txn, id, entry.at()).await?;
        commit(txn, trail, &[entry]).await?;
        Ok(StaffActed::Done)
    }

    /// Ends everything of a member of staff who leaves: keys, password, codes, sessions, links, an emergency; the families go over.
    /// `handed` makes the entry of each family, so that its own history says so.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was ended.
    pub async fn leave(
        &self,
        trail: &TrailStore,
        left: Left,
        entry: &Entry,
        handed: impl Fn(FamilyId, i64) -> Entry + Send,
    ) -> Result<StaffActed, StoreError> {
        let Left { id, families, to } = left;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let there = staff::Entity::find_by_id(id.0).filter(staff::Column::LeftAt.is_null()).lock_exclusive().one(&txn).await?;
        let Some(there) = there else {
            return Ok(StaffActed::Missing);
        };
        if !another_administrator(&txn, id).await? {
            return Ok(StaffActed::LastAdministrator);
        }
        let owned: Vec<(uuid::Uuid, i64)> = family::Entity::find()
            .select_only()
            .columns([family::Column::Id, family::Column::Version])
            .filter(family::Column::OwnerId.eq(id.0))
            .order_by_asc(family::Column::Id)
            .lock_exclusive()
            .into_tuple()
            .all(&txn)
            .await?;
        if usize::try_from(families) != Ok(owned.len()) {
            return Ok(StaffActed::Conflict);
        }
        let at = entry.at();
        let mut entries = Vec::with_capacity(owned.len() + 1);
        if !owned.is_empty() {
            let Some(to) = to else { return Ok(StaffActed::NoSuccessor) };
            let taker = staff::Entity::find_by_id(to.0).filter(staff::Column::Active.eq(true)).one(&txn).await?;
            if to == id || !taker.is_some_and(|row| roles(row.roles).has_base(Role::Consultant)) {
                return Ok(StaffActed::NoSuccessor);
            }
            family::Entity::update_many()
                .col_expr(family::Column::OwnerId, Expr::value(to.0))
                .col_expr(family::Column::Version, Expr::col(family::Column::Version).add(1))
                .col_expr(family::Column::UpdatedAt, Expr::value(at.timestamp_micros()))
                .filter(family::Column::OwnerId.eq(id.0))
                .exec(&txn)
                .await?;
            entries.extend(owned.into_iter().map(|(family, version)| handed(FamilyId(family), version.saturating_add(1))));
        }
        passkey::Entity::delete_many()
            .filter(passkey::Column::OwnerKind.eq("staff"))
            .filter(passkey::Column::OwnerId.eq(id.0))
            .exec(&txn)
            .await?;
        recovery_code::Entity::delete_many().filter(recovery_code::Column::StaffId.eq(id.0)).exec(&txn).await?;
        password::Entity::delete_by_id(id.0).exec(&txn).await?;
        end_sessions(&txn, id, at).await?;
        end_links(&txn, id, at).await?;
        let version = there.version.saturating_add(1);
        let mut row: staff::ActiveModel = there.into();
        row.active = Set(false);
        row.emergency_until = Set(None);
        row.left_at = Set(Some(at.timestamp_micros()));
        row.version = Set(version);
        row.update(&txn).await?;
        let all: Vec<&Entry> = std::iter::once(entry).chain(&entries).collect();
        commit_ending(txn, trail, id, &all).await?;
        Ok(StaffActed::Done)
    }
}

/// Suspends somebody who works here, unless nobody else could look after the staff; says whether it did.
pub(crate) async fn suspend_in(txn: &DatabaseTransaction, id: StaffId, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let there = staff::Entity::find_by_id(id.0).filter(staff::Column::Active.eq(true)).lock_exclusive().one(txn).await?;
    let Some(there) = there else {
        return Ok(false);
    };
    if !another_administrator(txn, id).await? {
        return Ok(false);
    }
    end_sessions(txn, id, at).await?;
    end_links(txn, id, at).await?;
    emergencies::end_in(txn, id, at, None).await?;
    let version = there.version.saturating_add(1);
    let mut row: staff::ActiveModel = there.into();
    row.active = Set(false);
    row.emergency_until = Set(None);
    row.version = Set(version);
    row.update(txn).await?;
    Ok(true)
}

/// Ends every session of a member of staff, and every token, which is another way in.
pub(crate) async fn end_sessions(txn: &DatabaseTransaction, id: StaffId, at: DateTime<Utc>) -> Result<(), StoreError> {
    end_own_sessions(txn, Actor::Staff(id), at).await?;
    end_tokens(txn, id).await
}

/// Ends every session of anybody, and forgets their devices.
pub(crate) async fn end_own_sessions(txn: &DatabaseTransaction, who: Actor, at: DateTime<Utc>) -> Result<(), StoreError> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(at.timestamp_micros()))
        .filter(session::Column::OwnerKind.eq(kind(who)))
        .filter(session::Column::OwnerId.eq(who.uuid()))
        .filter(session::Column::EndedAt.is_null())
        .exec(txn)
        .await?;
    devices::forget_in(txn, who, None).await
}

/// A link that was made and not used must not open a door that was just closed, nor may a way in that was begun before.
pub(crate) async fn end_links(txn: &DatabaseTransaction, id: StaffId, at: DateTime<Utc>) -> Result<(), StoreError> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(at.timestamp_micros()))
        .filter(invitation::Column::OwnerKind.eq("staff"))
        .filter(invitation::Column::OwnerId.eq(id.0))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(txn)
        .await?;
    ceremony::Entity::delete_many()
        .filter(ceremony::Column::OwnerKind.eq("staff"))
        .filter(ceremony::Column::OwnerId.eq(id.0))
        .exec(txn)
        .await?;
    Ok(())
}
