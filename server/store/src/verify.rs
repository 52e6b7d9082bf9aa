//! Reading the trail, and verifying it: every altered, missing, swapped or cut row is found.

use crate::{
    db::Db,
    error::StoreError,
    rows::{trail_family, trail_head, trail_row},
    source::{Columns, Source, Walk, read},
};
use contract::wire::ledger::Action;
use guard::{
    Entry,
    gate::Kept,
    labels::Labels,
    trail::{Beginning, GENESIS, link},
    vault::HeadSealer,
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    sync::Arc,
};
use uuid::Uuid;

/// What is wrong with the trail, at the first row where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row is missing or out of order.
    #[error("row {seq} is missing or out of order")]
    Gap {
        /// The number that was expected.
        seq: i64,
    },
    /// A row's hash does not follow from the row before it and its own bytes.
    #[error("row {seq} was altered")]
    Altered {
        /// The row.
        seq: i64,
    },
    /// A row's columns, or the ledgers that it is in, disagree with its bytes.
    #[error("the columns of row {seq} disagree with its content")]
    Mislabelled {
        /// The row.
        seq: i64,
    },
    /// The head is not the last row: rows were cut off or added behind its back.
    #[error("the head says {head} rows, the last row is {last}")]
    Cut {
        /// What the head says.
        head: i64,
        /// The last row that there is.
        last: i64,
    },
    /// The seal of the head does not open with the key of the school.
    #[error("the head was not sealed by this school")]
    ForgedHead,
    /// There is no head.
    #[error("there is no head")]
    NoHead,
    /// The seal of the beginning does not open with the key of the school.
    #[error("the beginning, after row {seq}, was not sealed by this school")]
    ForgedBeginning {
        /// The row after which it is said to begin.
        seq: i64,
    },
    /// A row from before the beginning is there.
    #[error("row {seq} is there, though the trail begins after it")]
    BeforeBeginning {
        /// The row.
        seq: i64,
    },
    /// The trail ends before the row that was noted outside the database.
    #[error("row {anchor}, noted outside the database, is not there as it was: another or an older copy was put in place")]
    RolledBack {
        /// The row that was noted.
        anchor: i64,
    },
}

/// The outcome of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Where the trail begins, where its oldest part was taken away after its time.
    pub beginning: Option<Beginning>,
    /// The number of the last row that was verified.
    pub last: i64,
    /// The first fault, if there is one.
    pub fault: Option<Fault>,
}

impl Verdict {
    /// How many rows were verified.
    #[must_use]
    pub fn rows(&self) -> i64 {
        self.last.saturating_sub(self.beginning.map_or(0, |beginning| beginning.seq))
    }
}

/// Why a head is not to be noted outside the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotNoted {
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not what was noted before.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A row that was noted outside the database: number and hash.
pub type Anchor = (i64, [u8; 32]);

