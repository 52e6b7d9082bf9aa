//! Taking in a member of staff, and changing one.

use super::{another_administrator, bits, commit, commit_ending, lock};
use crate::{
    db::Db,
    error::StoreError,
    people,
    policy::present,
    rows::{campus, staff, staff_campus},
    trail::TrailStore,
};
use contract::{
    ids::{CampusId, StaffId},
    rights::{Role, RoleSet},
    wire::{ledger::Action, policy::JointConcern},
};
use guard::{
    Entry,
    policy::joint::refused_together,
    write::{StaffIntake, StaffWrite},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;

/// What became of an act on staff. Anything but `Done` has changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffActed {
    /// It is done.
    Done,
    /// There is nobody to whom it could be done.
    Missing,
    /// Somebody was faster.
    Conflict,
    /// The login name is somebody's.
    Taken,
    /// One of the campuses is not there or is closed.
    NoCampus,
    /// The three duties would meet in one person.
    Apart,
    /// One of the roles is of the school's own, and the matrix in force does not name it.
    NoRole,
    /// Together the roles see what tells more than each alone.
    Joint(Vec<JointConcern>),
    /// Nobody would be left to look after the staff.
    LastAdministrator,
    /// There are families, and nobody who could take them over was named.
    NoSuccessor,
}

impl Db {
    /// Stores a member of staff who was taken in.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn add_staff(&self, trail: &TrailStore, intake: StaffIntake) -> Result<StaffActed, StoreError> {
        let StaffIntake { id, login, name, roles, campuses, key, phone, email, entry } = intake;
        let txn = self.begin().await?;
        let school = lock(&txn).await?;
        if !roles.keeps_apart(school.two_of_three) {
            return Ok(StaffActed::Apart);
        }
        if let Some(refused) = cannot_hold(&txn, RoleSet::default(), roles).await? {
            return Ok(refused);
        }
        if staff::Entity::find().filter(staff::Column::Login.eq(login.as_str())).count(&txn).await? > 0 {
            return Ok(StaffActed::Taken);
        }
        if !open(&txn, &campuses).await? {
            return Ok(StaffActed::NoCampus);
        }
        let row = staff::ActiveModel {
            id: Set(id.0),
            login: Set(login),
            name: Set(name),
            roles: Set(bits(roles)),
            active: Set(true),
            data_key: Set(key.as_stored().to_vec()),
            phone: Set(phone.as_stored().to_vec()),
            email: Set(email.as_stored().to_vec()),
            version: Set(1),
            left_at: Set(None),
            emergency_until: Set(None),
            slowed_until: Set(None),
            slowed_next: Set(0),
        };
        staff::Entity::insert(row).exec_without_returning(&txn).await?;
        place(&txn, id, &campuses).await?;
        commit(txn, trail, &[&entry]).await?;
        Ok(StaffActed::Done)
    }

    /// Changes a member of staff who has not left, when the record still has the version that the change replaces.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_staff(&self, trail: &TrailStore, write: StaffWrite) -> Result<StaffActed, StoreError> {
        let StaffWrite { id, replaces, name, roles, campuses, phone, email, entries } = write;
        let txn = self.begin().await?;
        let school = lock(&txn).await?;
        let there = staff::Entity::find_by_id(id.0).filter(staff::Column::LeftAt.is_null()).lock_exclusive().one(&txn).await?;
        let Some(there) = there else {
            return Ok(StaffActed::Missing);
        };
        if there.version != replaces {
            return Ok(StaffActed::Conflict);
        }
        if let Some(roles) = roles {
            if !roles.keeps_apart(school.two_of_three) {
                return Ok(StaffActed::Apart);
            }
            if let Some(refused) = cannot_hold(&txn, people::roles(there.roles), roles).await? {
                return Ok(refused);
            }
            if !roles.has(Role::Administrator) && !another_administrator(&txn, id).await? {
                return Ok(StaffActed::LastAdministrator);
            }
        }
        if let Some(campuses) = &campuses {
            if !open(&txn, campuses).await? {
                return Ok(StaffActed::NoCampus);
            }
            staff_campus::Entity::delete_many().filter(staff_campus::Column::StaffId.eq(id.0)).exec(&txn).await?;
            place(&txn, id, campuses).await?;
        }
        // An office reaches no family, in an emergency neither.
        let gives_office = roles.is_some_and(|roles| roles.of_three() > 0);
        if !entries.is_empty() {
            let mut row: staff::ActiveModel = there.into();
            if gives_office {
                row.emergency_until = Set(None);
            }
            row.version = Set(replaces.saturating_add(1));
            if let Some(name) = name {
                row.name = Set(name);
            }
            if let Some(roles) = roles {
                row.roles = Set(bits(roles));
            }
            if let Some(phone) = phone {
                row.phone = Set(phone.as_stored().to_vec());
            }
            if let Some(email) = email {
                row.email = Set(email.as_stored().to_vec());
            }
            row.update(&txn).await?;
        }
        let mut entries: Vec<&Entry> = entries.iter().collect();
        if gives_office {
            entries.sort_by_key(|entry| entry.action() != Action::RolesChanged);
            commit_ending(txn, trail, id, &entries).await?;
        } else {
            commit(txn, trail, &entries).await?;
        }
        Ok(StaffActed::Done)
    }
}

/// Why the matrix in force lets nobody who holds `before` hold `after`: it does not name a role, or they meet a joint rule. Asked under the
/// lock of the school, which a new version takes too.
async fn cannot_hold(txn: &DatabaseTransaction, before: RoleSet, after: RoleSet) -> Result<Option<StaffActed>, StoreError> {
    let present = present(txn).await?;
    if !after.iter().all(|role| present.rules.has(role)) {
        return Ok(Some(StaffActed::NoRole));
    }
    let joint = refused_together(&present.compile(), before, after);
    Ok((!joint.is_empty()).then_some(StaffActed::Joint(joint)))
}

/// Whether all of these campuses are there and open.
async fn open(txn: &DatabaseTransaction, campuses: &BTreeSet<CampusId>) -> Result<bool, StoreError> {
    let there = campus::Entity::find()
        .filter(campus::Column::Id.is_in(campuses.iter().map(|campus| campus.0)))
        .filter(campus::Column::ClosedAt.is_null())
        .count(txn)
        .await?;
    Ok(usize::try_from(there).is_ok_and(|there| there == campuses.len()))
}

async fn place(txn: &DatabaseTransaction, id: StaffId, campuses: &BTreeSet<CampusId>) -> Result<(), StoreError> {
    let rows = campuses.iter().map(|campus| staff_campus::ActiveModel { staff_id: Set(id.0), campus_id: Set(campus.0) });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        staff_campus::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}
