//! What a report of an audit counts: over some days, up to the entry that is the last when the counting begins.
//!
//! The rule: the database counts, and a fixed number of statements says what everybody did, however much it was; entries are opened
//! for the steps about the matrix, their families counted for exports, and their sessions looked for in refusals, some at a time. The trail is verified first, and the
//! counting ends with the entry that it began from. Deliberately absent: which families they were.

use crate::{
    activity::late,
    approvals::state,
    db::Db,
    error::StoreError,
    load::time,
    people::roles,
    reading::begins,
    rows::{alarm, api_token, approval, passkey, school_row, session, staff, standing_grant, trail_row},
    trail::TrailStore,
    verifications::fault,
    verify::{Anchor, kept},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::StaffId,
    wire::{
        alarms::{Outcome, Rule},
        approvals::ApprovalState,
        ledger::Action,
        school::StaffRef,
        tokens::TokenState,
    },
};
use guard::{
    Entry,
    gate::Kept,
    records::{Act, AlarmFact, AuditCounts, AuditedPerson, ExportTally},
    trail::families_in,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is counted of everybody, known or not.
const TOTALS: [Action; 12] = [
    Action::SignedIn,
    Action::EmergencyAsked,
    Action::EmergencyOpened,
    Action::TokenConfirmed,
    Action::SignInRefused,
    Action::RecoveryCodeUsed,
    Action::SessionMoved,
    Action::StaffCreated,
    Action::StaffSuspended,
    Action::StaffLeft,
    Action::RolesChanged,
    Action::Exported,
];
/// The steps about the matrix.
const MATRIX: [Action; 7] = [
    Action::PolicyChanged,
    Action::PolicyProposed,
    Action::PolicyConfirmed,
    Action::PolicyDeclined,
    Action::PolicyWithdrawn,
    Action::PolicyRolledBack,
    Action::PolicyReviewed,
];
/// The most steps about the matrix; more of them in a year is not a matrix.
const STEPS: u64 = 5_000;
/// Exports whose families are counted at once: one of them may hold five thousand.
const PART: u64 = 100;
/// Refusals that are opened at once; each is short.
const REFUSALS: u64 = 1_000;

/// Some days, up to one entry.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: i64,
    end: i64,
    head: i64,
}

impl Span {
    fn over(from: NaiveDate, to: NaiveDate, head: i64) -> Self {
        Self { from: begins(from), end: begins(to.succ_opt().unwrap_or(to)), head }
    }
    fn entries(self) -> Condition {
        Condition::all()
            .add(trail_row::Column::At.gte(self.from))
            .add(trail_row::Column::At.lt(self.end))
            .add(trail_row::Column::Seq.lte(self.head))
    }
    fn of(self, actions: &[Action]) -> Select<trail_row::Entity> {
        trail_row::Entity::find().filter(self.entries()).filter(trail_row::Column::Action.is_in(actions.iter().copied().map(Action::name)))
    }
}

fn number(many: i64) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn action(name: &str) -> Option<Action> {
    Action::ALL.iter().copied().find(|one| one.name() == name)
}

/// What each of these people did; the index by person alone tells.
fn acts(span: Span, people: impl IntoIterator<Item = Uuid>) -> Select<trail_row::Entity> {
    trail_row::Entity::find()
        .select_only()
        .columns([trail_row::Column::ActorId, trail_row::Column::Action])
        .column_as(trail_row::Column::Seq.count(), "many")
        .column_as(late(), "late")
        .filter(trail_row::Column::ActorId.is_in(people))
        .filter(span.entries())
        .group_by(trail_row::Column::ActorId)
        .group_by(trail_row::Column::Action)
}

