//! The field matrix on the wire.

use crate::{
    catalogue::FieldKey,
    rights::{Cell, Role, RowScope},
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
}
