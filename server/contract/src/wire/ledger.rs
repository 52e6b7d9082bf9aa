//! The trail as people read it: on a family's card, in the portal, in the auditor's list.

use super::reveals::Reason;
use crate::{
    catalogue::FieldKey,
    field::RecordKind,
    named::names,
    rights::{Exposure, Role},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal;)+) => {
        /// What was done. Names are stored for ever: never renamed, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $action),+ }
        crate::named::named!(Action);
        impl Action {
            /// Every action.
            pub const ALL: &'static [Action] = &[$(Action::$action),+];
            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Action::$action => $name),+ } }
        }
    };
}

actions! {
    /// Signed in.
    SignedIn = "signed_in";
    /// Tried to sign in and was refused.
    SignInRefused = "sign_in_refused";
    /// Signed out.
    SignedOut = "signed_out";
    /// Proved presence again with a passkey.
    SteppedUp = "stepped_up";
    /// Ended a session, their own or another's.
    SessionEnded = "session_ended";
    /// Opened one session more than they may have, which ended the one that they used longest ago.
    SessionDisplaced = "session_displaced";
    /// Came with a session in another browser or country than the one that it was opened in; the session is ended. Or with the cookie of
    /// one that had ended for its network, from yet elsewhere.
    SessionMoved = "session_moved";
    /// Issued an enrolment link.
    EnrolmentIssued = "enrolment_issued";
    /// Registered a passkey.
    PasskeyAdded = "passkey_added";
    /// Removed a passkey.
    PasskeyRemoved = "passkey_removed";
    /// Made recovery codes.
    RecoveryCodesMade = "recovery_codes_made";
    /// Set a password and an authenticator app.
    PasswordSet = "password_set";
    /// Removed them.
    PasswordRemoved = "password_removed";
    /// Used a recovery code.
    RecoveryCodeUsed = "recovery_code_used";
    /// Had a one-time code sent.
    CodeSent = "code_sent";
    /// Was sent a notice: of a sign-in on a device that was new to them, or of a proposed change of the field matrix.
    NoticeSent = "notice_sent";
    /// Saw records in a list.
    Listed = "listed";
    /// Searched for records by a personal value.
    Searched = "searched";
    /// Saw one record.
    Shown = "shown";
    /// Opened one masked field.
    Revealed = "revealed";
    /// Asked for an approval to open one field, or for a standing grant.
    ApprovalAsked = "approval_asked";
    /// Granted one.
    ApprovalGranted = "approval_granted";
    /// Refused one.
    ApprovalRefused = "approval_refused";
    /// Withdrew one that they had asked for.
    ApprovalWithdrawn = "approval_withdrawn";
    /// Revoked a standing grant.
    ApprovalRevoked = "approval_revoked";
    /// Exported a list.
    Exported = "exported";
    /// Took in a record.
    Created = "created";
    /// Changed a record.
    Changed = "changed";
    /// Asked for a correction.
    CorrectionAsked = "correction_asked";
    /// Took back a correction that was asked for.
    CorrectionWithdrawn = "correction_withdrawn";
    /// Made the correction that was asked for.
    CorrectionAccepted = "correction_accepted";
    /// Refused the correction, with a reason.
    CorrectionDeclined = "correction_declined";
    /// Questioned a look.
    QuestionAsked = "question_asked";
    /// Took back a question that was asked.
    QuestionWithdrawn = "question_withdrawn";
    /// Answered the question.
    QuestionAnswered = "question_answered";
    /// Changed the field matrix.
    PolicyChanged = "policy_changed";
    /// Proposed a change of the field matrix that needs a second person.
    PolicyProposed = "policy_proposed";
    /// Confirmed a change that somebody else proposed.
    PolicyConfirmed = "policy_confirmed";
    /// Declined a proposed change; nobody did where it could not come into force at its moment.
    PolicyDeclined = "policy_declined";
    /// Withdrew a change that did not hold yet.
    PolicyWithdrawn = "policy_withdrawn";
    /// Saved a view of the list of families for themselves.
    ViewSaved = "view_saved";
    /// Saved a view of the list of families for the whole school.
    ViewShared = "view_shared";
    /// Removed a saved view.
    ViewRemoved = "view_removed";
    /// Read the trail or an access ledger.
    TrailRead = "trail_read";
    /// Took in a member of staff.
    StaffCreated = "staff_created";
    /// Changed the name or the contact of a member of staff.
    StaffChanged = "staff_changed";
    /// Changed the roles of a member of staff.
    RolesChanged = "roles_changed";
    /// Changed the campuses of a member of staff.
    CampusesChanged = "campuses_changed";
    /// Suspended a member of staff.
    StaffSuspended = "staff_suspended";
    /// Let a suspended member of staff in again.
    StaffRestored = "staff_restored";
    /// Ended every session of a member of staff.
    SessionsEnded = "sessions_ended";
    /// Ended everything of a member of staff who left.
    StaffLeft = "staff_left";
    /// Added a campus.
    CampusAdded = "campus_added";
    /// Renamed a campus.
    CampusRenamed = "campus_renamed";
    /// Closed a campus.
    CampusClosed = "campus_closed";
    /// Changed the settings of the school.
    SchoolChanged = "school_changed";
    /// Confirmed the field matrix as it is.
    PolicyReviewed = "policy_reviewed";
    /// Took the field matrix back to an earlier version.
    PolicyRolledBack = "policy_rolled_back";
    /// Asked what somebody sees of a family, or who sees a field of it; no value was shown.
    ViewedAs = "viewed_as";
    /// Had the trail verified.
    TrailVerified = "trail_verified";
    /// Exported a part of the trail.
    TrailExported = "trail_exported";
    /// The watch over the trail raised an alarm about somebody.
    AlarmRaised = "alarm_raised";
    /// Looks into an alarm.
    AlarmTaken = "alarm_taken";
    /// Closed an alarm.
    AlarmClosed = "alarm_closed";
    /// Took back what an alarm had done by itself.
    AlarmUndone = "alarm_undone";
    /// Changed a rule of the watch.
    WatchChanged = "watch_changed";
    /// Changed with what a role signs in.
    LadderChanged = "ladder_changed";
    /// Changed for how long the trail is kept.
    RetentionChanged = "retention_changed";
    /// The oldest part of the trail, which was kept for its time, was taken away.
    TrailCut = "trail_cut";
    /// The public key of a passkey was carried over from an entry that was taken away.
    PasskeyCarried = "passkey_carried";
    /// Drew up the report of an audit.
    AuditReported = "audit_reported";
    /// Signed the report of an audit that somebody else drew up.
    AuditSigned = "audit_signed";
    /// Declined to sign one.
    AuditDeclined = "audit_declined";
    /// Made a finding of an audit, or took a step about one.
    FindingChanged = "finding_changed";
    /// Asked for emergency access.
    EmergencyAsked = "emergency_asked";
    /// Opened somebody's emergency access.
    EmergencyOpened = "emergency_opened";
    /// Refused or ended emergency access.
    EmergencyClosed = "emergency_closed";
    /// Asked for a token for a program.
    TokenAsked = "token_asked";
    /// Confirmed somebody's token.
    TokenConfirmed = "token_confirmed";
    /// Refused to confirm one.
    TokenRefused = "token_refused";
    /// Made the secret of a token of their own that was confirmed.
    TokenMade = "token_made";
    /// Ended a token, their own or another's.
    TokenEnded = "token_ended";
    /// Tried something and was refused.
    Refused = "refused";
}

