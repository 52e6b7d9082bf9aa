//! From rows to records: a fixed number of statements, however many families.

use crate::{
    db::Db,
    error::StoreError,
    rows::{campus, class, enrolment, family, guardian, kinship, note, staff, student},
    scope::{Rows, condition, taught_on},
};
use chrono::{DateTime, Utc};
use contract::{
    ids::{CampusId, ClassId, FamilyId, GuardianId, NoteId, StaffId, StudentId},
    wire::{
        guardians::Kinship,
        school::{CampusRef, ClassRef, Custody, Relation, StaffRef, Stage},
    },
};
use guard::{
    Facts, Scope, Sealed, WrappedKey,
    records::{FamilyFacts, FamilyRecord, GuardianFields, GuardianRecord, NoteRecord, StudentFields, StudentRecord},
    scope::Reach,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QueryTrait,
    sea_query::{Expr, Query},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

pub(crate) fn time(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
}

pub(crate) fn stage(name: &str) -> Result<Stage, StoreError> {
    Stage::ALL.iter().copied().find(|stage| stage.name() == name).ok_or(StoreError::Malformed)
}

fn kin(row: &kinship::Model) -> Result<Kinship, StoreError> {
    let relation = Relation::ALL.iter().copied().find(|relation| relation.name() == row.relation).ok_or(StoreError::Malformed)?;
    // What is not known to be full is blocked.
    let custody = if row.custody == "full" { Custody::Full } else { Custody::Blocked };
    Ok(Kinship { student: StudentId(row.student_id), relation, custody })
}

/// How much of a family is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    List,
    Card,
}

/// The people of these families whom `scope` reaches.
pub(crate) async fn families(db: &Db, scope: &Scope, models: Vec<family::Model>, depth: Depth) -> Result<Vec<FamilyRecord>, StoreError> {
    if models.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = models.iter().map(|family| family.id).collect();
    let mut students = student::Entity::find().filter(student::Column::FamilyId.is_in(ids.clone())).order_by_asc(student::Column::Id);
    QueryTrait::query(&mut students).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
    let students = students.filter(condition(scope, Rows::Student)).all(&db.reader).await?;
    let mut guardians = guardian::Entity::find().filter(guardian::Column::FamilyId.is_in(ids.clone())).order_by_asc(guardian::Column::Id);
    QueryTrait::query(&mut guardians).inner_join("family", Expr::col(("family", "id")).equals(("guardian", "family_id")));
    let guardians = guardians.filter(condition(scope, Rows::Guardian)).all(&db.reader).await?;
    let notes = match depth {
        Depth::List => Vec::new(),
        Depth::Card => {
            note::Entity::find().filter(note::Column::FamilyId.is_in(ids)).order_by_desc(note::Column::At).all(&db.reader).await?
        }
    };
    let people: BTreeSet<Uuid> =
        models.iter().filter_map(|family| family.owner_id).chain(notes.iter().map(|note| note.written_by)).collect();
    let campuses = campus_names(db, models.iter().map(|family| family.campus_id).collect()).await?;
    let staff = staff_names(db, people).await?;
    let related = Related::of(db, scope, &students, &guardians).await?;
    let mut records = Vec::with_capacity(models.len());
    for model in models {
        let key = Arc::new(WrappedKey { subject: model.id, bytes: model.data_key.clone() });
        let of_family = |student: &&student::Model| student.family_id == model.id;
        let taught = students.iter().filter(of_family).any(|student| related.taught.contains(&student.id));
        let own = students.iter().filter(of_family).any(|student| related.own.contains(&student.id));
        let facts = facts(&model, taught, own);
        let campus = CampusRef { id: CampusId(model.campus_id), name: campuses.get(&model.campus_id).cloned().unwrap_or_default() };
        let named = |id: Uuid| StaffRef { id: StaffId(id), name: staff.get(&id).cloned().unwrap_or_default() };
        records.push(FamilyRecord {
            students: students.iter().filter(of_family).map(|row| related.student(row.clone(), &model, &key)).collect(),
            guardians: guardians
                .iter()
                .filter(|guardian| guardian.family_id == model.id)
                .map(|row| related.guardian(row.clone(), &model, &key, scope))
                .collect(),
            notes: notes
                .iter()
                .filter(|note| note.family_id == model.id)
                .map(|row| note_record(row, facts, &key, named(row.written_by)))
                .collect(),
            family: FamilyFacts {
                id: FamilyId(model.id),
                version: model.version,
                stage: stage(&model.stage)?,
                campus,
                owner: model.owner_id.map(named),
                created_at: time(model.created_at),
                updated_at: time(model.updated_at),
                next_contact: model.next_contact,
                facts,
            },
            key,
        });
    }
    Ok(records)
}

fn facts(family: &family::Model, taught_by_viewer: bool, own_child: bool) -> Facts {
    Facts { campus: CampusId(family.campus_id), owner: family.owner_id.map(StaffId), taught_by_viewer, own_child }
}

fn note_record(row: &note::Model, facts: Facts, key: &Arc<WrappedKey>, by: StaffRef) -> NoteRecord {
    NoteRecord {
        id: NoteId(row.id),
        family: FamilyId(row.family_id),
        at: time(row.at),
        by,
        next_contact: row.next_contact,
        facts,
        key: Arc::clone(key),
        fields: NoteRecord::fields(row.body.clone()),
    }
}

