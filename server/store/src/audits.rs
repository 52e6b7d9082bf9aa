//! Reports of audits: drawn up once, signed or declined once, their findings followed step by step.
//!
//! The rule: a step and its entry commit together, under the lock of the report or the finding that it is about, so that of two at
//! once one is taken. A document is written once. Deliberately absent: an update of a document, and a delete.

use crate::{
    alarms::named,
    db::Db,
    error::StoreError,
    load::time,
    rows::{audit, audit_finding, audit_step, staff, trail_row},
    trail::{TrailStore, append_in},
    verify::kept,
    write::Written,
};
use chrono::NaiveDate;
use contract::{
    ids::{AuditId, FindingId, StaffId},
    wire::{
        audits::AuditState,
        findings::{FindingRisk, FindingState, FindingStep},
        school::StaffRef,
    },
};
use guard::{
    audit::{AuditDrawn, AuditEnded, FindingAct, FindingWrite},
    gate::AuditBrief,
    records::{AuditEnding, AuditRecord, FindingRecord, LateFinding, StepRecord},
    vault::SealedLabel,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most reports of the list: fifty years of quarters.
const LIST: u64 = 200;
/// The most findings of a report, with those that it carries.
const FINDINGS: u64 = 500;

type Names = BTreeMap<Uuid, String>;

impl Db {
    /// Keeps a report that was drawn up.
    ///
    /// # Errors
    /// [`StoreError`]; then there is none.
    pub async fn draw_audit(&self, trail: &TrailStore, drawn: AuditDrawn) -> Result<(), StoreError> {
        let AuditDrawn { id, from, to, document, digest, head: (seq, hash), by, at, entry } = drawn;
        let txn = self.begin().await?;
        let drawn_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = audit::ActiveModel {
            id: Set(id.0),
            from_day: Set(from),
            to_day: Set(to),
            document: Set(document),
            digest: Set(digest.to_vec()),
            head_seq: Set(seq),
            head_hash: Set(hash.to_vec()),
            drawn_by: Set(by.0),
            drawn_at: Set(at.timestamp_micros()),
            drawn_in: Set(drawn_in),
            state: Set(AuditState::Drawn.name().to_owned()),
        };
        audit::Entity::insert(row).exec_without_returning(&txn).await?;
        Ok(txn.commit().await?)
    }

    /// The reports, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audits(&self) -> Result<Vec<AuditBrief>, StoreError> {
        type Row = (Uuid, NaiveDate, NaiveDate, i64, Uuid, String);
        let rows: Vec<Row> = audit::Entity::find()
            .select_only()
            .columns([audit::Column::Id, audit::Column::FromDay, audit::Column::ToDay])
            .columns([audit::Column::DrawnAt, audit::Column::DrawnBy, audit::Column::State])
            .order_by_desc(audit::Column::DrawnAt)
            .order_by_desc(audit::Column::Id)
            .limit(LIST)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let open: Vec<(Uuid, i64)> = audit_finding::Entity::find()
            .select_only()
            .column(audit_finding::Column::AuditId)
            .column_as(audit_finding::Column::Id.count(), "many")
            .filter(audit_finding::Column::AcceptedAt.is_null())
            .group_by(audit_finding::Column::AuditId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let open: BTreeMap<Uuid, i64> = open.into_iter().collect();
        let names = self.names_of(rows.iter().map(|row| row.4)).await?;
        let brief = |(id, from, to, drawn_at, by, state): Row| {
            Ok(AuditBrief {
                id: AuditId(id),
                from,
                to,
                drawn_at: time(drawn_at),
                drawn_by: names.get(&by).cloned().unwrap_or_default(),
                state: named(AuditState::ALL, AuditState::name, &state)?,
                open: open.get(&id).copied().and_then(|many| u32::try_from(many).ok()).unwrap_or_default(),
            })
        };
        rows.into_iter().map(brief).collect()
    }

    /// One report with its findings, and with those of earlier ones that were not accepted when it was drawn up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit(&self, id: AuditId) -> Result<Option<AuditRecord>, StoreError> {
        let Some(row) = audit::Entity::find_by_id(id.0).one(&self.reader).await? else { return Ok(None) };
        let head_hash: [u8; 32] = row.head_hash.clone().try_into().map_err(|_| StoreError::Malformed)?;
        let entries =
            trail_row::Entity::find().filter(trail_row::Column::Seq.is_in([row.drawn_in, row.head_seq])).all(&self.reader).await?;
        let at = |seq: i64| entries.iter().find(|entry| entry.seq == seq);
        // An entry that cannot be read holds no digest.
        let noted = at(row.drawn_in).and_then(|entry| kept(entry).ok()).and_then(|kept| kept.entry.digest());
        let begins = self.beginning().await?.map_or(0, |beginning| beginning.seq);
        let gone = |seq: i64| 0 < seq && seq <= begins;
        let past = gone(row.drawn_in) || (gone(row.head_seq) && noted.is_some());
        let head_stands = row.head_seq == 0 || at(row.head_seq).is_some_and(|entry| entry.hash == head_hash);
        let carried = Condition::all()
            .add(audit_finding::Column::AuditId.ne(id.0))
            .add(audit_finding::Column::MadeAt.lt(row.drawn_at))
            .add(Condition::any().add(audit_finding::Column::AcceptedAt.is_null()).add(audit_finding::Column::AcceptedAt.gt(row.drawn_at)));
        let meant = Condition::any().add(audit_finding::Column::AuditId.eq(id.0)).add(carried);
        // The newest, in the order in which they were made; a report's own are newer than what it carries.
        let found = audit_finding::Entity::find().filter(meant).order_by_desc(audit_finding::Column::Id).limit(FINDINGS);
        let mut found = self.with_steps(found.all(&self.reader).await?).await?;
        found.reverse();
        let (findings, carried): (Vec<_>, Vec<_>) = found.into_iter().partition(|(audit, _)| *audit == id.0);
        let ended = audit_step::Entity::find()
            .filter(audit_step::Column::AuditId.eq(id.0))
            .filter(audit_step::Column::FindingId.is_null())
            .one(&self.reader)
            .await?;
        let names = self.names_of(ended.iter().map(|step| step.by_id)).await?;
        let ending = |step: audit_step::Model| AuditEnding {
            row: step.id,
            who: names.get(&step.by_id).cloned().unwrap_or_default(),
            at: time(step.at),
            entry: step.entry,
            words: step.words.map(SealedLabel::stored),
        };
        let only = |all: Vec<(Uuid, FindingRecord)>| all.into_iter().map(|(_, finding)| finding).collect();
        Ok(Some(AuditRecord {
            id,
            document: row.document,
            digest: row.digest.try_into().map_err(|_| StoreError::Malformed)?,
            drawn_by: StaffId(row.drawn_by),
            drawn_at: time(row.drawn_at),
            drawn_in: row.drawn_in,
            noted,
            head: (row.head_seq, head_hash),
            head_stands,
            past,
            state: named(AuditState::ALL, AuditState::name, &row.state)?,
            ended: ended.map(ending),
            findings: only(findings),
            carried: only(carried),
        }))
    }

    /// One finding.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn finding(&self, id: FindingId) -> Result<Option<FindingRecord>, StoreError> {
        let row = audit_finding::Entity::find_by_id(id.0).all(&self.reader).await?;
        Ok(self.with_steps(row).await?.pop().map(|(_, finding)| finding))
    }

    /// The findings whose day is before `today` and that nobody has accepted: of signed reports, and those that a signed report carries
    /// from an earlier one, whatever became of that.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn late_findings(&self, today: NaiveDate) -> Result<Vec<LateFinding>, StoreError> {
        let signed = || audit::Entity::find().filter(audit::Column::State.eq(AuditState::Signed.name())).select_only();
        let newest = signed().column_as(audit::Column::DrawnAt.max(), "newest").into_query();
        // What was made before a report was drawn up and is not accepted yet is carried by it.
        let stands = Condition::any()
            .add(audit_finding::Column::AuditId.in_subquery(signed().column(audit::Column::Id).into_query()))
            .add(Expr::col(audit_finding::Column::MadeAt).lt(Expr::SubQuery(None, Box::new(newest.into()))));
        let late: Vec<(Uuid, Uuid, String)> = audit_finding::Entity::find()
            .filter(audit_finding::Column::AcceptedAt.is_null())
            .filter(audit_finding::Column::Due.lt(today))
            .filter(stands)
            .select_only()
            .columns([audit_finding::Column::Id, audit_finding::Column::OwnerId, audit_finding::Column::State])
            .into_tuple()
            .all(&self.reader)
            .await?;
        if late.is_empty() {
            return Ok(Vec::new());
        }
        let done: Vec<(Option<Uuid>, Uuid)> = audit_step::Entity::find()
            .filter(audit_step::Column::FindingId.is_in(late.iter().map(|(id, ..)| *id)))
            .filter(audit_step::Column::Step.eq(FindingStep::Done.name()))
            .order_by_asc(audit_step::Column::Entry)
            .select_only()
            .columns([audit_step::Column::FindingId, audit_step::Column::ById])
            .into_tuple()
            .all(&self.reader)
            .await?;
        let done: BTreeMap<Option<Uuid>, Uuid> = done.into_iter().collect();
        let finding = |(id, owner, state): (Uuid, Uuid, String)| {
            let (state, said_done) = (named(FindingState::ALL, FindingState::name, &state)?, done.get(&Some(id)).copied().map(StaffId));
            Ok(LateFinding { owner: StaffId(owner), state, said_done })
        };
        late.into_iter().map(finding).collect()
    }

    /// Ends a report that waits for its signature.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn end_audit(&self, trail: &TrailStore, ended: AuditEnded) -> Result<Written, StoreError> {
        let AuditEnded { id, state, row, by, words, entry } = ended;
        let txn = self.begin().await?;
        let Some(there) = waiting(&txn, id.0).await? else {
            return Ok(Written::Conflict);
        };
        let mut there: audit::ActiveModel = there.into();
        there.state = Set(state.name().to_owned());
        there.update(&txn).await?;
        let number = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let step = audit_step::ActiveModel {
            id: Set(row),
            audit_id: Set(id.0),
            finding_id: Set(None),
            step: Set(state.name().to_owned()),
            by_id: Set(by.0),
            at: Set(entry.at().timestamp_micros()),
            entry: Set(number),
            words: Set(words.map(|words| words.as_stored().to_vec())),
        };
        audit_step::Entity::insert(step).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Makes a finding, or takes a step about one.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written.
    pub async fn act_on_finding(&self, trail: &TrailStore, act: FindingAct) -> Result<Written, StoreError> {
        let FindingAct { id, write, row, step, by, words, entry } = act;
        let txn = self.begin().await?;
        let at = entry.at().timestamp_micros();
        let audit_id = match write {
            FindingWrite::Made { audit, risk, owner, due } => {
                if waiting(&txn, audit.0).await?.is_none() {
                    return Ok(Written::Conflict);
                }
                let new = audit_finding::ActiveModel {
                    id: Set(id.0),
                    audit_id: Set(audit.0),
                    risk: Set(risk.name().to_owned()),
                    owner_id: Set(owner.0),
                    due: Set(due),
                    state: Set(FindingState::Open.name().to_owned()),
                    made_at: Set(at),
                    accepted_at: Set(None),
                };
                audit_finding::Entity::insert(new).exec_without_returning(&txn).await?;
                audit.0
            }
            FindingWrite::Moved { from, to } => {
                let there = audit_finding::Entity::find_by_id(id.0).filter(audit_finding::Column::State.eq(from.name()));
                let Some(there) = there.lock_exclusive().one(&txn).await? else {
                    return Ok(Written::Conflict);
                };
                let audit = there.audit_id;
                let mut there: audit_finding::ActiveModel = there.into();
                there.state = Set(to.name().to_owned());
                there.accepted_at = Set((to == FindingState::Accepted).then_some(at));
                there.update(&txn).await?;
                audit
            }
        };
        let number = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let step = audit_step::ActiveModel {
            id: Set(row),
            audit_id: Set(audit_id),
            finding_id: Set(Some(id.0)),
            step: Set(step.name().to_owned()),
            by_id: Set(by.0),
            at: Set(at),
            entry: Set(number),
            words: Set(Some(words.as_stored().to_vec())),
        };
        audit_step::Entity::insert(step).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Findings with their steps and the days of their reports, each with the report that it is of.
    async fn with_steps(&self, rows: Vec<audit_finding::Model>) -> Result<Vec<(Uuid, FindingRecord)>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let steps = audit_step::Entity::find()
            .filter(audit_step::Column::FindingId.is_in(rows.iter().map(|row| row.id)))
            .order_by_asc(audit_step::Column::Entry)
            .all(&self.reader)
            .await?;
        let days: Vec<(Uuid, NaiveDate, NaiveDate)> = audit::Entity::find()
            .select_only()
            .columns([audit::Column::Id, audit::Column::FromDay, audit::Column::ToDay])
            .filter(audit::Column::Id.is_in(rows.iter().map(|row| row.audit_id)))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let days: BTreeMap<Uuid, _> = days.into_iter().map(|(id, from, to)| (id, (from, to))).collect();
        let names = self.names_of(rows.iter().map(|row| row.owner_id).chain(steps.iter().map(|step| step.by_id))).await?;
        let mut of: BTreeMap<Uuid, Vec<StepRecord>> = BTreeMap::new();
        for step in steps {
            let (Some(finding), Some(words)) = (step.finding_id, step.words) else { return Err(StoreError::Malformed) };
            let record = StepRecord {
                row: step.id,
                step: named(FindingStep::ALL, FindingStep::name, &step.step)?,
                by: person(step.by_id, &names),
                at: time(step.at),
                entry: step.entry,
                words: SealedLabel::stored(words),
            };
            of.entry(finding).or_default().push(record);
        }
        let finding = |row: audit_finding::Model| {
            let (from, to) = days.get(&row.audit_id).copied().ok_or(StoreError::Malformed)?;
            let record = FindingRecord {
                id: FindingId(row.id),
                from,
                to,
                risk: named(FindingRisk::ALL, FindingRisk::name, &row.risk)?,
                owner: person(row.owner_id, &names),
                due: row.due,
                state: named(FindingState::ALL, FindingState::name, &row.state)?,
                steps: of.remove(&row.id).unwrap_or_default(),
            };
            Ok((row.audit_id, record))
        };
        rows.into_iter().map(finding).collect()
    }

    async fn names_of(&self, people: impl Iterator<Item = Uuid>) -> Result<Names, StoreError> {
        let mut ids: Vec<Uuid> = people.collect();
        ids.sort_unstable();
        ids.dedup();
        let names = staff::Entity::find().select_only().columns([staff::Column::Id, staff::Column::Name]);
        let names: Vec<(Uuid, String)> = names.filter(staff::Column::Id.is_in(ids)).into_tuple().all(&self.reader).await?;
        Ok(names.into_iter().collect())
    }
}

fn person(id: Uuid, names: &Names) -> StaffRef {
    StaffRef { id: StaffId(id), name: names.get(&id).cloned().unwrap_or_default() }
}

/// A report that nobody signed or declined, locked.
async fn waiting(txn: &DatabaseTransaction, id: Uuid) -> Result<Option<audit::Model>, StoreError> {
    Ok(audit::Entity::find_by_id(id).filter(audit::Column::State.eq(AuditState::Drawn.name())).lock_exclusive().one(txn).await?)
}
