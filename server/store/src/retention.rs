//! Taking the oldest part of the trail away, after it was kept for its time.
//!
//! The rule: whole rows, up to one for which a signed head vouches, and never what somebody still leans on: what is open or in force,
//! what was not watched or fed yet. Before anything goes it is held against the chain, so that taking away destroys no trace of
//! tampering. In the transaction that takes it away the row becomes the beginning, sealed, an entry says how much went, the keys of
//! passkeys that still count are carried over, and what was kept of requests to open goes with the entries that it was asked by. The
//! triggers of the database hold the floor of 180 days by themselves. Deliberately absent: which head is old enough, which the signed
//! heads tell and not the database.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    rows::{
        api_token, approval, audit, emergency, passkey, question, school_row, standing_grant, trail_beginning, trail_family, trail_head,
        trail_row, watch,
    },
    trail::{Chain, TrailStore, append_in, lock},
    verify::Fault,
};
use chrono::{DateTime, Utc};
use contract::{
    retention::Retention,
    wire::{
        audits::AuditState,
        ledger::{Action, TrailCut},
        questions::QuestionState,
    },
};
use guard::{
    Entry,
    trail::{Beginning, GENESIS, families_in},
    vault::HeadSealer,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// About how many rows go at once: their indexes are written too, and nobody writes meanwhile.
const AT_ONCE: i64 = 20_000;
/// Rows that are read at once, and families whose ledgers are cut at once.
const PART: usize = 2_000;

/// Why nothing was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCut {
    /// It cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The trail is not what it was: all of it is evidence.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn read(row: &trail_beginning::Model) -> Result<Beginning, StoreError> {
    Ok(Beginning { seq: row.seq, hash: row.hash.clone().try_into().map_err(|_| StoreError::Malformed)?, at: time(row.at) })
}

/// The least number that a statement finds, if it finds any.
async fn least<E: EntityTrait>(txn: &DatabaseTransaction, find: Select<E>, column: E::Column) -> Result<Option<i64>, StoreError> {
    let least: Option<Option<i64>> = find.select_only().column_as(column.min(), "least").into_tuple().one(txn).await?;
    Ok(least.flatten())
}

/// The first row that has to stay, whatever its age: that by which something was asked that is open or in force, that to which an
/// unsigned report was counted or about which a question was answered lately, that which was not watched or put into the ledgers yet.
async fn leaned_on(txn: &DatabaseTransaction, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let (at, lately) = (now.timestamp_micros(), (now - Retention::LEAST.time()).timestamp_micros());
    let asked = Condition::any()
        .add(question::Column::State.eq(QuestionState::Open.name()))
        .add(question::Column::DecidedAt.gt(lately))
        .add(question::Column::AskedAt.gt(lately));
    let drawn = audit::Entity::find().filter(audit::Column::State.eq(AuditState::Drawn.name()));
    let head = trail_head::Entity::find_by_id(1).one(txn).await?.ok_or(StoreError::TrailDown)?;
    let watched = watch::Entity::find_by_id(1).one(txn).await?.map(|row| row.seen.saturating_add(1));
    let all = [
        least(txn, approval::Entity::find().filter(approval::Column::Until.gt(at)), approval::Column::AskedIn).await?,
        least(txn, standing_grant::Entity::find().filter(standing_grant::Column::Until.gt(at)), standing_grant::Column::AskedIn).await?,
        least(txn, emergency::Entity::find().filter(emergency::Column::Until.gt(at)), emergency::Column::AskedIn).await?,
        least(txn, api_token::Entity::find().filter(api_token::Column::Until.gt(at)), api_token::Column::AskedIn).await?,
        least(txn, question::Entity::find().filter(asked), question::Column::Line).await?,
        least(txn, drawn.filter(audit::Column::HeadSeq.gt(0)), audit::Column::HeadSeq).await?,
        watched,
        Some(head.folded.saturating_add(1)),
    ];
    Ok(all.into_iter().flatten().min().unwrap_or_default())
}

/// The head up to which a part goes: the last one that is not too far, or else the first.
fn next(heads: &[Beginning], begins: i64, stays: i64) -> Option<&Beginning> {
    let mut old = heads.iter().filter(|head| begins < head.seq && head.seq < stays);
    let first = old.next()?;
    Some(old.take_while(|head| head.seq.saturating_sub(begins) <= AT_ONCE).last().unwrap_or(first))
}

