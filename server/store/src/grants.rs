//! Standing grants: asked, decided, ended, and asked for again by each look.
//!
//! The rule: each step and its trail entry commit together, under the lock of the trail's head; a look asks under the same lock, so that
//! whoever revokes knows that no look comes after. Deliberately absent: the words, which are read from the trail; a state for what is
//! over, and an act that ends what a class, a teacher or an approver has ended by leaving.

use crate::{
    approvals::{may_still_grant, state},
    db::Db,
    error::StoreError,
    load::time,
    people::roles,
    rows::{campus, class, enrolment, staff, standing_grant, student, trail_row},
    trail::{TrailStore, append_in, lock},
    verify::kept,
    write::Written,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, ClassId, FamilyId, GrantId, StaffId, StudentId},
    rights::RoleSet,
    wire::{
        approvals::ApprovalState,
        reveals::{Reason, ReasonCode},
        school::{CampusRef, StaffRef},
    },
};
use guard::{
    ApprovalScope, Entry,
    approval::{GrantAsk, GrantWrite, Redemption, Whose},
    gate::Kept,
    records::{ClassFacts, Decider, GrantRecord},
    scope::ClassReach,
    why::{Circle, Inquiry},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most grants of a list.
const LIST: u64 = 50;
/// For how long one's own that are over are listed.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The fields as one number: a bit for each code. A grant is for fields of students, whose codes are below 20.
fn bits(fields: &[FieldKey]) -> i64 {
    fields.iter().filter(|field| field.record() == RecordKind::Student).fold(0, |bits, field| bits | (1 << field.code()))
}

/// The fields of a number.
pub(crate) fn fields(bits: i64) -> Vec<FieldKey> {
    FieldKey::of(RecordKind::Student).filter(|field| bits & (1 << field.code()) != 0).collect()
}

/// The grants that a scope finds, joined to their classes where it is narrowed by these.
fn find(scope: &ApprovalScope) -> Select<standing_grant::Entity> {
    match scope.whose() {
        Whose::Own(me) => standing_grant::Entity::find().filter(standing_grant::Column::AskedBy.eq(me.0)),
        Whose::OthersThan(me, within) => {
            let mut find = standing_grant::Entity::find().filter(standing_grant::Column::AskedBy.ne(me.0));
            if let Some(within) = within {
                QueryTrait::query(&mut find).inner_join("class", Expr::col(("class", "id")).equals(("standing_grant", "class_id")));
                let reached = |reach: &ClassReach| match reach {
                    ClassReach::Everything => Expr::val(true).eq(true),
                    ClassReach::AtCampuses(campuses) => class::Column::CampusId.is_in(campuses.iter().map(|campus| campus.0)),
                    ClassReach::TaughtBy(teacher, _) => class::Column::TeacherId.eq(teacher.0),
                };
                let nothing = Condition::any().add(Expr::val(false).eq(true));
                find = find.filter(within.classes().iter().fold(nothing, |any, reach| any.add(reached(reach))));
            }
            find
        }
    }
}

impl Db {
    /// One's own grants of thirty days and those that stand, newest first; nothing for a scope of others.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_grants(&self, scope: &ApprovalScope) -> Result<Vec<GrantRecord>, StoreError> {
        let since = standing_grant::Column::AskedAt.gt((scope.now() - KEPT).timestamp_micros());
        let list = find(scope)
            .filter(Condition::any().add(since).add(in_state(ApprovalState::Granted, scope.now())))
            .order_by_desc(standing_grant::Column::AskedAt)
            .limit(LIST);
        self.grant_records(list.all(&self.reader).await?, scope.day()).await
    }

    /// The grants in a state that its time has not ended, by their time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grants_in(&self, scope: &ApprovalScope, state: ApprovalState) -> Result<Vec<GrantRecord>, StoreError> {
        let list = running(scope, state).order_by_asc(standing_grant::Column::Until).limit(LIST);
        self.grant_records(list.all(&self.reader).await?, scope.day()).await
    }

    /// How many wait to be decided.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_grants(&self, scope: &ApprovalScope) -> Result<u64, StoreError> {
        Ok(running(scope, ApprovalState::Asked).count(&self.reader).await?)
    }

    /// One grant, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grant(&self, scope: &ApprovalScope, id: GrantId) -> Result<Option<GrantRecord>, StoreError> {
        let found = find(scope).filter(standing_grant::Column::Id.eq(id.0)).one(&self.reader).await?;
        Ok(self.grant_records(found.into_iter().collect(), scope.day()).await?.pop())
    }

    /// The scope's granted ones over classes that a student attends on its day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grants_over(&self, scope: &ApprovalScope, student: StudentId) -> Result<Vec<GrantRecord>, StoreError> {
        let found = running(scope, ApprovalState::Granted).filter(over(&[student.0], scope.day()));
        self.grant_records(found.order_by_desc(standing_grant::Column::Until).all(&self.reader).await?, scope.day()).await
    }

    /// The granted ones over classes that a student of a family attends, which may be asked about.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grants_near(&self, circle: &Circle, inquiry: &Inquiry<'_>) -> Result<Vec<GrantRecord>, StoreError> {
        let members = circle.members.iter().map(|member| member.record);
        let students: Vec<Uuid> = members.filter(|record| record.kind == RecordKind::Student).map(|record| record.id).collect();
        let found = standing_grant::Entity::find()
            .filter(in_state(ApprovalState::Granted, inquiry.now()))
            .filter(over(&students, inquiry.today()))
            .order_by_asc(standing_grant::Column::AskedAt);
        self.grant_records(found.all(&self.reader).await?, inquiry.today()).await
    }

    /// The steps of standing grants over classes that a student attended on a day on which the grant stood, where the entry names them
    /// not: they joined later, or had left. Newest first; two statements, however many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn joined_grants(&self, child: StudentId) -> Result<Vec<Kept>, StoreError> {
        type Row = (Uuid, NaiveDate, Option<i64>, Option<i64>, NaiveDate, Option<NaiveDate>);
        let mut found = standing_grant::Entity::find()
            .filter(standing_grant::Column::DecidedIn.is_not_null())
            .filter(standing_grant::Column::State.ne(ApprovalState::Refused.name()))
            .filter(enrolment::Column::StudentId.eq(child.0));
        let on = Expr::col(("enrolment", "class_id")).equals(("standing_grant", "class_id"));
        QueryTrait::query(&mut found).inner_join("enrolment", on);
        let found = found.select_only().columns([standing_grant::Column::Id]).column(standing_grant::Column::LastDay);
        let found = found.columns([standing_grant::Column::DecidedIn, standing_grant::Column::EndedIn]);
        let found = found.columns([enrolment::Column::Starts, enrolment::Column::Ends]);
        let rows: Vec<Row> = found.into_tuple().all(&self.reader).await?;
        let numbers = rows.iter().flat_map(|(_, _, granted, ended, ..)| [*granted, *ended]).flatten().collect::<Vec<_>>();
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let entries = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers)).all(&self.reader).await?;
        let entries = entries.iter().map(|row| Ok((row.seq, kept(row)?))).collect::<Result<BTreeMap<i64, Kept>, StoreError>>()?;
        let mut joined = BTreeMap::new();
        for (grant, last_day, granted, ended, starts, ends) in rows {
            let step = |number: Option<i64>| number.and_then(|number| entries.get(&number));
            let (Some(granted), ended) = (step(granted), step(ended)) else { return Err(StoreError::Malformed) };
            let until = ended.map_or(last_day, |ended| Ord::min(last_day, ended.entry.day()));
            let attended = starts <= until && ends.is_none_or(|ends| ends >= granted.entry.day());
            let steps = [Some(granted), ended].into_iter().flatten().filter(|step| step.entry.grant() == Some(GrantId(grant)));
            joined.extend(steps.filter(|step| attended && !step.entry.names(child.0)).map(|step| (step.seq, step.clone())));
        }
        Ok(joined.into_values().rev().collect())
    }

    /// The classes that the person of a scope teaches on its day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn taught_classes(&self, scope: &ApprovalScope) -> Result<Vec<ClassFacts>, StoreError> {
        let Whose::Own(me) = scope.whose() else { return Ok(Vec::new()) };
        let taught = class::Entity::find()
            .filter(class::Column::TeacherId.eq(me.0))
            .filter(class::Column::Starts.lte(scope.day()))
            .filter(class::Column::Ends.gte(scope.day()))
            .order_by_asc(class::Column::Name);
        let rows = taught.all(&self.reader).await?;
        let order: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut facts = self.class_facts(rows).await?;
        Ok(order.iter().filter_map(|id| facts.remove(id)).collect())
    }

    /// With the names of their campuses and teachers: two statements. Pupils are counted elsewhere.
    async fn class_facts(&self, rows: Vec<class::Model>) -> Result<BTreeMap<Uuid, ClassFacts>, StoreError> {
        let campuses = campus::Entity::find().filter(campus::Column::Id.is_in(rows.iter().map(|row| row.campus_id)));
        let campuses: BTreeMap<Uuid, String> = campuses.all(&self.reader).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let teachers = staff::Entity::find().filter(staff::Column::Id.is_in(rows.iter().map(|row| row.teacher_id)));
        let teachers: BTreeMap<Uuid, String> = teachers.all(&self.reader).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let named = |names: &BTreeMap<Uuid, String>, id: Uuid| names.get(&id).cloned().unwrap_or_default();
        let facts = |row: class::Model| ClassFacts {
            id: ClassId(row.id),
            campus: CampusRef { id: CampusId(row.campus_id), name: named(&campuses, row.campus_id) },
            teacher: StaffRef { id: StaffId(row.teacher_id), name: named(&teachers, row.teacher_id) },
            name: row.name,
            starts: row.starts,
            ends: row.ends,
            pupils: 0,
        };
        Ok(rows.into_iter().map(|row| (row.id, facts(row))).collect())
    }

    /// Those that were granted and whose time is not over, whoever's they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn grants_at(&self, now: DateTime<Utc>) -> Result<Vec<GrantRecord>, StoreError> {
        let found = standing_grant::Entity::find().filter(in_state(ApprovalState::Granted, now)).all(&self.reader).await?;
        self.grant_records(found, (now + TimeDelta::hours(8)).date_naive()).await
    }

    /// With class, pupils of the day, names, roles and words: six statements, however many.
    async fn grant_records(&self, rows: Vec<standing_grant::Model>, day: NaiveDate) -> Result<Vec<GrantRecord>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let of: Vec<Uuid> = rows.iter().map(|row| row.class_id).collect();
        let classes = class::Entity::find().filter(class::Column::Id.is_in(of.iter().copied())).all(&self.reader).await?;
        let classes = self.class_facts(classes).await?;
        let mut pupils = attending(day).filter(enrolment::Column::ClassId.is_in(of)).select_only();
        QueryTrait::query(&mut pupils).inner_join("student", Expr::col(("student", "id")).equals(("enrolment", "student_id")));
        let pupils = pupils.columns([enrolment::Column::ClassId, enrolment::Column::StudentId]).column(student::Column::FamilyId);
        let mut attends: BTreeMap<Uuid, Vec<(StudentId, FamilyId)>> = BTreeMap::new();
        for (class, student, family) in pupils.into_tuple::<(Uuid, Uuid, Uuid)>().all(&self.reader).await? {
            attends.entry(class).or_default().push((StudentId(student), FamilyId(family)));
        }
        let people = rows.iter().flat_map(|row| [Some(row.asked_by), row.decided_by]).flatten();
        let people = staff::Entity::find().filter(staff::Column::Id.is_in(people.collect::<Vec<_>>())).all(&self.reader).await?;
        let people: BTreeMap<Uuid, staff::Model> = people.into_iter().map(|person| (person.id, person)).collect();
        let numbers = rows.iter().flat_map(|row| [Some(row.asked_in), row.decided_in]).flatten();
        let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers.collect::<Vec<_>>())).all(&self.reader).await?;
        let said: BTreeMap<i64, Entry> = said.into_iter().filter_map(|row| Some((row.seq, Entry::from_bytes(&row.body)?))).collect();
        let named = |id: Uuid| StaffRef { id: StaffId(id), name: people.get(&id).map(|person| person.name.clone()).unwrap_or_default() };
        let decider = |id: Uuid| {
            let active = people.get(&id).filter(|person| person.active);
            Decider { who: named(id), roles: active.map_or_else(RoleSet::default, |person| roles(person.roles)) }
        };
        let record = |row: standing_grant::Model| {
            let asked = said.get(&row.asked_in).ok_or(StoreError::Malformed)?;
            let answer = row.decided_in.and_then(|number| said.get(&number)).and_then(Entry::reason);
            Ok(GrantRecord {
                id: GrantId(row.id),
                class: classes.get(&row.class_id).cloned().ok_or(StoreError::Malformed)?,
                fields: fields(row.fields),
                by: named(row.asked_by),
                roles: asked.by().roles,
                asked_at: time(row.asked_at),
                reason: asked.reason().cloned().unwrap_or(Reason { code: ReasonCode::Other, text: String::new() }),
                state: state(&row.state)?,
                until: time(row.until),
                last_day: row.last_day,
                decided_by: row.decided_by.map(decider),
                answer: answer.map(|reason| reason.text.clone()).unwrap_or_default(),
                pupils: attends.get(&row.class_id).cloned().unwrap_or_default(),
            })
        };
        rows.into_iter().map(record).collect()
    }

    /// Stores a request for a grant, unless the same person waits for a decision about the same class already.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_grant(&self, trail: &TrailStore, ask: GrantAsk) -> Result<Written, StoreError> {
        let GrantAsk { id, class, fields, by, last_day, until, entry } = ask;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let at = entry.at().timestamp_micros();
        let waiting = standing_grant::Entity::find()
            .filter(standing_grant::Column::AskedBy.eq(by.0))
            .filter(standing_grant::Column::ClassId.eq(class.0))
            .filter(standing_grant::Column::State.eq(ApprovalState::Asked.name()))
            .filter(standing_grant::Column::Until.gt(at));
        if waiting.one(&txn).await?.is_some() {
            return Ok(Written::Conflict);
        }
        let asked_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = standing_grant::ActiveModel {
            id: Set(id.0),
            class_id: Set(class.0),
            fields: Set(bits(&fields)),
            asked_by: Set(by.0),
            asked_at: Set(at),
            asked_in: Set(asked_in),
            state: Set(ApprovalState::Asked.name().to_owned()),
            until: Set(until.timestamp_micros()),
            last_day: Set(last_day),
            decided_by: Set(None),
            decided_in: Set(None),
            ended_in: Set(None),
        };
        standing_grant::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Changes a grant that still is in one of the states that the step begins from.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn step_grant(&self, trail: &TrailStore, write: GrantWrite) -> Result<Written, StoreError> {
        let GrantWrite { id, from, to, until, decided_by, entry } = write;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let number = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let mut change = standing_grant::Entity::update_many()
            .col_expr(standing_grant::Column::State, Expr::value(to.name()))
            .filter(standing_grant::Column::Id.eq(id.0))
            .filter(standing_grant::Column::State.is_in(from.iter().map(|state| state.name())))
            .filter(standing_grant::Column::Until.gt(entry.at().timestamp_micros()));
        change = match decided_by {
            Some(decider) => change
                .col_expr(standing_grant::Column::DecidedBy, Expr::value(decider.0))
                .col_expr(standing_grant::Column::DecidedIn, Expr::value(number)),
            None => change.col_expr(standing_grant::Column::EndedIn, Expr::value(number)),
        };
        if let Some((last_day, until)) = until {
            change = change
                .col_expr(standing_grant::Column::LastDay, Expr::value(last_day))
                .col_expr(standing_grant::Column::Until, Expr::value(until.timestamp_micros()));
        }
        if change.exec(&txn).await?.rows_affected != 1 {
            // The entry goes with the transaction.
            return Ok(Written::Conflict);
        }
        txn.commit().await?;
        Ok(Written::Stored)
    }
}