/// Hears how many rows of how many are verified, and says whether to go on.
pub(crate) type Watch<'a> = &'a (dyn Fn(i64, i64) -> BoxedAnswer<'a> + Send + Sync);
pub(crate) type BoxedAnswer<'a> = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send + 'a>>;

/// Rows of the trail, and lines of the ledgers, that are read at once.
const PART: u64 = 20_000;
const LINES: u64 = 50_000;

pub(crate) fn kept(row: &trail_row::Model) -> Result<Kept, StoreError> {
    Ok(Kept { seq: row.seq, entry: Arc::new(Entry::from_bytes(&row.body).ok_or(StoreError::Malformed)?) })
}

/// The ledgers, told apart by a sum for each entry: the lines of an entry in any order, hashed with a key that was drawn for
/// this verification, so that nobody can choose lines that add up alike. Eight bytes an entry.
struct Ledgers {
    key: RandomState,
    /// Up to which entry the table has the lines; later ones wait, and nobody reads what it says of them.
    folded: i64,
    /// The entry before the first.
    begins: i64,
    sums: Vec<u64>,
    /// A line of an entry from before the beginning.
    stray: Option<i64>,
    /// The last line that was read.
    line: Option<(Uuid, i64)>,
}

impl Ledgers {
    fn new(begins: i64, head: i64, folded: i64) -> Result<Self, StoreError> {
        let entries = usize::try_from(head.saturating_sub(begins)).map_err(|_| StoreError::Malformed)?;
        Ok(Self { key: RandomState::new(), folded, begins, sums: vec![0; entries.saturating_add(1)], stray: None, line: None })
    }
    fn hash_of(&self, seq: i64, family: Uuid) -> u64 {
        self.key.hash_one((seq, family.as_u128()))
    }
    fn sum_of(&mut self, seq: i64) -> Option<&mut u64> {
        self.sums.get_mut(usize::try_from(seq.checked_sub(self.begins)?).ok()?)
    }
    /// Whether the lines of an entry are these families, each once.
    fn hold(&mut self, seq: i64, mut families: Vec<Uuid>) -> bool {
        if seq > self.folded {
            return true;
        }
        families.sort_unstable();
        families.dedup();
        let expected = families.into_iter().fold(0, |sum: u64, family| sum.wrapping_add(self.hash_of(seq, family)));
        self.sum_of(seq).is_some_and(|sum| *sum == expected)
    }
    /// Reads on.
    async fn part(mut self, source: &impl Source) -> Result<Self, StoreError> {
        let mut find = trail_family::Entity::find();
        if let Some((family, seq)) = self.line {
            let key = Expr::tuple([Expr::col(trail_family::Column::FamilyId), Expr::col(trail_family::Column::Seq)]);
            find = find.filter(key.gt(Expr::tuple([Expr::value(family), Expr::value(seq)])));
        }
        let find = find.order_by_asc(trail_family::Column::FamilyId).order_by_asc(trail_family::Column::Seq).limit(LINES);
        source.each(find.into_query(), &mut self).await?;
        Ok(self)
    }
}

impl Walk for Ledgers {
    fn look<'r>(&mut self, columns: &mut impl Columns<'r>) -> Result<bool, StoreError> {
        let (family, seq) = (columns.next()?, columns.next()?);
        self.line = Some((family, seq));
        if seq <= self.begins {
            self.stray = Some(seq);
        }
        let hash = self.hash_of(seq, family);
        // Beyond the head: written meanwhile.
        if let Some(sum) = self.sum_of(seq) {
            *sum = sum.wrapping_add(hash);
        }
        Ok(true)
    }
}

/// The chain, as far as it was followed.
struct Links {
    ledgers: Ledgers,
    last: i64,
    hash: [u8; 32],
    /// Those that were not met yet.
    anchors: BTreeMap<i64, [u8; 32]>,
    fault: Option<Fault>,
}

impl Links {
    /// Follows it on, up to the head.
    async fn part(mut self, source: &impl Source, head: i64) -> Result<Self, StoreError> {
        let find = trail_row::Entity::find()
            .filter(trail_row::Column::Seq.gt(self.last))
            .filter(trail_row::Column::Seq.lte(head))
            .order_by_asc(trail_row::Column::Seq)
            .limit(PART);
        source.each(find.into_query(), &mut self).await?;
        Ok(self)
    }

    fn wrong(&mut self, fault: Fault) -> bool {
        self.fault = Some(fault);
        false
    }
}

impl Walk for Links {
    fn look<'r>(&mut self, columns: &mut impl Columns<'r>) -> Result<bool, StoreError> {
        let seq: i64 = columns.next()?;
        let (at, actor, action, record) = (columns.next()?, columns.next()?, columns.text()?, columns.next()?);
        let (body, hash) = (columns.bytes()?, columns.bytes()?);
        let kind: Option<String> = columns.next()?;
        if seq != self.last + 1 {
            return Ok(self.wrong(Fault::Gap { seq: self.last + 1 }));
        }
        self.hash = link(&self.hash, seq, &body);
        if *hash != self.hash {
            return Ok(self.wrong(Fault::Altered { seq }));
        }
        let labels = Told { at, actor, action: &action, record, kind: kind.as_deref() };
        if !labels.are_of(&body, seq, &mut self.ledgers) {
            return Ok(self.wrong(Fault::Mislabelled { seq }));
        }
        if self.anchors.get(&seq) == Some(&self.hash) {
            self.anchors.remove(&seq);
        }
        self.last = seq;
        Ok(true)
    }
}

/// What the columns say by which a row is found.
#[derive(PartialEq, Eq)]
struct Told<'r> {
    at: i64,
    actor: Option<Uuid>,
    action: &'r str,
    record: Option<Uuid>,
    kind: Option<&'r str>,
}

