//! Requests to open one field: asked, decided, withdrawn, used up.
//!
//! The rule: each step and its trail entry commit together, under the lock of the trail's head, so that of two who use, decide
//! or withdraw one at once, one does. Deliberately absent: the words, which are read from the trail; a state for what has
//! lapsed, which the clock tells.

use crate::{
    db::Db,
    error::StoreError,
    grants,
    load::time,
    people::roles,
    rows::{approval, staff, trail_row},
    scope::{Rows, condition},
    trail::{TrailStore, append_in, lock},
    write::Written,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{ApprovalId, FamilyId, StaffId},
    rights::{Duty, RoleSet},
    wire::{
        approvals::ApprovalState,
        reveals::{Reason, ReasonCode},
        school::StaffRef,
    },
};
use guard::{
    ApprovalScope, Entry,
    approval::{ApprovalAsk, ApprovalWrite, Permit, Redemption, Whose},
    lasting::{AHEAD, latest},
    records::{APPROVAL_MOST, ApprovalRecord, Decider},
    trail::RecordRef,
    why::Circle,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most requests of a list.
const LIST: u64 = 50;
/// For how long one's own requests are listed.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The state of a row, in which none has lapsed: that is what the clock says.
pub(crate) fn state(name: &str) -> Result<ApprovalState, StoreError> {
    let mut stored = ApprovalState::ALL.iter().copied().filter(|state| *state != ApprovalState::Lapsed);
    stored.find(|state| state.name() == name).ok_or(StoreError::Malformed)
}

const KINDS: [(RecordKind, &str); 3] = [(RecordKind::Student, "student"), (RecordKind::Guardian, "guardian"), (RecordKind::Note, "note")];

fn kind_name(kind: RecordKind) -> Result<&'static str, StoreError> {
    KINDS.iter().find(|(of, _)| *of == kind).map(|(_, name)| *name).ok_or(StoreError::Malformed)
}

pub(crate) fn kind(name: &str) -> Result<RecordKind, StoreError> {
    KINDS.iter().find(|(_, of)| *of == name).map(|(kind, _)| *kind).ok_or(StoreError::Malformed)
}

pub(crate) fn field(code: i32) -> Result<FieldKey, StoreError> {
    FieldKey::ALL.iter().copied().find(|field| i32::from(field.code()) == code).ok_or(StoreError::Malformed)
}

/// The requests that a scope finds.
fn find(scope: &ApprovalScope) -> Select<approval::Entity> {
    match scope.whose() {
        Whose::Own(me) => approval::Entity::find().filter(approval::Column::AskedBy.eq(me.0)),
        Whose::OthersThan(me, within) => {
            let mut find = approval::Entity::find().filter(approval::Column::AskedBy.ne(me.0));
            if let Some(within) = within {
                QueryTrait::query(&mut find).inner_join("family", Expr::col(("family", "id")).equals(("approval", "family_id")));
                find = find.filter(condition(within, Rows::Family));
            }
            find
        }
    }
}