/// What relates the found people to each other, to classes and to the viewer.
pub(crate) struct Related {
    kinships: BTreeMap<Uuid, Vec<Kinship>>,
    classes: BTreeMap<Uuid, Vec<ClassRef>>,
    taught: BTreeSet<Uuid>,
    own: BTreeSet<Uuid>,
}

impl Related {
    pub(crate) async fn of(db: &Db, scope: &Scope, students: &[student::Model], guardians: &[guardian::Model]) -> Result<Self, StoreError> {
        let ids: Vec<Uuid> = students.iter().map(|student| student.id).collect();
        let mut related = Self { kinships: BTreeMap::new(), classes: BTreeMap::new(), taught: BTreeSet::new(), own: BTreeSet::new() };
        let of_guardians = kinship::Column::GuardianId.is_in(guardians.iter().map(|guardian| guardian.id));
        for row in kinship::Entity::find().filter(of_guardians).order_by_asc(kinship::Column::StudentId).all(&db.reader).await? {
            related.kinships.entry(row.guardian_id).or_default().push(kin(&row)?);
        }
        let current = enrolment::Entity::find()
            .filter(enrolment::Column::StudentId.is_in(ids.clone()))
            .filter(enrolment::Column::Starts.lte(scope.today()))
            .filter(enrolment::Column::Ends.is_null().or(enrolment::Column::Ends.gte(scope.today())))
            .all(&db.reader)
            .await?;
        let names: BTreeMap<Uuid, String> = class::Entity::find()
            .filter(class::Column::Id.is_in(current.iter().map(|row| row.class_id).collect::<BTreeSet<_>>()))
            .filter(class::Column::Starts.lte(scope.today()))
            .filter(class::Column::Ends.gte(scope.today()))
            .all(&db.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
        for row in current {
            if let Some(name) = names.get(&row.class_id) {
                let class = ClassRef { id: ClassId(row.class_id), name: name.clone() };
                related.classes.entry(row.student_id).or_default().push(class);
            }
        }
        if let Some(Reach::TaughtBy(teacher, day)) = scope.reaches().iter().find(|reach| matches!(reach, Reach::TaughtBy(..))) {
            let mut taught = taught_on(*teacher, *day);
            taught.clear_selects().column(("lesson", "student_id")).and_where(Expr::col(("lesson", "student_id")).is_in(ids.clone()));
            for row in db.reader.query_all(&taught).await? {
                related.taught.insert(row.try_get("", "student_id")?);
            }
        }
        if let Some(guardian) = scope.guardian() {
            let own = Query::select()
                .column("student_id")
                .from("kinship")
                .and_where(Expr::col("guardian_id").eq(guardian.0))
                .and_where(Expr::col("custody").eq("full"))
                .to_owned();
            for row in db.reader.query_all(&own).await? {
                related.own.insert(row.try_get("", "student_id")?);
            }
        }
        Ok(related)
    }

    pub(crate) fn student(&self, row: student::Model, family: &family::Model, key: &Arc<WrappedKey>) -> StudentRecord {
        let student::Model { id, family_id, version, name, birth_date, id_card, school, address, health_note } = row;
        StudentRecord {
            id: StudentId(id),
            family: FamilyId(family_id),
            version,
            classes: self.classes.get(&id).cloned().unwrap_or_default(),
            facts: facts(family, self.taught.contains(&id), self.own.contains(&id)),
            key: Arc::clone(key),
            fields: StudentFields {
                name: Sealed::stored(name),
                birth_date: Sealed::stored(birth_date),
                id_card: Sealed::stored(id_card),
                school: Sealed::stored(school),
                address: Sealed::stored(address),
                health_note: Sealed::stored(health_note),
            },
        }
    }

    pub(crate) fn guardian(&self, row: guardian::Model, family: &family::Model, key: &Arc<WrappedKey>, scope: &Scope) -> GuardianRecord {
        let guardian::Model { id, family_id, version, name, phone, second_phone, wechat, email, id_card, address, employer } = row;
        let kinships = self.kinships.get(&id).cloned().unwrap_or_default();
        let taught = kinships.iter().any(|kin| self.taught.contains(&kin.student.0));
        GuardianRecord {
            id: GuardianId(id),
            family: FamilyId(family_id),
            version,
            kinships,
            facts: facts(family, taught, scope.guardian() == Some(GuardianId(id))),
            key: Arc::clone(key),
            fields: GuardianFields {
                name: Sealed::stored(name),
                phone: Sealed::stored(phone),
                second_phone: Sealed::stored(second_phone),
                wechat: Sealed::stored(wechat),
                email: Sealed::stored(email),
                id_card: Sealed::stored(id_card),
                address: Sealed::stored(address),
                employer: Sealed::stored(employer),
            },
        }
    }
}

async fn campus_names(db: &Db, ids: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>, StoreError> {
    let rows = campus::Entity::find().filter(campus::Column::Id.is_in(ids)).all(&db.reader).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

pub(crate) async fn staff_names(db: &Db, ids: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = staff::Entity::find().filter(staff::Column::Id.is_in(ids)).all(&db.reader).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
