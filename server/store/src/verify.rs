//! Reading the trail, and verifying it: every altered, missing, swapped or cut row is found.

use crate::{
    db::Db,
    error::StoreError,
    rows::{trail_family, trail_head, trail_row},
    source::{Source, read},
    trail::kind_name,
};
use contract::{ids::FamilyId, wire::ledger::Action};
use guard::{
    Entry,
    gate::Kept,
    trail::{GENESIS, link},
    vault::HeadSealer,
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use std::{
    collections::BTreeSet,
    hash::{BuildHasher, RandomState},
    pin::Pin,
};
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

/// Hears how many rows of how many are verified, and says whether to go on.
pub(crate) type Watch<'a> = &'a (dyn Fn(i64, i64) -> BoxedAnswer<'a> + Send + Sync);
pub(crate) type BoxedAnswer<'a> = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send + 'a>>;

/// Rows of the trail, and lines of the ledgers, that are read at once.
const PART: u64 = 5_000;
const LINES: u64 = 50_000;

pub(crate) fn kept(row: &trail_row::Model) -> Result<Kept, StoreError> {
    Ok(Kept { seq: row.seq, entry: Entry::from_bytes(&row.body).ok_or(StoreError::Malformed)? })
}

/// The ledgers, told apart by a sum for each entry: the lines of an entry in any order, hashed with a key that was drawn for
/// this verification, so that nobody can choose lines that add up alike. Eight bytes an entry.
struct Ledgers {
    key: RandomState,
    /// Up to which entry the table has the lines; later ones wait, and nobody reads what it says of them.
    folded: i64,
    sums: Vec<u64>,
}

impl Ledgers {
    fn new(head: i64, folded: i64) -> Result<Self, StoreError> {
        let entries = usize::try_from(head).map_err(|_| StoreError::Malformed)?;
        Ok(Self { key: RandomState::new(), folded, sums: vec![0; entries.saturating_add(1)] })
    }
    fn line(&self, seq: i64, family: Uuid) -> u64 {
        self.key.hash_one((seq, family))
    }
    fn sum_of(&mut self, seq: i64) -> Option<&mut u64> {
        self.sums.get_mut(usize::try_from(seq).ok()?)
    }
    /// Whether the lines of an entry are these families, each once.
    fn hold(&mut self, seq: i64, families: &[FamilyId]) -> bool {
        if seq > self.folded {
            return true;
        }
        let families: BTreeSet<Uuid> = families.iter().map(|family| family.0).collect();
        let expected = families.into_iter().fold(0, |sum: u64, family| sum.wrapping_add(self.line(seq, family)));
        self.sum_of(seq).is_some_and(|sum| *sum == expected)
    }
}

impl Db {
    /// Verifies the whole trail, and that it still holds the anchor that was noted outside the database.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be read at all.
    pub async fn verify_trail(&self, sealer: &HeadSealer, anchor: Option<Anchor>) -> Result<Verdict, StoreError> {
        let verdict = self.verify_watched(sealer, anchor, &|_, _| Box::pin(std::future::ready(Ok(true)))).await?;
        verdict.ok_or(StoreError::Malformed)
    }

    /// The same with a word after each part: how many rows of how many. Where the answer is no, it ends without a verdict.
    ///
    /// # Errors
    /// As [`Db::verify_trail`], and those of `watch`.
    pub(crate) async fn verify_watched(
        &self,
        sealer: &HeadSealer,
        anchor: Option<Anchor>,
        watch: Watch<'_>,
    ) -> Result<Option<Verdict>, StoreError> {
        let fault = |rows, fault| Ok(Some(Verdict { rows, fault: Some(fault) }));
        let Some(head) = self.head().await? else {
            return fault(0, Fault::NoHead);
        };
        let mut ledgers = self.ledgers(head.seq, head.folded).await?;
        let mut last = 0;
        let mut hash = GENESIS;
        let mut anchored = anchor.is_none_or(|(seq, _)| seq == 0);
        while last < head.seq {
            if !watch(last, head.seq).await? {
                return Ok(None);
            }
            let find = trail_row::Entity::find()
                .filter(trail_row::Column::Seq.gt(last))
                .filter(trail_row::Column::Seq.lte(head.seq))
                .order_by_asc(trail_row::Column::Seq)
                .limit(PART)
                .into_query();
            let rows: Vec<trail_row::Model> = read!(self, |source| source.rows(find))?;
            if rows.is_empty() {
                return fault(last, Fault::Cut { head: head.seq, last });
            }
            for row in rows {
                if row.seq != last + 1 {
                    return fault(last, Fault::Gap { seq: last + 1 });
                }
                hash = link(&hash, row.seq, &row.body);
                if row.hash != hash {
                    return fault(last, Fault::Altered { seq: row.seq });
                }
                if !labelled(&row, &mut ledgers) {
                    return fault(last, Fault::Mislabelled { seq: row.seq });
                }
                if anchor == Some((row.seq, hash)) {
                    anchored = true;
                }
                last = row.seq;
            }
        }
        // What is beyond the head was written meanwhile, or behind its back; the head of now tells.
        let newest = trail_row::Entity::find().select_only().column_as(trail_row::Column::Seq.max(), "seq").into_query();
        let newest: Option<(Option<i64>,)> = read!(self, |source| source.row(newest))?;
        let newest = newest.and_then(|(seq,)| seq).unwrap_or_default();
        let now = self.head().await?.ok_or(StoreError::Malformed)?;
        if newest > now.seq {
            return fault(last, Fault::Cut { head: now.seq, last: newest });
        }
        if head.hash != hash || head.seal != sealer.seal(head.seq, &hash) {
            return fault(last, Fault::ForgedHead);
        }
        match anchor {
            Some((seq, _)) if !anchored => fault(last, Fault::RolledBack { anchor: seq }),
            _ => Ok(Some(Verdict { rows: last, fault: None })),
        }
    }

    async fn head(&self) -> Result<Option<trail_head::Model>, StoreError> {
        Ok(trail_head::Entity::find_by_id(1).one(&self.reader).await?)
    }

    /// The lines of the ledgers up to an entry, in their own order.
    async fn ledgers(&self, head: i64, folded: i64) -> Result<Ledgers, StoreError> {
        let mut ledgers = Ledgers::new(head, folded)?;
        let mut after = None;
        loop {
            let mut find = trail_family::Entity::find();
            if let Some((family, seq)) = after {
                let key = Expr::tuple([Expr::col(trail_family::Column::FamilyId), Expr::col(trail_family::Column::Seq)]);
                find = find.filter(key.gt(Expr::tuple([Expr::value(family), Expr::value(seq)])));
            }
            let find = find.order_by_asc(trail_family::Column::FamilyId).order_by_asc(trail_family::Column::Seq).limit(LINES);
            let lines: Vec<trail_family::Model> = read!(self, |source| source.rows(find.into_query()))?;
            let Some(last) = lines.last() else {
                return Ok(ledgers);
            };
            after = Some((last.family_id, last.seq));
            for trail_family::Model { family_id, seq } in lines {
                let line = ledgers.line(seq, family_id);
                // Beyond the head: written meanwhile.
                if let Some(sum) = ledgers.sum_of(seq) {
                    *sum = sum.wrapping_add(line);
                }
            }
        }
    }

    /// The head of the trail, to be noted outside the database.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_anchor(&self) -> Result<Anchor, StoreError> {
        let head = self.head().await?.ok_or(StoreError::Malformed)?;
        Ok((head.seq, head.hash.try_into().map_err(|_| StoreError::Malformed)?))
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
}

/// The columns and ledgers by which rows are found say the same as the bytes that are hashed.
fn labelled(row: &trail_row::Model, ledgers: &mut Ledgers) -> bool {
    Entry::from_bytes(&row.body).is_some_and(|entry| {
        row.at == entry.at().timestamp_micros()
            && row.actor_id == entry.by().actor.map(guard::Actor::uuid)
            && row.action == entry.action().name()
            && row.record_id == entry.record().map(|record| record.id)
            && row.record_kind.as_deref() == entry.record().map(|record| kind_name(record.kind))
            && ledgers.hold(row.seq, entry.families())
    })
}
