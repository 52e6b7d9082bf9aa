//! The list of families: keyset paging over plain facts, inside a scope.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth},
    memory::Question,
    rows::family,
    scope::{Rows, condition},
    source::{Source, read},
};
use contract::{
    ids::StaffId,
    wire::families::{FamilyFilter, FamilySort},
};
use guard::{Scope, records::FamilyRecord};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use std::{fmt, str::FromStr, sync::Arc};
use uuid::Uuid;

/// The most rows of a page on a screen.
const SCREEN: u64 = 200;

/// Where a page begins: after this row. Plain facts only, so that it tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    updated_at: i64,
    id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.updated_at, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (updated_at, id) = text.split_once('-').ok_or(StoreError::Malformed)?;
        Ok(Self {
            updated_at: i64::from_str_radix(updated_at, 16).map_err(|_| StoreError::Malformed)?,
            id: Uuid::parse_str(id).map_err(|_| StoreError::Malformed)?,
        })
    }
}

/// A wish for a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FamilyList {
    /// What it is narrowed by.
    pub filter: FamilyFilter,
    /// Whose families, where the filter says "mine".
    pub owner: Option<StaffId>,
    /// Where it begins.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u64,
}

impl FamilyList {
    fn asked(&self, scope: &Scope) -> Question {
        // Who asks is nothing to a list that is not narrowed to their own.
        let owner = self.owner.filter(|_| self.filter.mine);
        Question { list: Self { owner, ..self.clone() }, reaches: scope.reaches().to_vec() }
    }

    fn select(&self, scope: &Scope) -> Select<family::Entity> {
        let mut find = family::Entity::find().filter(condition(scope, Rows::Family));
        let FamilyFilter { stage, mine, campus, due, sort: _ } = &self.filter;
        if let Some(stage) = stage {
            find = find.filter(family::Column::Stage.eq(stage.name()));
        }
        if *mine {
            // Nobody's own is nobody's, not everybody's.
            find = find.filter(family::Column::OwnerId.eq(self.owner.map_or(Uuid::nil(), |owner| owner.0)));
        }
        if let Some(campus) = campus {
            find = find.filter(family::Column::CampusId.eq(campus.0));
        }
        if let Some(due) = due {
            find = find.filter(family::Column::NextContact.lte(*due));
        }
        find
    }
}

impl Db {
    /// A page of families and where the next begins.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn families(&self, scope: &Scope, list: &FamilyList) -> Result<(Vec<Arc<FamilyRecord>>, Option<Cursor>), StoreError> {
        if let Some(readers) = &self.readers
            && let Some(page) = readers.recall(|reader| kept_page(reader, scope, list))?
        {
            return Ok(page);
        }
        let (scope, list) = (scope.clone(), list.clone());
        read!(self, |source| page(source, &scope, &list))
    }

    /// How many families the list has in all. Plain facts alone are counted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_families(&self, scope: &Scope, list: &FamilyList) -> Result<u64, StoreError> {
        // Where a page begins and how long it is changes nothing.
        let (scope, list) = (scope.clone(), FamilyList { after: None, limit: 0, ..list.clone() });
        if let Some(readers) = &self.readers
            && let Some(count) = readers.recall(|reader| {
                let moment = load::moment(reader, &scope)?;
                Ok(moment.and_then(|moment| moment.count(&list.asked(&scope))))
            })?
        {
            return Ok(count);
        }
        read!(self, |source| count(source, &scope, &list))
    }
}

/// The families of a page, and where the next begins.
type FamilyPage = (Vec<Arc<FamilyRecord>>, Option<Cursor>);

/// The page, where all of it is kept.
fn kept_page(source: &impl Source, scope: &Scope, list: &FamilyList) -> Result<Option<FamilyPage>, StoreError> {
    let Some(moment) = load::moment(source, scope)? else {
        return Ok(None);
    };
    let Some((ids, next)) = moment.page(&list.asked(scope)) else {
        return Ok(None);
    };
    let records: Option<Vec<_>> = moment.get(&ids, Depth::List, scope.today()).into_iter().collect();
    Ok(records.map(|records| (records, next)))
}

async fn count(source: &impl Source, scope: &Scope, list: &FamilyList) -> Result<u64, StoreError> {
    let moment = load::moment(source, scope)?;
    let count = list.select(scope).select_only().column_as(family::Column::Id.count(), "count").into_query();
    let counted: Option<(i64,)> = source.row(count).await?;
    let counted = counted.and_then(|(count,)| count.try_into().ok()).unwrap_or_default();
    if let Some(moment) = moment {
        moment.keep_count(list.asked(scope), counted);
    }
    Ok(counted)
}

async fn page(source: &impl Source, scope: &Scope, list: &FamilyList) -> Result<(Vec<Arc<FamilyRecord>>, Option<Cursor>), StoreError> {
    let newest_first = list.filter.sort == FamilySort::Recent;
    let mut find = list.select(scope);
    if let Some(Cursor { updated_at, id }) = list.after {
        let (at, row) = (family::Column::UpdatedAt, family::Column::Id);
        let beyond = if newest_first {
            Condition::any().add(at.lt(updated_at)).add(Condition::all().add(at.eq(updated_at)).add(row.lt(id)))
        } else {
            Condition::any().add(at.gt(updated_at)).add(Condition::all().add(at.eq(updated_at)).add(row.gt(id)))
        };
        find = find.filter(beyond);
    }
    find = if newest_first {
        find.order_by_desc(family::Column::UpdatedAt).order_by_desc(family::Column::Id)
    } else {
        find.order_by_asc(family::Column::UpdatedAt).order_by_asc(family::Column::Id)
    };
    // An export reads past the memory: it would push out everything that is read often.
    let moment = if list.limit <= SCREEN { load::moment(source, scope)? } else { None };
    let found = find.limit(list.limit.saturating_add(1));
    if let Some(moment) = moment {
        // An index has both, in order.
        let found = found.select_only().columns([family::Column::Id, family::Column::UpdatedAt]).into_query();
        let (rows, next) = cut(source.rows(found).await?, list.limit, |(id, updated_at)| Cursor { updated_at: *updated_at, id: *id });
        let ids: Arc<[Uuid]> = rows.into_iter().map(|(id, _): (Uuid, i64)| id).collect();
        moment.keep_page(list.asked(scope), (Arc::clone(&ids), next));
        return Ok((load::kept(source, scope, moment, &ids, Depth::List).await?, next));
    }
    let rows: Vec<family::Model> = source.rows(found.into_query()).await?;
    let (rows, next) = cut(rows, list.limit, |row| Cursor { updated_at: row.updated_at, id: row.id });
    Ok((load::families(source, scope, rows, Depth::List).await?, next))
}

/// A page of so many rows, and where the next begins, when there is one.
fn cut<R>(mut rows: Vec<R>, limit: u64, at: impl Fn(&R) -> Cursor) -> (Vec<R>, Option<Cursor>) {
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(at);
    (rows, next)
}
