//! Questions about looks: a guardian's own, and those that somebody may answer.
//!
//! The rule: the state is asked for under the lock of the row, so that of an answer and a withdrawal one counts; what is stored
//! and its entry of the trail commit together. The look is read from the trail each time. Deliberately absent: a delete.

use crate::{
    corrections::{paged, reached},
    db::Db,
    entries::Entries,
    error::StoreError,
    families::{Cursor, cut},
    family_ledgers::these,
    load::{staff_names, time},
    rows::{family, guardian, question},
    scope::{Rows, condition},
    source::{Source, padded, read},
    trail::{TrailStore, append_in},
    write::Written,
};
use contract::{
    ids::{FamilyId, GuardianId, QuestionId, StaffId, StudentId},
    wire::{
        questions::{Finding, QuestionState},
        school::StaffRef,
    },
};
use guard::{
    Scope, Sealed, WrappedKey,
    gate::Kept,
    records::QuestionRecord,
    scope::QuestionDesk,
    write::{QuestionAsk, QuestionReply, QuestionWithdrawal},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// The most questions that a guardian is shown of a child.
const OWN: u64 = 100;

/// A page of questions.
pub type QuestionPage = (Vec<QuestionRecord>, Option<Cursor>);

/// A wish for a page.
#[derive(Debug, Clone, Copy)]
pub struct QuestionList {
    /// How far they have come.
    pub state: QuestionState,
    /// Where it begins.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u64,
}

impl Db {
    /// One line in a family's ledger; nothing for a number of another family's.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family_line(&self, family: FamilyId, line: i64) -> Result<Option<Kept>, StoreError> {
        let newest = self.family_trail(family, Some(line.saturating_add(1)), 1).await?;
        Ok(newest.into_iter().find(|kept| kept.seq == line))
    }

    /// Stores a question that a guardian asks, unless one of theirs about the same line is open.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_question(&self, trail: &TrailStore, ask: QuestionAsk) -> Result<Written, StoreError> {
        let QuestionAsk { id, about, line, of, by, words, answer, entry } = ask;
        let family = entry.families().first().ok_or(StoreError::Malformed)?;
        let txn = self.begin().await?;
        // Two questions of one person come one after the other.
        guardian::Entity::find_by_id(by.0).lock_exclusive().one(&txn).await?;
        if question::Entity::find().filter(is_open(by, line)).one(&txn).await?.is_some() {
            return Ok(Written::Conflict);
        }
        let row = question::ActiveModel {
            id: Set(id.0),
            family_id: Set(family.0),
            about_id: Set(about.0),
            line: Set(line),
            of_id: Set(of.0),
            state: Set(QuestionState::Open.name().to_owned()),
            finding: Set(None),
            asked_by: Set(by.0),
            asked_at: Set(entry.at().timestamp_micros()),
            decided_at: Set(None),
            decided_by: Set(None),
            words: Set(words.as_stored().to_vec()),
            answer: Set(answer.as_stored().to_vec()),
        };
        question::Entity::insert(row).exec_without_returning(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Takes a question back that is still open.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn withdraw_question(&self, trail: &TrailStore, withdrawal: QuestionWithdrawal) -> Result<Written, StoreError> {
        let QuestionWithdrawal { id, entry } = withdrawal;
        let txn = self.begin().await?;
        let Some(mut row) = open(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        row.state = Set(QuestionState::Withdrawn.name().to_owned());
        row.decided_at = Set(Some(entry.at().timestamp_micros()));
        row.update(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Answers a question that is still open.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn answer_question(&self, trail: &TrailStore, reply: QuestionReply) -> Result<Written, StoreError> {
        let QuestionReply { id, by, finding, answer, entry } = reply;
        let txn = self.begin().await?;
        let Some(mut row) = open(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        row.state = Set(QuestionState::Answered.name().to_owned());
        row.finding = Set(Some(finding.name().to_owned()));
        row.decided_at = Set(Some(entry.at().timestamp_micros()));
        row.decided_by = Set(Some(by.0));
        row.answer = Set(answer.as_stored().to_vec());
        row.update(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// What a guardian has asked about a child, newest first; nothing about one whom `scope` does not reach.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_questions(&self, scope: &Scope, about: StudentId) -> Result<Vec<QuestionRecord>, StoreError> {
        let find = own(scope).filter(question::Column::AboutId.eq(about.0));
        let find = find.order_by_desc(question::Column::AskedAt).order_by_desc(question::Column::Id).limit(OWN);
        self.question_records(find.into_query()).await
    }

    /// One question that a guardian has asked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_question(&self, scope: &Scope, id: QuestionId) -> Result<Option<QuestionRecord>, StoreError> {
        let find = own(scope).filter(question::Column::Id.eq(id.0));
        Ok(self.question_records(find.into_query()).await?.pop())
    }

    /// The open question of a guardian about a line.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_question(&self, scope: &Scope, line: i64) -> Result<Option<QuestionRecord>, StoreError> {
        let Some(by) = scope.guardian() else {
            return Ok(None);
        };
        Ok(self.question_records(own(scope).filter(is_open(by, line)).into_query()).await?.pop())
    }

    /// A page of the questions at a desk: open ones oldest first, others newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn questions(&self, desk: &QuestionDesk, list: QuestionList) -> Result<QuestionPage, StoreError> {
        let (desk, entries) = (desk.clone(), Arc::clone(&self.entries));
        read!(self, |source| page(source, &entries, &desk, list))
    }

    /// One question at a desk.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn question(&self, desk: &QuestionDesk, id: QuestionId) -> Result<Option<QuestionRecord>, StoreError> {
        let find = at(desk).filter(question::Column::Id.eq(id.0));
        Ok(self.question_records(find.into_query()).await?.pop())
    }

    /// How many questions at a desk are open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_questions(&self, desk: &QuestionDesk) -> Result<u64, StoreError> {
        let open = at(desk).filter(question::Column::State.eq(QuestionState::Open.name()));
        let open = open.select_only().column_as(question::Column::Id.count(), "count").into_query();
        let counted: Option<(i64,)> = read!(self, |source| source.row(open))?;
        Ok(counted.and_then(|(count,)| count.try_into().ok()).unwrap_or_default())
    }

    async fn question_records(&self, find: SelectStatement) -> Result<Vec<QuestionRecord>, StoreError> {
        let entries = Arc::clone(&self.entries);
        read!(self, |source| found(source, &entries, find))
    }
}

/// The row of an open question, locked.
async fn open(txn: &DatabaseTransaction, id: QuestionId) -> Result<Option<question::ActiveModel>, StoreError> {
    let open = question::Entity::find_by_id(id.0).filter(question::Column::State.eq(QuestionState::Open.name()));
    Ok(open.lock_exclusive().one(txn).await?.map(Into::into))
}

fn is_open(by: GuardianId, line: i64) -> Condition {
    Condition::all()
        .add(question::Column::AskedBy.eq(by.0))
        .add(question::Column::Line.eq(line))
        .add(question::Column::State.eq(QuestionState::Open.name()))
}

/// A guardian's own; nobody's for anybody else.
fn own(scope: &Scope) -> Select<question::Entity> {
    let by = scope.guardian().map_or(Uuid::nil(), |guardian| guardian.0);
    question::Entity::find().filter(question::Column::AskedBy.eq(by)).filter(reached(scope, "question"))
}

/// Those at a desk, never about its owner's own looks.
fn at(desk: &QuestionDesk) -> Select<question::Entity> {
    let mut find = question::Entity::find().filter(question::Column::OfId.ne(desk.me().0));
    if let Some(within) = desk.within() {
        QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("question", "family_id")));
        find = find.filter(condition(within, Rows::Family));
    }
    find
}

