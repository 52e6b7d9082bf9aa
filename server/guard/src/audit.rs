//! Reports of audits and their findings as values: what is written about one.
//!
//! The rule: the gate makes them, after it has asked who may; each carries the entry that commits together with it. Deliberately
//! absent: whether the report, or the finding, is still as it was found, which is asked where it is written.

use crate::{trail::Entry, vault::SealedLabel};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{AuditId, FindingId, StaffId},
    wire::{
        audits::AuditState,
        findings::{FindingRisk, FindingState, FindingStep},
    },
};
use uuid::Uuid;

/// A report that was drawn up.
#[derive(Debug)]
pub struct AuditDrawn {
    /// The report.
    pub id: AuditId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Its document, in canonical form.
    pub document: String,
    /// SHA-256 of that.
    pub digest: [u8; 32],
    /// Number and hash of the entry that it was counted to.
    pub head: (i64, [u8; 32]),
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// Commits together with it.
    pub entry: Entry,
}

/// The end of a report that waits for its signature.
#[derive(Debug)]
pub struct AuditEnded {
    /// The report.
    pub id: AuditId,
    /// What becomes of it.
    pub state: AuditState,
    /// The row in which it is written.
    pub row: Uuid,
    /// By whom.
    pub by: StaffId,
    /// Why it is declined.
    pub words: Option<SealedLabel>,
    /// Commits together with it.
    pub entry: Entry,
}

/// What is new about a finding.
#[derive(Debug)]
pub enum FindingWrite {
    /// It is made, under a report that nobody has signed.
    Made {
        /// The report.
        audit: AuditId,
        /// How grave.
        risk: FindingRisk,
        /// Who is to do something.
        owner: StaffId,
        /// Until when.
        due: NaiveDate,
    },
    /// It goes on from one state to another.
    Moved {
        /// From this.
        from: FindingState,
        /// To this.
        to: FindingState,
    },
}

/// A step about a finding.
#[derive(Debug)]
pub struct FindingAct {
    /// The finding.
    pub id: FindingId,
    /// What is new.
    pub write: FindingWrite,
    /// The row in which the step is written.
    pub row: Uuid,
    /// Which step.
    pub step: FindingStep,
    /// By whom.
    pub by: StaffId,
    /// In which words.
    pub words: SealedLabel,
    /// Commits together with it.
    pub entry: Entry,
}
