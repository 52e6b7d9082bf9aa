//! Identifiers, one type a record kind, so that a student's id cannot be passed where a family's is meant.
//!
//! They are UUIDs of version 7: they sort by age, which is why they are never used as tokens or invitations.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A family: the unit that owns a data key, has a stage and an owner.
    FamilyId;
    /// A pupil, present or prospective.
    StudentId;
    /// A parent or other person with a duty of care.
    GuardianId;
    /// A member of staff.
    StaffId;
    /// A place where the school teaches.
    CampusId;
    /// A class with a teacher and pupils over dates.
    ClassId;
    /// A follow-up note.
    NoteId;
    /// A request to open one field, and what became of it.
    ApprovalId;
    /// A standing grant, asked for or given.
    GrantId;
    /// A correction that a guardian asks for.
    CorrectionId;
    /// A question that a guardian asks about a look.
    QuestionId;
    /// A proposed change of the field matrix.
    ProposalId;
    /// A request for emergency access, and what became of it.
    EmergencyId;
    /// A token for a program.
    TokenId;
    /// A signed-in browser.
    SessionId;
    /// A registered passkey.
    PasskeyId;
    /// A saved view of a list.
    ViewId;
    /// One passkey ceremony between its two requests.
    CeremonyId;
    /// What the watch over the trail found.
    AlarmId;
    /// The report of an audit.
    AuditId;
    /// What an audit found.
    FindingId;
}
