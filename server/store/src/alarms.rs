//! Alarms: raised once for the whole school, looked into by one person at a time.
//!
//! The rule: an alarm, its entry of the trail, what is done by itself and how far the trail was watched commit together. Whoever is
//! about to raise names up to where they know it was watched; another server that was faster makes it nobody's. Deliberately
//! absent: a delete.

use crate::{
    alarm_news::next_number,
    db::Db,
    error::StoreError,
    families::{Cursor, cut},
    load::time,
    rows::{alarm, passkey, session, staff, trail_row, watch},
    sessions::kind,
    slowed,
    staff::{commit, end_links, end_own_sessions, end_sessions, lock, suspend_in},
    trail::TrailStore,
    write::Written,
};
use chrono::{DateTime, Utc};
use contract::{
    ids::{AlarmId, StaffId},
    wire::{
        alarms::{AlarmMark, AlarmState, Answer, Outcome, Rule, Severity},
        ledger::Action,
        school::StaffRef,
    },
};
use guard::{
    Actor, Entry,
    gate::{AlarmClosed, AlarmRecord, of_the_watch},
    vault::SealedLabel,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most numbers of the trail that an alarm keeps.
const EVIDENCE: usize = 40;

/// An alarm to be raised.
#[derive(Debug, Clone)]
pub struct NewAlarm {
    /// By which rule.
    pub rule: Rule,
    /// About whom.
    pub about: Option<Actor>,
    /// When the first of it was.
    pub first_at: DateTime<Utc>,
    /// When the last was.
    pub last_at: DateTime<Utc>,
    /// How much was counted.
    pub count: u32,
    /// The numbers of the trail.
    pub evidence: Vec<i64>,
    /// What is to be done by itself.
    pub answer: Answer,
}

/// What became of alarms to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raised {
    /// They are there, each with its entry; these are new, the others were counted to one that nobody had closed.
    Here(Vec<AlarmId>),
    /// Another server had watched that stretch already; nothing was raised.
    Elsewhere,
}

