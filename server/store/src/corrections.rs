//! Corrections: a guardian's own, and those that somebody may decide.
//!
//! The rule: the state is asked for under the lock of the row, so that of two decisions one is made; the field that was wrong,
//! its index, the decision and both entries of the trail commit together. Deliberately absent: a delete.

use crate::{
    db::Db,
    error::StoreError,
    families::{Cursor, cut},
    load::{self, Depth, staff_names, time},
    rows::{correction, family, guardian},
    scope::{Rows, condition},
    source::{Source, padded, read},
    trail::{TrailStore, append_in},
    write::{Written, guardian_in, student_in},
};
use contract::{
    catalogue::FieldKey,
    ids::{CorrectionId, FamilyId, GuardianId, StaffId},
    wire::{
        corrections::{CorrectionState, CorrectionWish},
        school::StaffRef,
    },
};
use guard::{
    Scope, Sealed,
    records::{CorrectionRecord, FamilyRecord, Proposed},
    scope::Desk,
    write::{CorrectionAsk, CorrectionVerdict, CorrectionWithdrawal, PersonWrite},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Query, SelectStatement, SimpleExpr},
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// The most corrections that a guardian is shown of a child.
const OWN: u64 = 100;

/// A page of corrections with the families that they are about.
pub type CorrectionPage = (Vec<(CorrectionRecord, Arc<FamilyRecord>)>, Option<Cursor>);

/// A wish for a page.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionList {
    /// How far they have come.
    pub state: CorrectionState,
    /// Where it begins.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u64,
}

impl Db {
    /// Stores a correction that a guardian asks for, unless one of theirs for the same field is open.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_correction(&self, trail: &TrailStore, ask: CorrectionAsk) -> Result<Written, StoreError> {
        let CorrectionAsk { id, about, field, wish, by, proposed, words, answer, entry } = ask;
        let family = entry.families().first().ok_or(StoreError::Malformed)?;
        let txn = self.begin().await?;
        // Two requests of one person come one after the other.
        guardian::Entity::find_by_id(by.0).lock_exclusive().one(&txn).await?;
        let same = correction::Entity::find().filter(is_open(by, about, field));
        if same.one(&txn).await?.is_some() {
            return Ok(Written::Conflict);
        }
        let row = correction::ActiveModel {
            id: Set(id.0),
            family_id: Set(family.0),
            about_id: Set(about),
            field: Set(i32::from(field.code())),
            wish: Set(wish.name().to_owned()),
            state: Set(CorrectionState::Open.name().to_owned()),
            asked_by: Set(by.0),
            asked_at: Set(entry.at().timestamp_micros()),
            decided_at: Set(None),
            decided_by: Set(None),
            proposed: Set(proposed.map(|proposed| proposed.as_stored().to_vec())),
            words: Set(words.as_stored().to_vec()),
            answer: Set(answer.as_stored().to_vec()),
        };
        correction::Entity::insert(row).exec_without_returning(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Takes a correction back that is still open.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn withdraw_correction(&self, trail: &TrailStore, withdrawal: CorrectionWithdrawal) -> Result<Written, StoreError> {
        let CorrectionWithdrawal { id, entry } = withdrawal;
        let txn = self.begin().await?;
        let Some(mut row) = open(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        row.state = Set(CorrectionState::Withdrawn.name().to_owned());
        row.decided_at = Set(Some(entry.at().timestamp_micros()));
        row.update(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Decides about a correction that is still open, and writes the field where it is made: when the person still has the
    /// version that the write replaces.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn decide_correction(&self, trail: &TrailStore, verdict: CorrectionVerdict) -> Result<Written, StoreError> {
        let CorrectionVerdict { id, by, answer, write, entry } = verdict;
        let txn = self.begin().await?;
        let Some(mut row) = open(&txn, id).await? else {
            return Ok(Written::Conflict);
        };
        let state = if write.is_some() { CorrectionState::Accepted } else { CorrectionState::Declined };
        let changed = match write {
            None => None,
            Some(write) => {
                let changed = match write {
                    PersonWrite::Student(write) => student_in(&txn, write).await?,
                    PersonWrite::Guardian(write) => guardian_in(&txn, write).await?,
                };
                if changed.is_none() {
                    return Ok(Written::Conflict);
                }
                changed
            }
        };
        row.state = Set(state.name().to_owned());
        row.decided_at = Set(Some(entry.at().timestamp_micros()));
        row.decided_by = Set(Some(by.0));
        row.answer = Set(answer.as_stored().to_vec());
        row.update(&txn).await?;
        let entries: Vec<_> = changed.iter().chain([&entry]).collect();
        append_in(&txn, trail.sealer(), &entries).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// What a guardian has asked for about these people, newest first; nothing about whom `scope` does not reach.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_corrections(&self, scope: &Scope, about: [Uuid; 2]) -> Result<Vec<CorrectionRecord>, StoreError> {
        let scope = scope.clone();
        let find = own(&scope).filter(correction::Column::AboutId.is_in(about));
        let find = find.order_by_desc(correction::Column::AskedAt).order_by_desc(correction::Column::Id).limit(OWN).into_query();
        read!(self, |source| records(source, find))
    }

    /// One correction that a guardian has asked for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_correction(&self, scope: &Scope, id: CorrectionId) -> Result<Option<CorrectionRecord>, StoreError> {
        let find = own(scope).filter(correction::Column::Id.eq(id.0)).into_query();
        let found: Result<Vec<CorrectionRecord>, StoreError> = read!(self, |source| records(source, find));
        Ok(found?.pop())
    }

    /// The open correction of a guardian for a field of a person.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_correction(&self, scope: &Scope, about: Uuid, field: FieldKey) -> Result<Option<CorrectionRecord>, StoreError> {
        let Some(by) = scope.guardian() else {
            return Ok(None);
        };
        let find = own(scope).filter(is_open(by, about, field)).into_query();
        let found: Result<Vec<CorrectionRecord>, StoreError> = read!(self, |source| records(source, find));
        Ok(found?.pop())
    }

    /// A page of the corrections at a desk: open ones oldest first, others newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn corrections(&self, desk: &Desk, list: CorrectionList) -> Result<CorrectionPage, StoreError> {
        let desk = desk.clone();
        read!(self, |source| page(source, &desk, list))
    }

