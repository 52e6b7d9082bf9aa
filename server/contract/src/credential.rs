//! What somebody signs in with, as a ladder, and the least rung that each role of staff asks for.
//!
//! The rule: the order is the law. Of several roles the highest rung counts, and a role of which nothing is said asks for a
//! passkey. Deliberately absent: a password alone, which opens nothing anywhere, and a rung for guardians, who come by a
//! one-time code or a passkey as they like.

use crate::{
    named::names,
    rights::{Role, RoleSet},
};
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

/// The least credential of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rung {
    /// The role; one that can be given, and that no school made itself.
    pub role: Role,
    /// What whoever has it signs in with at least.
    pub least: Credential,
}

/// The least credential of every role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladder(Vec<Rung>);

impl Ladder {
    /// What a role asks for until a school says otherwise.
    pub const USUAL: Credential = Credential::Passkey;

    /// What whoever has this role signs in with at least; nothing for a role that nobody is given. The rung of a school's own role is
    /// that of its base.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<Credential> {
        let rung = self.0.iter().find(|rung| rung.role == role.base());
        role.is_given().then(|| rung.map_or(Self::USUAL, |rung| rung.least))
    }
    /// What a member of staff with these roles signs in with at least: the highest of their rungs.
    #[must_use]
    pub fn least(&self, roles: RoleSet) -> Credential {
        roles.iter().filter_map(|role| self.of(role)).max().unwrap_or(Self::USUAL)
    }
    /// The same ladder with one rung set; that of a role that nobody is given, or that has its base's, stays away.
    #[must_use]
    pub fn with(mut self, Rung { role, least }: Rung) -> Self {
        self.0.retain(|rung| rung.role != role);
        if role.has_rung() && least != Self::USUAL {
            self.0.push(Rung { role, least });
        }
        self.0.sort_by_key(|rung| rung.role);
        self
    }
    /// Every role of staff that has a rung of its own with it, in the order of the roles.
    pub fn rungs(&self) -> impl Iterator<Item = Rung> {
        Role::BUILT_IN.iter().filter_map(|role| self.of(*role).map(|least| Rung { role: *role, least }))
    }
    /// Whether anybody at all may sign in by password and code.
    #[must_use]
    pub fn allows_passwords(&self) -> bool {
        self.rungs().any(|rung| rung.least == Credential::Mfa)
    }
}
