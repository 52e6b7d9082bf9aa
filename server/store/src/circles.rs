//! Who is near a family and what its guardians wrote: plain facts, for questions about what others see.
//!
//! The rule: found by an [`Inquiry`], whose scope, where it has one, is in the statements. "Now" is the day of the question, as for
//! a scope. Deliberately absent: every sealed column.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people::{roles, with_emergency},
    rows::{class, correction, enrolment, family, guardian, kinship, note, question, staff, staff_campus, student},
    scope::{Rows, condition},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, FamilyId, GuardianId, StaffId},
};
use guard::{
    trail::RecordRef,
    why::{Circle, Inquiry, Member, Somebody, Way},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most corrections of a family that are asked about, the newest; and the most questions.
const WRITTEN: u64 = 100;

/// Who teaches a pupil, and in which class.
type Teachers = BTreeSet<(StaffId, String)>;

impl Db {
    /// Everybody who works here, whether they may sign in or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn everybody(&self, inquiry: &Inquiry<'_>) -> Result<Vec<Somebody>, StoreError> {
        let rows = staff::Entity::find().filter(staff::Column::LeftAt.is_null()).order_by_asc(staff::Column::Id).all(&self.reader).await?;
        let mut campuses: BTreeMap<Uuid, Vec<CampusId>> = BTreeMap::new();
        for row in staff_campus::Entity::find().all(&self.reader).await? {
            campuses.entry(row.staff_id).or_default().push(CampusId(row.campus_id));
        }
        let somebody = |row: staff::Model| Somebody {
            campuses: campuses.remove(&row.id).unwrap_or_default(),
            id: StaffId(row.id),
            name: row.name,
            roles: with_emergency(roles(row.roles), row.emergency_until.map(time), inquiry.now()),
            active: row.active,
        };
        Ok(rows.into_iter().map(somebody).collect())
    }

    /// The circle of a family that may be asked about.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn circle(&self, inquiry: &Inquiry<'_>, id: FamilyId) -> Result<Option<Circle>, StoreError> {
        let within = |rows| inquiry.within().map_or_else(Condition::all, |scope| condition(scope, rows));
        let find = family::Entity::find_by_id(id.0).filter(within(Rows::Family)).select_only();
        let find = find.columns([family::Column::CampusId, family::Column::OwnerId]);
        let Some((campus, owner)) = find.into_tuple::<(Uuid, Option<Uuid>)>().one(&self.reader).await? else {
            return Ok(None);
        };
        let mut students = student::Entity::find().filter(student::Column::FamilyId.eq(id.0)).filter(within(Rows::Student));
        QueryTrait::query(&mut students).inner_join("family", Expr::col(("family", "id")).equals(("student", "family_id")));
        let students = students.select_only().column(student::Column::Id).order_by_asc(student::Column::Id);
        let students: Vec<Uuid> = students.into_tuple().all(&self.reader).await?;
        let mut guardians = guardian::Entity::find().filter(guardian::Column::FamilyId.eq(id.0)).filter(within(Rows::Guardian));
        QueryTrait::query(&mut guardians).inner_join("family", Expr::col(("family", "id")).equals(("guardian", "family_id")));
        let guardians = guardians.select_only().column(guardian::Column::Id).order_by_asc(guardian::Column::Id);
        let guardians: Vec<Uuid> = guardians.into_tuple().all(&self.reader).await?;
        let notes = note::Entity::find().filter(note::Column::FamilyId.eq(id.0)).select_only().column(note::Column::Id);
        let notes: Vec<Uuid> = notes.order_by_desc(note::Column::At).into_tuple().all(&self.reader).await?;
        let kin = kinship::Entity::find().filter(kinship::Column::GuardianId.is_in(guardians.iter().copied()));
        let kin = kin.filter(kinship::Column::StudentId.is_in(students.iter().copied())).all(&self.reader).await?;
        // Whoever has a child in custody may sign in.
        let custody: Vec<(Uuid, GuardianId)> =
            kin.iter().filter(|kin| kin.custody == "full").map(|kin| (kin.student_id, GuardianId(kin.guardian_id))).collect();
        let may_sign_in: BTreeSet<GuardianId> = custody.iter().map(|(_, guardian)| *guardian).collect();
        let taught = self.taught(inquiry, &students).await?;
        let teachers = |of: &[Uuid]| of.iter().filter_map(|id| taught.get(id)).flatten().cloned().collect::<Teachers>();
        let member = |kind, id, pupils: &[Uuid], own: Vec<GuardianId>| Member {
            record: RecordRef { kind, id },
            way: Way::Reach,
            taught_by: teachers(pupils).into_iter().collect(),
            own_of: own,
        };
        let student = |id: &Uuid| {
            let own = custody.iter().filter(|(child, _)| child == id).map(|(_, guardian)| *guardian).collect();
            member(RecordKind::Student, *id, &[*id], own)
        };
        let guardian = |id: &Uuid| {
            let pupils: Vec<Uuid> = kin.iter().filter(|kin| kin.guardian_id == *id).map(|kin| kin.student_id).collect();
            member(RecordKind::Guardian, *id, &pupils, may_sign_in.get(&GuardianId(*id)).copied().into_iter().collect())
        };
        let note = |id: &Uuid| member(RecordKind::Note, *id, &students, may_sign_in.iter().copied().collect());
        let people: Vec<Member> = students.iter().map(student).chain(guardians.iter().map(guardian)).collect();
        let (corrections, questions) = (self.corrections_near(&people).await?, self.questions_near(&people, &teachers(&students)).await?);
        let notes = notes.iter().map(note).collect();
        let members = [people, notes, corrections, questions].into_iter().flatten().collect();
        let guardians = may_sign_in.iter().copied().collect();
        Ok(Some(Circle { family: id, campus: CampusId(campus), owner: owner.map(StaffId), guardians, members }))
    }

    /// The newest corrections about these people, each near the person whose value it is about.
    async fn corrections_near(&self, people: &[Member]) -> Result<Vec<Member>, StoreError> {
        let of = correction::Column::AboutId.is_in(people.iter().map(|person| person.record.id));
        let find = correction::Entity::find().filter(of).select_only();
        let find = find.columns([correction::Column::Id, correction::Column::AboutId]);
        let find = find.columns([correction::Column::Field, correction::Column::AskedBy]);
        let find = find.order_by_desc(correction::Column::AskedAt).order_by_desc(correction::Column::Id).limit(WRITTEN);
        let rows = find.into_tuple::<(Uuid, Uuid, i32, Uuid)>().all(&self.reader).await?;
        let member = |(id, about, code, by): (Uuid, Uuid, i32, Uuid)| {
            let field = FieldKey::ALL.iter().copied().find(|field| i32::from(field.code()) == code)?;
            let way = Way::Correction { field, asked_by: GuardianId(by) };
            written(people, about, RecordRef { kind: RecordKind::Correction, id }, way)
        };
        rows.into_iter().map(|row| member(row).ok_or(StoreError::Malformed)).collect()
    }

    /// The newest questions about these children, each near the family, all of whose pupils `teachers` teach.
    async fn questions_near(&self, people: &[Member], teachers: &Teachers) -> Result<Vec<Member>, StoreError> {
        let of = question::Column::AboutId.is_in(people.iter().map(|person| person.record.id));
        let find = question::Entity::find().filter(of).select_only();
        let find = find.columns([question::Column::Id, question::Column::AboutId]);
        let find = find.columns([question::Column::OfId, question::Column::AskedBy]);
        let find = find.order_by_desc(question::Column::AskedAt).order_by_desc(question::Column::Id).limit(WRITTEN);
        let rows = find.into_tuple::<(Uuid, Uuid, Uuid, Uuid)>().all(&self.reader).await?;
        let member = |(id, about, of, by): (Uuid, Uuid, Uuid, Uuid)| {
            let way = Way::Question { of: StaffId(of), asked_by: GuardianId(by) };
            let near = written(people, about, RecordRef { kind: RecordKind::Question, id }, way)?;
            Some(Member { taught_by: teachers.iter().cloned().collect(), ..near })
        };
        rows.into_iter().map(|row| member(row).ok_or(StoreError::Malformed)).collect()
    }

    /// Who teaches these students on the day of the question; the same condition as that of a scope, for every teacher.
    async fn taught(&self, inquiry: &Inquiry<'_>, students: &[Uuid]) -> Result<BTreeMap<Uuid, Teachers>, StoreError> {
        let day = inquiry.today();
        let mut find = enrolment::Entity::find()
            .filter(enrolment::Column::StudentId.is_in(students.iter().copied()))
            .filter(enrolment::Column::Starts.lte(day))
            .filter(enrolment::Column::Ends.is_null().or(enrolment::Column::Ends.gte(day)))
            .filter(class::Column::Starts.lte(day))
            .filter(class::Column::Ends.gte(day))
            .select_only()
            .column(enrolment::Column::StudentId)
            .columns([class::Column::TeacherId, class::Column::Name]);
        let on = Expr::col(("class", "id")).equals(("enrolment", "class_id"));
        QueryTrait::query(&mut find).join(JoinType::InnerJoin, "class", on);
        let mut taught: BTreeMap<Uuid, Teachers> = BTreeMap::new();
        for (student, teacher, name) in find.into_tuple::<(Uuid, Uuid, String)>().all(&self.reader).await? {
            taught.entry(student).or_default().insert((StaffId(teacher), name));
        }
        Ok(taught)
    }
}

/// What a guardian wrote, near the person whom it is about.
fn written(people: &[Member], about: Uuid, record: RecordRef, way: Way) -> Option<Member> {
    people.iter().find(|person| person.record.id == about).map(|person| Member { record, way, ..person.clone() })
}
