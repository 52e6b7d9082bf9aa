//! The field matrix on the wire.

use crate::{
    catalogue::FieldKey,
    condition::{Condition, ConditionError},
    error::ErrorCode,
    ids::StaffId,
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RowScope},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What one role may do with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyCell {
    /// The role.
    pub role: Role,
    /// The field.
    pub field: FieldKey,
    /// What it may do.
    pub cell: Cell,
}

/// Which records one role reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyScope {
    /// The role.
    pub role: Role,
    /// Its records.
    pub scope: RowScope,
}

/// When one role counts in full. Where that is not met it is narrowed: it shows masks at most, and opens, writes, finds and exports
/// nothing. Which records it reaches stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenCondition", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyCondition {
    /// The role.
    pub role: Role,
    /// When; always, where it names neither hours nor networks.
    pub condition: Condition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    role: Role,
    condition: Condition,
}

impl TryFrom<WrittenCondition> for PolicyCondition {
    type Error = ConditionError;
    fn try_from(WrittenCondition { role, condition }: WrittenCondition) -> Result<Self, ConditionError> {
        if role.takes_condition() { Ok(Self { role, condition }) } else { Err(ConditionError::Role) }
    }
}

/// A role that the school makes itself, as a version of the matrix names it. A place that is not named is nothing to whoever has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyRole {
    /// The place, and with it the base.
    pub role: CustomRole,
    /// What it is called in Chinese, 1 to 24 characters; in a change empty in both languages where the role is given up.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl PolicyRole {
    /// A place that has no name.
    #[must_use]
    pub const fn unnamed(role: CustomRole) -> Self {
        Self { role, zh: String::new(), en: String::new() }
    }
    /// Roles as one text, a line for each; no name has the mark between.
    #[must_use]
    pub fn lines(roles: &[Self]) -> String {
        roles.iter().map(|one| [one.role.name(), &one.zh, &one.en].join("|")).collect::<Vec<_>>().join("\n")
    }
    /// Whether it has a name in neither language.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// The whole policy. What it does not mention is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyDocument {
    /// Its version.
    pub version: i64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who made it so.
    pub by: String,
    /// The matrix.
    pub cells: Vec<PolicyCell>,
    /// The row scopes.
    pub scopes: Vec<PolicyScope>,
    /// When each role that takes a condition counts in full.
    pub conditions: Vec<PolicyCondition>,
    /// The roles that the school made itself.
    pub roles: Vec<PolicyRole>,
    /// Whether the viewer may change it.
    pub may_edit: bool,
}

/// A change of the policy; holds from the next request of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyChange {
    /// The version that the viewer saw.
    pub version: i64,
    /// The cells that become different.
    #[serde(default)]
    pub cells: Vec<PolicyCell>,
    /// The scopes that become different.
    #[serde(default)]
    pub scopes: Vec<PolicyScope>,
    /// The conditions that become different.
    #[serde(default)]
    pub conditions: Vec<PolicyCondition>,
    /// The roles of the school's own that are made, named otherwise or given up.
    #[serde(default)]
    pub roles: Vec<PolicyRole>,
}

/// Asks what a change of the version in force would do, or going back to an earlier version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImpactQuestion {
    /// The cells that become different.
    #[serde(default)]
    pub cells: Vec<PolicyCell>,
    /// The scopes that become different.
    #[serde(default)]
    pub scopes: Vec<PolicyScope>,
    /// The conditions that become different.
    #[serde(default)]
    pub conditions: Vec<PolicyCondition>,
    /// The roles of the school's own that are made, named otherwise or given up.
    #[serde(default)]
    pub roles: Vec<PolicyRole>,
    /// The version to go back to; then nothing else is named.
    #[serde(default)]
    pub to: Option<i64>,
}

impl From<PolicyChange> for ImpactQuestion {
    fn from(PolicyChange { version: _, cells, scopes, conditions, roles }: PolicyChange) -> Self {
        Self { cells, scopes, conditions, roles, to: None }
    }
}

/// One cell that would become another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CellEffect {
    /// The role.
    pub role: Role,
    /// The field.
    pub field: FieldKey,
    /// What holds now.
    pub from: Cell,
    /// What would hold.
    pub to: Cell,
    /// Whether anything is gained.
    pub gains: bool,
    /// Whether anything is lost.
    pub loses: bool,
}

/// One scope that would become another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeEffect {
    /// The role.
    pub role: Role,
    /// What holds now.
    pub from: RowScope,
    /// What would hold.
    pub to: RowScope,
    /// Whether it reaches what it did not.
    pub gains: bool,
    /// Whether it no longer reaches what it did; two scopes may each reach what the other does not.
    pub loses: bool,
}

