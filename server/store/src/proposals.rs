//! Proposed changes of the policy: proposed, confirmed, declined, taken back, brought into force at their moment.
//!
//! The rule: each step and its trail entries commit together, under the lock of the trail's head, under which the version in force
//! and the people are asked for, whoever takes the step among them, who may have been suspended while it waited; so that of two who
//! confirm or take one back at once, one does, and a moment comes once. Deliberately absent: the words, which are read from the trail,
//! and an update of what was proposed.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people::roles,
    policy::{PolicyRow, PolicyWritten, compiled, document, insert, present, refused_joint, resulting, take_away, whole},
    rows::{policy_proposal, staff, trail_row},
    staff::{lock as lock_school, still_has},
    trail::{TrailStore, append_in, lock},
};
use contract::{
    ids::{ProposalId, StaffId},
    rights::{Duty, RoleSet},
    wire::{policy::JointConcern, proposals::ProposalState, school::StaffRef},
};
use guard::{
    Entry,
    policy::impact::widens,
    proposal::{ProposalAsk, ProposalDue, ProposalWrite, Step},
    records::{Decider, ProposalRecord},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use std::collections::BTreeMap;
use uuid::Uuid;

const STATES: [(ProposalState, &str); 10] = [
    (ProposalState::Proposed, "proposed"),
    (ProposalState::Confirmed, "confirmed"),
    (ProposalState::Scheduled, "scheduled"),
    (ProposalState::InForce, "in_force"),
    (ProposalState::Declined, "declined"),
    (ProposalState::Withdrawn, "withdrawn"),
    (ProposalState::Lapsed, "lapsed"),
    (ProposalState::Overtaken, "overtaken"),
    (ProposalState::Deserted, "deserted"),
    (ProposalState::Joint, "joint"),
];

fn state_name(state: ProposalState) -> &'static str {
    STATES.iter().find(|(of, _)| *of == state).map_or("lapsed", |(_, name)| name)
}

fn state(name: &str) -> Result<ProposalState, StoreError> {
    STATES.iter().find(|(_, of)| *of == name).map(|(state, _)| *state).ok_or(StoreError::Malformed)
}