impl Db {
    /// The requests of a list: one's own of thirty days, newest first; of others, those that wait, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approvals(&self, scope: &ApprovalScope, record: Option<Uuid>) -> Result<Vec<ApprovalRecord>, StoreError> {
        let mut list = match scope.whose() {
            Whose::Own(_) => find(scope)
                .filter(approval::Column::AskedAt.gt((scope.now() - KEPT).timestamp_micros()))
                .order_by_desc(approval::Column::AskedAt),
            Whose::OthersThan(..) => find(scope)
                .filter(approval::Column::State.eq(ApprovalState::Asked.name()))
                .filter(approval::Column::Until.gt(scope.now().timestamp_micros()))
                .order_by_asc(approval::Column::AskedAt),
        };
        if let Some(record) = record {
            list = list.filter(approval::Column::RecordId.eq(record));
        }
        self.records_of(list.limit(LIST).all(&self.reader).await?).await
    }

    /// How many wait for the person of the scope: of others, those to decide; of their own, those that were granted and are good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_approvals(&self, scope: &ApprovalScope) -> Result<u64, StoreError> {
        let state = match scope.whose() {
            Whose::Own(_) => ApprovalState::Granted,
            Whose::OthersThan(..) => ApprovalState::Asked,
        };
        let waiting =
            find(scope).filter(approval::Column::State.eq(state.name())).filter(approval::Column::Until.gt(scope.now().timestamp_micros()));
        Ok(waiting.count(&self.reader).await?)
    }

    /// One request, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approval(&self, scope: &ApprovalScope, id: ApprovalId) -> Result<Option<ApprovalRecord>, StoreError> {
        let found = find(scope).filter(approval::Column::Id.eq(id.0)).one(&self.reader).await?;
        Ok(self.records_of(found.into_iter().collect()).await?.pop())
    }

    /// What a scope's person may open in a record now: their granted requests for one of its fields.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn granted(&self, scope: &ApprovalScope, record: Uuid, field: FieldKey) -> Result<Vec<ApprovalRecord>, StoreError> {
        let granted = find(scope)
            .filter(approval::Column::RecordId.eq(record))
            .filter(approval::Column::Field.eq(i32::from(field.code())))
            .filter(approval::Column::State.eq(ApprovalState::Granted.name()))
            .filter(approval::Column::Until.gt(scope.now().timestamp_micros()))
            .order_by_asc(approval::Column::Until)
            .limit(LIST);
        self.records_of(granted.all(&self.reader).await?).await
    }

    /// The requests to open a field of a family that may be asked about: those that wait or are granted, and did not lapse.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_approvals(&self, circle: &Circle, now: DateTime<Utc>) -> Result<Vec<ApprovalRecord>, StoreError> {
        let open = approval::Entity::find()
            .filter(approval::Column::FamilyId.eq(circle.family.0))
            .filter(approval::Column::State.is_in([ApprovalState::Asked, ApprovalState::Granted].map(ApprovalState::name)))
            .filter(approval::Column::Until.gt(now.timestamp_micros()))
            .order_by_asc(approval::Column::Until);
        self.records_of(open.all(&self.reader).await?).await
    }

    /// With names, roles and words: two statements, however many.
    async fn records_of(&self, rows: Vec<approval::Model>) -> Result<Vec<ApprovalRecord>, StoreError> {
        let people = rows.iter().flat_map(|row| [Some(row.asked_by), row.decided_by]).flatten();
        let people = staff::Entity::find().filter(staff::Column::Id.is_in(people.collect::<Vec<_>>())).all(&self.reader).await?;
        let people: BTreeMap<Uuid, staff::Model> = people.into_iter().map(|person| (person.id, person)).collect();
        let numbers = rows.iter().flat_map(|row| [Some(row.asked_in), row.decided_in]).flatten();
        let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers.collect::<Vec<_>>())).all(&self.reader).await?;
        let said: BTreeMap<i64, Entry> = said.into_iter().filter_map(|row| Some((row.seq, Entry::from_bytes(&row.body)?))).collect();
        rows.into_iter().map(|row| record(row, &people, &said)).collect()
    }

    /// Stores a request, unless the same one is open already; gives the one that is. One that was granted by somebody who may no longer
    /// grant opens nothing and is none.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_approval(&self, trail: &TrailStore, ask: ApprovalAsk) -> Result<ApprovalId, StoreError> {
        let ApprovalAsk { id, record, family, field, by, until, entry } = ask;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let at = entry.at().timestamp_micros();
        let same = approval::Entity::find()
            .filter(approval::Column::AskedBy.eq(by.0))
            .filter(approval::Column::RecordId.eq(record.id))
            .filter(approval::Column::Field.eq(i32::from(field.code())))
            .filter(approval::Column::State.is_in([ApprovalState::Asked, ApprovalState::Granted].map(ApprovalState::name)))
            .filter(approval::Column::Until.gt(at));
        for open in same.all(&txn).await? {
            if open.state == ApprovalState::Asked.name() || may_still_grant(&txn, open.decided_by, by.0).await? {
                return Ok(ApprovalId(open.id));
            }
        }
        let asked_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = approval::ActiveModel {
            id: Set(id.0),
            family_id: Set(family.0),
            record_kind: Set(kind_name(record.kind)?.to_owned()),
            record_id: Set(record.id),
            field: Set(i32::from(field.code())),
            asked_by: Set(by.0),
            asked_at: Set(at),
            asked_in: Set(asked_in),
            state: Set(ApprovalState::Asked.name().to_owned()),
            until: Set(until.timestamp_micros()),
            decided_by: Set(None),
            decided_in: Set(None),
            ended_in: Set(None),
        };
        approval::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(id)
    }

    /// Changes a request that still is in one of the states that the change begins from.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_approval(&self, trail: &TrailStore, write: ApprovalWrite) -> Result<Written, StoreError> {
        let ApprovalWrite { id, from, to, until, decided_by, entry } = write;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let number = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let mut change = approval::Entity::update_many()
            .col_expr(approval::Column::State, Expr::value(to.name()))
            .filter(approval::Column::Id.eq(id.0))
            .filter(approval::Column::State.is_in(from.iter().map(|state| state.name())))
            .filter(approval::Column::Until.gt(entry.at().timestamp_micros()));
        if let Some(decider) = decided_by {
            change = change
                .col_expr(approval::Column::DecidedBy, Expr::value(decider.0))
                .col_expr(approval::Column::DecidedIn, Expr::value(number));
        }
        if to == ApprovalState::Withdrawn {
            change = change.col_expr(approval::Column::EndedIn, Expr::value(number));
        }
        if let Some(until) = until {
            change = change.col_expr(approval::Column::Until, Expr::value(until.timestamp_micros()));
        }
        if change.exec(&txn).await?.rows_affected != 1 {
            // The entry goes with the transaction.
            return Ok(Written::Conflict);
        }
        txn.commit().await?;
        Ok(Written::Stored)
    }
}

