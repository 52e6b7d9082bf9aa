//! What a policy says, before it is compiled: cells, row scopes, conditions; of a whole matrix, or of a change of one.
//!
//! The rule: it is what a version stores, so that one from before there were conditions still reads; what is always met is not kept.
//! Deliberately absent: a decision.

use super::{Policy, default};
use contract::{
    Role,
    condition::Condition,
    wire::policy::{PolicyCell, PolicyChange, PolicyCondition, PolicyScope},
};
use serde::{Deserialize, Serialize};

/// Cells, row scopes and conditions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The matrix.
    pub cells: Vec<PolicyCell>,
    /// The row scopes.
    pub scopes: Vec<PolicyScope>,
    /// When roles count in full; always, for those that are not named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<PolicyCondition>,
}

impl Rules {
    /// What a school begins with.
    #[must_use]
    pub fn initial() -> Self {
        Self { cells: default::cells(), scopes: default::scopes(), conditions: Vec::new() }
    }
    /// The compiled form.
    #[must_use]
    pub fn compile(&self, version: i64) -> Policy {
        Policy::compile(version, &self.cells, &self.scopes, &self.conditions)
    }
    /// The condition of each role that takes one, so that a copy of them says of which roles there is none.
    #[must_use]
    pub fn conditions_of_all(&self) -> Vec<PolicyCondition> {
        let of =
            |role: Role| self.conditions.iter().find(|one| one.role == role).map_or_else(Condition::default, |one| one.condition.clone());
        let taking = Role::ALL.iter().copied().filter(|role| role.takes_condition());
        taking.map(|role| PolicyCondition { role, condition: of(role) }).collect()
    }
    /// The same with a change laid over it.
    #[must_use]
    pub fn with(mut self, change: &Self) -> Self {
        let Self { cells, scopes, conditions } = change;
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
        self
    }
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.scopes.is_empty() && self.conditions.is_empty()
    }
}

impl From<PolicyChange> for Rules {
    fn from(PolicyChange { version: _, cells, scopes, conditions }: PolicyChange) -> Self {
        Self { cells, scopes, conditions }
    }
}
