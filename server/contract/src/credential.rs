//! What somebody signs in with, as a ladder, the least rung that each role asks for, and how long its sessions live.
//!
//! The rule: the order is the law. Of several roles the highest rung counts and the shortest time, and a role of staff of which
//! nothing is said asks for a passkey, two hours unused and twelve in all, which are the longest. The lowest rung is for guardians
//! alone: what a hand wrote of another role asks for a passkey. Deliberately absent: a password alone, which opens nothing anywhere.

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
        /// A one-time code to a contact that the school has on file, by which guardians alone come.
        Any = "any",
        /// A password and a code of an authenticator app.
        Mfa = "mfa",
        /// A passkey.
        Passkey = "passkey",
        /// A passkey whose authenticator proved its make, and the make is on the list of the school.
        AttestedPasskey = "attested_passkey",
    }
}

impl Credential {
    /// Whether a role can ask for it: no staff come by a code alone, and guardians have no passwords and bring their own telephones.
    #[must_use]
    pub const fn is_for(self, role: Role) -> bool {
        match role {
            Role::Guardian => matches!(self, Self::Any | Self::Passkey),
            _ => !matches!(self, Self::Any),
        }
    }
}

/// The fewest minutes after which an unused session may be said to end.
pub const IDLE_LEAST: u32 = 5;
/// The most of staff, and the usual.
pub const IDLE_MOST: u32 = 120;

/// The same of guardians, who look in now and then, by telephone, and see what is their own: a day.
pub const GUARDIAN_IDLE_MOST: u32 = 24 * 60;
/// After how many hours their sessions end at the latest: thirty days.
pub const GUARDIAN_HOURS_MOST: u32 = 30 * 24;

/// The least credential of one role, and how long its sessions live. A time that is left out is the usual one of the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Said", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rung {
    /// The role; one that somebody signs in with, and that no school made itself.
    pub role: Role,
    /// What whoever has it signs in with at least.
    pub least: Credential,
    /// After how many minutes unused their sessions end.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub idle_minutes: u32,
    /// After how many hours they end at the latest.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub hours: u32,
}

/// A rung as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    role: Role,
    least: Credential,
    idle_minutes: Option<u32>,
    hours: Option<u32>,
}

impl From<Said> for Rung {
    fn from(Said { role, least, idle_minutes, hours }: Said) -> Self {
        let usual = Self::usual(role);
        Self { role, least, idle_minutes: idle_minutes.unwrap_or(usual.idle_minutes), hours: hours.unwrap_or(usual.hours) }
    }
}

impl Rung {
    /// What a role asks for until a school says otherwise; no session of it lives longer.
    #[must_use]
    pub const fn usual(role: Role) -> Self {
        match role {
            Role::Guardian => Self { role, least: Credential::Any, idle_minutes: GUARDIAN_IDLE_MOST, hours: GUARDIAN_HOURS_MOST },
            _ => Self { role, least: Ladder::USUAL, idle_minutes: IDLE_MOST, hours: SESSION_HOURS_MOST },
        }
    }
    /// Whether the role can ask for it, and sessions can live so long.
    #[must_use]
    pub const fn is_possible(self) -> bool {
        let usual = Self::usual(self.role);
        let of_idle = IDLE_LEAST <= self.idle_minutes && self.idle_minutes <= usual.idle_minutes;
        self.least.is_for(self.role) && of_idle && SESSION_HOURS_LEAST <= self.hours && self.hours <= usual.hours
    }
    /// The same; where the role cannot ask for it a passkey, and no longer times than the usual ones: only a hand wrote them.
    fn sound(self) -> Self {
        let Self { role, idle_minutes, hours, .. } = Self::usual(self.role);
        let least = if self.least.is_for(role) { self.least } else { Credential::Passkey };
        Self { role, least, idle_minutes: self.idle_minutes.min(idle_minutes), hours: self.hours.min(hours) }
    }
}

/// The rung of every role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladder(Vec<Rung>);

impl Ladder {
    /// What a role of staff asks for until a school says otherwise.
    pub const USUAL: Credential = Credential::Passkey;

    /// The rung of a role; nothing for a role that nobody is given. That of a school's own role is its base's.
    #[must_use]
    pub fn rung(&self, role: Role) -> Option<Rung> {
        role.base().has_rung().then(|| self.said(role.base()))
    }
    fn said(&self, role: Role) -> Rung {
        self.0.iter().find(|rung| rung.role == role).map_or(Rung::usual(role), |rung| rung.sound())
    }
    /// The rung of guardians.
    #[must_use]
    pub fn guardians(&self) -> Rung {
        self.said(Role::Guardian)
    }
    /// The rungs of a member of staff, whatever else a hand gave them.
    fn of_staff(&self, roles: RoleSet) -> impl Iterator<Item = Rung> {
        roles.iter().filter(|role| role.is_given()).filter_map(|role| self.rung(role))
    }
    /// What whoever has this role signs in with at least; nothing for a role that nobody is given.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<Credential> {
        self.rung(role).map(|rung| rung.least)
    }
    /// What a member of staff with these roles signs in with at least: the highest of their rungs.
    #[must_use]
    pub fn least(&self, roles: RoleSet) -> Credential {
        self.of_staff(roles).map(|rung| rung.least).max().unwrap_or(Self::USUAL)
    }
    /// For how long a session of a member of staff with these roles lives unused: the shortest of their rungs.
    #[must_use]
    pub fn idle(&self, roles: RoleSet) -> TimeDelta {
        let least = self.of_staff(roles).map(|rung| rung.idle_minutes).min();
        TimeDelta::minutes(least.unwrap_or(IDLE_MOST).into())
    }
    /// For how long it lives at all: the same.
    #[must_use]
    pub fn whole(&self, roles: RoleSet) -> TimeDelta {
        let least = self.of_staff(roles).map(|rung| rung.hours).min();
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
    /// Every role that has a rung of its own with it, in the order of the roles.
    pub fn rungs(&self) -> impl Iterator<Item = Rung> {
        Role::BUILT_IN.iter().filter_map(|role| self.rung(*role))
    }
    /// Whether anybody at all may sign in by password and code.
    #[must_use]
    pub fn allows_passwords(&self) -> bool {
        self.rungs().any(|rung| rung.least == Credential::Mfa)
    }
}
