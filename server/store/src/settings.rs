//! The settings of the school, its campuses, and how ready it is.
//!
//! The rule: whoever keeps them learns numbers of families and nothing else of them. Deliberately absent: a campus that is
//! deleted; a closed one keeps its row, since the trail and old classes speak of it.

use crate::{
    db::Db,
    error::StoreError,
    people::roles,
    rows::{campus, class, family, passkey, recovery_code, school_row, staff, staff_campus, trail_row},
    staff::{commit, lock},
    trail::TrailStore,
};
use chrono::NaiveDate;
use contract::{
    ids::CampusId,
    retention::Retention,
    rights::Role,
    wire::{
        ledger::Action,
        school::{CampusCard, SchoolChanges, SchoolSettings, SetupItem, SetupStep},
    },
};
use guard::Entry;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What became of an act on the school. Anything but `Done` has changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchoolActed {
    /// It is done.
    Done,
    /// No such campus is open.
    Missing,
    /// Another open campus has the name.
    Taken,
    /// The campus has families, staff or classes, or is the last one.
    InUse,
    /// Somebody holds two of the three duties now.
    Apart,
}

fn number(many: impl TryInto<u32>) -> u32 {
    many.try_into().unwrap_or(u32::MAX)
}

/// How much of each campus there is.
type Counts = BTreeMap<Uuid, u32>;

async fn counts(connection: &impl ConnectionTrait, today: NaiveDate) -> Result<[Counts; 3], StoreError> {
    let families: Vec<(Uuid, i64)> = family::Entity::find()
        .select_only()
        .column(family::Column::CampusId)
        .column_as(family::Column::Id.count(), "many")
        .group_by(family::Column::CampusId)
        .into_tuple()
        .all(connection)
        .await?;
    let here: Vec<Uuid> =
        staff::Entity::find().filter(staff::Column::LeftAt.is_null()).all(connection).await?.iter().map(|row| row.id).collect();
    let mut staff = Counts::new();
    for row in staff_campus::Entity::find().all(connection).await? {
        if here.contains(&row.staff_id) {
            *staff.entry(row.campus_id).or_default() += 1;
        }
    }
    let classes: Vec<(Uuid, i64)> = class::Entity::find()
        .select_only()
        .column(class::Column::CampusId)
        .column_as(class::Column::Id.count(), "many")
        .filter(class::Column::Ends.gte(today))
        .group_by(class::Column::CampusId)
        .into_tuple()
        .all(connection)
        .await?;
    let counted = |rows: Vec<(Uuid, i64)>| rows.into_iter().map(|(id, many)| (id, number(many))).collect();
    Ok([counted(families), staff, counted(classes)])
}

