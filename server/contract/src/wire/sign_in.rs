//! Getting in: passkey ceremonies, enrolment links, recovery codes, one-time codes for guardians.
//!
//! The options and credentials of a ceremony are passed through untouched: the browser and the relying party agree on them.

use crate::{
    ids::{CeremonyId, SessionId, StaffId},
    rights::{Duty, Role},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which of the three looks of the client a person gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Surface {
    /// Families and follow-ups.
    Staff,
    /// Matrix, trail, staff.
    Admin,
    /// A guardian's.
    Portal,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The person: a member of staff, or a guardian.
    pub id: Uuid,
    /// Their working name; empty for a guardian, whose name is a personal field.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// What the school calls the roles that it made itself, all of them, since pages tell of other people's too: a line for each, such
    /// as `teacher_a|班主任|Homeroom teacher`. One text, which every program of the client reads for next to nothing.
    pub named: String,
    /// What they are for beside seeing records, and may do now: while its condition is not met, a role takes in and changes nobody.
    pub duties: Vec<Duty>,
    /// Their first page.
    pub surface: Surface,
    /// The school's name.
    pub school: String,
    /// The name of the first campus.
    pub campus: Option<String>,
    /// The present session.
    pub session: SessionId,
    /// Until when the last passkey assertion counts as fresh.
    pub fresh_until: Option<DateTime<Utc>>,
    /// When the session ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// How many passkeys the person has; below two the client asks for another.
    pub passkeys: u32,
    /// How many deliberate looks are left today.
    pub reveals_left: u32,
}

/// Begins a sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInStart {
    /// The login name for the username-first way; absent for a discoverable passkey.
    #[serde(default)]
    pub login: Option<String>,
}

/// A ceremony has begun; `options` go to the browser as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ceremony<T> {
    /// The ceremony; single use, five minutes.
    pub ceremony: CeremonyId,
    /// `PublicKeyCredentialCreationOptionsJSON` or `…RequestOptionsJSON`, inside `publicKey`.
    pub options: T,
}

/// Ends a ceremony with what the browser returned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CeremonyFinish<T> {
    /// The ceremony.
    pub ceremony: CeremonyId,
    /// `PublicKeyCredential.toJSON()`.
    pub credential: T,
    /// A name for a new passkey; at most 60 characters. Ignored by sign-in.
    #[serde(default)]
    pub name: String,
}

/// Opens an enrolment link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentStart {
    /// The token of the link.
    pub token: String,
}

/// Whom an enrolment link is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentOpened<T> {
    /// The login name to remember.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The ceremony.
    pub ceremony: CeremonyId,
    /// Passed to the browser.
    pub options: T,
}

/// Enrolled and signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Who.
    pub me: Me,
    /// Recovery codes, shown this once; empty when the person had some.
    pub recovery_codes: Vec<String>,
}

/// Uses a recovery code to register a new passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryStart {
    /// The login name.
    pub login: String,
    /// One of the codes.
    pub code: String,
}

/// Where a guardian's one-time code goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// By SMS to the first phone number.
    Sms,
    /// By e-mail.
    Email,
}

/// Asks for a one-time code, by an invitation or by the contact that the school holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CodeRequest {
    /// First use: the token of the invitation and the channel chosen.
    Invitation {
        /// The token of the link.
        token: String,
        /// Where the code goes.
        channel: Channel,
    },
    /// Later: a phone number or an e-mail address. The answer is the same whether the school knows it or not.
    Contact {
        /// What was typed.
        contact: String,
    },
}

/// An invitation, opened: where a code can go, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationOpened {
    /// The school's name.
    pub school: String,
    /// Masked phone number, when there is one.
    pub phone: Option<crate::shown::Shown<String>>,
    /// Masked e-mail address, when there is one.
    pub email: Option<crate::shown::Shown<String>>,
}

/// A code is on its way, or there was nobody to send it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeRequested {
    /// Goes back with the code.
    pub ceremony: CeremonyId,
    /// For how many seconds the code is good.
    pub valid_for: u32,
}

/// The code that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeEntered {
    /// From [`CodeRequested`].
    pub ceremony: CeremonyId,
    /// Six digits.
    pub code: String,
}

/// A one-time link was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkMade {
    /// The link; shown this once.
    pub url: String,
    /// The same as a QR code, an SVG document.
    pub qr: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// For whom, where it is for staff.
    pub staff: Option<StaffId>,
}