async fn page(source: &impl Source, entries: &Entries, desk: &QuestionDesk, list: QuestionList) -> Result<QuestionPage, StoreError> {
    let oldest_first = list.state == QuestionState::Open;
    let find = at(desk).filter(question::Column::State.eq(list.state.name()));
    let by = (question::Column::AskedAt, question::Column::Id);
    let rows: Vec<question::Model> = source.rows(paged(find, by, oldest_first, list.after, list.limit)).await?;
    let (rows, next) = cut(rows, list.limit, |row| Cursor { updated_at: row.asked_at, id: row.id });
    Ok((records(source, entries, rows).await?, next))
}

async fn found(source: &impl Source, entries: &Entries, find: SelectStatement) -> Result<Vec<QuestionRecord>, StoreError> {
    let rows = source.rows(find).await?;
    records(source, entries, rows).await
}

/// Rows with their looks, the keys of their families and the names of those who answered: three statements, however many.
async fn records(source: &impl Source, entries: &Entries, rows: Vec<question::Model>) -> Result<Vec<QuestionRecord>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines: Vec<i64> = rows.iter().map(|row| row.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let looks: BTreeMap<i64, Kept> = these(source, entries, lines).await?.into_iter().map(|look| (look.seq, look)).collect();
    let keys = family::Entity::find()
        .select_only()
        .columns([family::Column::Id, family::Column::DataKey])
        .filter(family::Column::Id.is_in(padded(rows.iter().map(|row| row.family_id).collect())));
    let keys: BTreeMap<Uuid, Vec<u8>> = source.rows::<(Uuid, Vec<u8>)>(keys.into_query()).await?.into_iter().collect();
    let names = staff_names(source, rows.iter().filter_map(|row| row.decided_by).collect()).await?;
    rows.into_iter().map(|row| record(row, &looks, &keys, &names)).collect()
}

fn record(
    row: question::Model,
    looks: &BTreeMap<i64, Kept>,
    keys: &BTreeMap<Uuid, Vec<u8>>,
    names: &BTreeMap<Uuid, String>,
) -> Result<QuestionRecord, StoreError> {
    let question::Model { id, family_id, about_id, line, of_id, state, finding, asked_by, asked_at, decided_at, decided_by, words, answer } =
        row;
    let finding = finding.map(|name| Finding::ALL.iter().copied().find(|one| one.name() == name).ok_or(StoreError::Malformed));
    Ok(QuestionRecord {
        id: QuestionId(id),
        family: FamilyId(family_id),
        about: StudentId(about_id),
        look: looks.get(&line).cloned().ok_or(StoreError::Malformed)?,
        of: StaffId(of_id),
        state: QuestionState::ALL.iter().copied().find(|one| one.name() == state).ok_or(StoreError::Malformed)?,
        finding: finding.transpose()?,
        asked_by: GuardianId(asked_by),
        asked_at: time(asked_at),
        decided_at: decided_at.map(time),
        decided_by: decided_by.map(|id| StaffRef { id: StaffId(id), name: names.get(&id).cloned().unwrap_or_default() }),
        words: Sealed::stored(words),
        answer: Sealed::stored(answer),
        key: WrappedKey::stored(family_id, keys.get(&family_id).cloned().ok_or(StoreError::Malformed)?),
    })
}