impl Db {
    /// Up to where the trail was watched; where nobody ever watched, it begins with what comes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watched(&self, now: DateTime<Utc>) -> Result<i64, StoreError> {
        if let Some(row) = watch::Entity::find_by_id(1).one(&self.reader).await? {
            return Ok(row.seen);
        }
        let (seen, _) = self.trail_anchor().await?;
        let row = watch::ActiveModel { id: Set(1), seen: Set(seen), heard_at: Set(now.timestamp_micros()), news: Set(0) };
        let first = OnConflict::column(watch::Column::Id).do_nothing().to_owned();
        watch::Entity::insert(row).on_conflict(first).try_insert().exec_without_returning(&self.writer).await?;
        let row = watch::Entity::find_by_id(1).one(&self.reader).await?;
        Ok(row.map_or(seen, |row| row.seen))
    }

    /// When the watch was heard of last, and how far it is behind.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_state(&self) -> Result<Option<(DateTime<Utc>, i64)>, StoreError> {
        let (newest, _) = self.trail_anchor().await?;
        let row = watch::Entity::find_by_id(1).one(&self.reader).await?;
        Ok(row.map(|row| (time(row.heard_at), Ord::max(newest.saturating_sub(row.seen), 0))))
    }

    /// Notes that a stretch was watched and nothing was found; says whether it was still there to be noted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_watched(&self, from: i64, through: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let noted = watch::Entity::update_many()
            .col_expr(watch::Column::Seen, Expr::value(through))
            .col_expr(watch::Column::HeardAt, Expr::value(now.timestamp_micros()))
            .filter(watch::Column::Id.eq(1))
            .filter(watch::Column::Seen.eq(from))
            .exec(&self.writer)
            .await?;
        Ok(noted.rows_affected > 0)
    }

    /// The number of the last entry before a moment: where looking back begins.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_before(&self, at: DateTime<Utc>) -> Result<i64, StoreError> {
        let find =
            trail_row::Entity::find().select_only().column(trail_row::Column::Seq).filter(trail_row::Column::At.lt(at.timestamp_micros()));
        let find = find.order_by_desc(trail_row::Column::At).order_by_desc(trail_row::Column::Seq).limit(1);
        Ok(find.into_tuple().one(&self.reader).await?.unwrap_or_default())
    }

    /// When somebody signed in last before a row of the trail. Nothing else counts: others can write a failed try and a notice for them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_sign_in(&self, actor: Actor, before: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
        let find =
            trail_row::Entity::find().select_only().column(trail_row::Column::At).filter(trail_row::Column::ActorId.eq(actor.uuid()));
        let find = find.filter(trail_row::Column::Action.eq(Action::SignedIn.name())).filter(trail_row::Column::Seq.lt(before));
        let find = find.order_by_desc(trail_row::Column::At).order_by_desc(trail_row::Column::Seq);
        let at: Option<i64> = find.limit(1).into_tuple().one(&self.reader).await?;
        if at.is_none()
            && let Some(beginning) = self.beginning().await?
        {
            // Of a sign-in whose entry is gone the passkey is left: it is from before the beginning too.
            let first = passkey::Entity::find().filter(passkey::Column::OwnerId.eq(actor.uuid())).order_by_asc(passkey::Column::CreatedAt);
            let first = first.one(&self.reader).await?.map(|row| time(row.created_at));
            return Ok(first.filter(|at| *at <= beginning.at));
        }
        Ok(at.map(time))
    }

    /// Raises alarms found in the stretch after `from`, which ends with `through`.
    ///
    /// # Errors
    /// [`StoreError`]; then none was raised and nothing was done.
    pub async fn raise(
        &self,
        trail: &TrailStore,
        (from, through): (i64, i64),
        new: &[NewAlarm],
        now: DateTime<Utc>,
    ) -> Result<Raised, StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let watched = watch::Entity::update_many()
            .col_expr(watch::Column::Seen, Expr::value(through))
            .col_expr(watch::Column::HeardAt, Expr::value(now.timestamp_micros()))
            .filter(watch::Column::Id.eq(1))
            .filter(watch::Column::Seen.eq(from))
            .exec(&txn)
            .await?;
        if watched.rows_affected == 0 {
            return Ok(Raised::Elsewhere);
        }
        let (mut ids, mut entries) = (Vec::new(), Vec::new());
        for alarm in new {
            // What is done by itself is done each time: whoever was shut out and came in again goes on.
            let (answer, done) = answer(&txn, alarm, now).await?;
            let open = if alarm.rule.stands_alone() { None } else { open(&txn, alarm).await? };
            let id = match open {
                Some(there) => count(&txn, there, alarm, answer).await?,
                None => {
                    let id = insert(&txn, alarm, answer).await?;
                    ids.push(id);
                    id
                }
            };
            entries.push(of_the_watch(now, alarm.about, Action::AlarmRaised).of_alarm(AlarmMark { id, rule: alarm.rule }));
            entries.extend(done);
        }
        commit(txn, trail, &entries.iter().collect::<Vec<_>>()).await?;
        Ok(Raised::Here(ids))
    }

    /// A page of alarms, the latest first: those that are closed, or those that are not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alarms(&self, closed: bool, after: Option<Cursor>, limit: u64) -> Result<(Vec<AlarmRecord>, Option<Cursor>), StoreError> {
        let (at, id) = (alarm::Column::LastAt, alarm::Column::Id);
        let mut find = alarm::Entity::find().filter(is(closed));
        if let Some(Cursor { updated_at, id: row }) = after {
            find = find.filter(Condition::any().add(at.lt(updated_at)).add(Condition::all().add(at.eq(updated_at)).add(id.lt(row))));
        }
        let rows = find.order_by_desc(at).order_by_desc(id).limit(limit.saturating_add(1)).all(&self.reader).await?;
        let (rows, next) = cut(rows, limit, |row| Cursor { updated_at: row.last_at, id: row.id });
        Ok((self.with_names(rows).await?, next))
    }

    /// One alarm.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alarm(&self, id: AlarmId) -> Result<Option<AlarmRecord>, StoreError> {
        let row = alarm::Entity::find_by_id(id.0).all(&self.reader).await?;
        Ok(self.with_names(row).await?.pop())
    }

    /// How many alarms nobody closed: notices, warnings, critical ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_alarms(&self) -> Result<[u32; 3], StoreError> {
        let counted: Vec<(String, i64)> = alarm::Entity::find()
            .select_only()
            .column(alarm::Column::Rule)
            .column_as(alarm::Column::Id.count(), "count")
            .filter(is(false))
            .group_by(alarm::Column::Rule)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let mut open = [0_u32; 3];
        for (rule, count) in counted {
            let [notices, warnings, critical] = &mut open;
            let severity = match named(Rule::ALL, Rule::name, &rule)?.severity() {
                Severity::Notice => notices,
                Severity::Warning => warnings,
                Severity::Critical => critical,
            };
            *severity = severity.saturating_add(u32::try_from(count).unwrap_or_default());
        }
        Ok(open)
    }

    /// Gives an alarm that is not closed to whoever looks into it.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn take_alarm(&self, trail: &TrailStore, id: AlarmId, by: StaffId, entry: &Entry) -> Result<Written, StoreError> {
        let txn = self.begin().await?;
        let Some(mut row) = not_closed(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        row.state = Set(AlarmState::Taken.name().to_owned());
        row.owner_id = Set(Some(by.0));
        row.update(&txn).await?;
        commit(txn, trail, &[entry]).await?;
        Ok(Written::Stored)
    }

    /// Closes an alarm that is not closed.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn close_alarm(&self, trail: &TrailStore, closed: AlarmClosed) -> Result<Written, StoreError> {
        let AlarmClosed { id, by, outcome, words, entry } = closed;
        let txn = self.begin().await?;
        let Some(mut row) = not_closed(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        row.state = Set(AlarmState::Closed.name().to_owned());
        row.owner_id = Set(Some(by.0));
        row.outcome = Set(Some(outcome.name().to_owned()));
        row.words = Set(Some(words.as_stored().to_vec()));
        row.closed_at = Set(Some(entry.at().timestamp_micros()));
        row.closed_no = Set(next_number(&txn).await?);
        row.update(&txn).await?;
        commit(txn, trail, &[&entry]).await?;
        Ok(Written::Stored)
    }

    /// Lets somebody in again whom an alarm had suspended, or no longer slows them down.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn undo_alarm(&self, trail: &TrailStore, id: AlarmId, about: StaffId, entries: &[Entry; 2]) -> Result<Written, StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let there = alarm::Entity::find_by_id(id.0).filter(alarm::Column::Undone.eq(false)).lock_exclusive().one(&txn).await?;
        let person = staff::Entity::find_by_id(about.0).filter(staff::Column::LeftAt.is_null()).lock_exclusive().one(&txn).await?;
        let (Some(there), Some(person)) = (there, person) else {
            return Ok(Written::Conflict);
        };
        let [undone, restored] = entries;
        let slow = there.answer == Answer::SlowDown.name();
        let mut row: alarm::ActiveModel = there.into();
        row.undone = Set(true);
        row.update(&txn).await?;
        // Somebody may have let them in meanwhile.
        let suspended = !slow && !person.active;
        if slow {
            slowed::end_in(&txn, about).await?;
        }
        if suspended {
            let version = person.version.saturating_add(1);
            let mut row: staff::ActiveModel = person.into();
            row.active = Set(true);
            row.version = Set(version);
            row.update(&txn).await?;
        }
        let entries = if suspended { vec![undone, restored] } else { vec![undone] };
        commit(txn, trail, &entries).await?;
        Ok(Written::Stored)
    }

    async fn with_names(&self, rows: Vec<alarm::Model>) -> Result<Vec<AlarmRecord>, StoreError> {
        let mut ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.owner_id, row.about_id]).flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        let names: Vec<(Uuid, String)> = staff::Entity::find()
            .select_only()
            .columns([staff::Column::Id, staff::Column::Name])
            .filter(staff::Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let names: BTreeMap<Uuid, String> = names.into_iter().collect();
        rows.into_iter().map(|row| record(row, &names)).collect()
    }
}

