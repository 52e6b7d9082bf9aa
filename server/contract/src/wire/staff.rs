//! Staff as the administrator keeps them.

use super::{Can, school::CampusRef};
use crate::{
    ids::StaffId,
    rights::Role,
    shown::Shown,
    values::{Email, Phone},
};
use serde::{Deserialize, Serialize};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffCard {
    /// The person.
    pub id: StaffId,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The campuses.
    pub campuses: Vec<CampusRef>,
    /// Whether they may sign in.
    pub active: bool,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// Phone.
    pub phone: Shown<Option<Phone>>,
    /// E-mail.
    pub email: Shown<Option<Email>>,
    /// What the viewer may do.
    pub can: Can,
}
