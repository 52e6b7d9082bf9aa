//! Classes, and the pupils of one.
//!
//! The rule: which classes there are is decided by what the viewer knows of classes, who is in them by the viewer's scope over
//! students; both are in the statement. Nobody is counted who would not be listed.

use crate::{
    db::Db,
    error::StoreError,
    load::{Depth, Related},
    rows::{class, family, student},
    scope::{Rows, condition, joined},
    source::{Columns, Row, Source, padded, read},
};
use chrono::NaiveDate;
use contract::{
    ids::{CampusId, ClassId, StaffId},
    wire::school::{CampusRef, StaffRef},
};
use guard::{
    Scope, WrappedKey,
    records::{ClassFacts, ClassRecord},
    scope::ClassReach,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, SelectStatement},
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

impl Db {
    /// The classes that are not over, by name, each with how many pupils in reach attend it now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn classes(&self, scope: &Scope) -> Result<Vec<ClassFacts>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| classes(source, &scope))
    }

    /// One class with the pupils in reach who attend it now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn class(&self, scope: &Scope, id: ClassId) -> Result<Option<ClassRecord>, StoreError> {
        let scope = scope.clone();
        read!(self, |source| one(source, &scope, id))
    }
}

/// A class, the names of its campus and of its teacher.
struct Named {
    class: class::Model,
    campus: String,
    teacher: String,
}

impl Row for Named {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok(Self { class: class::Model::read(columns)?, campus: columns.next()?, teacher: columns.next()? })
    }
}

impl Named {
    fn facts(self, pupils: u64) -> ClassFacts {
        let Self { class: class::Model { id, campus_id, name, teacher_id, starts, ends }, campus, teacher } = self;
        ClassFacts {
            id: ClassId(id),
            name,
            campus: CampusRef { id: CampusId(campus_id), name: campus },
            teacher: StaffRef { id: StaffId(teacher_id), name: teacher },
            starts,
            ends,
            pupils,
        }
    }
}

/// Classes that the scope knows of and that are not over.
fn known(scope: &Scope) -> Select<class::Entity> {
    let reached = |reach: &ClassReach| match reach {
        ClassReach::Everything => Expr::val(true).eq(true),
        ClassReach::AtCampuses(campuses) => class::Column::CampusId.is_in(campuses.iter().map(|campus| campus.0)),
        ClassReach::TaughtBy(teacher, day) => {
            class::Column::TeacherId.eq(teacher.0).and(class::Column::Starts.lte(*day)).and(class::Column::Ends.gte(*day))
        }
    };
    let by_any = match scope.classes() {
        [] => Condition::all().add(Expr::val(false).eq(true)),
        some => some.iter().fold(Condition::any(), |any, reach| any.add(reached(reach))),
    };
    let mut find = class::Entity::find().filter(by_any).filter(class::Column::Ends.gte(scope.today()));
    let select = QueryTrait::query(&mut find);
    joined(select, "campus", Expr::col(("campus", "id")).equals(("class", "campus_id"))).column(("campus", "name"));
    joined(select, "staff", Expr::col(("staff", "id")).equals(("class", "teacher_id"))).column(("staff", "name"));
    find
}

/// Restricts enrolments, joined as `enrolment`, to those that hold on a day.
fn attended(select: &mut SelectStatement, day: NaiveDate) {
    let ends = || Expr::col(("enrolment", "ends"));
    select.and_where(Expr::col(("enrolment", "starts")).lte(day)).and_where(ends().is_null().or(ends().gte(day)));
}

async fn classes(source: &impl Source, scope: &Scope) -> Result<Vec<ClassFacts>, StoreError> {
    let found: Vec<Named> =
        source.rows(known(scope).order_by_asc(class::Column::Name).order_by_asc(class::Column::Id).into_query()).await?;
    let mut pupils = student::Entity::find().select_only().filter(condition(scope, Rows::Student));
    let select = QueryTrait::query(&mut pupils);
    joined(select, "family", Expr::col(("family", "id")).equals(("student", "family_id")));
    joined(select, "enrolment", Expr::col(("enrolment", "student_id")).equals(("student", "id")));
    attended(select, scope.today());
    select
        .column(("enrolment", "class_id"))
        .expr(Func::count_distinct(Expr::col(("student", "id"))))
        .and_where(Expr::col(("enrolment", "class_id")).is_in(padded(found.iter().map(|named| named.class.id).collect())))
        .group_by_col(("enrolment", "class_id"));
    let counted: BTreeMap<Uuid, i64> = source.rows::<(Uuid, i64)>(pupils.into_query()).await?.into_iter().collect();
    let count = |id: Uuid| counted.get(&id).and_then(|count| u64::try_from(*count).ok()).unwrap_or_default();
    Ok(found.into_iter().map(|named| (count(named.class.id), named)).map(|(count, named)| named.facts(count)).collect())
}

async fn one(source: &impl Source, scope: &Scope, id: ClassId) -> Result<Option<ClassRecord>, StoreError> {
    let Some(named) = source.row::<Named>(known(scope).filter(class::Column::Id.eq(id.0)).into_query()).await? else {
        return Ok(None);
    };
    let mut find = student::Entity::find().filter(condition(scope, Rows::Student));
    let select = QueryTrait::query(&mut find);
    joined(select, "family", Expr::col(("family", "id")).equals(("student", "family_id")));
    joined(select, "enrolment", Expr::col(("enrolment", "student_id")).equals(("student", "id")));
    attended(select, scope.today());
    select.column(("enrolment", "starts")).and_where(Expr::col(("enrolment", "class_id")).eq(id.0));
    let mut rows: Vec<Attending> = source.rows(find.into_query()).await?;
    rows.sort_unstable_by_key(|row| (row.student.id, row.since));
    rows.dedup_by_key(|row| row.student.id);
    rows.sort_by_key(|row| row.since);
    let (students, since): (Vec<student::Model>, Vec<NaiveDate>) = rows.into_iter().map(|row| (row.student, row.since)).unzip();
    let related = Related::of(source, scope, &students, &[], Depth::List).await?;
    let families = family::Entity::find().filter(family::Column::Id.is_in(padded(students.iter().map(|row| row.family_id).collect())));
    let families: Vec<family::Model> = source.rows(families.into_query()).await?;
    let families: BTreeMap<Uuid, (family::Model, Arc<WrappedKey>)> = families
        .into_iter()
        .map(|family| {
            let key = Arc::new(WrappedKey::stored(family.id, family.data_key.clone()));
            (family.id, (family, key))
        })
        .collect();
    let mut pupils = Vec::with_capacity(students.len());
    for (row, since) in students.into_iter().zip(since) {
        let (family, key) = families.get(&row.family_id).ok_or(StoreError::Malformed)?;
        pupils.push((related.student(row, family, key), since));
    }
    let count = pupils.len() as u64;
    Ok(Some(ClassRecord { class: named.facts(count), pupils }))
}

/// A student, and since when in the class.
struct Attending {
    student: student::Model,
    since: NaiveDate,
}

impl Row for Attending {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok(Self { student: student::Model::read(columns)?, since: columns.next()? })
    }
}