fn record(row: approval::Model, people: &BTreeMap<Uuid, staff::Model>, said: &BTreeMap<i64, Entry>) -> Result<ApprovalRecord, StoreError> {
    let named = |id: Uuid| StaffRef { id: StaffId(id), name: people.get(&id).map(|person| person.name.clone()).unwrap_or_default() };
    let decider = |id: Uuid| {
        let active = people.get(&id).filter(|person| person.active);
        Decider { who: named(id), roles: active.map_or_else(RoleSet::default, |person| roles(person.roles)) }
    };
    let asked = said.get(&row.asked_in).ok_or(StoreError::Malformed)?;
    let answer = row.decided_in.and_then(|number| said.get(&number)).and_then(Entry::reason);
    Ok(ApprovalRecord {
        id: ApprovalId(row.id),
        record: RecordRef { kind: kind(&row.record_kind)?, id: row.record_id },
        family: FamilyId(row.family_id),
        field: field(row.field)?,
        by: named(row.asked_by),
        roles: asked.by().roles,
        asked_at: time(row.asked_at),
        reason: asked.reason().cloned().unwrap_or(Reason { code: ReasonCode::Other, text: String::new() }),
        state: state(&row.state)?,
        until: time(row.until),
        decided_by: row.decided_by.map(decider),
        answer: answer.map(|reason| reason.text.clone()).unwrap_or_default(),
    })
}

/// What is granted to this very person for this very field of this very record, and still good.
fn good(id: ApprovalId, look: &Redemption) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(approval::Column::Id.eq(id.0))
        .add(approval::Column::AskedBy.eq(look.by))
        .add(approval::Column::RecordId.eq(look.record))
        .add(approval::Column::Field.eq(i32::from(look.field.code())))
        .add(approval::Column::State.eq(ApprovalState::Granted.name()))
        .add(approval::Column::Until.gt(look.at.timestamp_micros()))
        .add(approval::Column::Until.lte(latest(APPROVAL_MOST, look.at).timestamp_micros()))
        .add(approval::Column::AskedAt.lte((look.at + AHEAD).timestamp_micros()))
}

/// Whether whoever granted something to somebody may still grant it: another person, with access and the duty. Asked under the lock of
/// the head.
pub(crate) async fn may_still_grant(txn: &DatabaseTransaction, decided_by: Option<Uuid>, to: Uuid) -> Result<bool, StoreError> {
    let Some(decider) = decided_by.filter(|decider| *decider != to) else { return Ok(false) };
    let decider = staff::Entity::find_by_id(decider).filter(staff::Column::Active.eq(true)).one(txn).await?;
    Ok(decider.is_some_and(|decider| roles(decider.roles).has_duty(Duty::Approve)))
}

/// Whether what approves a look is good; asked under the lock of the head.
pub(crate) async fn is_good(txn: &DatabaseTransaction, look: &Redemption) -> Result<bool, StoreError> {
    match look.permit {
        Permit::Once(id) => match approval::Entity::find().filter(good(id, look)).one(txn).await? {
            Some(row) => may_still_grant(txn, row.decided_by, look.by).await,
            None => Ok(false),
        },
        Permit::Standing(id) => grants::stands(txn, look, id).await,
    }
}

/// Uses up what [`is_good`] under the same lock, where it is for one look.
pub(crate) async fn use_up(txn: &DatabaseTransaction, look: &Redemption) -> Result<(), StoreError> {
    let Permit::Once(id) = look.permit else { return Ok(()) };
    let used = approval::Entity::update_many()
        .col_expr(approval::Column::State, Expr::value(ApprovalState::Used.name()))
        .filter(good(id, look))
        .exec(txn)
        .await?;
    if used.rows_affected == 1 { Ok(()) } else { Err(StoreError::TrailDown) }
}

/// Notes by which entry an approval was used up, once the entry has its number.
pub(crate) async fn used_in(txn: &DatabaseTransaction, look: &Redemption, number: i64) -> Result<(), StoreError> {
    let Permit::Once(id) = look.permit else { return Ok(()) };
    let noted = approval::Entity::update_many()
        .col_expr(approval::Column::EndedIn, Expr::value(number))
        .filter(approval::Column::Id.eq(id.0))
        .exec(txn)
        .await?;
    if noted.rows_affected == 1 { Ok(()) } else { Err(StoreError::TrailDown) }
}
