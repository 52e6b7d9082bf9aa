//! A token for a program, as found. Plain facts, but for its name, which is sealed; its words are the trail's.

use super::Decider;
use crate::{location::Location, vault::SealedLabel};
use chrono::{DateTime, Utc};
use contract::{
    condition::Condition,
    ids::TokenId,
    rights::Role,
    wire::{school::StaffRef, tokens::TokenState},
};

/// A token and what became of it.
#[derive(Debug, Clone)]
pub struct TokenRecord {
    /// The token.
    pub id: TokenId,
    /// Whose, with the roles that they have now; none for whoever may not come in.
    pub by: Decider,
    /// What the program is called.
    pub name: SealedLabel,
    /// The role.
    pub role: Role,
    /// What it is for, as the trail has it.
    pub words: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// For how many days.
    pub days: u16,
    /// From where.
    pub condition: Condition,
    /// How it stands, as it is stored: never lapsed.
    pub state: TokenState,
    /// Until when it waits, or lives.
    pub until: DateTime<Utc>,
    /// Who confirmed or refused it.
    pub decided_by: Option<StaffRef>,
    /// When it was used last.
    pub used_at: Option<DateTime<Utc>>,
    /// From where, where that was known.
    pub used_from: Option<Location>,
}

impl TokenRecord {
    /// How it stands by now.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> TokenState {
        match self.state {
            TokenState::Asked | TokenState::Confirmed | TokenState::Living if self.until <= now => TokenState::Lapsed,
            state => state,
        }
    }
    /// Whether its owner still has the role.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.by.roles.has(self.role)
    }
}