    /// One correction at a desk.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn correction(&self, desk: &Desk, id: CorrectionId) -> Result<Option<(CorrectionRecord, Arc<FamilyRecord>)>, StoreError> {
        let desk = desk.clone();
        read!(self, |source| one(source, &desk, id))
    }

    /// How many corrections at a desk are open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_corrections(&self, desk: &Desk) -> Result<u64, StoreError> {
        let open = at(desk).filter(correction::Column::State.eq(CorrectionState::Open.name()));
        let open = open.select_only().column_as(correction::Column::Id.count(), "count").into_query();
        let counted: Option<(i64,)> = read!(self, |source| source.row(open))?;
        Ok(counted.and_then(|(count,)| count.try_into().ok()).unwrap_or_default())
    }
}

/// The row of an open correction, locked.
async fn open(txn: &DatabaseTransaction, id: CorrectionId) -> Result<Option<correction::ActiveModel>, StoreError> {
    let open = correction::Entity::find_by_id(id.0).filter(correction::Column::State.eq(CorrectionState::Open.name()));
    Ok(open.lock_exclusive().one(txn).await?.map(Into::into))
}

fn is_open(by: GuardianId, about: Uuid, field: FieldKey) -> Condition {
    Condition::all()
        .add(correction::Column::AskedBy.eq(by.0))
        .add(correction::Column::AboutId.eq(about))
        .add(correction::Column::Field.eq(i32::from(field.code())))
        .add(correction::Column::State.eq(CorrectionState::Open.name()))
}

/// Whether the person is reached whom a row of `holder` is about.
pub(crate) fn reached(scope: &Scope, holder: &'static str) -> Condition {
    let among = |table: &'static str, rows: Rows| -> SimpleExpr {
        let person = Query::select()
            .expr(Expr::val(1))
            .from(table)
            .inner_join("family", Expr::col(("family", "id")).equals((table, "family_id")))
            .and_where(Expr::col((table, "id")).equals((holder, "about_id")))
            .cond_where(condition(scope, rows))
            .to_owned();
        Expr::exists(person)
    };
    Condition::any().add(among("student", Rows::Student)).add(among("guardian", Rows::Guardian))
}

/// A guardian's own; nobody's for anybody else.
fn own(scope: &Scope) -> Select<correction::Entity> {
    let by = scope.guardian().map_or(Uuid::nil(), |guardian| guardian.0);
    correction::Entity::find().filter(correction::Column::AskedBy.eq(by)).filter(reached(scope, "correction"))
}

/// Those at a desk; an empty desk has none.
fn at(desk: &Desk) -> Select<correction::Entity> {
    let parts = desk.parts().iter().filter(|(fields, _)| !fields.is_empty());
    let any = parts.fold(Condition::any(), |any, (fields, scope)| {
        let codes = fields.iter().map(|field| i32::from(field.code()));
        any.add(Condition::all().add(correction::Column::Field.is_in(codes)).add(reached(scope, "correction")))
    });
    let nothing = Condition::all().add(Expr::val(false).eq(true));
    correction::Entity::find().filter(if any.is_empty() { nothing } else { any })
}

