//! The trail as people read it: on a family's card, in the portal, in the auditor's list.

use super::reveals::Reason;
use crate::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Exposure, Role},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal;)+) => {
        /// What was done. Names are stored for ever: never renamed, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* #[serde(rename = $name)] $action),+ }
        crate::named::named_schema!(Action);
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
    /// Issued an enrolment link.
    EnrolmentIssued = "enrolment_issued";
    /// Registered a passkey.
    PasskeyAdded = "passkey_added";
    /// Removed a passkey.
    PasskeyRemoved = "passkey_removed";
    /// Made recovery codes.
    RecoveryCodesMade = "recovery_codes_made";
    /// Used a recovery code.
    RecoveryCodeUsed = "recovery_code_used";
    /// Had a one-time code sent.
    CodeSent = "code_sent";
    /// Saw records in a list.
    Listed = "listed";
    /// Searched for records by a personal value.
    Searched = "searched";
    /// Saw one record.
    Shown = "shown";
    /// Opened one masked field.
    Revealed = "revealed";
    /// Exported a list.
    Exported = "exported";
    /// Took in a record.
    Created = "created";
    /// Changed a record.
    Changed = "changed";
    /// Changed the field matrix.
    PolicyChanged = "policy_changed";
    /// Saved a view of the list of families for themselves.
    ViewSaved = "view_saved";
    /// Saved a view of the list of families for the whole school.
    ViewShared = "view_shared";
    /// Removed a saved view.
    ViewRemoved = "view_removed";
    /// Read the trail or an access ledger.
    TrailRead = "trail_read";
    /// Tried something and was refused.
    Refused = "refused";
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
}

/// The query string of the auditor's list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct TrailQuery {
    /// One action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}