impl Told<'_> {
    /// Whether they, and the ledgers, say the same as the bytes that are hashed.
    fn are_of(&self, body: &[u8], seq: i64, ledgers: &mut Ledgers) -> bool {
        if let Some(labels) = Labels::read(body) {
            let Labels { at, actor, action, record, kind, .. } = labels;
            return *self == Told { at, actor, action, record, kind }
                && labels.families().is_some_and(|families| ledgers.hold(seq, families));
        }
        Entry::from_bytes(body).is_some_and(|entry| {
            let (actor, record) = (entry.by().actor.map(guard::Actor::uuid), entry.record().map(|record| record.id));
            let kind = entry.record().map(|record| record.kind.name());
            let families = entry.families().iter().map(|family| family.0).collect();
            *self == Told { at: entry.at().timestamp_micros(), actor, action: entry.action().name(), record, kind }
                && ledgers.hold(seq, families)
        })
    }
}

impl Db {
    /// Verifies the whole trail, and that it still holds the anchor that was noted outside the database.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be read at all.
    pub async fn verify_trail(&self, sealer: &HeadSealer, anchor: Option<Anchor>) -> Result<Verdict, StoreError> {
        self.verify_anchored(Some(sealer), anchor.into_iter().collect()).await
    }

    /// The same by many rows that were noted outside. Without a sealer the seal of the head is not looked at: for whoever has no
    /// key, the signed heads take its place, and rows after the last of them are vouched for by nobody.
    ///
    /// # Errors
    /// As [`Db::verify_trail`].
    pub async fn verify_anchored(&self, sealer: Option<&HeadSealer>, anchors: Vec<Anchor>) -> Result<Verdict, StoreError> {
        let verdict = self.verify_watched(sealer, anchors, &|_, _| Box::pin(std::future::ready(Ok(true)))).await?;
        verdict.ok_or(StoreError::Malformed)
    }

    /// The same with a word after each part: how many rows of how many. Where the answer is no, it ends without a verdict.
    ///
    /// # Errors
    /// As [`Db::verify_trail`], and those of `watch`.
    pub(crate) async fn verify_watched(
        &self,
        sealer: Option<&HeadSealer>,
        anchors: Vec<Anchor>,
        watch: Watch<'_>,
    ) -> Result<Option<Verdict>, StoreError> {
        loop {
            let beginning = self.beginning().await?;
            let verdict = self.verify_once(sealer, beginning, &anchors, watch).await?;
            let found = verdict.is_some_and(|verdict| verdict.fault.is_some());
            // Where the oldest part was taken away meanwhile, what was read is missing and should be.
            if !found || self.beginning().await? == beginning {
                return Ok(verdict);
            }
        }
    }

    async fn verify_once(
        &self,
        sealer: Option<&HeadSealer>,
        beginning: Option<Beginning>,
        anchors: &[Anchor],
        watch: Watch<'_>,
    ) -> Result<Option<Verdict>, StoreError> {
        let fault = |last, fault| Ok(Some(Verdict { beginning, last, fault: Some(fault) }));
        let Some(head) = self.head().await? else {
            return fault(0, Fault::NoHead);
        };
        let (begins, hash) = beginning.map_or((0, GENESIS), |beginning| (beginning.seq, beginning.hash));
        if let (Some(sealer), Some(beginning)) = (sealer, &beginning)
            && !self.is_sealed(sealer, beginning).await?
        {
            return fault(begins, Fault::ForgedBeginning { seq: begins });
        }
        if let Some(seq) = self.before(begins).await? {
            return fault(begins, Fault::BeforeBeginning { seq });
        }
        let ledgers = self.ledgers(begins, head.seq, head.folded).await?;
        if let Some(seq) = ledgers.stray {
            return fault(begins, Fault::BeforeBeginning { seq });
        }
        // Before the first row there is nothing that could be another, and of what was taken away nothing is known any more.
        let anchors = anchors.iter().copied().filter(|anchor| anchor.0 > begins || (anchor.0 == begins && begins != 0 && anchor.1 != hash));
        let mut chain = Links { ledgers, last: begins, hash, anchors: anchors.collect(), fault: None };
        while chain.last < head.seq {
            if !watch(chain.last.saturating_sub(begins), head.seq.saturating_sub(begins)).await? {
                return Ok(None);
            }
            let (before, part) = (chain.last, head.seq);
            chain = read!(self, |source| chain.part(source, part))?;
            if let Some(found) = chain.fault {
                return fault(chain.last, found);
            }
            if chain.last == before {
                return fault(before, Fault::Cut { head: head.seq, last: before });
            }
        }
        let Links { last, hash, anchors, .. } = chain;
        // What is beyond the head was written meanwhile, or behind its back; the head of now tells.
        let newest = trail_row::Entity::find().select_only().column_as(trail_row::Column::Seq.max(), "seq").into_query();
        let newest: Option<(Option<i64>,)> = read!(self, |source| source.row(newest))?;
        let newest = newest.and_then(|(seq,)| seq).unwrap_or_default();
        let now = self.head().await?.ok_or(StoreError::Malformed)?;
        if newest > now.seq {
            return fault(last, Fault::Cut { head: now.seq, last: newest });
        }
        if head.hash != hash || sealer.is_some_and(|sealer| head.seal != sealer.seal(head.seq, &hash)) {
            return fault(last, Fault::ForgedHead);
        }
        match anchors.first_key_value() {
            Some((seq, _)) => fault(last, Fault::RolledBack { anchor: *seq }),
            None => Ok(Some(Verdict { beginning, last, fault: None })),
        }
    }

