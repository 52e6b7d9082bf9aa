//! The register of approvals: every request for a look, every standing grant and every emergency, newest first, with the entries of its
//! steps and of what was opened by it.
//!
//! The rule: five statements a page, however long it is, and of the looks as many as there are parts of them. Deliberately absent: a
//! scope, since nothing of a record is read but its kind and its id; and a filter by either.

use crate::{
    approvals::{field, kind, state},
    db::Db,
    emergencies,
    error::StoreError,
    grants::fields,
    load::time,
    reading::begins,
    rows::{approval, class, emergency, standing_grant, trail_row},
    verify::kept,
};
use chrono::{DateTime, Utc};
use contract::{
    ids::{EmergencyId, GrantId},
    rights::Role,
    wire::{approvals::ApprovalState, emergencies::EmergencyState, ledger::Action, reports::RegisterFilter},
};
use guard::{
    gate::Kept,
    records::{RegisterRecord, Registered, RegisteredLooks},
    trail::RecordRef,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::{cmp::Reverse, collections::BTreeMap};
use uuid::Uuid;

/// Looks that are read at once.
const PART: u64 = 2_000;

/// The rows of a filter: of any table, by its columns, and what a state is there.
fn filtered<C: ColumnTrait>(
    filter: RegisterFilter,
    after: Option<i64>,
    in_state: impl Fn(ApprovalState) -> Condition,
    [asked_at, asked_in]: [C; 2],
) -> Condition {
    let RegisterFilter { state, from, to } = filter;
    Condition::all()
        .add_option(state.map(in_state))
        .add_option(from.map(|day| asked_at.gte(begins(day))))
        .add_option(to.and_then(|day| day.succ_opt()).map(|next| asked_at.lt(begins(next))))
        .add_option(after.map(|number| asked_in.lt(number)))
}

/// The rows of a state as the clock tells it at `now`, of a table of approvals.
fn approved<C: ColumnTrait>(wanted: ApprovalState, now: i64, [of, until]: [C; 2]) -> Condition {
    match wanted {
        ApprovalState::Asked | ApprovalState::Granted => Condition::all().add(of.eq(wanted.name())).add(until.gt(now)),
        ApprovalState::Lapsed => {
            Condition::all().add(of.is_in([ApprovalState::Asked, ApprovalState::Granted].map(ApprovalState::name))).add(until.lte(now))
        }
        ApprovalState::Refused | ApprovalState::Withdrawn | ApprovalState::Revoked | ApprovalState::Used => {
            Condition::all().add(of.eq(wanted.name()))
        }
    }
}

/// The same of emergencies, which have states of their own. None is used up.
fn urgent(wanted: ApprovalState, now: i64) -> Condition {
    use emergency::Column::{DecidedBy, State, Until};
    let all = Condition::all();
    match wanted {
        ApprovalState::Asked => all.add(State.eq(EmergencyState::Asked.name())).add(Until.gt(now)),
        ApprovalState::Granted => all.add(State.eq(EmergencyState::Open.name())).add(Until.gt(now)),
        ApprovalState::Lapsed => {
            all.add(State.is_in([EmergencyState::Asked, EmergencyState::Open].map(EmergencyState::name))).add(Until.lte(now))
        }
        ApprovalState::Refused => all.add(State.eq(EmergencyState::Refused.name())),
        ApprovalState::Withdrawn => all.add(State.eq(EmergencyState::Ended.name())).add(DecidedBy.is_null()),
        ApprovalState::Revoked => all.add(State.eq(EmergencyState::Ended.name())).add(DecidedBy.is_not_null()),
        ApprovalState::Used => all.add(State.eq(ApprovalState::Used.name())),
    }
}

/// What became of an emergency, in the words of an approval.
fn outcome(row: &emergency::Model) -> Result<ApprovalState, StoreError> {
    Ok(match emergencies::state(&row.state)? {
        EmergencyState::Asked => ApprovalState::Asked,
        EmergencyState::Open => ApprovalState::Granted,
        EmergencyState::Refused => ApprovalState::Refused,
        EmergencyState::Ended if row.decided_by.is_none() => ApprovalState::Withdrawn,
        EmergencyState::Ended => ApprovalState::Revoked,
        EmergencyState::Lapsed => ApprovalState::Lapsed,
    })
}

/// A line before its entries are read.
struct Line {
    about: Registered,
    by: Uuid,
    state: ApprovalState,
    until: i64,
    asked: i64,
    decided: Option<i64>,
    ended: Option<i64>,
}

impl Line {
    /// Whether a look of whoever asked came of this: after the decision, before the end, and under the grant or in the role.
    fn opened(&self, look: &Kept) -> bool {
        let within = self.decided.is_some_and(|decided| look.seq > decided) && self.ended.is_none_or(|ended| look.seq < ended);
        within
            && match &self.about {
                Registered::Once(..) => false,
                Registered::Standing { grant, .. } => look.entry.grant() == Some(*grant),
                Registered::Emergency(_) => look.entry.by().roles.has(Role::Emergency) && look.entry.at().timestamp_micros() < self.until,
            }
    }
    /// Whether there can be more than one look by it.
    const fn stands(&self) -> bool {
        !matches!(self.about, Registered::Once(..)) && self.decided.is_some()
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
        let mut lines = self.register_lines(filter, now.timestamp_micros(), after, limit).await?;
        // Of each table at most a page, so that the newest of all are among them.
        lines.sort_by_key(|line| Reverse(line.asked));
        lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let numbers: Vec<i64> = lines.iter().flat_map(|line| [Some(line.asked), line.decided, line.ended]).flatten().collect();
        let mut said = BTreeMap::new();
        // SQLite takes at most 32,766 parameters a statement.
        for part in numbers.chunks(10_000) {
            let rows = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(part.iter().copied())).all(&self.reader).await?;
            for row in rows {
                said.insert(row.seq, kept(&row)?);
            }
        }
        let mut looks = self.register_looks(&lines).await?;
        let step = |number: Option<i64>| number.and_then(|number| said.get(&number)).cloned();
        let record = |line: Line| {
            Ok(RegisterRecord {
                about: line.about,
                state: line.state,
                until: time(line.until),
                asked: step(Some(line.asked)).ok_or(StoreError::Malformed)?,
                decided: step(line.decided),
                looks: looks.remove(&line.asked),
                ended: step(line.ended),
            })
        };
        lines.into_iter().map(record).collect()
    }

    async fn register_lines(&self, filter: RegisterFilter, now: i64, after: Option<i64>, limit: u64) -> Result<Vec<Line>, StoreError> {
        use approval::Column as Once;
        use emergency::Column as Urgent;
        use standing_grant::Column as Standing;
        let once = filtered(filter, after, |wanted| approved(wanted, now, [Once::State, Once::Until]), [Once::AskedAt, Once::AskedIn]);
        let once = approval::Entity::find().filter(once).order_by_desc(Once::AskedIn).limit(limit).all(&self.reader).await?;
        let in_state = |wanted| approved(wanted, now, [Standing::State, Standing::Until]);
        let standing = filtered(filter, after, in_state, [Standing::AskedAt, Standing::AskedIn]);
        let standing =
            standing_grant::Entity::find().filter(standing).order_by_desc(Standing::AskedIn).limit(limit).all(&self.reader).await?;
        let emergencies = filtered(filter, after, |wanted| urgent(wanted, now), [Urgent::AskedAt, Urgent::AskedIn]);
        let emergencies =
            emergency::Entity::find().filter(emergencies).order_by_desc(Urgent::AskedIn).limit(limit).all(&self.reader).await?;
        let classes = class::Entity::find().filter(class::Column::Id.is_in(standing.iter().map(|row| row.class_id)));
        let classes: BTreeMap<Uuid, String> = classes.all(&self.reader).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let mut lines = Vec::with_capacity(once.len() + standing.len() + emergencies.len());
        for row in once {
            let about = Registered::Once(RecordRef { kind: kind(&row.record_kind)?, id: row.record_id }, field(row.field)?);
            let (state, until, by) = (state(&row.state)?, row.until, row.asked_by);
            lines.push(Line { about, by, state, until, asked: row.asked_in, decided: row.decided_in, ended: row.ended_in });
        }
        for row in standing {
            let class = classes.get(&row.class_id).cloned().ok_or(StoreError::Malformed)?;
            let about = Registered::Standing { grant: GrantId(row.id), class, fields: fields(row.fields), last_day: row.last_day };
            let (state, until, by) = (state(&row.state)?, row.until, row.asked_by);
            lines.push(Line { about, by, state, until, asked: row.asked_in, decided: row.decided_in, ended: row.ended_in });
        }
        for row in emergencies {
            let (about, state, until, by) = (Registered::Emergency(EmergencyId(row.id)), outcome(&row)?, row.until, row.asked_by);
            lines.push(Line { about, by, state, until, asked: row.asked_in, decided: row.decided_in, ended: row.ended_in });
        }
        Ok(lines)
    }

    /// What was opened by each of these that stood, by the number of its request: read by person from the first decision on.
    async fn register_looks(&self, lines: &[Line]) -> Result<BTreeMap<i64, RegisteredLooks>, StoreError> {
        let mut of: BTreeMap<Uuid, Vec<&Line>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.stands()) {
            of.entry(line.by).or_default().push(line);
        }
        let mut looks: BTreeMap<i64, RegisteredLooks> = BTreeMap::new();
        let first = of.values().flatten().filter_map(|line| line.decided).min();
        let people: Vec<Uuid> = of.keys().copied().collect();
        let mut after = first;
        while let Some(number) = after {
            let rows = trail_row::Entity::find()
                .filter(trail_row::Column::ActorId.is_in(people.iter().copied()))
                .filter(trail_row::Column::Action.eq(Action::Revealed.name()))
                .filter(trail_row::Column::Seq.gt(number))
                .order_by_asc(trail_row::Column::Seq)
                .limit(PART)
                .all(&self.reader)
                .await?;
            for row in &rows {
                let look = kept(row)?;
                for line in row.actor_id.and_then(|actor| of.get(&actor)).into_iter().flatten().filter(|line| line.opened(&look)) {
                    let so_far =
                        looks.entry(line.asked).or_insert_with(|| RegisteredLooks { count: 0, first: look.clone(), last: look.clone() });
                    so_far.count = so_far.count.saturating_add(1);
                    so_far.last = look.clone();
                }
            }
            after = rows.last().map(|row| row.seq);
        }
        Ok(looks)
    }
}
