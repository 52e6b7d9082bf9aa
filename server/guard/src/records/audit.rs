//! What a report of an audit is made of, and a report with its findings as they lie in the store. Plain facts; what was typed is
//! sealed.

use super::{EmergencyRecord, GrantRecord, TokenRecord};
use crate::{disclose::ledger::Kept, vault::SealedLabel};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{AuditId, FindingId, StaffId},
    rights::RoleSet,
    wire::{
        alarms::{Outcome, Rule},
        approvals::ApprovalState,
        audits::{AuditState, HeadFigures},
        findings::{FindingRisk, FindingState, FindingStep},
        ledger::Action,
        school::StaffRef,
    },
};
use uuid::Uuid;

/// A member of staff, as they are.
#[derive(Debug, Clone)]
pub struct AuditedPerson {
    /// The person.
    pub who: StaffRef,
    /// The roles.
    pub roles: RoleSet,
    /// Whether they may sign in.
    pub active: bool,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// How many of their tokens for programs live.
    pub tokens: u32,
    /// When one of their sessions was used last.
    pub last_used: Option<DateTime<Utc>>,
}

/// How often somebody did one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub who: Uuid,
    /// What.
    pub action: Action,
    /// How often.
    pub count: u32,
    /// How often of these from 22:00 to 06:00 at the school.
    pub late: u32,
}

/// The files of families that somebody took out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportTally {
    /// Who.
    pub who: Uuid,
    /// How many families were in them.
    pub families: u64,
}

/// What is counted of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlarmFact {
    /// By which rule.
    pub rule: Rule,
    /// When the first of it was.
    pub first_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// With what outcome.
    pub outcome: Option<Outcome>,
}

/// Everything that was counted over some days, up to one entry.
#[derive(Debug, Clone)]
pub struct AuditCounts {
    /// The name of the school.
    pub school: String,
    /// The last entry: number and hash.
    pub head: (i64, [u8; 32]),
    /// Everybody who works or worked here.
    pub people: Vec<AuditedPerson>,
    /// What they did.
    pub acts: Vec<Act>,
    /// How often something was done by anybody, and how often of these by somebody who was known.
    pub totals: Vec<(Action, u32, u32)>,
    /// Files of families.
    pub exports: Vec<ExportTally>,
    /// The requests made in these days: state as the clock tells it, and how many.
    pub approvals: Vec<(ApprovalState, u32)>,
    /// How often a proof of presence was refused to somebody who was signed in, by whom.
    pub proofs_refused: Vec<(Uuid, u32)>,
    /// The standing grants asked for in these days: how many, how many of them somebody granted, how many somebody refused.
    pub grants_asked: (u32, u32, u32),
    /// The standing grants whose time is not over.
    pub grants: Vec<GrantRecord>,
    /// The emergencies whose time is not over.
    pub emergencies: Vec<EmergencyRecord>,
    /// The tokens whose time is not over.
    pub tokens: Vec<TokenRecord>,
    /// Steps about the matrix, newest first.
    pub matrix: Vec<Kept>,
    /// Alarms that were raised or closed in these days, or that nobody closed.
    pub alarms: Vec<AlarmFact>,
    /// Entries of these days.
    pub entries: u64,
    /// Signed heads of these days; nothing where their file cannot be read.
    pub heads: Option<HeadFigures>,
    /// How many rows were verified.
    pub verified: i64,
    /// What is wrong with the trail, and at which row.
    pub fault: Option<(&'static str, i64)>,
    /// When the first entry was.
    pub since: Option<DateTime<Utc>>,
    /// How many hours a session lives at most.
    pub session_hours: u16,
    /// Whether two of the three offices may be one person's.
    pub two_of_three: bool,
}

/// A report as it lies in the store.
#[derive(Debug, Clone)]
pub struct AuditRecord {
    /// Which.
    pub id: AuditId,
    /// The document, as it was digested.
    pub document: String,
    /// The digest that stands beside it.
    pub digest: [u8; 32],
    /// Who drew it up.
    pub drawn_by: StaffId,
    /// When.
    pub drawn_at: DateTime<Utc>,
    /// The number of the entry of that.
    pub drawn_in: i64,
    /// The digest that this entry holds, where the entry is there and holds one.
    pub noted: Option<[u8; 32]>,
    /// Number and hash of the entry that it was counted to.
    pub head: (i64, [u8; 32]),
    /// Whether the trail holds that entry.
    pub head_stands: bool,
    /// Whether the trail was kept for its time since, and one of the two entries is gone with that.
    pub past: bool,
    /// How far it has come.
    pub state: AuditState,
    /// How it ended.
    pub ended: Option<AuditEnding>,
    /// Its findings, in the order in which they were made.
    pub findings: Vec<FindingRecord>,
    /// Those of earlier reports that were not accepted when it was drawn up.
    pub carried: Vec<FindingRecord>,
}

/// How a report ended.
#[derive(Debug, Clone)]
pub struct AuditEnding {
    /// The row in which the words are.
    pub row: Uuid,
    /// By whom.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the entry.
    pub entry: i64,
    /// Why it was declined.
    pub words: Option<SealedLabel>,
}

/// A finding.
#[derive(Debug, Clone)]
pub struct FindingRecord {
    /// Which.
    pub id: FindingId,
    /// Of the report over the days from this one.
    pub from: NaiveDate,
    /// To this one.
    pub to: NaiveDate,
    /// How grave.
    pub risk: FindingRisk,
    /// Who is to do something.
    pub owner: StaffRef,
    /// Until when.
    pub due: NaiveDate,
    /// How far it has come.
    pub state: FindingState,
    /// What was said and done, oldest first.
    pub steps: Vec<StepRecord>,
}

/// A finding whose day is past, by what tells whose the next step is; without its words.
#[derive(Debug, Clone, Copy)]
pub struct LateFinding {
    /// Who is to do something.
    pub owner: StaffId,
    /// How far it has come.
    pub state: FindingState,
    /// Who said last that it was done.
    pub said_done: Option<StaffId>,
}

/// A step about a finding.
#[derive(Debug, Clone)]
pub struct StepRecord {
    /// The row in which the words are.
    pub row: Uuid,
    /// Which.
    pub step: FindingStep,
    /// By whom.
    pub by: StaffRef,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the entry.
    pub entry: i64,
    /// In which words.
    pub words: SealedLabel,
}
