//! Staff as the administrator keeps them.

use super::{
    Can,
    school::{CampusRef, StaffRef},
};
use crate::{
    change::Change,
    ids::{CampusId, StaffId},
    rights::Role,
    shown::Shown,
    values::{Email, Phone},
};
use serde::{Deserialize, Serialize};

/// Whether a member of staff may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StaffState {
    /// They may.
    Active,
    /// Not for now.
    Suspended,
    /// They have left: keys, sessions and links are gone.
    Left,
}

impl StaffState {
    /// Every state.
    pub const ALL: &'static [StaffState] = &[Self::Active, Self::Suspended, Self::Left];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffCard {
    /// The person.
    pub id: StaffId,
    /// The version of the record.
    pub version: i64,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The campuses.
    pub campuses: Vec<CampusRef>,
    /// Whether they may sign in.
    pub state: StaffState,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// How many sessions are open.
    pub sessions: u32,
    /// Phone.
    pub phone: Shown<Option<Phone>>,
    /// E-mail.
    pub email: Shown<Option<Email>>,
    /// What the viewer may do.
    pub can: Can,
}

/// The query string of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct StaffQuery {
    /// Who has this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Who works at this campus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campus: Option<CampusId>,
    /// Who is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StaffState>,
}

/// A member of staff to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStaff {
    /// 2 to 32 of a–z, 0–9, dot, dash and underscore; kept for ever.
    pub login: String,
    /// The working name, 1 to 40 characters.
    pub name: String,
    /// At least one; never `guardian`.
    pub roles: Vec<Role>,
    /// The campuses.
    #[serde(default)]
    pub campuses: Vec<CampusId>,
    /// Phone; may be empty.
    #[serde(default)]
    pub phone: String,
    /// E-mail; may be empty.
    #[serde(default)]
    pub email: String,
}

/// A change of a member of staff; what is left out stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffChanges {
    /// The version that the viewer saw.
    pub version: i64,
    /// A new working name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// All roles from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// All campuses from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campuses: Option<Vec<CampusId>>,
    /// Phone.
    #[serde(default)]
    pub phone: Change<String>,
    /// E-mail.
    #[serde(default)]
    pub email: Change<String>,
}

/// What leaving would end, in numbers: whose families they are is not for the administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeparturePlan {
    /// Families they look after as consultant.
    pub families: u32,
    /// Classes they teach now or will teach; these are not handed over here.
    pub classes: u32,
    /// Open sessions.
    pub sessions: u32,
    /// Passkeys.
    pub passkeys: u32,
    /// Enrolment links not used yet.
    pub links: u32,
    /// Who may take the families over.
    pub successors: Vec<StaffRef>,
}

/// Ends everything of a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Departure {
    /// How many families the viewer was told of; another number is a conflict.
    pub families: u32,
    /// The consultant who takes them over; needed where there are any.
    #[serde(default)]
    pub to: Option<StaffId>,
}
