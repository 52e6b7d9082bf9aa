//! The school itself: its beginning, its campuses, staff and classes.

use crate::{
    db::Db,
    error::StoreError,
    policy,
    rows::{campus, class, school_row, staff, staff_campus},
    trail,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{CampusId, ClassId, StaffId},
    retention::Retention,
    rights::{Role, RoleSet},
    wire::school::{CampusRef, ClassRef, SESSION_HOURS_MOST, SchoolFacts, StaffRef},
};
use guard::{WrappedKey, vault::HeadSealer};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A campus to be made.
#[derive(Debug, Clone)]
pub struct NewCampus {
    /// Its id.
    pub id: CampusId,
    /// Its name.
    pub name: String,
}

/// A member of staff to be made; the contact is sealed already.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The person.
    pub id: StaffId,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// The campuses.
    pub campuses: Vec<CampusId>,
    /// The data key.
    pub key: WrappedKey,
    /// Sealed phone.
    pub phone: Vec<u8>,
    /// Sealed e-mail.
    pub email: Vec<u8>,
}

/// A class to be made.
#[derive(Debug, Clone)]
pub struct NewClass {
    /// The class.
    pub id: ClassId,
    /// Its campus.
    pub campus: CampusId,
    /// Its name.
    pub name: String,
    /// Its teacher.
    pub teacher: StaffId,
    /// From this day.
    pub starts: NaiveDate,
    /// To this day.
    pub ends: NaiveDate,
}

/// What a school begins with.
fn defaults() -> school_row::ActiveModel {
    let hours = i32::try_from(SESSION_HOURS_MOST).unwrap_or_default();
    let days = i32::try_from(Retention::USUAL.days()).unwrap_or_default();
    school_row::ActiveModel {
        two_of_three: Set(false),
        session_hours: Set(hours),
        trail_days: Set(days),
        ladder: Set("[]".into()),
        ..Default::default()
    }
}

impl Db {
    /// Begins a school in an empty database: its name, the policy, the head of the trail. Where there is one already, only
    /// the key is compared.
    ///
    /// # Errors
    /// [`StoreError::OtherKey`] when the database belongs to another master key.
    pub async fn begin_school(&self, name: &str, key_check: [u8; 32], sealer: &HeadSealer, at: DateTime<Utc>) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        match school_row::Entity::find_by_id(1).one(&txn).await? {
            Some(row) if row.key_check == key_check => {}
            Some(_) => return Err(StoreError::OtherKey),
            None => {
                let row =
                    school_row::ActiveModel { id: Set(1), name: Set(name.to_owned()), key_check: Set(key_check.to_vec()), ..defaults() };
                school_row::Entity::insert(row).exec_without_returning(&txn).await?;
                trail::begin_in(&txn, sealer).await?;
            }
        }
        policy::begin_in(&txn, at).await?;
        Ok(txn.commit().await?)
    }

    /// The school's name, once it has begun.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn school_name(&self) -> Result<Option<String>, StoreError> {
        Ok(school_row::Entity::find_by_id(1).one(&self.reader).await?.map(|row| row.name))
    }

    /// What forms need to offer choices: the campuses in `campuses` (all when empty), their classes and consultants.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn school_facts(&self, campuses: &[CampusId], today: NaiveDate) -> Result<SchoolFacts, StoreError> {
        let mut find = campus::Entity::find().filter(campus::Column::ClosedAt.is_null()).order_by_asc(campus::Column::Id);
        if !campuses.is_empty() {
            find = find.filter(campus::Column::Id.is_in(campuses.iter().map(|campus| campus.0)));
        }
        let rows = find.all(&self.reader).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let classes = class::Entity::find()
            .filter(class::Column::CampusId.is_in(ids.clone()))
            .filter(class::Column::Ends.gte(today))
            .order_by_asc(class::Column::Id)
            .all(&self.reader)
            .await?;
        let here = staff_campus::Entity::find().filter(staff_campus::Column::CampusId.is_in(ids)).all(&self.reader).await?;
        let consultants = staff::Entity::find()
            .filter(staff::Column::Id.is_in(here.iter().map(|row| row.staff_id)))
            .filter(staff::Column::Active.eq(true))
            .order_by_asc(staff::Column::Id)
            .all(&self.reader)
            .await?;
        Ok(SchoolFacts {
            name: self.school_name().await?.unwrap_or_default(),
            campuses: rows.into_iter().map(|row| CampusRef { id: CampusId(row.id), name: row.name }).collect(),
            classes: classes.into_iter().map(|row| ClassRef { id: ClassId(row.id), name: row.name }).collect(),
            consultants: consultants
                .into_iter()
                .filter(|row| crate::people::roles(row.roles).has_base(Role::Consultant))
                .map(|row| StaffRef { id: StaffId(row.id), name: row.name })
                .collect(),
        })
    }

    /// The name of a campus.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campus_name(&self, id: CampusId) -> Result<Option<String>, StoreError> {
        Ok(campus::Entity::find_by_id(id.0).one(&self.reader).await?.map(|row| row.name))
    }

    /// Makes campuses, staff and classes, all or none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn found(&self, campuses: Vec<NewCampus>, people: Vec<NewStaff>, classes: Vec<NewClass>) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        for NewCampus { id, name } in campuses {
            campus::Entity::insert(campus::ActiveModel { id: Set(id.0), name: Set(name), closed_at: Set(None) })
                .exec_without_returning(&txn)
                .await?;
        }
        for NewStaff { id, login, name, roles, campuses, key, phone, email } in people {
            let row = staff::ActiveModel {
                id: Set(id.0),
                login: Set(login),
                name: Set(name),
                roles: Set(crate::staff::bits(roles)),
                active: Set(true),
                data_key: Set(key.as_stored().to_vec()),
                phone: Set(phone),
                email: Set(email),
                version: Set(1),
                left_at: Set(None),
                emergency_until: Set(None),
                slowed_until: Set(None),
                slowed_next: Set(0),
            };
            staff::Entity::insert(row).exec_without_returning(&txn).await?;
            for campus in campuses {
                let row = staff_campus::ActiveModel { staff_id: Set(id.0), campus_id: Set(campus.0) };
                staff_campus::Entity::insert(row).exec_without_returning(&txn).await?;
            }
        }
        for NewClass { id, campus, name, teacher, starts, ends } in classes {
            let row = class::ActiveModel {
                id: Set(id.0),
                campus_id: Set(campus.0),
                name: Set(name),
                teacher_id: Set(teacher.0),
                starts: Set(starts),
                ends: Set(ends),
            };
            class::Entity::insert(row).exec_without_returning(&txn).await?;
        }
        Ok(txn.commit().await?)
    }
}