impl Db {
    /// The last proposal, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_proposal(&self) -> Result<Option<ProposalRecord>, StoreError> {
        last(&self.reader).await
    }

    /// One proposal.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proposal(&self, id: ProposalId) -> Result<Option<ProposalRecord>, StoreError> {
        one(&self.reader, id).await
    }

    /// Who could confirm what `proposer` proposes, by working name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn confirmers(&self, proposer: StaffId) -> Result<Vec<(StaffId, String)>, StoreError> {
        confirmers(&self.reader, proposer).await
    }

    /// Stores a proposal, unless another is open, the version is not in force any more, or one person would be enough at once.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn propose_policy(&self, trail: &TrailStore, ask: ProposalAsk) -> Result<PolicyWritten, StoreError> {
        let ProposalAsk { id, by, base, wanted, from, entry } = ask;
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        if !still_has(&txn, by, Duty::KeepPolicy).await? {
            return Ok(PolicyWritten::Lapsed);
        }
        let present = present(&txn).await?;
        if present.version != base {
            return Ok(PolicyWritten::Conflict);
        }
        if let Some(before) = last(&txn).await? {
            match before.state_at(entry.at(), present.version) {
                ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled => return Ok(PolicyWritten::Taken),
                // What the clock, the matrix or the people ended is ended for good, or it could come back.
                ended => settle(&txn, before.id, ended).await?,
            }
        }
        let Some(next) = resulting(&txn, &present, wanted).await? else {
            return Ok(PolicyWritten::Missing);
        };
        if !next.names_differ() {
            return Ok(PolicyWritten::Named);
        }
        let (held, after) = (present.compile(), compiled(base, &next));
        let joint = refused_joint(&txn, &held, &after).await?;
        if !joint.is_empty() {
            return Ok(PolicyWritten::Joint(joint));
        }
        let state = match (widens(&held, &after), from) {
            (true, _) => ProposalState::Proposed,
            (false, Some(_)) => ProposalState::Scheduled,
            (false, None) => return Ok(PolicyWritten::Narrows),
        };
        let alone = confirmers(&txn, by).await?.is_empty();
        let proposed_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = policy_proposal::ActiveModel {
            id: Set(id.0),
            base: Set(base),
            document: Set(document(&next)?),
            proposed_at: Set(entry.at().timestamp_micros()),
            proposed_by: Set(by.0),
            proposed_in: Set(proposed_in),
            alone: Set(alone),
            holds_from: Set(from.map(|from| from.timestamp_micros())),
            state: Set(state_name(state).to_owned()),
            decided_by: Set(None),
            decided_in: Set(None),
        };
        policy_proposal::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(PolicyWritten::Stored)
    }

    /// What one person does about a proposal. One that is confirmed and whose moment has come, or that has none, holds with the
    /// confirmation.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn step_proposal(&self, trail: &TrailStore, write: ProposalWrite) -> Result<PolicyWritten, StoreError> {
        let ProposalWrite { id, by, step, entry } = write;
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        let Some(record) = one(&txn, id).await? else {
            return Ok(PolicyWritten::Lapsed);
        };
        // Nobody is suspended or given other roles before this commits: the second person is one now, and not whoever proposed it.
        if step != Step::Withdraw && !confirmers(&txn, record.by.who.id).await?.iter().any(|(id, _)| *id == by) {
            return Ok(PolicyWritten::Lapsed);
        }
        let present = present(&txn).await?;
        let state = record.state_at(entry.at(), present.version);
        let to = match (&step, state) {
            (Step::Confirm(_), ProposalState::Overtaken) => return Ok(PolicyWritten::Conflict),
            (Step::Confirm(_), ProposalState::Proposed) => match record.from.filter(|from| *from > entry.at()) {
                Some(_) => ProposalState::Confirmed,
                None => ProposalState::InForce,
            },
            (Step::Decline, ProposalState::Proposed | ProposalState::Overtaken) => ProposalState::Declined,
            (Step::Withdraw, ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled | ProposalState::Overtaken) => {
                ProposalState::Withdrawn
            }
            _ => return Ok(PolicyWritten::Lapsed),
        };
        let (mut entries, mut taken) = (vec![&entry], Vec::new());
        if let Step::Confirm(holds) = &step {
            let joint = would_join(&txn, &present, &record).await?;
            if !joint.is_empty() {
                return Ok(PolicyWritten::Joint(joint));
            }
            if to == ProposalState::InForce {
                let by = format!("{} · {}", record.by.who.name, entry.by().name);
                taken = come_in(&txn, &record, &by, holds).await?;
                entries.push(holds);
            }
        }
        entries.extend(&taken);
        let number = append_in(&txn, trail.sealer(), &entries).await.map_err(|_| StoreError::TrailDown)?;
        policy_proposal::Entity::update_many()
            .col_expr(policy_proposal::Column::State, Expr::value(state_name(to)))
            .col_expr(policy_proposal::Column::DecidedBy, Expr::value(by.0))
            .col_expr(policy_proposal::Column::DecidedIn, Expr::value(number))
            .filter(policy_proposal::Column::Id.eq(id.0))
            .exec(&txn)
            .await?;
        txn.commit().await?;
        Ok(PolicyWritten::Stored)
    }

    /// Brings a proposal into force whose moment has come, or writes down why it does not. Says whether it holds now.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed, and its moment is still to come.
    pub async fn enforce_proposal(&self, trail: &TrailStore, due: ProposalDue) -> Result<bool, StoreError> {
        let ProposalDue { id, at, holds, fails } = due;
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        let Some(record) = one(&txn, id).await? else {
            return Ok(false);
        };
        if record.holds_at().is_none_or(|moment| moment > at) {
            // Somebody else brought it into force, or took it back.
            return Ok(false);
        }
        if record.state == ProposalState::Proposed && !confirmers(&txn, record.by.who.id).await?.is_empty() {
            // Somebody has come who can confirm it.
            return Ok(false);
        }
        let present = present(&txn).await?;
        let state = match record.state_at(at, present.version) {
            // That nobody gains is asked again, since nobody has confirmed it.
            ProposalState::Scheduled if widens(&present.compile(), &compiled(record.base, &record.rules)) => ProposalState::Deserted,
            ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled => {
                match would_join(&txn, &present, &record).await?.as_slice() {
                    [] => ProposalState::InForce,
                    _ => ProposalState::Joint,
                }
            }
            ended => ended,
        };
        let mut entries = Vec::new();
        if state == ProposalState::InForce {
            let second = record.decided_by.as_ref().map(|decider| format!(" · {}", decider.who.name)).unwrap_or_default();
            let by = format!("{}{second}", record.by.who.name);
            entries.extend(come_in(&txn, &record, &by, &holds).await?);
            entries.insert(0, holds);
        } else {
            entries.push(fails);
        }
        append_in(&txn, trail.sealer(), &entries.iter().collect::<Vec<_>>()).await.map_err(|_| StoreError::TrailDown)?;
        settle(&txn, id, state).await?;
        txn.commit().await?;
        Ok(state == ProposalState::InForce)
    }
}