/// Those in a state that waits or stands, as long as it does.
fn running(scope: &ApprovalScope, state: ApprovalState) -> Select<standing_grant::Entity> {
    find(scope).filter(in_state(state, scope.now()))
}

fn in_state(state: ApprovalState, now: DateTime<Utc>) -> Condition {
    Condition::all().add(standing_grant::Column::State.eq(state.name())).add(standing_grant::Column::Until.gt(now.timestamp_micros()))
}

/// Those over a class that one of these students attends on a day.
fn over(students: &[Uuid], day: NaiveDate) -> Condition {
    let classes = attending(day).filter(enrolment::Column::StudentId.is_in(students.iter().copied()));
    let classes = classes.select_only().column(enrolment::Column::ClassId).into_query();
    Condition::all().add(standing_grant::Column::ClassId.in_subquery(classes))
}

/// The enrolments that hold on a day.
fn attending(day: NaiveDate) -> Select<enrolment::Entity> {
    let open = Condition::any().add(enrolment::Column::Ends.is_null()).add(enrolment::Column::Ends.gte(day));
    enrolment::Entity::find().filter(enrolment::Column::Starts.lte(day)).filter(open)
}

/// Whether a grant holds for this look: granted to this person for this field, within its days, while they teach the class, the pupil
/// attends it, and whoever granted it may still grant. Asked under the lock of the head.
pub(crate) async fn stands(txn: &DatabaseTransaction, look: &Redemption, grant: GrantId) -> Result<bool, StoreError> {
    let found = standing_grant::Entity::find_by_id(grant.0)
        .filter(standing_grant::Column::AskedBy.eq(look.by))
        .filter(standing_grant::Column::State.eq(ApprovalState::Granted.name()))
        .filter(standing_grant::Column::Until.gt(look.at.timestamp_micros()));
    let Some(row) = found.one(txn).await?.filter(|row| fields(row.fields).contains(&look.field)) else { return Ok(false) };
    let taught = class::Entity::find_by_id(row.class_id)
        .filter(class::Column::TeacherId.eq(look.by))
        .filter(class::Column::Starts.lte(look.day))
        .filter(class::Column::Ends.gte(look.day));
    let attends =
        attending(look.day).filter(enrolment::Column::ClassId.eq(row.class_id)).filter(enrolment::Column::StudentId.eq(look.record));
    let may_still = may_still_grant(txn, row.decided_by, look.by).await?;
    Ok(may_still && taught.one(txn).await?.is_some() && attends.one(txn).await?.is_some())
}
