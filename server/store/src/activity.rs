//! What somebody did in ninety days, counted by the database: person, action, week.
//!
//! The rule: a fixed number of statements, whoever is asked about and however much they did; the counts of everybody read the index by
//! person alone, and no entry is opened. Deliberately absent: the entries, and which families they were.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people::roles,
    reading::begins,
    rows::{class, enrolment, family, guardian, note, staff, student, trail_row},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    field::RecordKind,
    ids::StaffId,
    wire::{ledger::Action, reports::Measure},
};
use guard::{
    gate::{counted, first_day},
    records::{ActivityRecord, Tally},
};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Condition, Expr, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

const HOUR: i64 = 3_600_000_000;
const WEEK: i64 = 7 * 24 * HOUR;

/// The day of a moment at the school (+08:00).
fn day_of(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(8)).date_naive()
}

/// A span of days, in microseconds; the end is not part of it.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: i64,
    end: i64,
}

impl Span {
    fn to(last: NaiveDate) -> Self {
        Self { from: begins(first_day(last)), end: begins(last.succ_opt().unwrap_or(last)) }
    }
    /// The entries of these people in it.
    fn of(self, people: impl IntoIterator<Item = Uuid>) -> Condition {
        Condition::all()
            .add(trail_row::Column::ActorId.is_in(people))
            .add(trail_row::Column::At.gte(self.from))
            .add(trail_row::Column::At.lt(self.end))
    }
}

/// How many of the counted entries are from 22:00 to 06:00 at the school.
pub(crate) fn late() -> SimpleExpr {
    Expr::cust(format!("SUM(CASE WHEN ((\"at\" / {HOUR}) + 8) % 24 BETWEEN 6 AND 21 THEN 0 ELSE 1 END)"))
}

/// The counts: person, action, week from the end, how many, how many of them at night. The numbers stand in the statement, since what
/// is selected and what is grouped by has to be the same.
fn tallies(span: Span, people: impl IntoIterator<Item = Uuid>) -> Select<trail_row::Entity> {
    let week: SimpleExpr = Expr::cust(format!("({} - \"at\") / {WEEK}", span.end - 1));
    let all = Measure::ALL.iter().flat_map(|measure| counted(*measure)).map(|action| action.name());
    trail_row::Entity::find()
        .select_only()
        .columns([trail_row::Column::ActorId, trail_row::Column::Action])
        .column_as(week.clone(), "week")
        .column_as(trail_row::Column::Seq.count(), "many")
        .column_as(late(), "late")
        .filter(span.of(people))
        .filter(trail_row::Column::Action.is_in(all))
        .group_by(trail_row::Column::ActorId)
        .group_by(trail_row::Column::Action)
        .group_by(week)
}

/// The records of one kind that somebody saw or changed in a span, by their ids.
fn seen(span: Span, who: Uuid, kind: RecordKind) -> SelectStatement {
    let seen = trail_row::Entity::find()
        .select_only()
        .column(trail_row::Column::RecordId)
        .filter(span.of([who]))
        .filter(trail_row::Column::RecordKind.eq(kind.name()))
        .filter(trail_row::Column::Action.is_in([Action::Shown, Action::Revealed, Action::Changed].map(Action::name)));
    seen.into_query()
}

/// The families that somebody opened, or of whose people they opened one, and that another person looks after: not those that went
/// over because they left, nor those whose children they taught.
fn beyond(span: Span, who: Uuid, left_at: Option<i64>) -> Select<family::Entity> {
    let people = |select: SelectStatement| family::Column::Id.in_subquery(select);
    let by_student = student::Entity::find().select_only().column(student::Column::FamilyId);
    let by_guardian = guardian::Entity::find().select_only().column(guardian::Column::FamilyId);
    let by_note = note::Entity::find().select_only().column(note::Column::FamilyId);
    let touched = Condition::any()
        .add(people(seen(span, who, RecordKind::Family)))
        .add(people(by_student.filter(student::Column::Id.in_subquery(seen(span, who, RecordKind::Student))).into_query()))
        .add(people(by_guardian.filter(guardian::Column::Id.in_subquery(seen(span, who, RecordKind::Guardian))).into_query()))
        .add(people(by_note.filter(note::Column::Id.in_subquery(seen(span, who, RecordKind::Note))).into_query()));
    let classes = class::Entity::find().select_only().column(class::Column::Id).filter(class::Column::TeacherId.eq(who));
    let taught = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::StudentId)
        .filter(enrolment::Column::ClassId.in_subquery(classes.into_query()));
    let taught = student::Entity::find()
        .select_only()
        .column(student::Column::FamilyId)
        .filter(student::Column::Id.in_subquery(taught.into_query()));
    let mut find = family::Entity::find()
        .filter(family::Column::OwnerId.is_not_null())
        .filter(family::Column::OwnerId.ne(who))
        .filter(touched)
        .filter(family::Column::Id.not_in_subquery(taught.into_query()));
    if let Some(left_at) = left_at {
        // What goes over at a departure has an entry of that very moment for each family.
        let handed = trail_row::Entity::find()
            .select_only()
            .column(trail_row::Column::RecordId)
            .filter(trail_row::Column::Action.eq(Action::Changed.name()))
            .filter(trail_row::Column::RecordKind.eq(RecordKind::Family.name()))
            .filter(trail_row::Column::RecordId.is_not_null())
            .filter(trail_row::Column::At.eq(left_at));
        find = find.filter(family::Column::Id.not_in_subquery(handed.into_query()));
    }
    find
}

impl Db {
    /// What a member of staff did in the ninety days to `now`, or to the day on which they left; nothing for somebody who is not there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn activity(&self, id: StaffId, now: DateTime<Utc>) -> Result<Option<ActivityRecord>, StoreError> {
        let all = staff::Entity::find().all(&self.reader).await?;
        let Some(person) = all.iter().find(|row| row.id == id.0) else { return Ok(None) };
        let held = roles(person.roles);
        let is_peer = |row: &&staff::Model| row.id != id.0 && row.active && roles(row.roles).iter().any(|role| held.has(role));
        let peers: Vec<StaffId> = all.iter().filter(is_peer).map(|row| StaffId(row.id)).collect();
        let to = day_of(person.left_at.map_or(now, time));
        let span = Span::to(to);
        let people = peers.iter().map(|peer| peer.0).chain([id.0]);
        let rows: Vec<(Uuid, String, i64, i64, i64)> = tallies(span, people).into_tuple().all(&self.reader).await?;
        let beyond = beyond(span, id.0, person.left_at).count(&self.reader).await?;
        Ok(Some(ActivityRecord {
            id,
            name: person.name.clone(),
            roles: held,
            left: person.left_at.is_some(),
            to,
            peers,
            tallies: rows.into_iter().filter_map(tally).collect(),
            beyond: u32::try_from(beyond).unwrap_or(u32::MAX),
        }))
    }
}

fn tally((who, action, week, many, late): (Uuid, String, i64, i64, i64)) -> Option<Tally> {
    let number = |many: i64| u32::try_from(many).unwrap_or(u32::MAX);
    Some(Tally {
        who,
        action: Action::ALL.iter().copied().find(|one| one.name() == action)?,
        week: usize::try_from(week).ok()?,
        count: number(many),
        late: number(late),
    })
}

#[cfg(test)]
mod tests;
