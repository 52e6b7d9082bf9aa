//! The register of approvals: every request, newest first, with the entries of its steps.
//!
//! The rule: two statements a page, however long it is. Deliberately absent: a scope, since nothing of a record is read but its kind
//! and its id; and a filter by either.

use crate::{
    approvals::{field, kind, state},
    db::Db,
    error::StoreError,
    load::time,
    reading::begins,
    rows::{approval, trail_row},
    verify::kept,
};
use chrono::{DateTime, Utc};
use contract::wire::{approvals::ApprovalState, reports::RegisterFilter};
use guard::{gate::Kept, records::RegisterRecord, trail::RecordRef};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// The rows of a state, as the clock tells it at `now`.
fn in_state(wanted: ApprovalState, now: DateTime<Utc>) -> Condition {
    let (of, until, now) = (approval::Column::State, approval::Column::Until, now.timestamp_micros());
    match wanted {
        ApprovalState::Asked | ApprovalState::Granted => Condition::all().add(of.eq(wanted.name())).add(until.gt(now)),
        ApprovalState::Lapsed => {
            Condition::all().add(of.is_in([ApprovalState::Asked, ApprovalState::Granted].map(ApprovalState::name))).add(until.lte(now))
        }
        ApprovalState::Refused | ApprovalState::Withdrawn | ApprovalState::Used => Condition::all().add(of.eq(wanted.name())),
    }
}

impl Db {
    /// A page of the register; it begins after the request whose entry has this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approval_register(
        &self,
        filter: RegisterFilter,
        now: DateTime<Utc>,
        after: Option<i64>,
        limit: u64,
    ) -> Result<Vec<RegisterRecord>, StoreError> {
        let RegisterFilter { state, from, to } = filter;
        let all = Condition::all()
            .add_option(state.map(|state| in_state(state, now)))
            .add_option(from.map(|day| approval::Column::AskedAt.gte(begins(day))))
            .add_option(to.and_then(|day| day.succ_opt()).map(|next| approval::Column::AskedAt.lt(begins(next))))
            .add_option(after.map(|number| approval::Column::AskedIn.lt(number)));
        let rows = approval::Entity::find().filter(all).order_by_desc(approval::Column::AskedIn).limit(limit).all(&self.reader).await?;
        let numbers = rows.iter().flat_map(|row| [Some(row.asked_in), row.decided_in, row.ended_in]).flatten();
        let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers.collect::<Vec<_>>())).all(&self.reader).await?;
        let said: BTreeMap<i64, Kept> = said.iter().map(|row| Ok((row.seq, kept(row)?))).collect::<Result<_, StoreError>>()?;
        rows.into_iter().map(|row| record(&row, &said)).collect()
    }
}

fn record(row: &approval::Model, said: &BTreeMap<i64, Kept>) -> Result<RegisterRecord, StoreError> {
    let step = |number: Option<i64>| number.and_then(|number| said.get(&number)).cloned();
    Ok(RegisterRecord {
        record: RecordRef { kind: kind(&row.record_kind)?, id: row.record_id },
        field: field(row.field)?,
        state: state(&row.state)?,
        until: time(row.until),
        asked: step(Some(row.asked_in)).ok_or(StoreError::Malformed)?,
        decided: step(row.decided_in),
        ended: step(row.ended_in),
    })
}