impl Db {
    /// Counts over the days from `from` to `to`, after the trail was verified, also against rows that were noted outside. Signed heads
    /// are in a file and not counted here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit_counts(
        &self,
        trail: &TrailStore,
        (from, to): (NaiveDate, NaiveDate),
        mut anchors: Vec<Anchor>,
        now: DateTime<Utc>,
    ) -> Result<AuditCounts, StoreError> {
        let head = self.trail_anchor().await?;
        anchors.push(head);
        let verdict = self.verify_anchored(Some(trail.sealer()), anchors).await?;
        let span = Span::over(from, to, head.0);
        let people = self.audited_people(now).await?;
        let school = school_row::Entity::find_by_id(1).one(&self.reader).await?.ok_or(StoreError::Malformed)?;
        let first = verdict.beginning.map_or(1, |beginning| beginning.seq.saturating_add(1));
        let first: Option<i64> =
            trail_row::Entity::find_by_id(first).select_only().column(trail_row::Column::At).into_tuple().one(&self.reader).await?;
        Ok(AuditCounts {
            school: school.name,
            head,
            acts: self.acts(span, &people).await?,
            people,
            totals: self.totals(span).await?,
            exports: self.exported_families(span).await?,
            approvals: self.approvals_of(span, now).await?,
            proofs_refused: self.refused_proofs(span).await?,
            grants_asked: self.grants_asked(span).await?,
            grants: self.grants_at(now).await?,
            emergencies: self.emergencies_at(now).await?,
            tokens: self.tokens_at(now).await?,
            matrix: self.matrix_steps(span).await?,
            alarms: self.alarms_of(span).await?,
            entries: trail_row::Entity::find().filter(span.entries()).count(&self.reader).await?,
            heads: None,
            verified: verdict.rows(),
            fault: verdict.fault.map(fault),
            since: first.map(time),
            session_hours: u16::try_from(school.session_hours).unwrap_or_default(),
            two_of_three: school.two_of_three,
        })
    }

    async fn audited_people(&self, now: DateTime<Utc>) -> Result<Vec<AuditedPerson>, StoreError> {
        let passkeys: Vec<(Uuid, i64)> = passkey::Entity::find()
            .select_only()
            .column(passkey::Column::OwnerId)
            .column_as(passkey::Column::Id.count(), "many")
            .filter(passkey::Column::OwnerKind.eq("staff"))
            .group_by(passkey::Column::OwnerId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let tokens: Vec<(Uuid, i64)> = api_token::Entity::find()
            .select_only()
            .column(api_token::Column::OwnerId)
            .column_as(api_token::Column::Id.count(), "many")
            .filter(api_token::Column::State.eq(TokenState::Living.name()))
            .filter(api_token::Column::Until.gt(now.timestamp_micros()))
            .group_by(api_token::Column::OwnerId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let tokens: BTreeMap<Uuid, i64> = tokens.into_iter().collect();
        let used: Vec<(Uuid, i64)> = session::Entity::find()
            .select_only()
            .column(session::Column::OwnerId)
            .column_as(session::Column::SeenAt.max(), "seen")
            .filter(session::Column::OwnerKind.eq("staff"))
            .group_by(session::Column::OwnerId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let (passkeys, used): (BTreeMap<_, _>, BTreeMap<_, _>) = (passkeys.into_iter().collect(), used.into_iter().collect());
        let all = staff::Entity::find().order_by_asc(staff::Column::Id).all(&self.reader).await?;
        let person = |row: staff::Model| AuditedPerson {
            passkeys: passkeys.get(&row.id).copied().map(number).unwrap_or_default(),
            tokens: tokens.get(&row.id).copied().map(number).unwrap_or_default(),
            last_used: used.get(&row.id).copied().map(time),
            who: StaffRef { id: StaffId(row.id), name: row.name },
            roles: roles(row.roles),
            active: row.active,
        };
        Ok(all.into_iter().map(person).collect())
    }

    async fn acts(&self, span: Span, people: &[AuditedPerson]) -> Result<Vec<Act>, StoreError> {
        let rows: Vec<(Uuid, String, i64, i64)> =
            acts(span, people.iter().map(|person| person.who.id.0)).into_tuple().all(&self.reader).await?;
        let act = |(who, name, many, late): (Uuid, String, i64, i64)| {
            Some(Act { who, action: action(&name)?, count: number(many), late: number(late) })
        };
        Ok(rows.into_iter().filter_map(act).collect())
    }

    async fn totals(&self, span: Span) -> Result<Vec<(Action, u32, u32)>, StoreError> {
        let rows: Vec<(String, i64, i64)> = span
            .of(&TOTALS)
            .select_only()
            .column(trail_row::Column::Action)
            .column_as(trail_row::Column::Seq.count(), "many")
            .column_as(trail_row::Column::ActorId.count(), "known")
            .group_by(trail_row::Column::Action)
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().filter_map(|(name, many, known)| Some((action(&name)?, number(many), number(known)))).collect())
    }

    async fn exported_families(&self, span: Span) -> Result<Vec<ExportTally>, StoreError> {
        let families = |body: &[u8]| families_in(body).map(|families| Some(families.len() as u64));
        let tallies = self.tallied(span.of(&[Action::Exported]), PART, families).await?;
        Ok(tallies.into_iter().map(|(who, families)| ExportTally { who, families }).collect())
    }

    /// What was refused to somebody known who was signed in already: no sign-in, but a proof of presence. The session stands in the
    /// entry alone.
    async fn refused_proofs(&self, span: Span) -> Result<Vec<(Uuid, u32)>, StoreError> {
        let known = span.of(&[Action::SignInRefused]).filter(trail_row::Column::ActorId.is_not_null());
        let in_session = |body: &[u8]| Entry::from_bytes(body).map(|entry| entry.by().session.map(|_| 1));
        let tallies = self.tallied(known, REFUSALS, in_session).await?;
        Ok(tallies.into_iter().map(|(who, many)| (who, u32::try_from(many).unwrap_or(u32::MAX))).collect())
    }

    /// Reads entries, so many at a time, and adds up for each person what they count for; one that counts for nothing is none of theirs.
    async fn tallied(
        &self,
        entries: Select<trail_row::Entity>,
        part: u64,
        counts: impl Fn(&[u8]) -> Option<Option<u64>>,
    ) -> Result<BTreeMap<Uuid, u64>, StoreError> {
        let mut tallies: BTreeMap<Uuid, u64> = BTreeMap::new();
        let mut after = 0;
        loop {
            let rows: Vec<(i64, Option<Uuid>, Vec<u8>)> = entries
                .clone()
                .select_only()
                .columns([trail_row::Column::Seq, trail_row::Column::ActorId, trail_row::Column::Body])
                .filter(trail_row::Column::Seq.gt(after))
                .order_by_asc(trail_row::Column::Seq)
                .limit(part)
                .into_tuple()
                .all(&self.reader)
                .await?;
            let Some((last, ..)) = rows.last() else { return Ok(tallies) };
            after = *last;
            for (_, who, body) in &rows {
                if let Some(count) = counts(body).ok_or(StoreError::Malformed)? {
                    let tally = tallies.entry(who.unwrap_or_default()).or_default();
                    *tally = tally.saturating_add(count);
                }
            }
        }
    }

    /// The standing grants asked for in these days: how many, how many somebody granted, how many somebody refused.
    async fn grants_asked(&self, span: Span) -> Result<(u32, u32, u32), StoreError> {
        let rows: Vec<(String, i64, i64)> = standing_grant::Entity::find()
            .select_only()
            .column(standing_grant::Column::State)
            .column_as(standing_grant::Column::Id.count(), "many")
            .column_as(standing_grant::Column::DecidedBy.count(), "decided")
            .filter(standing_grant::Column::AskedAt.gte(span.from))
            .filter(standing_grant::Column::AskedAt.lt(span.end))
            .group_by(standing_grant::Column::State)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let (mut asked, mut granted, mut refused) = (0_i64, 0, 0);
        for (name, many, decided) in rows {
            asked += many;
            match state(&name)? {
                ApprovalState::Refused => refused += decided,
                _ => granted += decided,
            }
        }
        Ok((number(asked), number(granted), number(refused)))
    }

    async fn approvals_of(&self, span: Span, now: DateTime<Utc>) -> Result<Vec<(ApprovalState, u32)>, StoreError> {
        // The number stands in the statement, since what is selected and what is grouped by has to be the same.
        let over: SimpleExpr = Expr::cust(format!("CASE WHEN \"until\" <= {} THEN 1 ELSE 0 END", now.timestamp_micros()));
        let rows: Vec<(String, i32, i64)> = approval::Entity::find()
            .select_only()
            .column(approval::Column::State)
            .column_as(over.clone(), "over")
            .column_as(approval::Column::Id.count(), "many")
            .filter(approval::Column::AskedAt.gte(span.from))
            .filter(approval::Column::AskedAt.lt(span.end))
            .group_by(approval::Column::State)
            .group_by(over)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let told = |(name, over, many): (String, i32, i64)| {
            let state = match state(&name)? {
                ApprovalState::Asked | ApprovalState::Granted if over == 1 => ApprovalState::Lapsed,
                state => state,
            };
            Ok((state, number(many)))
        };
        rows.into_iter().map(told).collect()
    }

    async fn matrix_steps(&self, span: Span) -> Result<Vec<Kept>, StoreError> {
        let rows = span.of(&MATRIX).order_by_desc(trail_row::Column::Seq).limit(STEPS).all(&self.reader).await?;
        rows.iter().map(kept).collect()
    }

    async fn alarms_of(&self, span: Span) -> Result<Vec<AlarmFact>, StoreError> {
        let (first, closed) = (alarm::Column::FirstAt, alarm::Column::ClosedAt);
        let meant = Condition::any()
            .add(closed.is_null())
            .add(Condition::all().add(first.gte(span.from)).add(first.lt(span.end)))
            .add(Condition::all().add(closed.gte(span.from)).add(closed.lt(span.end)));
        let rows: Vec<(String, i64, Option<i64>, Option<String>)> = alarm::Entity::find()
            .select_only()
            .columns([alarm::Column::Rule, first, closed, alarm::Column::Outcome])
            .filter(meant)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let fact = |(rule, first_at, closed_at, outcome): (String, i64, Option<i64>, Option<String>)| {
            Some(AlarmFact {
                rule: Rule::ALL.iter().copied().find(|one| one.name() == rule)?,
                first_at: time(first_at),
                closed_at: closed_at.map(time),
                outcome: outcome.and_then(|name| Outcome::ALL.iter().copied().find(|one| one.name() == name)),
            })
        };
        Ok(rows.into_iter().filter_map(fact).collect())
    }
}

#[cfg(test)]
mod tests;
