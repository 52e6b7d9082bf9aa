//! What a policy says, before it is compiled: cells, row scopes, conditions, the school's own roles; of a whole matrix, or of a change
//! of one.
//!
//! The rule: it is what a version stores, so that one from before there were conditions still reads; what is always met is not kept,
//! and nothing is kept of a role that has no name. Deliberately absent: a decision.

use super::{Policy, default};
use crate::refused::Refused;
use contract::{
    Cell, CustomRole, FieldKey, Role, RowScope,
    condition::Condition,
    error::{FieldError, ValueError},
    values::role_name,
    wire::policy::{PolicyCell, PolicyCondition, PolicyRole, PolicyScope},
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
    pub fn read(change: Self) -> Result<Self, Refused> {
        let Self { cells, scopes, conditions, roles } = change;
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
        for role in CustomRole::ALL.iter().copied().map(Role::Custom) {
            if self.has(role) { self.complete(role) } else { self.forget(role) }
        }
        self
    }
    /// Says of every field what a role of the school's own comes to, so that a version laid over another leaves nothing of it.
    fn complete(&mut self, role: Role) {
        for field in FieldKey::ALL.iter().copied() {
            if !self.cells.iter().any(|cell| cell.role == role && cell.field == field) {
                self.cells.push(PolicyCell { role, field, cell: Cell::WITHHELD });
            }
        }
        if !self.scopes.iter().any(|scope| scope.role == role) {
            self.scopes.push(PolicyScope { role, scope: RowScope::None });
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Exposure, Reveal};

    const PLACE: Role = Role::Custom(CustomRole::TeacherA);
    const FIELD: FieldKey = FieldKey::GuardianPhone;
    const CLEAR: Cell = Cell { exposure: Exposure::Clear, reveal: Reveal::No, edit: true, search: true, export: true };

    fn named(zh: &str) -> Vec<PolicyRole> {
        vec![PolicyRole { role: CustomRole::TeacherA, zh: zh.into(), en: zh.into() }]
    }
    fn row() -> Rules {
        let cells = vec![PolicyCell { role: PLACE, field: FIELD, cell: CLEAR }];
        Rules { cells, scopes: vec![PolicyScope { role: PLACE, scope: RowScope::All }], ..Rules::default() }
    }

    #[test]
    fn a_version_from_before_there_were_roles_of_a_schools_own_reads_and_says_nothing_of_them() {
        let text = serde_json::to_string(&Rules::initial()).unwrap();
        assert!(!text.contains("roles") && !text.contains("teacher_a"));
        let rules: Rules = serde_json::from_str(&text).unwrap();
        assert!(rules.compile(1).named().is_empty() && !rules.has(PLACE));
    }

    #[test]
    fn what_is_said_of_a_place_without_a_name_is_not_kept_and_holds_in_no_document() {
        let with = Rules::initial().with(&row());
        assert_eq!(with, Rules::initial());
        // A document that says it all the same, as no change makes one.
        let forged = Rules { cells: row().cells, scopes: row().scopes, ..Rules::default() }.compile(1);
        assert_eq!((forged.written(PLACE, FIELD), forged.scope(PLACE)), (Cell::WITHHELD, RowScope::None));
    }

    #[test]
    fn a_role_that_was_given_up_leaves_nothing_to_whoever_comes_after_it() {
        let made = Rules::initial().with(&Rules { roles: named("甲"), ..row() });
        assert_eq!(made.compile(2).written(PLACE, FIELD), CLEAR);
        let renamed = made.clone().with(&Rules { roles: named("乙"), ..Rules::default() });
        assert_eq!(renamed.compile(3).written(PLACE, FIELD), CLEAR);
        let given_up = made.with(&Rules { roles: vec![PolicyRole::unnamed(CustomRole::TeacherA)], ..Rules::default() });
        assert_eq!(given_up, Rules::initial());
        let again = given_up.with(&Rules { roles: named("甲"), ..Rules::default() }).compile(4);
        assert_eq!((again.written(PLACE, FIELD), again.scope(PLACE)), (Cell::WITHHELD, RowScope::None));
        // And nothing of an earlier row stands under a version that is laid over it.
        let bare = Rules::initial().with(&Rules { roles: named("甲"), ..Rules::default() });
        let full = Rules::initial().with(&Rules { roles: named("甲"), ..row() });
        assert_eq!(full.with(&bare).compile(5).written(PLACE, FIELD), Cell::WITHHELD);
    }

    #[test]
    fn two_roles_of_one_name_are_found_in_either_language_and_case() {
        let two = |zh: &str, en: &str| {
            let other = PolicyRole { role: CustomRole::FinanceA, zh: zh.into(), en: en.into() };
            Rules { roles: named("Aa").into_iter().chain([other]).collect(), ..Rules::default() }
        };
        assert!(two("乙", "B").names_differ());
        assert!(!two("aA", "B").names_differ() && !two("乙", "AA").names_differ());
        assert!(two("乙", "B").distinct().is_ok() && two("乙", "aa").distinct().is_err());
    }
}