impl Action {
    /// Whether the ledger of a family tells of it; the others are about no family, and have words where the trail is read alone.
    #[must_use]
    pub const fn is_told_to_families(self) -> bool {
        matches!(
            self,
            Self::EnrolmentIssued
                | Self::Listed
                | Self::Searched
                | Self::Shown
                | Self::Revealed
                | Self::ApprovalAsked
                | Self::ApprovalGranted
                | Self::ApprovalRefused
                | Self::ApprovalWithdrawn
                | Self::ApprovalRevoked
                | Self::Exported
                | Self::Created
                | Self::Changed
                | Self::CorrectionAsked
                | Self::CorrectionWithdrawn
                | Self::CorrectionAccepted
                | Self::CorrectionDeclined
                | Self::QuestionAsked
                | Self::QuestionWithdrawn
                | Self::QuestionAnswered
                | Self::TrailRead
                | Self::ViewedAs
                | Self::Refused
        )
    }
}

/// One field, in the form in which it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldLook {
    /// The field.
    pub field: FieldKey,
    /// The form.
    pub form: Exposure,
}

/// One line of an access ledger: who, when, why, which fields in which form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerLine {
    /// The number of the trail row.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: the working name of a member of staff, or 家长 for a guardian.
    pub who: String,
    /// In which roles.
    pub roles: Vec<Role>,
    /// What was done.
    pub action: Action,
    /// Whose record it was about, where there is one.
    pub record: Option<RecordKind>,
    /// Why, where a reason was asked.
    pub reason: Option<Reason>,
    /// The fields that were seen or written.
    pub looks: Vec<FieldLook>,
    /// Whether a passkey signed for exactly this.
    pub signed: bool,
    /// Whether a program did it, by a token of theirs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub program: bool,
}

