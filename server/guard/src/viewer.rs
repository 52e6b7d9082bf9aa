//! Who asks. A [`Viewer`] is minted once a request, by the session extractor, and carries the time of the request and where it comes from.
//!
//! The rule: a program that asks in somebody's name is that person with less: masks at most, no duty, and never present.
//! Deliberately absent: `Deserialize`, setters, a viewer without a session or a token.

use crate::lasting::is_ahead;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    ids::{CampusId, GuardianId, SessionId, StaffId, TokenId},
    rights::{Duty, Role, RoleSet},
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use uuid::Uuid;

/// A person who can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A member of staff.
    Staff(StaffId),
    /// A guardian.
    Guardian(GuardianId),
}

impl Actor {
    /// The person's id, whatever their kind.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Staff(StaffId(id)) | Self::Guardian(GuardianId(id)) => id,
        }
    }
}

/// From where somebody asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whence {
    /// Nobody knows: from no network.
    #[default]
    Unknown,
    /// This address, as far as the operator's proxies tell. It is compared and never kept.
    Address(IpAddr),
    /// From wherever is needed: a question about somebody who does not ask, which would otherwise be told of too little. It opens nothing.
    Supposed,
}

/// What the session row says about who asks.
#[derive(Debug, Clone)]
pub struct Admission {
    /// The person.
    pub actor: Actor,
    /// Their working name; empty for a guardian.
    pub name: String,
    /// Their roles at this moment.
    pub roles: RoleSet,
    /// Their campuses.
    pub campuses: Vec<CampusId>,
    /// The session.
    pub session: SessionId,
    /// When they last proved presence with a passkey.
    pub stepped_up_at: Option<DateTime<Utc>>,
    /// The time of the request.
    pub now: DateTime<Utc>,
    /// From where it comes.
    pub whence: Whence,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Viewer(Admission, Option<TokenId>);

/// For how long a passkey assertion counts as fresh.
pub const FRESH_FOR: TimeDelta = TimeDelta::minutes(5);

impl Viewer {
    /// Mints a viewer. Lint-banned but for the session extractor and the few places beside it that say why.
    #[must_use]
    pub const fn admit(admission: Admission) -> Self {
        Self(admission, None)
    }
    /// The same person where a program asks in their name, by a token: whatever they were, less is left.
    #[must_use]
    pub fn by_program(self, token: TokenId) -> Self {
        let Self(admission, _) = self;
        Self(Admission { session: SessionId(token.0), stepped_up_at: None, ..admission }, Some(token))
    }
    /// The token, where a program asks.
    #[must_use]
    pub const fn program(&self) -> Option<TokenId> {
        self.1
    }
    /// The person.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.0.actor
    }
    /// The person as a member of staff.
    #[must_use]
    pub const fn staff(&self) -> Option<StaffId> {
        match self.0.actor {
            Actor::Staff(id) => Some(id),
            Actor::Guardian(_) => None,
        }
    }
    /// The working name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }
    /// The roles.
    #[must_use]
    pub const fn roles(&self) -> RoleSet {
        self.0.roles
    }
    /// The campuses.
    #[must_use]
    pub fn campuses(&self) -> &[CampusId] {
        &self.0.campuses
    }
    /// The session; of a program the id of its token, which is that of no session.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.0.session
    }
    /// The time of the request.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.0.now
    }
    /// From where the request comes.
    #[must_use]
    pub const fn whence(&self) -> Whence {
        self.0.whence
    }
    /// The day of the request at the school (+08:00, no daylight saving time).
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        (self.0.now + TimeDelta::hours(8)).date_naive()
    }
    /// Whether one of the roles has the duty; a program has none.
    #[must_use]
    pub fn has_duty(&self, duty: Duty) -> bool {
        self.1.is_none() && self.0.roles.has_duty(duty)
    }
    /// Whether `role` is among the roles.
    #[must_use]
    pub const fn has_role(&self, role: Role) -> bool {
        self.0.roles.has(role)
    }
    /// Until when the last assertion counts as fresh, if it does now.
    #[must_use]
    pub fn fresh_until(&self) -> Option<DateTime<Utc>> {
        self.0.stepped_up_at.and_then(|at| at.checked_add_signed(FRESH_FOR)).filter(|until| *until > self.0.now)
    }
    /// The same person, proven present a moment ago.
    #[must_use]
    pub fn fresh(&self) -> Option<FreshViewer<'_>> {
        // An assertion from the future is a clock that jumped: not fresh.
        let not_ahead = self.0.stepped_up_at.is_some_and(|at| !is_ahead(at, self.0.now));
        (not_ahead && self.fresh_until().is_some()).then_some(FreshViewer(self))
    }
}

/// A viewer whose passkey assertion is no older than [`FRESH_FOR`].
#[derive(Debug, Clone, Copy)]
pub struct FreshViewer<'a>(&'a Viewer);

impl<'a> FreshViewer<'a> {
    /// The viewer.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        self.0
    }
    /// The viewer, for as long as they were lent.
    pub(crate) const fn seen(&self) -> &'a Viewer {
        self.0
    }
}
