//! Reading the trail, and verifying it: every altered, missing, swapped or cut row is found.

use crate::{
    db::Db,
    error::StoreError,
    rows::{trail_family, trail_head, trail_row},
    scope::joined,
    source::{Source, read},
};
use contract::{ids::FamilyId, wire::ledger::Action};
use guard::{
    Entry,
    gate::Kept,
    trail::{GENESIS, link},
    vault::HeadSealer,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Order, Query},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is wrong with the trail, at the first row where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A row is missing or out of order.
    Gap {
        /// The number that was expected.
        seq: i64,
    },
    /// A row's hash does not follow from the row before it and its own bytes.
    Altered {
        /// The row.
        seq: i64,
    },
    /// A row's columns, or the ledgers that it is in, disagree with its bytes.
    Mislabelled {
        /// The row.
        seq: i64,
    },
    /// The head is not the last row: rows were cut off or added behind its back.
    Cut {
        /// What the head says.
        head: i64,
        /// The last row that there is.
        last: i64,
    },
    /// The seal of the head does not open with the key of the school.
    ForgedHead,
    /// There is no head.
    NoHead,
    /// The trail ends before the row that was noted outside the database.
    RolledBack {
        /// The row that was noted.
        anchor: i64,
    },
}

/// The outcome of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How many rows were verified.
    pub rows: i64,
    /// The first fault, if there is one.
    pub fault: Option<Fault>,
}

/// A row that was noted outside the database: number and hash.
pub type Anchor = (i64, [u8; 32]);

const PART: u64 = 5_000;

fn kept(row: &trail_row::Model) -> Result<Kept, StoreError> {
    Ok(Kept { seq: row.seq, entry: Entry::from_bytes(&row.body).ok_or(StoreError::Malformed)? })
}

impl Db {
    /// Verifies the whole trail, and that it still holds the anchor that was noted outside the database.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be read at all.
    pub async fn verify_trail(&self, sealer: &HeadSealer, anchor: Option<Anchor>) -> Result<Verdict, StoreError> {
        let mut expected = 1;
        let mut hash = GENESIS;
        let mut anchored = anchor.is_none_or(|(seq, _)| seq == 0);
        let fault = |rows, fault| Ok(Verdict { rows, fault: Some(fault) });
        let Some(head) = trail_head::Entity::find_by_id(1).one(&self.reader).await? else {
            return fault(0, Fault::NoHead);
        };
        loop {
            let find =
                trail_row::Entity::find().filter(trail_row::Column::Seq.gte(expected)).order_by_asc(trail_row::Column::Seq).limit(PART);
            let rows = find.all(&self.reader).await?;
            let Some(last) = rows.last() else {
                break;
            };
            let ledgers = self.ledgers(expected, last.seq).await?;
            for row in rows {
                if row.seq > head.seq {
                    // Written while we read, or behind the head's back; the head of a later look tells.
                    let now = trail_head::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
                    if now.seq < row.seq {
                        return fault(expected - 1, Fault::Cut { head: now.seq, last: row.seq });
                    }
                }
                if row.seq != expected {
                    return fault(expected - 1, Fault::Gap { seq: expected });
                }
                hash = link(&hash, row.seq, &row.body);
                if row.hash != hash {
                    return fault(expected - 1, Fault::Altered { seq: row.seq });
                }
                if !labelled(&row, ledgers.get(&row.seq)) {
                    return fault(expected - 1, Fault::Mislabelled { seq: row.seq });
                }
                if row.seq == head.seq && head.hash != hash {
                    return fault(expected - 1, Fault::ForgedHead);
                }
                if anchor == Some((row.seq, hash)) {
                    anchored = true;
                }
                expected += 1;
            }
        }
        let last = expected - 1;
        let head_hash: [u8; 32] = head.hash.clone().try_into().map_err(|_| StoreError::Malformed)?;
        if last < head.seq {
            return fault(last, Fault::Cut { head: head.seq, last });
        }
        if head.seal != sealer.seal(head.seq, &head_hash) {
            return fault(last, Fault::ForgedHead);
        }
        match anchor {
            Some((seq, _)) if !anchored => fault(last, Fault::RolledBack { anchor: seq }),
            _ => Ok(Verdict { rows: last, fault: None }),
        }
    }

