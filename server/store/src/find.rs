//! One record, through a scope: what is out of reach is not found.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth, Related},
    memory::Moment,
    rows::{family, guardian, kinship, note, student},
    scope::{Rows, condition, reaches_family},
    source::{Source, read},
};
use contract::ids::{FamilyId, GuardianId, NoteId, StudentId};
use guard::{
    Scope, WrappedKey,
    records::{FamilyRecord, GuardianRecord, NoteRecord, StudentRecord},
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use std::sync::Arc;
use uuid::Uuid;

impl Db {
    /// A family with everything that `scope` reaches of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family(&self, scope: &Scope, id: FamilyId) -> Result<Option<Arc<FamilyRecord>>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| family(source, &scope, id))
    }

    /// A student.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn student(&self, scope: &Scope, id: StudentId) -> Result<Option<StudentRecord>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| student(source, &scope, id))
    }

    /// A guardian.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guardian(&self, scope: &Scope, id: GuardianId) -> Result<Option<GuardianRecord>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| guardian(source, &scope, id))
    }

    /// A note.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note(&self, scope: &Scope, id: NoteId) -> Result<Option<NoteRecord>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| note(source, &scope, id))
    }

    /// The students whom `scope` reaches as own children.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn children(&self, scope: &Scope) -> Result<Vec<StudentRecord>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| children(source, &scope))
    }
}

pub(crate) async fn family(source: &impl Source, scope: &Scope, id: FamilyId) -> Result<Option<Arc<FamilyRecord>>, StoreError> {
    let Some(moment) = load::moment(source, scope)? else {
        return stored(source, scope, id).await;
    };
    if let Some(record) = kept(scope, moment, id) {
        return Ok(Some(record));
    }
    let find = family::Entity::find_by_id(id.0).filter(condition(scope, Rows::Family));
    let reached: Option<(Uuid,)> = source.row(find.select_only().column(family::Column::Id).into_query()).await?;
    let ids: Vec<Uuid> = reached.into_iter().map(|(id,)| id).collect();
    Ok(load::kept(source, scope, moment, &ids, Depth::Card).await?.pop())
}

/// A family that is kept, where it is reached: of one out of reach nothing is told that is not told of one that is not there.
pub(crate) fn kept(scope: &Scope, moment: Moment<'_>, id: FamilyId) -> Option<Arc<FamilyRecord>> {
    let record = moment.get(&[id.0], Depth::Card, scope.today()).pop().flatten()?;
    reaches_family(scope, &record.family).then_some(record)
}

/// A family as it lies in the database, whatever is kept of it.
async fn stored(source: &impl Source, scope: &Scope, id: FamilyId) -> Result<Option<Arc<FamilyRecord>>, StoreError> {
    let find = family::Entity::find_by_id(id.0).filter(condition(scope, Rows::Family));
    let found: Option<family::Model> = source.row(find.into_query()).await?;
    Ok(load::families(source, scope, found.into_iter().collect(), Depth::Card).await?.pop())
}

async fn student(source: &impl Source, scope: &Scope, id: StudentId) -> Result<Option<StudentRecord>, StoreError> {
    let mut find = student::Entity::find_by_id(id.0);
    QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
    let Some(row) = source.row::<student::Model>(find.filter(condition(scope, Rows::Student)).into_query()).await? else {
        return Ok(None);
    };
    let related = Related::of(source, scope, std::slice::from_ref(&row), &[], Depth::List).await?;
    let (family, key) = family_key(source, row.family_id).await?;
    Ok(Some(related.student(row, &family, &key)))
}

async fn guardian(source: &impl Source, scope: &Scope, id: GuardianId) -> Result<Option<GuardianRecord>, StoreError> {
    let mut find = guardian::Entity::find_by_id(id.0);
    QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("guardian", "family_id")));
    let Some(row) = source.row::<guardian::Model>(find.filter(condition(scope, Rows::Guardian)).into_query()).await? else {
        return Ok(None);
    };
    let children: Vec<kinship::Model> =
        source.rows(kinship::Entity::find().filter(kinship::Column::GuardianId.eq(id.0)).into_query()).await?;
    let mut students = student::Entity::find().filter(student::Column::Id.is_in(children.iter().map(|kin| kin.student_id)));
    QueryTrait::query(&mut students).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
    let students = students.filter(condition(scope, Rows::Student));
    let students: Vec<student::Model> = source.rows(students.into_query()).await?;
    let related = Related::of(source, scope, &students, std::slice::from_ref(&row), Depth::List).await?;
    let (family, key) = family_key(source, row.family_id).await?;
    Ok(Some(related.guardian(row, &family, &key, scope)))
}

async fn note(source: &impl Source, scope: &Scope, id: NoteId) -> Result<Option<NoteRecord>, StoreError> {
    // By the scope at once: a second statement for one out of reach would tell that it exists.
    let mut find = note::Entity::find_by_id(id.0);
    QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("note", "family_id")));
    let Some(row) = source.row::<note::Model>(find.filter(condition(scope, Rows::Family)).into_query()).await? else {
        return Ok(None);
    };
    let family = stored(source, scope, FamilyId(row.family_id)).await?.and_then(Arc::into_inner);
    Ok(family.and_then(|family| family.notes.into_iter().find(|note| note.id == id)))
}

async fn children(source: &impl Source, scope: &Scope) -> Result<Vec<StudentRecord>, StoreError> {
    let Some(guardian) = scope.guardian() else {
        return Ok(Vec::new());
    };
    // A guardian belongs to one family, and so do all their children.
    let Some(model) = source.row::<guardian::Model>(guardian::Entity::find_by_id(guardian.0).into_query()).await? else {
        return Ok(Vec::new());
    };
    let mut find = student::Entity::find().filter(student::Column::FamilyId.eq(model.family_id)).order_by_asc(student::Column::Id);
    QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
    let rows: Vec<student::Model> = source.rows(find.filter(condition(scope, Rows::Student)).into_query()).await?;
    let related = Related::of(source, scope, &rows, &[], Depth::List).await?;
    let (family, key) = family_key(source, model.family_id).await?;
    Ok(rows.into_iter().map(|row| related.student(row, &family, &key)).collect())
}

async fn family_key(source: &impl Source, id: Uuid) -> Result<(family::Model, Arc<WrappedKey>), StoreError> {
    let family: family::Model = source.row(family::Entity::find_by_id(id).into_query()).await?.ok_or(StoreError::Malformed)?;
    let key = Arc::new(WrappedKey::stored(family.id, family.data_key.clone()));
    Ok((family, key))
}
