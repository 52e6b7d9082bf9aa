//! Passwords with their codes, and the ladder of credentials.
//!
//! The rule: a step of a code is used in the transaction of the entry that says what it was used for, and only a later one than
//! the last; of two who use one step at once, on two machines, one succeeds. The ladder is changed under the lock of the school.
//! Deliberately absent: what would open a hash or a secret.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people::roles,
    rows::{kinship, passkey, password, school_row, staff},
    staff::{commit, lock},
    trail::TrailStore,
};
use chrono::{DateTime, Utc};
use contract::{
    credential::{Credential, Ladder, Rung},
    ids::StaffId,
    rights::Role,
    wire::credentials::RungCard,
};
use guard::{
    Entry,
    password::{Fallback, SealedSecret},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The password of a member of staff.
#[derive(Debug, Clone)]
pub struct PasswordRow {
    /// What is compared.
    pub fallback: Fallback,
    /// When it was set.
    pub set_at: DateTime<Utc>,
}

pub(crate) fn ladder(text: &str) -> Result<Ladder, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Malformed)
}

pub(crate) fn credential(text: &str) -> Result<Credential, StoreError> {
    Credential::ALL.iter().copied().find(|one| one.name() == text).ok_or(StoreError::Malformed)
}

impl Db {
    /// The password of a member of staff, where they have one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn password_of(&self, staff: StaffId) -> Result<Option<PasswordRow>, StoreError> {
        let row = password::Entity::find_by_id(staff.0).one(&self.writer).await?;
        Ok(row.map(|row| PasswordRow {
            fallback: Fallback { hash: SealedSecret::stored(row.hash), totp: SealedSecret::stored(row.totp) },
            set_at: time(row.set_at),
        }))
    }

    /// Sets a password in the place of an earlier one. `step` is that of the code by which the app proved itself; it is used.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was set.
    pub async fn set_password(
        &self,
        trail: &TrailStore,
        staff: StaffId,
        new: &Fallback,
        step: i64,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let model = password::ActiveModel {
            staff_id: Set(staff.0),
            hash: Set(new.hash.as_stored().to_vec()),
            totp: Set(new.totp.as_stored().to_vec()),
            last_step: Set(step),
            set_at: Set(entry.at().timestamp_micros()),
        };
        let columns = [password::Column::Hash, password::Column::Totp, password::Column::LastStep, password::Column::SetAt];
        let replaced = OnConflict::column(password::Column::StaffId).update_columns(columns).to_owned();
        password::Entity::insert(model).on_conflict(replaced).exec_without_returning(&txn).await?;
        commit(txn, trail, &[entry]).await
    }

    /// Removes the password of a member of staff; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`]; then it is still there.
    pub async fn remove_password(&self, trail: &TrailStore, staff: StaffId, entry: &Entry) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let removed = password::Entity::delete_by_id(staff.0).exec(&txn).await?;
        if removed.rows_affected == 0 {
            return Ok(false);
        }
        commit(txn, trail, &[entry]).await?;
        Ok(true)
    }

    /// Uses a step of somebody's codes; says whether it was later than every step that was used.
    ///
    /// # Errors
    /// [`StoreError`]; then it was not used.
    pub async fn use_step(&self, trail: &TrailStore, staff: StaffId, step: i64, entry: &Entry) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let used = password::Entity::update_many()
            .col_expr(password::Column::LastStep, Expr::value(step))
            .filter(password::Column::StaffId.eq(staff.0))
            .filter(password::Column::LastStep.lt(step))
            .exec(&txn)
            .await?;
        if used.rows_affected != 1 {
            return Ok(false);
        }
        commit(txn, trail, &[entry]).await?;
        Ok(true)
    }

    /// The ladder as it is now, on every server.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ladder(&self) -> Result<Ladder, StoreError> {
        let row = school_row::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        ladder(&row.ladder)
    }

    /// Changes the ladder; `change` says what becomes of the present one, or nothing where it may not.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_ladder(
        &self,
        trail: &TrailStore,
        entry: &Entry,
        change: impl FnOnce(Ladder) -> Option<Ladder> + Send,
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let row = lock(&txn).await?;
        let before = ladder(&row.ladder)?;
        let Some(after) = change(before.clone()) else {
            return Ok(false);
        };
        if after != before {
            let mut row: school_row::ActiveModel = row.into();
            row.ladder = Set(serde_json::to_string(&after).map_err(|_| StoreError::Malformed)?);
            row.update(&txn).await?;
            commit(txn, trail, &[entry]).await?;
        }
        Ok(true)
    }

    /// The ladder with how many people stand on each rung.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rungs(&self) -> Result<Vec<RungCard>, StoreError> {
        let ladder = self.ladder().await?;
        let people = staff::Entity::find().filter(staff::Column::Active.eq(true)).all(&self.reader).await?;
        let custody = kinship::Entity::find().select_only().column(kinship::Column::GuardianId).distinct();
        let guardians: Vec<Uuid> = custody.filter(kinship::Column::Custody.eq("full")).into_tuple().all(&self.reader).await?;
        let owners: Vec<Uuid> =
            password::Entity::find().select_only().column(password::Column::StaffId).into_tuple().all(&self.reader).await?;
        let with_password: BTreeSet<Uuid> = owners.into_iter().collect();
        let keys = passkey::Entity::find().select_only().columns([passkey::Column::OwnerId, passkey::Column::Attested]);
        let keys: Vec<(Uuid, bool)> = keys.into_tuple().all(&self.reader).await?;
        let with_attested: BTreeSet<Uuid> = keys.iter().filter(|(_, attested)| *attested).map(|(owner, _)| *owner).collect();
        let with_passkey: BTreeSet<Uuid> = keys.into_iter().map(|(owner, _)| owner).collect();
        let many = |role: Role, among: Option<&BTreeSet<Uuid>>| {
            let of_role: Vec<Uuid> = match role {
                Role::Guardian => guardians.clone(),
                _ => people.iter().filter(|row| roles(row.roles).has_base(role)).map(|row| row.id).collect(),
            };
            u32::try_from(of_role.iter().filter(|id| among.is_none_or(|some| some.contains(id))).count()).unwrap_or(u32::MAX)
        };
        let card = |rung: Rung| RungCard {
            role: rung.role,
            least: rung.least,
            idle_minutes: rung.idle_minutes,
            hours: rung.hours,
            people: many(rung.role, None),
            passkeys: many(rung.role, Some(&with_passkey)),
            passwords: many(rung.role, Some(&with_password)),
            attested: many(rung.role, Some(&with_attested)),
        };
        Ok(ladder.rungs().map(card).collect())
    }
}
