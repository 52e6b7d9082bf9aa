//! Who can sign in, as they are at this moment.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    passwords::ladder,
    rows::{blind_index, guardian, kinship, school_row, staff, staff_campus},
    source::{Source, read},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    credential::Credential,
    ids::{CampusId, GuardianId, StaffId},
    rights::{Role, RoleSet},
};
use guard::{Actor, lasting::holds, records::EMERGENCY_MOST};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};

/// A person who may sign in now.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub actor: Actor,
    /// The working name; empty for a guardian.
    pub name: String,
    /// The roles that were given.
    pub roles: RoleSet,
    /// The campuses.
    pub campuses: Vec<CampusId>,
    /// Until when they have the role of emergencies too.
    pub emergency_until: Option<DateTime<Utc>>,
    /// Until when what they see of families comes slowly, where an alarm did that.
    pub slowed_until: Option<DateTime<Utc>>,
    /// What is asked of them at least as a credential.
    pub least: Credential,
    /// For how long a session of theirs lives unused.
    pub idle: TimeDelta,
    /// For how long it lives at all.
    pub whole: TimeDelta,
}

impl Person {
    /// The roles at this moment: what was given, and what an emergency opened.
    #[must_use]
    pub fn roles_at(&self, now: DateTime<Utc>) -> RoleSet {
        with_emergency(self.roles, self.emergency_until, now)
    }
}

/// A member of staff, by login.
#[derive(Debug, Clone)]
pub struct StaffLogin {
    /// The person.
    pub id: StaffId,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// Whether they may come in at all.
    pub active: bool,
}

fn login(row: staff::Model) -> StaffLogin {
    StaffLogin { id: StaffId(row.id), login: row.login, name: row.name, roles: roles(row.roles), active: row.active }
}

pub(crate) fn roles(bits: i32) -> RoleSet {
    RoleSet::from_bits(bits.cast_unsigned())
}

/// The roles that were given, and what an emergency opened until then; to one of the three offices it opens nothing, however it came
/// about.
pub(crate) fn with_emergency(given: RoleSet, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> RoleSet {
    let opens = |until| given.of_three() == 0 && holds(until, EMERGENCY_MOST, now);
    let emergency = until.is_some_and(opens).then_some(Role::Emergency);
    given.iter().chain(emergency).collect()
}

/// A column of the school, in the statement that reads a person, since every request on PostgreSQL asks it.
fn of_the_school(column: school_row::Column) -> Expr {
    let one = school_row::Entity::find_by_id(1).select_only().column(column).into_query();
    Expr::SubQuery(None, Box::new(one.into()))
}

pub(crate) async fn person(source: &impl Source, actor: Actor) -> Result<Option<Person>, StoreError> {
    match actor {
        Actor::Staff(id) => {
            let active = staff::Entity::find_by_id(id.0).filter(staff::Column::Active.eq(true));
            let columns = [staff::Column::Name, staff::Column::Roles, staff::Column::EmergencyUntil, staff::Column::SlowedUntil];
            let active = active
                .select_only()
                .columns(columns)
                .column_as(of_the_school(school_row::Column::Ladder), "ladder")
                .column_as(of_the_school(school_row::Column::SessionHours), "session_hours");
            type Found = (String, i32, Option<i64>, Option<i64>, String, i32);
            let Some((name, bits, emergency, slowed, rungs, hours)) = source.row::<Found>(active.into_query()).await? else {
                return Ok(None);
            };
            let at = staff_campus::Entity::find().filter(staff_campus::Column::StaffId.eq(id.0));
            let campuses = source.rows::<staff_campus::Model>(at.into_query()).await?;
            let campuses = campuses.into_iter().map(|row| CampusId(row.campus_id)).collect();
            let (emergency_until, slowed_until) = (emergency.map(time), slowed.map(time));
            let (roles, ladder) = (roles(bits), ladder(&rungs)?);
            // The school says the longest of everybody.
            let whole = ladder.whole(roles).min(TimeDelta::hours(hours.into()));
            let (least, idle) = (ladder.least(roles), ladder.idle(roles));
            Ok(Some(Person { actor, name, roles, campuses, emergency_until, slowed_until, least, idle, whole }))
        }
        Actor::Guardian(id) => {
            // A guardian without a child in custody has nothing to sign in for.
            let custody =
                kinship::Entity::find().filter(kinship::Column::GuardianId.eq(id.0)).filter(kinship::Column::Custody.eq("full")).limit(1);
            let custody = custody.select_only().column_as(of_the_school(school_row::Column::Ladder), "ladder");
            let Some((rungs,)) = source.row::<(String,)>(custody.into_query()).await? else {
                return Ok(None);
            };
            let rung = ladder(&rungs)?.guardians();
            Ok(Some(Person {
                actor,
                name: String::new(),
                roles: RoleSet::from_iter([Role::Guardian]),
                campuses: Vec::new(),
                emergency_until: None,
                slowed_until: None,
                least: rung.least,
                idle: TimeDelta::minutes(rung.idle_minutes.into()),
                whole: TimeDelta::hours(rung.hours.into()),
            }))
        }
    }
}

impl Db {
    /// The person behind an actor, while they may sign in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn person(&self, actor: Actor) -> Result<Option<Person>, StoreError> {
        read!(self, |source| person(source, actor))
    }

    /// Whoever has a login name, active or not: a try in the name of somebody who may not come in any more is about them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account_by_login(&self, name: &str) -> Result<Option<StaffLogin>, StoreError> {
        Ok(staff::Entity::find().filter(staff::Column::Login.eq(name)).one(&self.reader).await?.map(login))
    }

    /// An active member of staff by login name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staff_by_login(&self, name: &str) -> Result<Option<StaffLogin>, StoreError> {
        let find = staff::Entity::find().filter(staff::Column::Login.eq(name)).filter(staff::Column::Active.eq(true));
        Ok(find.one(&self.reader).await?.map(login))
    }

    /// An active member of staff.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staff_login(&self, id: StaffId) -> Result<Option<StaffLogin>, StoreError> {
        let find = staff::Entity::find_by_id(id.0).filter(staff::Column::Active.eq(true));
        Ok(find.one(&self.reader).await?.map(login))
    }

    /// The active staff, in the order in which they joined.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staff_logins(&self) -> Result<Vec<StaffLogin>, StoreError> {
        let rows = staff::Entity::find().filter(staff::Column::Active.eq(true)).order_by_asc(staff::Column::Id).all(&self.reader).await?;
        Ok(rows.into_iter().map(login).collect())
    }

    /// The guardians who have a contact with this index token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guardians_by_contact(&self, field: FieldKey, token: &[u8; 8]) -> Result<Vec<GuardianId>, StoreError> {
        let rows = blind_index::Entity::find()
            .filter(blind_index::Column::Token.eq(token.to_vec()))
            .filter(blind_index::Column::Field.eq(i32::from(field.code())))
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().map(|row| GuardianId(row.record_id)).collect())
    }

    /// Some guardian with a child in custody, for the demo's invitation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn first_guardian(&self) -> Result<Option<GuardianId>, StoreError> {
        let first =
            kinship::Entity::find().filter(kinship::Column::Custody.eq("full")).order_by_asc(kinship::Column::GuardianId).one(&self.reader);
        let Some(kin) = first.await? else {
            return Ok(None);
        };
        Ok(guardian::Entity::find_by_id(kin.guardian_id).one(&self.reader).await?.map(|row| GuardianId(row.id)))
    }
}
