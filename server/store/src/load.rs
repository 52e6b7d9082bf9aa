//! From rows to records: a fixed number of statements, however many families.

use crate::{
    error::StoreError,
    memory::Moment,
    rows::{campus, enrolment, family, guardian, kinship, note, staff, student},
    scope::{Rows, joined, reaches_whole_families, taught_on, within},
    source::{Columns, Row, Source, padded},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{CampusId, ClassId, FamilyId, GuardianId, NoteId, StaffId, StudentId},
    wire::{
        guardians::Kinship,
        school::{CampusRef, ClassRef, Custody, Relation, StaffRef, Stage},
    },
};
use guard::{
    Facts, Scope, Sealed, WrappedKey,
    records::{Enrolment, FamilyFacts, FamilyRecord, GuardianFields, GuardianRecord, NoteRecord, StudentFields, StudentRecord},
    scope::Reach,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Depth {
    List,
    Card,
}

/// The moment of a read that may use what is kept: one whose scope reaches whole families, and who is no guardian, for
/// whom a record says which children are their own.
pub(crate) fn moment<'s>(source: &'s impl Source, scope: &Scope) -> Result<Option<Moment<'s>>, StoreError> {
    if reaches_whole_families(scope) && scope.guardian().is_none() { source.moment() } else { Ok(None) }
}