impl Db {
    /// The settings and the campuses.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn school_settings(&self, today: NaiveDate) -> Result<SchoolSettings, StoreError> {
        let row = school_row::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        let [families, staff, classes] = counts(&self.reader, today).await?;
        let of = |counts: &Counts, id| counts.get(&id).copied().unwrap_or_default();
        let card = |row: campus::Model| CampusCard {
            id: CampusId(row.id),
            closed: row.closed_at.is_some(),
            families: of(&families, row.id),
            staff: of(&staff, row.id),
            classes: of(&classes, row.id),
            name: row.name,
        };
        let campuses = campus::Entity::find().order_by_asc(campus::Column::Id).all(&self.reader).await?;
        Ok(SchoolSettings {
            name: row.name,
            two_of_three: row.two_of_three,
            session_hours: number(row.session_hours),
            trail_days: Retention::stored(row.trail_days).days(),
            campuses: campuses.into_iter().map(card).collect(),
        })
    }

    /// Changes the settings; what was read and checked already. For how long the trail is kept has an entry of its own, `of_trail`,
    /// which says how it was.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_school(
        &self,
        trail: &TrailStore,
        change: SchoolChanges,
        entry: Entry,
        of_trail: Entry,
    ) -> Result<SchoolActed, StoreError> {
        let SchoolChanges { name, two_of_three, session_hours, trail_days } = change;
        let mut entries = Vec::new();
        if trail_days.is_none() || name.is_some() || two_of_three.is_some() || session_hours.is_some() {
            entries.push(entry);
        }
        let txn = self.begin().await?;
        let row = lock(&txn).await?;
        if two_of_three == Some(false) {
            let active = staff::Entity::find().filter(staff::Column::Active.eq(true)).all(&txn).await?;
            if active.iter().any(|person| !roles(person.roles).keeps_apart(false)) {
                return Ok(SchoolActed::Apart);
            }
        }
        let kept_for = Retention::stored(row.trail_days);
        let mut row: school_row::ActiveModel = row.into();
        if let Some(name) = name {
            row.name = Set(name);
        }
        if let Some(two_of_three) = two_of_three {
            row.two_of_three = Set(two_of_three);
        }
        if let Some(hours) = session_hours {
            row.session_hours = Set(i32::try_from(hours).map_err(|_| StoreError::Malformed)?);
        }
        if let Some(days) = trail_days {
            let after = Retention::of_days(days).ok_or(StoreError::Malformed)?;
            entries.push(of_trail.changing_retention(kept_for, after));
            row.trail_days = Set(i32::try_from(after.days()).map_err(|_| StoreError::Malformed)?);
        }
        if row.is_changed() {
            row.update(&txn).await?;
        }
        commit(txn, trail, &entries.iter().collect::<Vec<_>>()).await?;
        Ok(SchoolActed::Done)
    }

    /// Adds a campus, or renames one.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn name_campus(
        &self,
        trail: &TrailStore,
        id: CampusId,
        name: String,
        new: bool,
        entry: &Entry,
    ) -> Result<SchoolActed, StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let open = campus::Entity::find().filter(campus::Column::ClosedAt.is_null()).all(&txn).await?;
        if open.iter().any(|row| row.id != id.0 && row.name == name) {
            return Ok(SchoolActed::Taken);
        }
        if new {
            let row = campus::ActiveModel { id: Set(id.0), name: Set(name), closed_at: Set(None) };
            campus::Entity::insert(row).exec_without_returning(&txn).await?;
        } else {
            let Some(row) = open.into_iter().find(|row| row.id == id.0) else {
                return Ok(SchoolActed::Missing);
            };
            let mut row: campus::ActiveModel = row.into();
            row.name = Set(name);
            row.update(&txn).await?;
        }
        commit(txn, trail, &[entry]).await?;
        Ok(SchoolActed::Done)
    }

    /// Closes a campus that is empty and not the last.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn close_campus(&self, trail: &TrailStore, id: CampusId, today: NaiveDate, entry: &Entry) -> Result<SchoolActed, StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let open = campus::Entity::find().filter(campus::Column::ClosedAt.is_null()).lock_exclusive().all(&txn).await?;
        let others = open.len() > 1;
        let Some(row) = open.into_iter().find(|row| row.id == id.0) else {
            return Ok(SchoolActed::Missing);
        };
        if !others || counts(&txn, today).await?.iter().any(|counts| counts.get(&id.0).is_some_and(|many| *many > 0)) {
            return Ok(SchoolActed::InUse);
        }
        let mut row: campus::ActiveModel = row.into();
        row.closed_at = Set(Some(entry.at().timestamp_micros()));
        row.update(&txn).await?;
        commit(txn, trail, &[entry]).await?;
        Ok(SchoolActed::Done)
    }

    /// How ready the school is, step by step.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn setup(&self) -> Result<Vec<SetupItem>, StoreError> {
        let campuses = campus::Entity::find().filter(campus::Column::ClosedAt.is_null()).count(&self.reader).await?;
        let people = staff::Entity::find().filter(staff::Column::Active.eq(true)).all(&self.reader).await?;
        let keys: Vec<(Uuid, i64)> = passkey::Entity::find()
            .select_only()
            .column(passkey::Column::OwnerId)
            .column_as(passkey::Column::Id.count(), "many")
            .group_by(passkey::Column::OwnerId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let keys: BTreeMap<Uuid, i64> = keys.into_iter().collect();
        let coded: Vec<Uuid> = recovery_code::Entity::find()
            .select_only()
            .column(recovery_code::Column::StaffId)
            .filter(recovery_code::Column::UsedAt.is_null())
            .distinct()
            .into_tuple()
            .all(&self.reader)
            .await?;
        let with_keys = |least: i64| people.iter().filter(move |row| keys.get(&row.id).is_some_and(|many| *many >= least));
        let first: Vec<_> = with_keys.clone()(1).collect();
        let three = [Role::Administrator, Role::PrivacyOfficer, Role::Auditor];
        let there = three.iter().filter(|role| first.iter().any(|row| roles(row.roles).has(**role))).count();
        let looked = [Action::PolicyReviewed, Action::PolicyChanged, Action::PolicyRolledBack].map(Action::name);
        let looked = trail_row::Entity::find()
            .select_only()
            .column(trail_row::Column::Seq)
            .filter(trail_row::Column::Action.is_in(looked))
            .limit(1)
            .into_tuple::<i64>()
            .one(&self.reader)
            .await?;
        let family =
            family::Entity::find().select_only().column(family::Column::Id).limit(1).into_tuple::<Uuid>().one(&self.reader).await?;
        // Who looked so long ago that its entry is gone looked all the same.
        let looked = looked.is_some() || self.beginning().await?.is_some();
        let everybody = number(people.len());
        let item = |step, have, of| SetupItem { step, have, of };
        Ok(vec![
            item(SetupStep::Campus, number(campuses), 1),
            item(SetupStep::ThreeDuties, number(there), number(three.len())),
            item(SetupStep::SecondPasskey, number(with_keys(2).count()), everybody),
            item(SetupStep::RecoveryCodes, number(people.iter().filter(|row| coded.contains(&row.id)).count()), everybody),
            item(SetupStep::Matrix, u32::from(looked), 1),
            item(SetupStep::Family, u32::from(family.is_some()), 1),
        ])
    }
}