/// The rows of a page by the time when they were asked, in the columns `asked` and `id`, and one more.
pub(crate) fn paged<E: EntityTrait>(
    find: Select<E>,
    (asked, id): (E::Column, E::Column),
    oldest_first: bool,
    after: Option<Cursor>,
    limit: u64,
) -> SelectStatement {
    let mut find = find;
    if let Some(Cursor { updated_at: moment, id: row }) = after {
        let (beyond, tied) = if oldest_first { (asked.gt(moment), id.gt(row)) } else { (asked.lt(moment), id.lt(row)) };
        find = find.filter(Condition::any().add(beyond).add(Condition::all().add(asked.eq(moment)).add(tied)));
    }
    find = if oldest_first { find.order_by_asc(asked).order_by_asc(id) } else { find.order_by_desc(asked).order_by_desc(id) };
    find.limit(limit.saturating_add(1)).into_query()
}

async fn page(source: &impl Source, desk: &Desk, list: CorrectionList) -> Result<CorrectionPage, StoreError> {
    let oldest_first = list.state == CorrectionState::Open;
    let find = at(desk).filter(correction::Column::State.eq(list.state.name()));
    let by = (correction::Column::AskedAt, correction::Column::Id);
    let rows: Vec<correction::Model> = source.rows(paged(find, by, oldest_first, list.after, list.limit)).await?;
    let (rows, next) = cut(rows, list.limit, |row| Cursor { updated_at: row.asked_at, id: row.id });
    Ok((with_families(source, desk, rows).await?, next))
}

async fn one(source: &impl Source, desk: &Desk, id: CorrectionId) -> Result<Option<(CorrectionRecord, Arc<FamilyRecord>)>, StoreError> {
    let rows: Vec<correction::Model> = source.rows(at(desk).filter(correction::Column::Id.eq(id.0)).into_query()).await?;
    Ok(with_families(source, desk, rows).await?.pop())
}

/// Corrections with their families, in a fixed number of statements.
async fn with_families(
    source: &impl Source,
    desk: &Desk,
    rows: Vec<correction::Model>,
) -> Result<Vec<(CorrectionRecord, Arc<FamilyRecord>)>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let of: Vec<Uuid> = rows.iter().map(|row| row.family_id).collect();
    let models = family::Entity::find().filter(family::Column::Id.is_in(padded(of)));
    let families = load::families(source, desk.whole(), source.rows(models.into_query()).await?, Depth::Card).await?;
    let families: BTreeMap<FamilyId, Arc<FamilyRecord>> = families.into_iter().map(|family| (family.family.id, family)).collect();
    let records = named(source, rows).await?;
    Ok(records.into_iter().filter_map(|record| families.get(&record.family).map(Arc::clone).map(|family| (record, family))).collect())
}

async fn records(source: &impl Source, find: SelectStatement) -> Result<Vec<CorrectionRecord>, StoreError> {
    let rows = source.rows(find).await?;
    named(source, rows).await
}

/// Rows as records, with the names of those who decided.
async fn named(source: &impl Source, rows: Vec<correction::Model>) -> Result<Vec<CorrectionRecord>, StoreError> {
    let names = staff_names(source, rows.iter().filter_map(|row| row.decided_by).collect()).await?;
    let by = |id: Uuid| StaffRef { id: StaffId(id), name: names.get(&id).cloned().unwrap_or_default() };
    rows.into_iter().map(|row| record(row, by)).collect()
}

fn record(row: correction::Model, by: impl Fn(Uuid) -> StaffRef) -> Result<CorrectionRecord, StoreError> {
    let correction::Model {
        id,
        family_id,
        about_id,
        field,
        wish,
        state,
        asked_by,
        asked_at,
        decided_at,
        decided_by,
        proposed,
        words,
        answer,
    } = row;
    let field = FieldKey::ALL.iter().copied().find(|key| i32::from(key.code()) == field).ok_or(StoreError::Malformed)?;
    let proposed = proposed.map(|bytes| Proposed::stored(field, bytes).ok_or(StoreError::Malformed)).transpose()?;
    Ok(CorrectionRecord {
        id: CorrectionId(id),
        family: FamilyId(family_id),
        about: about_id,
        field,
        wish: CorrectionWish::ALL.iter().copied().find(|one| one.name() == wish).ok_or(StoreError::Malformed)?,
        state: CorrectionState::ALL.iter().copied().find(|one| one.name() == state).ok_or(StoreError::Malformed)?,
        asked_by: GuardianId(asked_by),
        asked_at: time(asked_at),
        decided_at: decided_at.map(time),
        decided_by: decided_by.map(by),
        proposed,
        words: Sealed::stored(words),
        answer: Sealed::stored(answer),
    })
}