fn is(closed: bool) -> Condition {
    let name = AlarmState::Closed.name();
    Condition::all().add(if closed { alarm::Column::State.eq(name) } else { alarm::Column::State.ne(name) })
}

async fn not_closed(txn: &DatabaseTransaction, id: AlarmId) -> Result<Option<alarm::ActiveModel>, StoreError> {
    Ok(alarm::Entity::find_by_id(id.0).filter(is(false)).lock_exclusive().one(txn).await?.map(Into::into))
}

/// The alarm that nobody closed and that is about the same.
async fn open(txn: &DatabaseTransaction, new: &NewAlarm) -> Result<Option<alarm::Model>, StoreError> {
    let about = match new.about {
        Some(actor) => alarm::Column::AboutId.eq(actor.uuid()),
        None => alarm::Column::AboutId.is_null(),
    };
    let same = alarm::Entity::find().filter(is(false)).filter(alarm::Column::Rule.eq(new.rule.name())).filter(about);
    Ok(same.lock_exclusive().one(txn).await?)
}

/// Counts more of the same to an alarm, and what was done by itself.
async fn count(txn: &DatabaseTransaction, there: alarm::Model, new: &NewAlarm, given: Answer) -> Result<AlarmId, StoreError> {
    let mut evidence: Vec<i64> = serde_json::from_str(&there.evidence).map_err(|_| StoreError::Malformed)?;
    evidence.extend(&new.evidence);
    let surplus = evidence.len().saturating_sub(EVIDENCE);
    evidence.drain(..surplus);
    let hits = there.hits.saturating_add(new.count.into());
    // What was done before and still lasts is said where it was more.
    let more = there.undone || given >= named(Answer::ALL, Answer::name, &there.answer)?;
    let id = AlarmId(there.id);
    let mut row: alarm::ActiveModel = there.into();
    row.hits = Set(hits);
    row.last_at = Set(new.last_at.timestamp_micros());
    row.evidence = Set(serde_json::to_string(&evidence).map_err(|_| StoreError::Malformed)?);
    if more && given != Answer::Nothing {
        row.answer = Set(given.name().to_owned());
        row.undone = Set(false);
    }
    row.update(txn).await?;
    Ok(id)
}

