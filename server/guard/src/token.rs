//! Tokens for programs as values: what is written about one, and what one opens.
//!
//! The rule: only the gate makes what is written, after it has asked who may; what a token admits is one role of its owner, from where
//! and as long as it may be used, and never what its owner does not have now. Deliberately absent: the secret; its digest is all that is
//! stored.

use crate::{policy::is_met, trail::Entry, vault::SealedLabel, viewer::Whence};
use chrono::{DateTime, Utc};
use contract::{
    condition::Condition,
    credential::Credential,
    ids::{StaffId, TokenId},
    rights::{Role, RoleSet},
    wire::tokens::TokenState,
};

/// A permitted request for a token.
#[derive(Debug)]
pub struct TokenAsk {
    /// The token.
    pub id: TokenId,
    /// Who asks.
    pub by: StaffId,
    /// What the program is called.
    pub name: SealedLabel,
    /// The role.
    pub role: Role,
    /// For how many days.
    pub days: u16,
    /// From where.
    pub condition: Condition,
    /// Until when it waits.
    pub until: DateTime<Utc>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A permitted step. It holds as long as the token is in one of the states that it begins from.
#[derive(Debug)]
pub struct TokenWrite {
    /// The token.
    pub id: TokenId,
    /// The states that it may be in.
    pub from: &'static [TokenState],
    /// The state that it comes to.
    pub to: TokenState,
    /// Until when it lives, where it is confirmed.
    pub until: Option<DateTime<Utc>>,
    /// Who confirms or refuses it.
    pub decided_by: Option<StaffId>,
    /// With what its owner was signed in, where they make the secret.
    pub credential: Option<Credential>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A token that somebody comes with, as it is stored.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The token.
    pub id: TokenId,
    /// The role.
    pub role: Role,
    /// How it stands, as it is stored.
    pub state: TokenState,
    /// Until when.
    pub until: DateTime<Utc>,
    /// From where.
    pub condition: Condition,
    /// With what its owner was signed in when they made the secret.
    pub credential: Option<Credential>,
    /// When it was used last, to the minute.
    pub used_at: Option<DateTime<Utc>>,
}

/// Why a token admits nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inadmissible {
    /// It does not live, or its owner does not have any more what it stands on.
    Over,
    /// It comes from elsewhere than it may.
    Elsewhere,
}

impl Bearer {
    /// What it admits of somebody who has these roles now, and has to sign in with this at least.
    ///
    /// # Errors
    /// [`Inadmissible`].
    pub fn admits(&self, held: RoleSet, least: Credential, now: DateTime<Utc>, whence: Whence) -> Result<RoleSet, Inadmissible> {
        let lives = self.state == TokenState::Living && self.until > now;
        if !lives || !self.role.takes_token() || !held.has(self.role) || self.credential < Some(least) {
            return Err(Inadmissible::Over);
        }
        if !is_met(&self.condition, now, whence) {
            return Err(Inadmissible::Elsewhere);
        }
        Ok(RoleSet::from_iter([self.role]))
    }
}