    /// In which families' ledgers the rows of a part are.
    async fn ledgers(&self, first: i64, last: i64) -> Result<BTreeMap<i64, BTreeSet<Uuid>>, StoreError> {
        let find = trail_family::Entity::find().filter(trail_family::Column::Seq.between(first, last));
        let mut ledgers: BTreeMap<i64, BTreeSet<Uuid>> = BTreeMap::new();
        for row in find.all(&self.reader).await? {
            ledgers.entry(row.seq).or_default().insert(row.family_id);
        }
        Ok(ledgers)
    }

    /// The head of the trail, to be noted outside the database.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_anchor(&self) -> Result<Anchor, StoreError> {
        let head = trail_head::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        Ok((head.seq, head.hash.try_into().map_err(|_| StoreError::Malformed)?))
    }

    /// The entries in a family's ledger, newest first, before a row where one is given.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn family_trail(&self, family: FamilyId, before: Option<i64>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        // From the ledger to the trail, never the other way round: the trail is long.
        let mut find = Query::select().columns(trail_row::Column::iter().map(|column| ("trail", column))).from("trail_family").to_owned();
        joined(&mut find, "trail", Expr::col(("trail", "seq")).equals(("trail_family", "seq")))
            .and_where(Expr::col(("trail_family", "family_id")).eq(family.0))
            .order_by(("trail_family", "seq"), Order::Desc)
            .limit(limit);
        if let Some(before) = before {
            find.and_where(Expr::col(("trail_family", "seq")).lt(before));
        }
        let rows: Vec<trail_row::Model> = read!(self, |source| source.rows(find))?;
        rows.iter().map(kept).collect()
    }

    /// The changes of one record after a version, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn changes_since(&self, record: Uuid, version: i64) -> Result<Vec<Kept>, StoreError> {
        let rows = trail_row::Entity::find()
            .filter(trail_row::Column::RecordId.eq(record))
            .filter(trail_row::Column::Action.eq(Action::Changed.name()))
            .order_by_desc(trail_row::Column::Seq)
            .limit(50)
            .all(&self.reader)
            .await?;
        let mut changes: Vec<Kept> = rows.iter().map(kept).collect::<Result<_, _>>()?;
        changes.retain(|kept| kept.entry.version().is_some_and(|made| made > version));
        Ok(changes)
    }

    /// The whole trail, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail(&self, action: Option<Action>, before: Option<i64>, limit: u64) -> Result<Vec<Kept>, StoreError> {
        let mut find = trail_row::Entity::find().order_by_desc(trail_row::Column::Seq).limit(limit);
        if let Some(action) = action {
            find = find.filter(trail_row::Column::Action.eq(action.name()));
        }
        if let Some(before) = before {
            find = find.filter(trail_row::Column::Seq.lt(before));
        }
        find.all(&self.reader).await?.iter().map(kept).collect()
    }
}

/// The columns and ledgers by which rows are found say the same as the bytes that are hashed.
fn labelled(row: &trail_row::Model, ledgers: Option<&BTreeSet<Uuid>>) -> bool {
    Entry::from_bytes(&row.body).is_some_and(|entry| {
        row.at == entry.at().timestamp_micros()
            && row.actor_id == entry.by().actor.map(guard::Actor::uuid)
            && row.action == entry.action().name()
            && row.record_id == entry.record().map(|record| record.id)
            && entry.families().iter().map(|family| family.0).collect::<BTreeSet<_>>() == ledgers.cloned().unwrap_or_default()
    })
}
