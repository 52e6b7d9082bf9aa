//! Who is near a family: plain facts, for questions about what others see.
//!
//! The rule: found by an [`Inquiry`], whose scope, where it has one, is in the statements. "Now" is the day of the question, as for
//! a scope. Deliberately absent: every sealed column.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people::{roles, with_emergency},
    rows::{class, enrolment, family, guardian, kinship, note, staff, staff_campus, student},
    scope::{Rows, condition},
};
use contract::{
    field::RecordKind,
    ids::{CampusId, FamilyId, GuardianId, StaffId},
};
use guard::{
    trail::RecordRef,
    why::{Circle, Inquiry, Member, Somebody},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

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
        let members = students.iter().map(student).chain(guardians.iter().map(guardian)).chain(notes.iter().map(note)).collect();
        let guardians = may_sign_in.iter().copied().collect();
        Ok(Some(Circle { family: id, campus: CampusId(campus), owner: owner.map(StaffId), guardians, members }))
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
