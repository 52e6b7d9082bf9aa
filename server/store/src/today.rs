//! The families to get in touch with: the viewer's own first, each by its day; and families by their ids.
//!
//! The rule: a fixed number of statements, inside a scope. Deliberately absent: an order by anything personal.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth},
    rows::family,
    scope::{Rows, condition},
    source::{Source, padded, read},
};
use chrono::{NaiveDate, TimeDelta};
use contract::{
    ids::{FamilyId, StaffId},
    wire::today::DueCounts,
};
use guard::{Scope, records::FamilyRecord};
use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{CaseStatement, Expr},
};
use std::sync::Arc;
use uuid::Uuid;

/// How many days ahead are looked at.
const AHEAD: TimeDelta = TimeDelta::days(7);

fn due(scope: &Scope) -> Select<family::Entity> {
    let last = scope.today().checked_add_signed(AHEAD).unwrap_or(scope.today());
    family::Entity::find().filter(condition(scope, Rows::Family)).filter(family::Column::NextContact.lte(last))
}

impl Db {
    /// The families to get in touch with within seven days, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_families(&self, scope: &Scope, owner: Option<StaffId>, limit: u64) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| due_families(source, &scope, owner, limit))
    }

    /// How many there are in all, by how urgent they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_due(&self, scope: &Scope) -> Result<DueCounts, StoreError> {
        let today = scope.today();
        let by_day = due(scope)
            .select_only()
            .column(family::Column::NextContact)
            .column_as(family::Column::Id.count(), "count")
            .group_by(family::Column::NextContact)
            .into_query();
        let days: Vec<(NaiveDate, i64)> = read!(self, |source| source.rows(by_day))?;
        let mut counts = DueCounts::default();
        for (day, count) in days {
            let sum = match day.cmp(&today) {
                std::cmp::Ordering::Less => &mut counts.overdue,
                std::cmp::Ordering::Equal => &mut counts.today,
                std::cmp::Ordering::Greater => &mut counts.soon,
            };
            *sum = sum.saturating_add(u64::try_from(count).unwrap_or_default());
        }
        Ok(counts)
    }

    /// How many families of one consultant, within the scope, are to be contacted by today.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_own_due(&self, scope: &Scope, owner: StaffId) -> Result<u64, StoreError> {
        let own = due(scope)
            .filter(family::Column::OwnerId.eq(owner.0))
            .filter(family::Column::NextContact.lte(scope.today()))
            .select_only()
            .column_as(family::Column::Id.count(), "count")
            .into_query();
        let counted: Option<(i64,)> = read!(self, |source| source.row(own))?;
        Ok(counted.and_then(|(count,)| count.try_into().ok()).unwrap_or_default())
    }

    /// Those of these families that a scope reaches.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn families_among(&self, scope: &Scope, ids: Vec<FamilyId>) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
        let ids = padded(ids.into_iter().map(|id| id.0).collect::<Vec<Uuid>>());
        let scope = scope.clone();
        read!(self, |source| among(source, &scope, ids))
    }
}

async fn due_families(
    source: &impl Source,
    scope: &Scope,
    owner: Option<StaffId>,
    limit: u64,
) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
    let mine = CaseStatement::new().case(family::Column::OwnerId.eq(owner.map_or(Uuid::nil(), |owner| owner.0)), 0).finally(1);
    let find = due(scope)
        .order_by(Expr::expr(mine), Order::Asc)
        .order_by_asc(family::Column::NextContact)
        .order_by_asc(family::Column::Id)
        .limit(limit);
    let rows: Vec<family::Model> = source.rows(find.into_query()).await?;
    load::families(source, scope, rows, Depth::List).await
}

async fn among(source: &impl Source, scope: &Scope, ids: Vec<Uuid>) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
    let find = family::Entity::find().filter(family::Column::Id.is_in(ids)).filter(condition(scope, Rows::Family));
    let rows: Vec<family::Model> = source.rows(find.into_query()).await?;
    load::families(source, scope, rows, Depth::List).await
}