/// These families, which `scope` reaches, in this order; what is kept of them is not read again.
pub(crate) async fn kept(
    source: &impl Source,
    scope: &Scope,
    moment: Moment<'_>,
    ids: &[Uuid],
    depth: Depth,
) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
    let day = scope.today();
    let mut found = moment.get(ids, depth, day);
    let missing: Vec<Uuid> = ids.iter().zip(&found).filter(|(_, kept)| kept.is_none()).map(|(id, _)| *id).collect();
    if !missing.is_empty() {
        let models = family::Entity::find().filter(family::Column::Id.is_in(padded(missing)));
        let read = families(source, scope, source.rows(models.into_query()).await?, depth).await?;
        read.iter().for_each(|record| moment.keep(depth, day, record));
        let mut read: BTreeMap<Uuid, Arc<FamilyRecord>> = read.into_iter().map(|record| (record.family.id.0, record)).collect();
        for (id, place) in ids.iter().zip(&mut found) {
            *place = place.take().or_else(|| read.remove(id));
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// The people of these families whom `scope` reaches. Of a family in a list, the first guardian alone.
pub(crate) async fn families(
    source: &impl Source,
    scope: &Scope,
    models: Vec<family::Model>,
    depth: Depth,
) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
    if models.is_empty() {
        return Ok(Vec::new());
    }
    let ids = padded(models.iter().map(|family| family.id).collect());
    let mut students = student::Entity::find().filter(student::Column::FamilyId.is_in(ids.clone()));
    if let Some(reached) = within(scope, Rows::Student) {
        joined(QueryTrait::query(&mut students), "family", Expr::col(("family", "id")).equals(("student", "family_id")));
        students = students.filter(reached);
    }
    let mut guardians = guardian::Entity::find().filter(guardian::Column::FamilyId.is_in(ids.clone()));
    if let Some(reached) = within(scope, Rows::Guardian) {
        joined(QueryTrait::query(&mut guardians), "family", Expr::col(("family", "id")).equals(("guardian", "family_id")));
        guardians = guardians.filter(reached);
    }
    let mut students: Vec<student::Model> = source.rows(students.into_query()).await?;
    let mut guardians: Vec<guardian::Model> = source.rows(guardians.into_query()).await?;
    // Here, not in SQL: a database that sorts copies the ciphertexts once more.
    students.sort_unstable_by_key(|student| student.id);
    guardians.sort_unstable_by_key(|guardian| guardian.id);
    let notes: Vec<note::Model> = match depth {
        Depth::List => {
            let mut seen = BTreeSet::new();
            guardians.retain(|guardian| seen.insert(guardian.family_id));
            Vec::new()
        }
        Depth::Card => {
            let notes = note::Entity::find().filter(note::Column::FamilyId.is_in(ids)).order_by_desc(note::Column::At);
            source.rows(notes.into_query()).await?
        }
    };
    let people: BTreeSet<Uuid> =
        models.iter().filter_map(|family| family.owner_id).chain(notes.iter().map(|note| note.written_by)).collect();
    let campuses = campus_names(source, models.iter().map(|family| family.campus_id).collect()).await?;
    let staff = staff_names(source, people).await?;
    let related = Related::of(source, scope, &students, &guardians, depth).await?;
    let mut students = by_family(students, |student| student.family_id);
    let mut guardians = by_family(guardians, |guardian| guardian.family_id);
    let mut notes = by_family(notes, |note| note.family_id);
    let mut records = Vec::with_capacity(models.len());
    for model in models {
        let key = Arc::new(WrappedKey::stored(model.id, model.data_key.clone()));
        let students = students.remove(&model.id).unwrap_or_default();
        let taught = students.iter().any(|student| related.taught.contains(&student.id));
        let own = students.iter().any(|student| related.own.contains(&student.id));
        let facts = facts(&model, taught, own);
        let campus = CampusRef { id: CampusId(model.campus_id), name: campuses.get(&model.campus_id).cloned().unwrap_or_default() };
        let named = |id: Uuid| StaffRef { id: StaffId(id), name: staff.get(&id).cloned().unwrap_or_default() };
        let guardians = guardians.remove(&model.id).unwrap_or_default();
        let notes = notes.remove(&model.id).unwrap_or_default();
        records.push(Arc::new(FamilyRecord {
            students: students.into_iter().map(|row| related.student(row, &model, &key)).collect(),
            guardians: guardians.into_iter().map(|row| related.guardian(row, &model, &key, scope)).collect(),
            notes: notes.into_iter().map(|row| note_record(row, facts, &key, &named)).collect(),
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
        }));
    }
    Ok(records)
}

/// Rows by their family, in the order in which they are.
fn by_family<R>(rows: Vec<R>, family: impl Fn(&R) -> Uuid) -> BTreeMap<Uuid, Vec<R>> {
    let mut families: BTreeMap<Uuid, Vec<R>> = BTreeMap::new();
    for row in rows {
        families.entry(family(&row)).or_default().push(row);
    }
    families
}

fn facts(family: &family::Model, taught_by_viewer: bool, own_child: bool) -> Facts {
    Facts { campus: CampusId(family.campus_id), owner: family.owner_id.map(StaffId), taught_by_viewer, own_child }
}

fn note_record(row: note::Model, facts: Facts, key: &Arc<WrappedKey>, named: &impl Fn(Uuid) -> StaffRef) -> NoteRecord {
    NoteRecord {
        id: NoteId(row.id),
        family: FamilyId(row.family_id),
        at: time(row.at),
        by: named(row.written_by),
        next_contact: row.next_contact,
        facts,
        key: Arc::clone(key),
        fields: NoteRecord::fields(row.body),
    }
}

/// A time of a student in a class.
struct Time {
    student: Uuid,
    class: Uuid,
    starts: NaiveDate,
    ends: Option<NaiveDate>,
    name: String,
    /// The first and the last day of the class itself.
    begins: NaiveDate,
    over: NaiveDate,
}

impl Row for Time {
    // In the order in which they are selected.
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok(Self {
            student: columns.next()?,
            class: columns.next()?,
            starts: columns.next()?,
            ends: columns.next()?,
            name: columns.next()?,
            begins: columns.next()?,
            over: columns.next()?,
        })
    }
}

impl Time {
    fn is_current(&self, today: NaiveDate) -> bool {
        let begun = self.starts <= today && self.begins <= today;
        begun && today <= self.over && self.ends.is_none_or(|ends| today <= ends)
    }
}

/// What relates the found people to each other, to classes and to the viewer.
pub(crate) struct Related {
    kinships: BTreeMap<Uuid, Vec<Kinship>>,
    classes: BTreeMap<Uuid, Vec<ClassRef>>,
    enrolments: BTreeMap<Uuid, Vec<Enrolment>>,
    taught: BTreeSet<Uuid>,
    own: BTreeSet<Uuid>,
}