/// What is taken away, as far as it was held against the chain.
struct Oldest {
    chain: Chain,
    families: BTreeSet<Uuid>,
    keys: Vec<(Uuid, Entry)>,
}

impl Oldest {
    /// Reads the rows up to `target`, which is one of the heads: each as it is linked to the one before, and as it was signed for.
    async fn read(txn: &DatabaseTransaction, chain: Chain, heads: &[Beginning], target: &Beginning) -> Result<Self, NotCut> {
        let signed: BTreeMap<i64, [u8; 32]> = heads.iter().map(|head| (head.seq, head.hash)).collect();
        let mut oldest = Self { chain, families: BTreeSet::new(), keys: Vec::new() };
        while oldest.chain.seq < target.seq {
            let rows = trail_row::Entity::find()
                .filter(trail_row::Column::Seq.gt(oldest.chain.seq))
                .filter(trail_row::Column::Seq.lte(target.seq))
                .order_by_asc(trail_row::Column::Seq)
                .limit(PART as u64);
            let (rows, before) = (rows.all(txn).await.map_err(StoreError::from)?, oldest.chain.seq);
            for row in &rows {
                oldest.chain.link(&row.body)?;
                let seq = oldest.chain.seq;
                if row.seq != seq {
                    return Err(Fault::Gap { seq }.into());
                }
                if row.hash != oldest.chain.hash {
                    return Err(Fault::Altered { seq }.into());
                }
                if signed.get(&seq).is_some_and(|signed| *signed != oldest.chain.hash) {
                    return Err(Fault::RolledBack { anchor: seq }.into());
                }
                oldest.families.extend(families_in(&row.body).ok_or(StoreError::Malformed)?.into_iter().map(|family| family.0));
                if row.action == Action::PasskeyAdded.name() || row.action == Action::PasskeyCarried.name() {
                    let entry = Entry::from_bytes(&row.body).ok_or(StoreError::Malformed)?;
                    oldest.keys.extend(row.actor_id.or(row.record_id).map(|whose| (whose, entry)));
                }
            }
            if oldest.chain.seq == before {
                return Err(Fault::Gap { seq: before.saturating_add(1) }.into());
            }
        }
        Ok(oldest)
    }

    /// The keys of whoever can still sign, or did in a row that stays.
    async fn carried(self, txn: &DatabaseTransaction, target: &Beginning, now: DateTime<Utc>) -> Result<(Vec<Entry>, Vec<Uuid>), NotCut> {
        let mut carried = Vec::new();
        for (whose, entry) in &self.keys {
            let can = passkey::Entity::find().filter(passkey::Column::OwnerId.eq(*whose)).one(txn).await.map_err(StoreError::from)?;
            let did = trail_row::Entity::find()
                .select_only()
                .column(trail_row::Column::Seq)
                .filter(trail_row::Column::ActorId.eq(*whose))
                .filter(trail_row::Column::Seq.gt(target.seq))
                .limit(1);
            if can.is_some() || did.into_tuple::<i64>().one(txn).await.map_err(StoreError::from)?.is_some() {
                carried.extend(Entry::carrying_over(now, entry));
            }
        }
        Ok((carried, self.families.into_iter().collect()))
    }
}

