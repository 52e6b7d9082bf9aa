//! Reading staff: the list with its filters, one person, what their leaving would end.

use crate::{
    db::Db,
    error::StoreError,
    people::roles,
    rows::{campus, class, family, invitation, passkey, session, staff, staff_campus},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{CampusId, StaffId},
    rights::Role,
    wire::{
        policy::Colleague,
        school::{CampusRef, StaffRef},
        staff::{DeparturePlan, StaffQuery, StaffState},
    },
};
use guard::{Sealed, WrappedKey, records::StaffRecord};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which members of staff, and at what time sessions are counted.
#[derive(Debug, Clone, Copy)]
pub struct StaffList {
    /// The filters.
    pub query: StaffQuery,
    /// One person alone.
    pub only: Option<StaffId>,
    /// Now.
    pub now: DateTime<Utc>,
}

const fn state(row: &staff::Model) -> StaffState {
    match (row.left_at, row.active) {
        (Some(_), _) => StaffState::Left,
        (None, true) => StaffState::Active,
        (None, false) => StaffState::Suspended,
    }
}

fn counted(rows: Vec<(Uuid, i64)>) -> BTreeMap<Uuid, u32> {
    rows.into_iter().map(|(owner, many)| (owner, count(many))).collect()
}

fn count(many: i64) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

impl Db {
    /// The staff, for whoever keeps them; the contact is sealed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staff(&self, list: StaffList) -> Result<Vec<StaffRecord>, StoreError> {
        let StaffList { query: StaffQuery { role, campus, state: wanted }, only, now } = list;
        let mut find = staff::Entity::find().order_by_asc(staff::Column::Id);
        if let Some(id) = only {
            find = find.filter(staff::Column::Id.eq(id.0));
        }
        let names: BTreeMap<Uuid, String> =
            campus::Entity::find().all(&self.reader).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let mut at: BTreeMap<Uuid, Vec<CampusRef>> = BTreeMap::new();
        for row in staff_campus::Entity::find().order_by_asc(staff_campus::Column::CampusId).all(&self.reader).await? {
            let name = names.get(&row.campus_id).cloned().unwrap_or_default();
            at.entry(row.staff_id).or_default().push(CampusRef { id: CampusId(row.campus_id), name });
        }
        let keys = passkey::Entity::find()
            .select_only()
            .column(passkey::Column::OwnerId)
            .column_as(passkey::Column::Id.count(), "many")
            .filter(passkey::Column::OwnerKind.eq("staff"))
            .group_by(passkey::Column::OwnerId);
        let keys = counted(keys.into_tuple().all(&self.reader).await?);
        let open = session::Entity::find()
            .select_only()
            .column(session::Column::OwnerId)
            .column_as(session::Column::Id.count(), "many")
            .filter(session::Column::OwnerKind.eq("staff"))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.timestamp_micros()))
            .group_by(session::Column::OwnerId);
        let open = counted(open.into_tuple().all(&self.reader).await?);
        let record = |row: staff::Model| StaffRecord {
            id: StaffId(row.id),
            version: row.version,
            campuses: at.get(&row.id).cloned().unwrap_or_default(),
            passkeys: keys.get(&row.id).copied().unwrap_or_default(),
            sessions: open.get(&row.id).copied().unwrap_or_default(),
            state: state(&row),
            login: row.login,
            name: row.name,
            roles: roles(row.roles),
            key: WrappedKey::stored(row.id, row.data_key),
            phone: Sealed::stored(row.phone),
            email: Sealed::stored(row.email),
        };
        let meant = |record: &StaffRecord| {
            role.is_none_or(|role| record.roles.has(role))
                && wanted.is_none_or(|wanted| record.state == wanted)
                && campus.is_none_or(|campus| record.campuses.iter().any(|at| at.id == campus))
        };
        Ok(find.all(&self.reader).await?.into_iter().map(record).filter(meant).collect())
    }

    /// Everybody who works or worked here, by name and roles.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn colleagues(&self) -> Result<Vec<Colleague>, StoreError> {
        let rows = staff::Entity::find().order_by_asc(staff::Column::Id).all(&self.reader).await?;
        let colleague =
            |row: staff::Model| Colleague { id: StaffId(row.id), name: row.name, roles: roles(row.roles).into(), active: row.active };
        Ok(rows.into_iter().map(colleague).collect())
    }

    /// What the leaving of a member of staff would end; nothing for somebody who is not there or has left.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn departure(&self, id: StaffId, now: DateTime<Utc>, today: NaiveDate) -> Result<Option<DeparturePlan>, StoreError> {
        let there = staff::Entity::find_by_id(id.0).filter(staff::Column::LeftAt.is_null()).one(&self.reader).await?;
        if there.is_none() {
            return Ok(None);
        }
        let families = family::Entity::find().filter(family::Column::OwnerId.eq(id.0)).count(&self.reader).await?;
        let classes = class::Entity::find()
            .filter(class::Column::TeacherId.eq(id.0))
            .filter(class::Column::Ends.gte(today))
            .count(&self.reader)
            .await?;
        let sessions = session::Entity::find()
            .filter(session::Column::OwnerId.eq(id.0))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.timestamp_micros()))
            .count(&self.reader)
            .await?;
        let passkeys = passkey::Entity::find().filter(passkey::Column::OwnerId.eq(id.0)).count(&self.reader).await?;
        let links = invitation::Entity::find()
            .filter(invitation::Column::OwnerId.eq(id.0))
            .filter(invitation::Column::UsedAt.is_null())
            .filter(invitation::Column::ExpiresAt.gt(now.timestamp_micros()))
            .count(&self.reader)
            .await?;
        let others = staff::Entity::find()
            .filter(staff::Column::Active.eq(true))
            .filter(staff::Column::Id.ne(id.0))
            .order_by_asc(staff::Column::Id)
            .all(&self.reader)
            .await?;
        let successors = others
            .into_iter()
            .filter(|row| roles(row.roles).has_base(Role::Consultant))
            .map(|row| StaffRef { id: StaffId(row.id), name: row.name });
        let number = |many: u64| u32::try_from(many).unwrap_or(u32::MAX);
        Ok(Some(DeparturePlan {
            families: number(families),
            classes: number(classes),
            sessions: number(sessions),
            passkeys: number(passkeys),
            links: number(links),
            successors: successors.collect(),
        }))
    }
}
