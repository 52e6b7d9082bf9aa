//! Tokens for programs: one person, one role of theirs, read only, a mask at most, for some days.
//!
//! The rule: whoever asks never confirms, and the secret leaves once, to whoever asked. Deliberately absent: a token that opens, writes,
//! finds or exports, one without an end, and the secret in a list.

use super::school::StaffRef;
use crate::{condition::Network, ids::TokenId, named::names, rights::Role};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// For how many days a token may live at the most.
pub const DAYS_MOST: u16 = 365;
/// For how many days one lives where nobody says otherwise.
pub const DAYS_USUAL: u16 = 90;
/// How many a person has at the most, asked for or living.
pub const TOKENS: usize = 5;
/// With what every secret begins, so that one that was left lying about is found.
pub const PREFIX: &str = "shendu_";
/// The longest name.
pub const NAME_LENGTH: usize = 40;

names! {
    /// How a token stands.
    TokenState {
        /// Waits for a second person.
        Asked = "asked",
        /// Confirmed; its owner has not made the secret yet.
        Confirmed = "confirmed",
        /// The secret is out.
        Living = "living",
        /// A second person said no.
        Refused = "refused",
        /// Ended by its owner or somebody else, or with their access.
        Ended = "ended",
        /// Its time is over.
        Lapsed = "lapsed",
    }
}

/// Asks for a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// What the program is called, 1 to 40 characters. Numbers and addresses in it are masked where it is read.
    pub name: String,
    /// What it is for, at most 200 characters. Numbers in it are masked before it is kept.
    pub why: String,
    /// One of one's own roles that work with families.
    pub role: Role,
    /// For how many days from its confirmation, 1 to 365.
    pub days: u16,
    /// From where alone it may be used; from anywhere where there is none, sixteen at the most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub networks: Vec<Network>,
}

/// What a second person says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenDecision {
    /// Whether it is confirmed.
    pub confirm: bool,
}

/// A token, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    /// The token.
    pub id: TokenId,
    /// What the program is called, numbers masked.
    pub name: String,
    /// Whose it is.
    pub by: StaffRef,
    /// Whether that is whoever reads this.
    pub own: bool,
    /// The role.
    pub role: Role,
    /// What it is for, numbers masked.
    pub words: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// For how many days.
    pub days: u16,
    /// From where alone it may be used; from anywhere where there is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub networks: Vec<Network>,
    /// How it stands.
    pub state: TokenState,
    /// Until when it waits, or lives.
    pub until: DateTime<Utc>,
    /// Who confirmed or refused it.
    pub decided_by: Option<StaffRef>,
    /// When it was used last, to the minute.
    pub used_at: Option<DateTime<Utc>>,
    /// From where: a country or region by its two letters (ISO 3166-1); absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_from: Option<String>,
    /// Of one that lives: whether its owner still works here and has the role. Otherwise it opens nothing.
    pub holds: bool,
    /// Whether whoever reads this may confirm or refuse it.
    pub may_decide: bool,
    /// Whether whoever reads this may make its secret now.
    pub may_make: bool,
    /// Whether whoever reads this may end it now.
    pub may_end: bool,
}

/// The tokens that concern the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// Newest first.
    pub items: Vec<Token>,
    /// The roles for which the viewer may ask; none where they have none that works with families.
    pub roles: Vec<Role>,
}

/// The secret of a token, which is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenSecret {
    /// What the program sends: `Authorization: Bearer shendu_…`.
    pub secret: String,
    /// Until when it lives.
    pub until: DateTime<Utc>,
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret")
    }
}