impl Related {
    /// Of these people alone, all of whom `scope` reaches.
    pub(crate) async fn of(
        source: &impl Source,
        scope: &Scope,
        students: &[student::Model],
        guardians: &[guardian::Model],
        depth: Depth,
    ) -> Result<Self, StoreError> {
        let ids = padded(students.iter().map(|student| student.id).collect());
        let mut related = Self {
            kinships: BTreeMap::new(),
            classes: BTreeMap::new(),
            enrolments: BTreeMap::new(),
            taught: BTreeSet::new(),
            own: BTreeSet::new(),
        };
        let of_guardians = kinship::Column::GuardianId.is_in(padded(guardians.iter().map(|guardian| guardian.id).collect()));
        let mut kinships: Vec<kinship::Model> = source.rows(kinship::Entity::find().filter(of_guardians).into_query()).await?;
        // A guardian's other children are not told of to whoever does not reach them; nor those of another family, whoever
        // else is read along, so that a family is the same record in every company.
        let homes: BTreeMap<Uuid, Uuid> = students.iter().map(|student| (student.id, student.family_id)).collect();
        let at_home: BTreeMap<Uuid, Uuid> = guardians.iter().map(|guardian| (guardian.id, guardian.family_id)).collect();
        kinships.retain(|kin| homes.get(&kin.student_id).is_some_and(|home| at_home.get(&kin.guardian_id) == Some(home)));
        kinships.sort_unstable_by_key(|kinship| kinship.student_id);
        for row in kinships {
            related.kinships.entry(row.guardian_id).or_default().push(kin(&row)?);
        }
        let today = scope.today();
        let mut times = enrolment::Entity::find()
            .select_only()
            .columns([enrolment::Column::StudentId, enrolment::Column::ClassId, enrolment::Column::Starts, enrolment::Column::Ends])
            .filter(enrolment::Column::StudentId.is_in(ids.clone()));
        if depth == Depth::List {
            let ends = enrolment::Column::Ends;
            times = times.filter(enrolment::Column::Starts.lte(today)).filter(ends.is_null().or(ends.gte(today)));
        }
        let class = joined(QueryTrait::query(&mut times), "class", Expr::col(("class", "id")).equals(("enrolment", "class_id"))).columns([
            ("class", "name"),
            ("class", "starts"),
            ("class", "ends"),
        ]);
        if depth == Depth::List {
            class.and_where(Expr::col(("class", "starts")).lte(today)).and_where(Expr::col(("class", "ends")).gte(today));
        }
        let mut times: Vec<Time> = source.rows(times.into_query()).await?;
        times.sort_unstable_by_key(|time| (time.student, time.class, time.starts));
        for time in times {
            let class = ClassRef { id: ClassId(time.class), name: time.name.clone() };
            if time.is_current(today) {
                related.classes.entry(time.student).or_default().push(class.clone());
            }
            if depth == Depth::Card {
                // Nobody stays in a class that is over.
                let ends = time.ends.or((time.over < today).then_some(time.over));
                related.enrolments.entry(time.student).or_default().push(Enrolment { class, starts: time.starts, ends });
            }
        }
        if let Some(Reach::TaughtBy(teacher, day)) = scope.reaches().iter().find(|reach| matches!(reach, Reach::TaughtBy(..))) {
            let mut taught = taught_on(*teacher, *day);
            taught.clear_selects().column(("lesson", "student_id")).and_where(Expr::col(("lesson", "student_id")).is_in(ids));
            related.taught.extend(source.rows::<(Uuid,)>(taught).await?.into_iter().map(|(student,)| student));
        }
        if let Some(guardian) = scope.guardian() {
            let own = Query::select()
                .column("student_id")
                .from("kinship")
                .and_where(Expr::col("guardian_id").eq(guardian.0))
                .and_where(Expr::col("custody").eq("full"))
                .to_owned();
            related.own.extend(source.rows::<(Uuid,)>(own).await?.into_iter().map(|(student,)| student));
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
            enrolments: self.enrolments.get(&id).cloned().unwrap_or_default(),
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

async fn campus_names(source: &impl Source, ids: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>, StoreError> {
    let named = campus::Entity::find().filter(campus::Column::Id.is_in(padded(ids.into_iter().collect())));
    let rows: Vec<campus::Model> = source.rows(named.into_query()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

pub(crate) async fn staff_names(source: &impl Source, ids: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let named = staff::Entity::find()
        .select_only()
        .columns([staff::Column::Id, staff::Column::Name])
        .filter(staff::Column::Id.is_in(padded(ids.into_iter().collect())));
    Ok(source.rows::<(Uuid, String)>(named.into_query()).await?.into_iter().collect())
}