/// One condition that would become another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConditionEffect {
    /// The role.
    pub role: Role,
    /// When it counts in full now.
    pub from: Condition,
    /// When it would.
    pub to: Condition,
    /// Whether it counts in full when or where it did not.
    pub gains: bool,
    /// Whether it no longer does when or where it did; other hours are both.
    pub loses: bool,
}

/// One role of the school's own that would be made, named otherwise or given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleEffect {
    /// What it is called now; nothing where it is not there.
    pub from: PolicyRole,
    /// What it would be called; nothing where it would be given up.
    pub to: PolicyRole,
    /// Whether it would come to be: whoever is given it has the duties of its base.
    pub gains: bool,
    /// Whether it would be taken from everybody who has it.
    pub loses: bool,
}

/// Some people: how many, and who they are where they are members of staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct People {
    /// How many.
    pub many: u32,
    /// The members of staff among them, by working name. Guardians are not named.
    pub names: Vec<String>,
}

/// What a change of a role's row comes to for the people who hold the role now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RolePeople {
    /// The role.
    pub role: Role,
    /// How many hold it.
    pub people: u32,
    /// Those who would have more by it than all their roles give them now.
    pub gain: People,
    /// Those who would have less, since none of their other roles gives as much.
    pub lose: People,
}

/// A rule over fields that together tell more than each alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JointRule {
    /// A pupil's identity number is found out from the birth date, the address, the mask of the number, and a search by it.
    PupilNumber,
    /// A pupil's identity number is open, and holds the birth date, which is not.
    DateInNumber,
}

/// Roles that together see what tells more than each alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JointConcern {
    /// Which rule.
    pub rule: JointRule,
    /// The roles: one, or those that somebody holds together; that of emergencies beside them where it takes one to see it.
    pub roles: Vec<Role>,
    /// The score: how many candidates are left to guess from; one, where nothing is.
    pub left: u32,
    /// How many people hold them.
    pub people: u32,
    /// Whether it is refused; else it is to be thought about.
    pub refused: bool,
}

/// 422 `joint_rule`, with why: of a change of the matrix, and of giving somebody roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JointRefusal {
    /// Always `joint_rule`.
    pub code: ErrorCode,
    /// Always 422.
    pub status: u16,
    /// Leads an operator to the log line.
    pub trace_id: String,
    /// What would be seen together, by whom.
    pub joint: Vec<JointConcern>,
}

/// What a change of the matrix would do, computed and not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyImpact {
    /// The version in force.
    pub version: i64,
    /// The cells.
    pub cells: Vec<CellEffect>,
    /// The scopes.
    pub scopes: Vec<ScopeEffect>,
    /// The conditions.
    pub conditions: Vec<ConditionEffect>,
    /// The roles of the school's own.
    pub roles: Vec<RoleEffect>,
    /// The roles that any of it is about.
    pub people: Vec<RolePeople>,
    /// What would be seen together.
    pub concerns: Vec<JointConcern>,
    /// Whether anybody gains anything: then a second person has to confirm it.
    pub widens: bool,
    /// Who could confirm it, by working name; nobody but whoever asks in a school of one.
    pub confirmers: Vec<String>,
}

/// A version of the matrix in the list of its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyVersion {
    /// The version.
    pub version: i64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who made it so; empty for the first.
    pub by: String,
    /// The cells that it made different.
    pub cells: Vec<CellEffect>,
    /// The scopes that it made different.
    pub scopes: Vec<ScopeEffect>,
    /// The conditions that it made different.
    pub conditions: Vec<ConditionEffect>,
    /// The roles of the school's own that it made, named otherwise or gave up.
    pub roles: Vec<RoleEffect>,
}

/// The query string of the history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct HistoryQuery {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Takes the matrix back to an earlier version, as a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyRollback {
    /// The version that the viewer saw.
    pub version: i64,
    /// The version to go back to.
    pub to: i64,
}

/// Confirms a version of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyReview {
    /// The version that the viewer saw.
    pub version: i64,
}

/// The form of one field for somebody; never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldRight {
    /// The field.
    pub field: FieldKey,
    /// The form.
    pub form: Exposure,
    /// Whether it may be opened deliberately.
    pub reveal: Reveal,
    /// Whether it may be written.
    pub edit: bool,
}

/// A member of staff by working name and roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// The person.
    pub id: StaffId,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub active: bool,
}

/// Everybody who works or worked here, for choosing from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleagues {
    /// The people.
    pub staff: Vec<Colleague>,
}
