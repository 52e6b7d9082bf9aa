//! Reports of audits (PIPL Art. 54): drawn up over some days, signed by a principal.
//!
//! The rule: days, counts and the working names of staff; nothing of a family. Deliberately absent: a change of a report; another
//! one is drawn up.

use super::{findings::FindingCard, ledger::Action, reports::Measured};
use crate::{catalogue::FieldKey, ids::AuditId, named::names, rights::Role};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The most characters of words about a report or a finding.
pub const AUDIT_WORDS: usize = 500;
/// The most days of a report.
pub const AUDIT_DAYS: i64 = 366;
/// After how many days without use an account is pointed at.
pub const UNUSED_DAYS: i64 = 60;

names! {
    /// How far a report has come.
    AuditState {
        /// It waits for a principal.
        Drawn = "drawn",
        /// A principal signed it.
        Signed = "signed",
        /// A principal declined to.
        Declined = "declined",
    }
}

names! {
    /// Whether a report is what was drawn up.
    AuditStanding {
        /// Its figures are those whose digest the trail holds, and the trail holds the entry that they were counted to.
        Whole = "whole",
        /// Its figures are not those whose digest the trail holds.
        Altered = "altered",
        /// The trail does not hold the entry that they were counted to.
        Cut = "cut",
        /// The trail was kept for its time: what they were counted from is gone with it, or the entry that holds their digest.
        Past = "past",
    }
}

names! {
    /// A right whose use leaves entries, so that one that was never used is seen.
    AuditRight {
        /// To take in families and change them.
        KeepFamilies = "keep_families",
        /// To find by a field.
        Search = "search",
        /// To open a field that is masked.
        Reveal = "reveal",
        /// To take lists out.
        Export = "export",
        /// To decide what others ask for.
        Approve = "approve",
        /// To change the field matrix.
        KeepPolicy = "keep_policy",
        /// To read the trail.
        ReadTrail = "read_trail",
        /// To look into alarms.
        Watch = "watch",
        /// To keep the staff.
        KeepStaff = "keep_staff",
        /// To keep the school.
        KeepSchool = "keep_school",
        /// To sign reports of audits.
        SignAudit = "sign_audit",
    }
}

names! {
    /// What the figures point at.
    AuditHint {
        /// The trail does not verify.
        Chain = "chain",
        /// Days without a signed head.
        Heads = "heads",
        /// The file of signed heads could not be read: nothing outside the database vouches for the trail.
        HeadsUnread = "heads_unread",
        /// Accounts that nobody used for [`UNUSED_DAYS`] days.
        Unused = "unused",
        /// Accounts that were never used.
        NeverUsed = "never_used",
        /// People with fewer than two passkeys.
        Passkeys = "passkeys",
        /// People with a role that they did not use.
        Roles = "roles",
        /// People who did much more of something than their peers.
        StandsOut = "stands_out",
        /// Alarms that nobody closed.
        Alarms = "alarms",
    }
}

names! {
    /// What lets somebody see more than their roles do, for a time.
    AuditHold {
        /// A standing grant over a class.
        Grant = "grant",
        /// Emergency access.
        Emergency = "emergency",
        /// A token by which a program reads.
        Token = "token",
    }
}

/// What somebody held beside their roles at the moment of drawing up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHeld {
    /// What.
    pub what: AuditHold,
    /// Who holds it: the working name.
    pub name: String,
    /// Over which class, of a grant.
    pub class: Option<String>,
    /// Which fields it opens, of a grant.
    pub fields: Vec<FieldKey>,
    /// In which role, of a token.
    pub role: Option<Role>,
    /// Who granted, opened or confirmed it: the working name.
    pub by: String,
    /// When it was asked for.
    pub since: DateTime<Utc>,
    /// Until when it holds.
    pub until: DateTime<Utc>,
}

/// What was asked for beside the roles in these days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldFigures {
    /// Standing grants that were asked for.
    pub grants_asked: u32,
    /// Of these, those that were granted.
    pub grants_granted: u32,
    /// Of these, those that were refused.
    pub grants_refused: u32,
    /// Emergencies that were asked for.
    pub emergencies_asked: u32,
    /// Emergencies that were opened.
    pub emergencies_opened: u32,
    /// Tokens that were confirmed.
    pub tokens_confirmed: u32,
}

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPerson {
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// Whether they may sign in; whoever may not stands here for what they did in these days.
    pub active: bool,
    /// When one of their sessions was used last.
    pub last_used: Option<DateTime<Utc>>,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// How many tokens of theirs programs read by.
    #[serde(default)]
    pub tokens: u32,
    /// How often a sign-in of theirs was refused; proofs of presence are not among these.
    pub sign_ins_refused: u32,
    /// What they did, in the order of [`super::reports::Measure::ALL`].
    pub measures: Vec<Measured>,
    /// Roles of which nothing was used.
    pub unused_roles: Vec<Role>,
    /// Rights that were not used.
    pub unused_rights: Vec<AuditRight>,
}

/// Sign-ins, of everybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInFigures {
    /// Those that succeeded, of guardians too.
    pub signed_in: u32,
    /// Those that were refused.
    pub refused: u32,
    /// Of these, those by nobody who was known.
    pub refused_unknown: u32,
    /// Proofs of presence that were refused to somebody who was signed in: for a look, an act or a signature.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub proofs_refused: u32,
    /// Recovery codes that were used.
    pub recovered: u32,
    /// Sessions whose cookie came from another browser or country.
    pub moved: u32,
}

/// Acts on the staff.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffFigures {
    /// Taken in.
    pub taken_in: u32,
    /// Suspended.
    pub suspended: u32,
    /// Left.
    pub left: u32,
    /// Changes of roles.
    pub roles_changed: u32,
}