impl Db {
    /// Where the trail begins, where its oldest part was taken away.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beginning(&self) -> Result<Option<Beginning>, StoreError> {
        trail_beginning::Entity::find_by_id(1).one(&self.reader).await?.as_ref().map(read).transpose()
    }

    /// Whether this school sealed it.
    pub(crate) async fn is_sealed(&self, sealer: &HeadSealer, beginning: &Beginning) -> Result<bool, StoreError> {
        let row = trail_beginning::Entity::find_by_id(1).one(&self.reader).await?;
        Ok(row.is_some_and(|row| row.seal == sealer.seal_beginning(beginning)))
    }

    /// For how long the trail is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn retention(&self) -> Result<Retention, StoreError> {
        let row = school_row::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        Ok(Retention::stored(row.trail_days))
    }

    /// Takes a part of the oldest rows away: up to one of `heads`, which are old enough, were signed and are given oldest first, and
    /// not beyond `fed`, up to which a collector has them. Says what went; nothing where nothing is left to be taken away.
    ///
    /// # Errors
    /// [`NotCut`]; then nothing was.
    pub async fn cut_trail(
        &self,
        trail: &TrailStore,
        heads: &[Beginning],
        fed: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Option<TrailCut>, NotCut> {
        let sealer = trail.sealer();
        self.carry_ledgers().await?;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let row = trail_beginning::Entity::find_by_id(1).one(&txn).await.map_err(StoreError::from)?;
        let beginning = row.as_ref().map(read).transpose()?;
        if let (Some(row), Some(beginning)) = (&row, &beginning)
            && row.seal != sealer.seal_beginning(beginning)
        {
            return Err(Fault::ForgedBeginning { seq: beginning.seq }.into());
        }
        let chain = beginning.map_or(Chain { seq: 0, hash: GENESIS }, |Beginning { seq, hash, .. }| Chain { seq, hash });
        let (begins, stays) = (chain.seq, leaned_on(&txn, now).await?);
        let stays = fed.map_or(stays, |fed| stays.min(fed.saturating_add(1)));
        let Some(target) = next(heads, begins, stays) else {
            return Ok(None);
        };
        let oldest = Oldest::read(&txn, chain, heads, target).await?;
        let cut = TrailCut { rows: target.seq.saturating_sub(begins), through: target.seq, before: target.at };
        let (mut entries, families) = oldest.carried(&txn, target, now).await?;
        entries.insert(0, Entry::of_cut(now, cut));
        append_in(&txn, sealer, &entries.iter().collect::<Vec<_>>()).await?;
        begin_after(&txn, sealer, target, row.is_some()).await?;
        take_away(&txn, target.seq, &families).await?;
        txn.commit().await.map_err(StoreError::from)?;
        Ok(Some(cut))
    }
}

/// Makes a row the one that the first is linked to.
async fn begin_after(txn: &DatabaseTransaction, sealer: &HeadSealer, target: &Beginning, again: bool) -> Result<(), StoreError> {
    let Beginning { seq, hash, at } = target;
    let row = trail_beginning::ActiveModel {
        id: Set(1),
        seq: Set(*seq),
        hash: Set(hash.to_vec()),
        at: Set(at.timestamp_micros()),
        seal: Set(sealer.seal_beginning(target).to_vec()),
    };
    if again {
        row.update(txn).await?;
    } else {
        trail_beginning::Entity::insert(row).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Takes the rows up to a number away, the lines of these families that speak of them, and what was asked or questioned by them.
async fn take_away(txn: &impl ConnectionTrait, through: i64, families: &[Uuid]) -> Result<(), StoreError> {
    trail_row::Entity::delete_many().filter(trail_row::Column::Seq.lte(through)).exec(txn).await?;
    for some in families.chunks(PART) {
        let lines = trail_family::Entity::delete_many().filter(trail_family::Column::FamilyId.is_in(some.iter().copied()));
        lines.filter(trail_family::Column::Seq.lte(through)).exec(txn).await?;
    }
    approval::Entity::delete_many().filter(approval::Column::AskedIn.lte(through)).exec(txn).await?;
    standing_grant::Entity::delete_many().filter(standing_grant::Column::AskedIn.lte(through)).exec(txn).await?;
    emergency::Entity::delete_many().filter(emergency::Column::AskedIn.lte(through)).exec(txn).await?;
    question::Entity::delete_many().filter(question::Column::Line.lte(through)).exec(txn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_the_last_head_within_reach_and_a_long_day_goes_whole() {
        let head = |seq| Beginning { seq, hash: [0; 32], at: DateTime::UNIX_EPOCH };
        let heads = [10, 15_000, 20_010, 20_011, 90_000].map(head);
        let next = |begins, stays| next(&heads, begins, stays).map(|head| head.seq);
        assert_eq!(next(0, i64::MAX), Some(15_000));
        assert_eq!(next(10, i64::MAX), Some(20_010));
        assert_eq!(next(20_010, i64::MAX), Some(20_011));
        assert_eq!(next(20_011, i64::MAX), Some(90_000), "more than a part, and no head before it");
        assert_eq!(next(20_011, 90_000), None, "its last row is leaned on");
        assert_eq!((next(0, 11), next(0, 10), next(90_000, i64::MAX)), (Some(10), None, None));
    }
}
