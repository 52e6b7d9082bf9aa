//! The ladder of credentials, and the fallback: a password with a code of an authenticator app.
//!
//! The rule: a password goes to the server and never comes back; the secret of the codes comes once, while it is being set up.

use crate::{
    credential::{Credential, Rung},
    ids::CeremonyId,
    rights::Role,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The fewest characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// The most characters of a password.
pub const PASSWORD_MOST: usize = 128;

/// What somebody typed as a password. It says itself in no log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// The ways in that the school offers beside passkeys; the same for everybody who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaysIn {
    /// Whether some role may sign in by password and code.
    pub password: bool,
}

/// Signs in by password and code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordSignIn {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: Password,
    /// Six digits of the authenticator app.
    pub code: String,
}

/// With what the person who asks signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// What their roles ask for at least.
    pub least: Credential,
    /// With what this session was opened.
    pub present: Credential,
    /// When they set their password; absent where they have none.
    pub password_set: Option<DateTime<Utc>>,
    /// What the makes on the operator's list are called; empty where there is no list.
    pub makes: Vec<String>,
    /// Their passkeys that proved a make, the oldest first.
    pub attested: Vec<AttestedCard>,
}

/// A passkey whose authenticator proved its make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttestedCard {
    /// The name that its owner gave it.
    pub name: String,
    /// What its make is called; absent where the list has it no longer, and the passkey counts as any other.
    pub make: Option<String>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// Chooses a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChosen {
    /// 12 to 128 characters.
    pub password: Password,
}

/// The password will do; an authenticator app has to show that it has the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordBegun {
    /// Goes back with a code; ten minutes.
    pub ceremony: CeremonyId,
    /// The `otpauth` address as a QR code, an SVG document.
    pub qr: String,
    /// The secret in base 32, for whoever types it.
    pub secret: String,
}

impl fmt::Debug for PasswordBegun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordBegun")
    }
}

/// Proves that the app has the secret; from then on password and code let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordFinish {
    /// From [`PasswordBegun`].
    pub ceremony: CeremonyId,
    /// Six digits.
    pub code: String,
}

/// The rung of one role, and who stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RungCard {
    /// The role.
    pub role: Role,
    /// What it asks for at least.
    pub least: Credential,
    /// After how many minutes unused its sessions end.
    pub idle_minutes: u32,
    /// After how many hours they end at the latest; fewer where the school says so for everybody.
    pub hours: u32,
    /// How many people have it.
    pub people: u32,
    /// How many of them have a passkey.
    pub passkeys: u32,
    /// How many of them have a password.
    pub passwords: u32,
    /// How many of them have an attested passkey.
    pub attested: u32,
}

/// The ladder as whoever keeps the school sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LadderCard {
    /// The roles in their order.
    pub rungs: Vec<RungCard>,
    /// Whether the server knows makes of authenticators; without them no role can ask for an attested passkey.
    pub attestation: bool,
}

/// A change of the ladder; a role that is left out keeps its rung, and times that are left out are the usual ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LadderChanges {
    /// Each role once.
    pub rungs: Vec<Rung>,
}
