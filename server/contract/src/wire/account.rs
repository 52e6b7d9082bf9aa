//! What a person manages about their own access: passkeys, sessions, recovery codes.

use crate::ids::{PasskeyId, SessionId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A passkey of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyCard {
    /// The passkey.
    pub id: PasskeyId,
    /// The name that its owner gave it.
    pub name: String,
    /// Registered.
    pub created_at: DateTime<Utc>,
    /// Last used.
    pub used_at: Option<DateTime<Utc>>,
    /// Whether it is synchronised between devices.
    pub synced: bool,
}

/// A session of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionCard {
    /// The session.
    pub id: SessionId,
    /// The browser, in its own words shortened.
    pub device: String,
    /// Signed in.
    pub created_at: DateTime<Utc>,
    /// Last used.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Where it was opened: a country or region by its two letters (ISO 3166-1); absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Passkeys and sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The login name; empty for a guardian.
    pub login: String,
    /// The passkeys.
    pub passkeys: Vec<PasskeyCard>,
    /// The sessions.
    pub sessions: Vec<SessionCard>,
    /// How many recovery codes are unused.
    pub recovery_codes_left: u32,
}

/// A new name for a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyRename {
    /// 1 to 60 characters.
    pub name: String,
}

/// Fresh recovery codes; earlier ones no longer count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Shown this once.
    pub codes: Vec<String>,
}