async fn insert(txn: &DatabaseTransaction, new: &NewAlarm, answer: Answer) -> Result<AlarmId, StoreError> {
    let id = Uuid::now_v7();
    let row = alarm::ActiveModel {
        id: Set(id),
        rule: Set(new.rule.name().to_owned()),
        about_kind: Set(new.about.map(|actor| kind(actor).to_owned())),
        about_id: Set(new.about.map(Actor::uuid)),
        first_at: Set(new.first_at.timestamp_micros()),
        last_at: Set(new.last_at.timestamp_micros()),
        hits: Set(new.count.into()),
        evidence: Set(serde_json::to_string(&new.evidence).map_err(|_| StoreError::Malformed)?),
        state: Set(AlarmState::Open.name().to_owned()),
        owner_id: Set(None),
        outcome: Set(None),
        words: Set(None),
        closed_at: Set(None),
        answer: Set(answer.name().to_owned()),
        undone: Set(false),
        raised_no: Set(next_number(txn).await?),
        closed_no: Set(0),
    };
    alarm::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(AlarmId(id))
}

/// Does what is to be done by itself; says what was done, and in which entries.
async fn answer(txn: &DatabaseTransaction, new: &NewAlarm, now: DateTime<Utc>) -> Result<(Answer, Vec<Entry>), StoreError> {
    let done = |action| vec![of_the_watch(now, new.about, action)];
    let id = match new.about {
        Some(Actor::Staff(id)) => id,
        // A guardian has sessions, and nothing else that could be taken.
        Some(Actor::Guardian(id)) if new.answer == Answer::EndSessions => {
            end_own_sessions(txn, Actor::Guardian(id), now).await?;
            return Ok((Answer::EndSessions, done(Action::SessionsEnded)));
        }
        Some(Actor::Guardian(_)) | None => return Ok((Answer::Nothing, Vec::new())),
    };
    match new.answer {
        Answer::Nothing => Ok((Answer::Nothing, Vec::new())),
        Answer::StepUp => {
            session::Entity::update_many()
                .col_expr(session::Column::SteppedUpAt, Expr::value(None::<i64>))
                .filter(session::Column::OwnerKind.eq("staff"))
                .filter(session::Column::OwnerId.eq(id.0))
                .filter(session::Column::EndedAt.is_null())
                .exec(txn)
                .await?;
            Ok((Answer::StepUp, Vec::new()))
        }
        // Nor slowed down.
        Answer::SlowDown if slowed::slow_in(txn, id, now).await? => Ok((Answer::SlowDown, Vec::new())),
        Answer::SlowDown => Ok((Answer::Nothing, Vec::new())),
        // The last administrator is not locked out by a rule: their sessions end, and the alarm says that no more was done.
        Answer::Freeze if suspend_in(txn, id, now).await? => Ok((Answer::Freeze, done(Action::StaffSuspended))),
        Answer::Freeze | Answer::EndSessions => {
            end_sessions(txn, id, now).await?;
            end_links(txn, id, now).await?;
            Ok((Answer::EndSessions, done(Action::SessionsEnded)))
        }
    }
}

pub(crate) fn named<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, text: &str) -> Result<T, StoreError> {
    all.iter().copied().find(|one| name(*one) == text).ok_or(StoreError::Malformed)
}

fn record(row: alarm::Model, names: &BTreeMap<Uuid, String>) -> Result<AlarmRecord, StoreError> {
    let about = match (row.about_kind.as_deref(), row.about_id) {
        (Some("staff"), Some(id)) => Some((Actor::Staff(StaffId(id)), names.get(&id).cloned())),
        (Some("guardian"), Some(id)) => Some((Actor::Guardian(contract::ids::GuardianId(id)), None)),
        (None, None) => None,
        _ => return Err(StoreError::Malformed),
    };
    Ok(AlarmRecord {
        id: AlarmId(row.id),
        rule: named(Rule::ALL, Rule::name, &row.rule)?,
        about,
        first_at: time(row.first_at),
        last_at: time(row.last_at),
        count: u32::try_from(row.hits).unwrap_or(u32::MAX),
        evidence: serde_json::from_str(&row.evidence).map_err(|_| StoreError::Malformed)?,
        state: named(AlarmState::ALL, AlarmState::name, &row.state)?,
        owner: row.owner_id.map(|id| StaffRef { id: StaffId(id), name: names.get(&id).cloned().unwrap_or_default() }),
        outcome: row.outcome.map(|text| named(Outcome::ALL, Outcome::name, &text)).transpose()?,
        words: row.words.map(SealedLabel::stored),
        closed_at: row.closed_at.map(time),
        answer: named(Answer::ALL, Answer::name, &row.answer)?,
        undone: row.undone,
    })
}
