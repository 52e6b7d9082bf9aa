//! The register of approvals: every request for a look and every standing grant, newest first, with the entries of its steps.
//!
//! The rule: four statements a page, however long it is. Deliberately absent: a scope, since nothing of a record is read but its kind
//! and its id; and a filter by either.

use crate::{
    approvals::{field, kind, state},
    db::Db,
    error::StoreError,
    grants::fields,
    load::time,
    reading::begins,
    rows::{approval, class, standing_grant, trail_row},
    verify::kept,
};
use chrono::{DateTime, Utc};
use contract::{
    ids::GrantId,
    wire::{approvals::ApprovalState, reports::RegisterFilter},
};
use guard::{
    gate::Kept,
    records::{RegisterRecord, Registered},
    trail::RecordRef,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::{cmp::Reverse, collections::BTreeMap};
use uuid::Uuid;

/// The rows of a filter, as the clock tells their states at `now`: of either table, by its columns.
fn filtered<C: ColumnTrait>(
    filter: RegisterFilter,
    now: DateTime<Utc>,
    after: Option<i64>,
    [of, until, asked_at, asked_in]: [C; 4],
) -> Condition {
    let RegisterFilter { state, from, to } = filter;
    let now = now.timestamp_micros();
    let in_state = |wanted: ApprovalState| match wanted {
        ApprovalState::Asked | ApprovalState::Granted => Condition::all().add(of.eq(wanted.name())).add(until.gt(now)),
        ApprovalState::Lapsed => {
            Condition::all().add(of.is_in([ApprovalState::Asked, ApprovalState::Granted].map(ApprovalState::name))).add(until.lte(now))
        }
        ApprovalState::Refused | ApprovalState::Withdrawn | ApprovalState::Revoked | ApprovalState::Used => {
            Condition::all().add(of.eq(wanted.name()))
        }
    };
    Condition::all()
        .add_option(state.map(in_state))
        .add_option(from.map(|day| asked_at.gte(begins(day))))
        .add_option(to.and_then(|day| day.succ_opt()).map(|next| asked_at.lt(begins(next))))
        .add_option(after.map(|number| asked_in.lt(number)))
}

/// A line by the numbers of its steps: the request, the decision, the end.
type Numbered = ([Option<i64>; 3], Registered, ApprovalState, i64);

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
        use approval::Column as Once;
        use standing_grant::Column as Standing;
        let once = filtered(filter, now, after, [Once::State, Once::Until, Once::AskedAt, Once::AskedIn]);
        let once = approval::Entity::find().filter(once).order_by_desc(Once::AskedIn).limit(limit).all(&self.reader).await?;
        let standing = filtered(filter, now, after, [Standing::State, Standing::Until, Standing::AskedAt, Standing::AskedIn]);
        let standing =
            standing_grant::Entity::find().filter(standing).order_by_desc(Standing::AskedIn).limit(limit).all(&self.reader).await?;
        let classes = class::Entity::find().filter(class::Column::Id.is_in(standing.iter().map(|row| row.class_id)));
        let classes: BTreeMap<Uuid, String> = classes.all(&self.reader).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let mut lines: Vec<Numbered> = Vec::with_capacity(once.len() + standing.len());
        for row in once {
            let about = Registered::Once(RecordRef { kind: kind(&row.record_kind)?, id: row.record_id }, field(row.field)?);
            lines.push(([Some(row.asked_in), row.decided_in, row.ended_in], about, state(&row.state)?, row.until));
        }
        for row in standing {
            let class = classes.get(&row.class_id).cloned().ok_or(StoreError::Malformed)?;
            let about = Registered::Standing { grant: GrantId(row.id), class, fields: fields(row.fields), last_day: row.last_day };
            lines.push(([Some(row.asked_in), row.decided_in, row.ended_in], about, state(&row.state)?, row.until));
        }
        // Of each table at most a page, so that the newest of both are among them.
        lines.sort_by_key(|([asked, ..], ..)| Reverse(*asked));
        lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let numbers: Vec<i64> = lines.iter().flat_map(|(numbers, ..)| *numbers).flatten().collect();
        let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers)).all(&self.reader).await?;
        let said: BTreeMap<i64, Kept> = said.iter().map(|row| Ok((row.seq, kept(row)?))).collect::<Result<_, StoreError>>()?;
        lines.into_iter().map(|line| record(line, &said)).collect()
    }
}

fn record(([asked, decided, ended], about, state, until): Numbered, said: &BTreeMap<i64, Kept>) -> Result<RegisterRecord, StoreError> {
    let step = |number: Option<i64>| number.and_then(|number| said.get(&number)).cloned();
    Ok(RegisterRecord {
        about,
        state,
        until: time(until),
        asked: step(asked).ok_or(StoreError::Malformed)?,
        decided: step(decided),
        ended: step(ended),
    })
}