/// What one person took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditExport {
    /// The working name.
    pub name: String,
    /// Files of families.
    pub files: u32,
    /// How many families were in them, counted once a file.
    pub families: u64,
    /// Files of the trail and of the register.
    pub trail: u32,
}

/// What became of the requests to open one field that were made in these days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalFigures {
    /// How many there are.
    pub asked: u32,
    /// Wait.
    pub waiting: u32,
    /// Granted and good.
    pub granted: u32,
    /// Granted and used.
    pub used: u32,
    /// Refused.
    pub refused: u32,
    /// Withdrawn.
    pub withdrawn: u32,
    /// Lapsed.
    pub lapsed: u32,
    /// Who decided in these days, about these requests or about standing grants.
    pub deciders: Vec<AuditDecider>,
}

/// What one person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditDecider {
    /// The working name.
    pub name: String,
    /// How many they granted.
    pub granted: u32,
    /// How many they refused.
    pub refused: u32,
}

/// A step about the field matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatrixStep {
    /// The number of the entry.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; empty where nobody did it.
    pub who: String,
    /// Which.
    pub action: Action,
    /// The version that it is about.
    pub version: Option<i64>,
}

/// Alarms, by how grave they are: notices, warnings, critical ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmFigures {
    /// Raised in these days.
    pub raised: [u32; 3],
    /// Closed in these days.
    pub closed: [u32; 3],
    /// Not closed when the report was drawn up.
    pub open: [u32; 3],
    /// Of those that were closed, how many were attacks or abuse.
    pub confirmed: u32,
}

/// Signed heads of these days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeadFigures {
    /// How many.
    pub signed: u32,
    /// Days since the trail began that have none.
    pub missing: u32,
}

/// The trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailFigures {
    /// Entries of these days.
    pub entries: u64,
    /// Signed heads; nothing where their file cannot be read.
    pub heads: Option<HeadFigures>,
    /// How many rows were verified when the report was drawn up.
    pub verified: i64,
    /// What is wrong, as a stable name.
    pub fault: Option<String>,
    /// At which row.
    pub fault_at: Option<i64>,
}

/// What is kept, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptFigures {
    /// Since when the trail is kept; nothing of it is ever deleted.
    pub since: Option<DateTime<Utc>>,
    /// How many hours a session of staff lives at most.
    pub session_hours: u16,
    /// Whether one person may hold two of the three offices.
    pub two_of_three: bool,
}

/// Everything that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditFigures {
    /// The people.
    pub people: Vec<AuditPerson>,
    /// Acts on them.
    pub staff: StaffFigures,
    /// Sign-ins.
    pub sign_ins: SignInFigures,
    /// Files.
    pub exports: Vec<AuditExport>,
    /// Approvals.
    pub approvals: ApprovalFigures,
    /// What was asked for beside the roles.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub holds: HoldFigures,
    /// What was in force beside the roles.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub held: Vec<AuditHeld>,
    /// Steps about the matrix, newest first, at most two hundred.
    pub matrix: Vec<MatrixStep>,
    /// How many there were.
    pub matrix_steps: u32,
    /// Alarms.
    pub alarms: AlarmFigures,
    /// The trail.
    pub trail: TrailFigures,
    /// What is kept.
    pub kept: KeptFigures,
}

/// A report as it was drawn up. Its digest is over this, as JSON in canonical form (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditDocument {
    /// Which.
    pub id: AuditId,
    /// Of which school.
    pub school: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// When it was drawn up.
    pub drawn_at: DateTime<Utc>,
    /// By whom: the working name.
    pub drawn_by: String,
    /// The number of the last entry that was counted.
    pub head: i64,
    /// Its hash, as hexadecimal digits.
    pub head_hash: String,
    /// What was counted.
    pub figures: AuditFigures,
}

/// How a report ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEnd {
    /// By whom.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the entry; where it was signed, the signature is there.
    pub entry: i64,
    /// Why it was declined.
    pub words: Option<String>,
}

/// Left out of a document, so that one that was drawn up before there was this stays what was digested.
fn is_none_yet<T: Default + PartialEq>(figure: &T) -> bool {
    *figure == T::default()
}

/// What the figures point at, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPointer {
    /// What.
    pub hint: AuditHint,
    /// How many.
    pub count: u32,
}

/// A report, with what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditReport {
    /// As it was drawn up.
    pub document: AuditDocument,
    /// SHA-256 of it, as hexadecimal digits.
    pub digest: String,
    /// The number of the entry that holds the digest.
    pub entry: i64,
    /// Whether it is what was drawn up.
    pub standing: AuditStanding,
    /// How far it has come.
    pub state: AuditState,
    /// How it ended.
    pub ended: Option<AuditEnd>,
    /// Its findings.
    pub findings: Vec<FindingCard>,
    /// Those of earlier reports that were not accepted when it was drawn up.
    pub carried: Vec<FindingCard>,
    /// What the figures point at.
    pub hints: Vec<AuditPointer>,
    /// Whether the reader may sign it, or decline to.
    pub may_sign: bool,
    /// Whether the reader may make a finding.
    pub may_find: bool,
}

/// A report in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLine {
    /// Which.
    pub id: AuditId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// When it was drawn up.
    pub drawn_at: DateTime<Utc>,
    /// By whom.
    pub drawn_by: String,
    /// How far it has come.
    pub state: AuditState,
    /// How many of its findings are not accepted.
    pub open: u32,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Audits {
    /// The newest first, at most two hundred.
    pub items: Vec<AuditLine>,
    /// Whether the reader may draw one up.
    pub may_draw: bool,
}

/// Draws a report up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAudit {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; not one to come.
    pub to: NaiveDate,
}

/// Declines to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditDecline {
    /// Why.
    pub words: String,
}