    /// A row up to the one after which the trail begins; there should be none.
    async fn before(&self, begins: i64) -> Result<Option<i64>, StoreError> {
        let find = trail_row::Entity::find().select_only().column(trail_row::Column::Seq).filter(trail_row::Column::Seq.lte(begins));
        Ok(find.limit(1).into_tuple().one(&self.reader).await?)
    }

    async fn head(&self) -> Result<Option<trail_head::Model>, StoreError> {
        Ok(trail_head::Entity::find_by_id(1).one(&self.reader).await?)
    }

    /// The lines of the ledgers up to an entry, in their own order.
    async fn ledgers(&self, begins: i64, head: i64, folded: i64) -> Result<Ledgers, StoreError> {
        let mut ledgers = Ledgers::new(begins, head, folded)?;
        loop {
            let before = ledgers.line;
            ledgers = read!(self, |source| ledgers.part(source))?;
            if ledgers.line == before {
                return Ok(ledgers);
            }
        }
    }

    /// The head of the trail, to be noted outside the database.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn trail_anchor(&self) -> Result<Anchor, StoreError> {
        // A head that cannot be read is a trail that cannot be written.
        let head = self.head().await.map_err(|_| StoreError::TrailDown)?.ok_or(StoreError::Malformed)?;
        Ok((head.seq, head.hash.try_into().map_err(|_| StoreError::Malformed)?))
    }

    /// The same where this school sealed it and what was noted before still stands: every row of `noted` is there as it was. To note
    /// another would make true what was done to the trail.
    ///
    /// # Errors
    /// [`NotNoted`].
    pub async fn head_to_note(&self, sealer: &HeadSealer, noted: &[Anchor]) -> Result<Anchor, NotNoted> {
        let head = self.head().await?.ok_or(Fault::NoHead)?;
        let hash: [u8; 32] = head.hash.try_into().map_err(|_| Fault::ForgedHead)?;
        if head.seal != sealer.seal(head.seq, &hash) {
            return Err(Fault::ForgedHead.into());
        }
        let beginning = self.beginning().await?;
        if let Some(beginning) = &beginning
            && !self.is_sealed(sealer, beginning).await?
        {
            return Err(Fault::ForgedBeginning { seq: beginning.seq }.into());
        }
        let (begins, first) = beginning.map_or((0, GENESIS), |beginning| (beginning.seq, beginning.hash));
        // Before the first row there is nothing that could be another, and of what was taken away nothing is known any more.
        for (seq, before) in noted.iter().filter(|(seq, _)| *seq != 0 && *seq >= begins) {
            if *seq == begins && *before == first {
                continue;
            }
            let row = trail_row::Entity::find_by_id(*seq).one(&self.reader).await.map_err(StoreError::from)?;
            if *seq > head.seq || row.is_none_or(|row| row.hash != before) {
                return Err(Fault::RolledBack { anchor: *seq }.into());
            }
        }
        Ok((head.seq, hash))
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