/// Makes the version of a proposal; what it takes from people is written down beside `holds`.
async fn come_in(txn: &DatabaseTransaction, record: &ProposalRecord, by: &str, holds: &Entry) -> Result<Vec<Entry>, StoreError> {
    insert(txn, record.base.saturating_add(1), holds.at(), by, &record.rules).await?;
    take_away(txn, &record.rules, holds).await
}

/// What the joint rules have against it now, by the roles that people hold now.
async fn would_join(txn: &DatabaseTransaction, present: &PolicyRow, record: &ProposalRecord) -> Result<Vec<JointConcern>, StoreError> {
    refused_joint(txn, &present.compile(), &compiled(record.base, &record.rules)).await
}

async fn settle(txn: &DatabaseTransaction, id: ProposalId, state: ProposalState) -> Result<(), StoreError> {
    policy_proposal::Entity::update_many()
        .col_expr(policy_proposal::Column::State, Expr::value(state_name(state)))
        .filter(policy_proposal::Column::Id.eq(id.0))
        .exec(txn)
        .await?;
    Ok(())
}

async fn confirmers(at: &impl ConnectionTrait, proposer: StaffId) -> Result<Vec<(StaffId, String)>, StoreError> {
    let others = staff::Entity::find()
        .filter(staff::Column::Active.eq(true))
        .filter(staff::Column::Id.ne(proposer.0))
        .order_by_asc(staff::Column::Id)
        .all(at)
        .await?;
    let may = others.into_iter().filter(|row| roles(row.roles).has_duty(Duty::Approve));
    Ok(may.map(|row| (StaffId(row.id), row.name)).collect())
}

/// By the trail, in which nothing is out of order, whatever the clock did.
async fn last(at: &impl ConnectionTrait) -> Result<Option<ProposalRecord>, StoreError> {
    let last = policy_proposal::Entity::find().order_by_desc(policy_proposal::Column::ProposedIn).one(at).await?;
    match last {
        Some(row) => Ok(Some(record(at, row).await?)),
        None => Ok(None),
    }
}

async fn one(at: &impl ConnectionTrait, id: ProposalId) -> Result<Option<ProposalRecord>, StoreError> {
    match policy_proposal::Entity::find_by_id(id.0).one(at).await? {
        Some(row) => Ok(Some(record(at, row).await?)),
        None => Ok(None),
    }
}

/// With the people as they are now, and the words of the trail.
async fn record(at: &impl ConnectionTrait, row: policy_proposal::Model) -> Result<ProposalRecord, StoreError> {
    let ids = [Some(row.proposed_by), row.decided_by].into_iter().flatten();
    let people = staff::Entity::find().filter(staff::Column::Id.is_in(ids.collect::<Vec<_>>())).all(at).await?;
    let people: BTreeMap<Uuid, staff::Model> = people.into_iter().map(|person| (person.id, person)).collect();
    let numbers = [Some(row.proposed_in), row.decided_in].into_iter().flatten();
    let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers.collect::<Vec<_>>())).all(at).await?;
    let said: BTreeMap<i64, Entry> = said.into_iter().filter_map(|row| Some((row.seq, Entry::from_bytes(&row.body)?))).collect();
    let words = |number: i64| said.get(&number).and_then(Entry::reason).map(|reason| reason.text.clone()).unwrap_or_default();
    let person = |id: Uuid| {
        let known = people.get(&id);
        let active = known.filter(|person| person.active);
        Decider {
            who: StaffRef { id: StaffId(id), name: known.map(|person| person.name.clone()).unwrap_or_default() },
            roles: active.map_or_else(RoleSet::default, |person| roles(person.roles)),
        }
    };
    let rules = whole(&row.document)?;
    Ok(ProposalRecord {
        id: ProposalId(row.id),
        base: row.base,
        by: person(row.proposed_by),
        at: time(row.proposed_at),
        words: words(row.proposed_in),
        state: state(&row.state)?,
        from: row.holds_from.map(time),
        alone: row.alone,
        decided_by: row.decided_by.map(person),
        answer: row.decided_in.map(words).unwrap_or_default(),
        rules,
    })
}
