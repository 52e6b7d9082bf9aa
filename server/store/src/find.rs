//! One record, through a scope: what is out of reach is not found.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth, Related},
    rows::{family, guardian, kinship, note, student},
    scope::{Rows, condition},
};
use contract::ids::{FamilyId, GuardianId, NoteId, StudentId};
use guard::{
    Scope, WrappedKey,
    records::{FamilyRecord, GuardianRecord, NoteRecord, StudentRecord},
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QueryTrait, sea_query::Expr};
use std::sync::Arc;

impl Db {
    /// A family with everything that `scope` reaches of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family(&self, scope: &Scope, id: FamilyId) -> Result<Option<FamilyRecord>, StoreError> {
        let found = family::Entity::find_by_id(id.0).filter(condition(scope, Rows::Family)).one(&self.reader).await?;
        Ok(load::families(self, scope, found.into_iter().collect(), Depth::Card).await?.pop())
    }

    /// A student.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn student(&self, scope: &Scope, id: StudentId) -> Result<Option<StudentRecord>, StoreError> {
        let mut find = student::Entity::find_by_id(id.0);
        QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
        let Some(row) = find.filter(condition(scope, Rows::Student)).one(&self.reader).await? else {
            return Ok(None);
        };
        let related = Related::of(self, scope, std::slice::from_ref(&row), &[]).await?;
        let (family, key) = self.family_key(row.family_id).await?;
        Ok(Some(related.student(row, &family, &key)))
    }

    /// A guardian.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guardian(&self, scope: &Scope, id: GuardianId) -> Result<Option<GuardianRecord>, StoreError> {
        let mut find = guardian::Entity::find_by_id(id.0);
        QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("guardian", "family_id")));
        let Some(row) = find.filter(condition(scope, Rows::Guardian)).one(&self.reader).await? else {
            return Ok(None);
        };
        let children = kinship::Entity::find().filter(kinship::Column::GuardianId.eq(id.0)).all(&self.reader).await?;
        let students =
            student::Entity::find().filter(student::Column::Id.is_in(children.iter().map(|kin| kin.student_id))).all(&self.reader).await?;
        let related = Related::of(self, scope, &students, std::slice::from_ref(&row)).await?;
        let (family, key) = self.family_key(row.family_id).await?;
        Ok(Some(related.guardian(row, &family, &key, scope)))
    }

    /// A note.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note(&self, scope: &Scope, id: NoteId) -> Result<Option<NoteRecord>, StoreError> {
        // By the scope at once: a second statement for one out of reach would tell that it exists.
        let mut find = note::Entity::find_by_id(id.0);
        QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("note", "family_id")));
        let Some(row) = find.filter(condition(scope, Rows::Family)).one(&self.reader).await? else {
            return Ok(None);
        };
        let family = self.family(scope, FamilyId(row.family_id)).await?;
        Ok(family.and_then(|family| family.notes.into_iter().find(|note| note.id == id)))
    }

    /// The students whom `scope` reaches as own children.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn children(&self, scope: &Scope) -> Result<Vec<StudentRecord>, StoreError> {
        let Some(guardian) = scope.guardian() else {
            return Ok(Vec::new());
        };
        // A guardian belongs to one family, and so do all their children.
        let Some(model) = guardian::Entity::find_by_id(guardian.0).one(&self.reader).await? else {
            return Ok(Vec::new());
        };
        let mut find = student::Entity::find().filter(student::Column::FamilyId.eq(model.family_id)).order_by_asc(student::Column::Id);
        QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
        let rows = find.filter(condition(scope, Rows::Student)).all(&self.reader).await?;
        let related = Related::of(self, scope, &rows, &[]).await?;
        let (family, key) = self.family_key(model.family_id).await?;
        Ok(rows.into_iter().map(|row| related.student(row, &family, &key)).collect())
    }

    pub(crate) async fn family_key(&self, id: uuid::Uuid) -> Result<(family::Model, Arc<WrappedKey>), StoreError> {
        let family = family::Entity::find_by_id(id).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        let key = Arc::new(WrappedKey { subject: family.id, bytes: family.data_key.clone() });
        Ok((family, key))
    }
}
