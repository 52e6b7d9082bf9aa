//! The portal of a guardian on the wire: own children, what is held, who sees it, who looked.

use super::{guardians::GuardianCard, ledger::LedgerLine, students::StudentCard};
use crate::{
    catalogue::FieldKey,
    ids::StudentId,
    rights::{Exposure, Reveal, Role},
    shown::Shown,
    values::PersonName,
};
use serde::{Deserialize, Serialize};

/// One of the guardian's children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildBrief {
    /// The student.
    pub id: StudentId,
    /// Name.
    pub name: Shown<PersonName>,
    /// The classes attended now.
    pub classes: Vec<String>,
}

/// The first page of the portal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Children {
    /// The school's name.
    pub school: String,
    /// The guardian's children, none whose custody is blocked.
    pub children: Vec<ChildBrief>,
}

/// Which role sees a field in which form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Audience {
    /// The field.
    pub field: FieldKey,
    /// The roles that see anything of it, and how.
    pub roles: Vec<AudienceRole>,
}

/// One role's view of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AudienceRole {
    /// The role.
    pub role: Role,
    /// The form.
    pub exposure: Exposure,
    /// Whether it may be opened deliberately.
    pub reveal: Reveal,
}

/// One child: what is held, and who sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildCard {
    /// The school's name.
    pub school: String,
    /// The child.
    pub student: StudentCard,
    /// The guardian as the school holds them.
    pub me: GuardianCard,
    /// Who sees which field.
    pub audience: Vec<Audience>,
}

/// Who has looked at a child, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessLedger {
    /// The lines.
    pub lines: Vec<LedgerLine>,
    /// Where older lines begin.
    pub next: Option<String>,
}

/// The query string of the access ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct LedgerQuery {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}