impl LedgerLine {
    /// Whether a guardian may question it: what somebody of the staff did, but for the answer to a question, which would have
    /// no end.
    #[must_use]
    pub fn is_questionable(&self) -> bool {
        !self.who.is_empty() && self.action != Action::QuestionAnswered
    }
}

names! {
    /// By whom, where it is no person of a name.
    TrailBy {
        /// By nobody who was known.
        Nobody = "nobody",
        /// By a program, by a token of somebody's.
        Program = "program",
    }
}

/// The query string of the auditor's list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct TrailQuery {
    /// By one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Uuid>,
    /// By nobody who was known, or by a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<TrailBy>,
    /// About one record of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// One action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// From this day at the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// To this day, which is included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// About the same record as the line of this number; none where it is about none, or is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<i64>,
    /// By the same person as the line of this number, a guardian too; none where nobody was known, or it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Which lines of the trail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailFilter {
    /// By one person.
    #[serde(default)]
    pub who: Option<Uuid>,
    /// By nobody who was known, or by a program.
    #[serde(default)]
    pub by: Option<TrailBy>,
    /// About one record of this kind.
    #[serde(default)]
    pub kind: Option<RecordKind>,
    /// One action.
    #[serde(default)]
    pub action: Option<Action>,
    /// From this day at the school.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// To this day, which is included.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// About the same record as the line of this number.
    #[serde(default)]
    pub same: Option<i64>,
    /// By the same person as the line of this number.
    #[serde(default)]
    pub whose: Option<i64>,
}

/// Asks how many lines came after one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct TrailSince {
    /// The number of the last line that is known.
    pub since: i64,
}

/// How many lines came, without saying which; looks at the trail itself do not count, or two who watch would wake each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailNews {
    /// How many; a hundred stands for more.
    pub newer: u32,
}

/// A record of the trail: its kind and the end of its id, enough to recognise it in another line and not to ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordMark {
    /// Its kind.
    pub kind: RecordKind,
    /// The last six digits of its id.
    pub mark: String,
}

/// The oldest part of the trail, after it was kept for its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailCut {
    /// How many lines it had.
    pub rows: i64,
    /// The number of the last of them.
    pub through: i64,
    /// When the head was signed that vouches for it: all of it is from before.
    pub before: DateTime<Utc>,
}

/// Records that were seen in the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookGroup {
    /// The fields and forms.
    pub fields: Vec<FieldLook>,
    /// The records, the first hundred.
    pub records: Vec<RecordMark>,
    /// How many records there are.
    pub of: u32,
}

/// One line of the trail, unfolded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailEntry {
    /// The line.
    pub line: LedgerLine,
    /// The record it is about.
    pub record: Option<RecordMark>,
    /// The end of the id of the session.
    pub session: Option<String>,
    /// How many families find it in their ledger.
    pub families: u32,
    /// What was seen of which records.
    pub groups: Vec<LookGroup>,
    /// The version that a write made.
    pub version: Option<i64>,
    /// Roles before and after, where it changed them.
    pub roles: Option<(Vec<Role>, Vec<Role>)>,
    /// With what was signed in, of a sign-in and of a refused one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<crate::credential::Credential>,
    /// How a rule of the watch was set anew, where it was one; entries before there was this have nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tuning: Option<super::alarms::Tuning>,
    /// The alarm that it is a step of, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<super::alarms::AlarmMark>,
    /// For how many days the trail is kept, before and after, where that was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<(u32, u32)>,
    /// What was taken away of the trail, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<TrailCut>,
    /// When the wish was made that a passkey signed, where one did.
    pub signed_at: Option<DateTime<Utc>>,
    /// The digest of the report of an audit that it is about, as hexadecimal digits.
    pub digest: Option<String>,
    /// The end of the id of the standing grant that it is a step of, or a look under.
    pub grant: Option<String>,
    /// The end of the id of the token that it is a step of, or was done by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The hash of the row, as hexadecimal digits.
    pub hash: String,
}

/// How a verification of the trail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum VerificationState {
    /// It is under way.
    Running,
    /// Every row is whole.
    Whole,
    /// A row is not.
    Broken,
    /// Somebody stopped it.
    Cancelled,
    /// It did not come to an end: the server stopped, or the database could not be read.
    Failed,
}

/// A verification of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verification {
    /// How it stands.
    pub state: VerificationState,
    /// Who asked for it.
    pub by: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was heard of last.
    pub seen_at: DateTime<Utc>,
    /// How many rows were verified.
    pub rows: i64,
    /// How many there are.
    pub of: i64,
    /// What is wrong, as a stable name.
    pub fault: Option<String>,
    /// At which row.
    pub at: Option<i64>,
}
