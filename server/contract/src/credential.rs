//! What somebody signs in with, as a ladder, the least rung that each role of staff asks for, and how long its sessions live.
//!
//! The rule: the order is the law. Of several roles the highest rung counts and the shortest time, and a role of which nothing is
//! said asks for a passkey, two hours unused and twelve in all, which are the longest. Deliberately absent: a password alone, which
//! opens nothing anywhere, and a rung for guardians, who come by a one-time code or a passkey as they like.

use crate::{
    named::names,
    rights::{Role, RoleSet},
    wire::school::{SESSION_HOURS_LEAST, SESSION_HOURS_MOST},
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

names! {
    /// What a session was opened with. The order is the law.
    Credential {
        /// A password and a code of an authenticator app.
        Mfa = "mfa",
        /// A passkey.
        Passkey = "passkey",
        /// A passkey whose authenticator proved its make, and the make is on the list of the school.
        AttestedPasskey = "attested_passkey",
    }
}

/// The fewest minutes after which an unused session of staff may be said to end.
pub const IDLE_LEAST: u32 = 5;
/// The most, and the usual.
pub const IDLE_MOST: u32 = 120;

const fn idle_most() -> u32 {
    IDLE_MOST
}

const fn hours_most() -> u32 {
    SESSION_HOURS_MOST
}

/// The least credential of one role, and how long its sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rung {
    /// The role; one that can be given, and that no school made itself.
    pub role: Role,
    /// What whoever has it signs in with at least.
    pub least: Credential,
    /// After how many minutes unused their sessions end.
    #[serde(default = "idle_most")]
    pub idle_minutes: u32,
    /// After how many hours they end at the latest.
    #[serde(default = "hours_most")]
    pub hours: u32,
}

impl Rung {
    /// What a role asks for until a school says otherwise.
    #[must_use]
    pub const fn usual(role: Role) -> Self {
        Self { role, least: Ladder::USUAL, idle_minutes: IDLE_MOST, hours: SESSION_HOURS_MOST }
    }
    /// Whether sessions can live so long.
    #[must_use]
    pub const fn is_possible(self) -> bool {
        let of_idle = IDLE_LEAST <= self.idle_minutes && self.idle_minutes <= IDLE_MOST;
        of_idle && SESSION_HOURS_LEAST <= self.hours && self.hours <= SESSION_HOURS_MOST
    }
}

/// The rung of every role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladder(Vec<Rung>);

impl Ladder {
    /// What a role asks for until a school says otherwise.
    pub const USUAL: Credential = Credential::Passkey;

    /// The rung of a role; nothing for a role that nobody is given. That of a school's own role is its base's.
    #[must_use]
    pub fn rung(&self, role: Role) -> Option<Rung> {
        let rung = self.0.iter().find(|rung| rung.role == role.base()).copied();
        role.is_given().then(|| rung.unwrap_or_else(|| Rung::usual(role.base())))
    }
    /// What whoever has this role signs in with at least; nothing for a role that nobody is given.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<Credential> {
        self.rung(role).map(|rung| rung.least)
    }
    /// What a member of staff with these roles signs in with at least: the highest of their rungs.
    #[must_use]
    pub fn least(&self, roles: RoleSet) -> Credential {
        roles.iter().filter_map(|role| self.of(role)).max().unwrap_or(Self::USUAL)
    }
    /// For how long a session of somebody with these roles lives unused: the shortest of their rungs.
    #[must_use]
    pub fn idle(&self, roles: RoleSet) -> TimeDelta {
        let least = roles.iter().filter_map(|role| self.rung(role)).map(|rung| rung.idle_minutes).min();
        TimeDelta::minutes(least.unwrap_or(IDLE_MOST).into())
    }
    /// For how long it lives at all: the same.
    #[must_use]
    pub fn whole(&self, roles: RoleSet) -> TimeDelta {
        let least = roles.iter().filter_map(|role| self.rung(role)).map(|rung| rung.hours).min();
        TimeDelta::hours(least.unwrap_or(SESSION_HOURS_MOST).into())
    }
    /// The same ladder with one rung set; that of a role that nobody is given, or that has its base's, stays away.
    #[must_use]
    pub fn with(mut self, to: Rung) -> Self {
        self.0.retain(|rung| rung.role != to.role);
        if to.role.has_rung() && to != Rung::usual(to.role) {
            self.0.push(to);
        }
        self.0.sort_by_key(|rung| rung.role);
        self
    }
    /// Every role of staff that has a rung of its own with it, in the order of the roles.
    pub fn rungs(&self) -> impl Iterator<Item = Rung> {
        Role::BUILT_IN.iter().filter_map(|role| self.rung(*role))
    }
    /// Whether anybody at all may sign in by password and code.
    #[must_use]
    pub fn allows_passwords(&self) -> bool {
        self.rungs().any(|rung| rung.least == Credential::Mfa)
    }
}
