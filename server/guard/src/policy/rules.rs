//! What a policy says, before it is compiled: cells, row scopes, conditions, the school's own roles; of a whole matrix, or of a change
//! of one.
//!
//! The rule: it is what a version stores, so that one from before there were conditions still reads; what is always met is not kept,
//! and nothing is kept of a role that has no name. Deliberately absent: a decision.

use super::{Policy, default};
use crate::refused::Refused;
use contract::{
    Role,
    condition::Condition,
    error::{FieldError, ValueError},
    values::role_name,
    wire::policy::{PolicyCell, PolicyChange, PolicyCondition, PolicyRole, PolicyScope},
};
use serde::{Deserialize, Serialize};

/// Cells, row scopes, conditions and the school's own roles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The matrix.
    pub cells: Vec<PolicyCell>,
    /// The row scopes.
    pub scopes: Vec<PolicyScope>,
    /// When roles count in full; always, for those that are not named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<PolicyCondition>,
    /// The roles that the school made itself; in a change, without a name, those that it gives up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<PolicyRole>,
}

impl Rules {
    /// What a school begins with.
    #[must_use]
    pub fn initial() -> Self {
        Self { cells: default::cells(), scopes: default::scopes(), ..Self::default() }
    }
    /// The compiled form.
    #[must_use]
    pub fn compile(&self, version: i64) -> Policy {
        Policy::build(version, self)
    }
    /// A change that somebody wishes, its names as they will be kept.
    ///
    /// # Errors
    /// [`Refused::Fields`] for a name that no role can have.
    pub fn read(change: PolicyChange) -> Result<Self, Refused> {
        let PolicyChange { version: _, cells, scopes, conditions, roles } = change;
        let mut errors = Vec::new();
        let mut read = |at: String, text: &str| {
            role_name(text).unwrap_or_else(|code| {
                errors.push(FieldError { at, code });
                String::new()
            })
        };
        let named = roles.into_iter().enumerate().map(|(at, one)| {
            if one.is_unnamed() {
                return one;
            }
            PolicyRole { role: one.role, zh: read(format!("roles.{at}.zh"), &one.zh), en: read(format!("roles.{at}.en"), &one.en) }
        });
        let roles = named.collect();
        if errors.is_empty() { Ok(Self { cells, scopes, conditions, roles }) } else { Err(Refused::Fields(errors)) }
    }
    /// Whether `role` is there: one that every school has, or one that has a name.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        match role {
            Role::Custom(custom) => self.roles.iter().any(|one| one.role == custom && !one.is_unnamed()),
            _ => true,
        }
    }
    /// Whether no two of the school's own roles have one name.
    #[must_use]
    pub fn names_differ(&self) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let mut rest = self.roles.as_slice();
        while let Some((one, others)) = rest.split_first() {
            if others.iter().any(|other| same(&one.zh, &other.zh) || same(&one.en, &other.en)) {
                return false;
            }
            rest = others;
        }
        true
    }
    /// The same, if no two roles have one name.
    ///
    /// # Errors
    /// [`Refused::Fields`] otherwise.
    pub fn distinct(self) -> Result<Self, Refused> {
        if self.names_differ() { Ok(self) } else { Err(Refused::Fields(vec![FieldError { at: "roles".into(), code: ValueError::Taken }])) }
    }
    /// The condition of each role that takes one, so that a copy of them says of which roles there is none.
    #[must_use]
    pub fn conditions_of_all(&self) -> Vec<PolicyCondition> {
        let of =
            |role: Role| self.conditions.iter().find(|one| one.role == role).map_or_else(Condition::default, |one| one.condition.clone());
        let taking = Role::ALL.iter().copied().filter(|role| role.takes_condition() && self.has(*role));
        taking.map(|role| PolicyCondition { role, condition: of(role) }).collect()
    }
    /// The same with a change laid over it. What a place said before it is named anew is gone with its role.
    #[must_use]
    pub fn with(mut self, change: &Self) -> Self {
        let Self { cells, scopes, conditions, roles } = change;
        for new in roles {
            self.roles.retain(|one| one.role != new.role);
            if new.is_unnamed() {
                self.forget(Role::Custom(new.role));
            } else {
                self.roles.push(new.clone());
            }
        }
        self.roles.sort_by_key(|one| one.role);
        for new in cells {
            match self.cells.iter_mut().find(|cell| cell.role == new.role && cell.field == new.field) {
                Some(cell) => *cell = *new,
                None => self.cells.push(*new),
            }
        }
        for new in scopes {
            match self.scopes.iter_mut().find(|scope| scope.role == new.role) {
                Some(scope) => *scope = *new,
                None => self.scopes.push(*new),
            }
        }
        for new in conditions {
            self.conditions.retain(|one| one.role != new.role);
            if !new.condition.is_always() {
                self.conditions.push(new.clone());
            }
        }
        for place in Role::ALL.iter().copied().filter(|role| !self.has(*role)).collect::<Vec<_>>() {
            self.forget(place);
        }
        self
    }
    fn forget(&mut self, role: Role) {
        self.cells.retain(|cell| cell.role != role);
        self.scopes.retain(|scope| scope.role != role);
        self.conditions.retain(|condition| condition.role != role);
    }
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.scopes.is_empty() && self.conditions.is_empty() && self.roles.is_empty()
    }
}
