//! A student on the wire.

use super::{Can, school::ClassRef};
use crate::{
    change::Change,
    ids::StudentId,
    shown::Shown,
    values::{Address, BirthDate, HealthNote, IdCard, PersonName, SchoolName},
};
use serde::{Deserialize, Serialize};

/// A student as a viewer gets them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudentCard {
    /// The student.
    pub id: StudentId,
    /// Counts changes; goes back with an update.
    pub version: i64,
    /// Name.
    pub name: Shown<PersonName>,
    /// Date of birth.
    pub birth_date: Shown<Option<BirthDate>>,
    /// Identity number.
    pub id_card: Shown<Option<IdCard>>,
    /// Day school.
    pub school: Shown<Option<SchoolName>>,
    /// Address.
    pub address: Shown<Option<Address>>,
    /// Health note.
    pub health_note: Shown<Option<HealthNote>>,
    /// The classes attended now.
    pub classes: Vec<ClassRef>,
    /// What the viewer may do.
    pub can: Can,
}

/// A student in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudentBrief {
    /// The student.
    pub id: StudentId,
    /// Name.
    pub name: Shown<PersonName>,
    /// Date of birth.
    pub birth_date: Shown<Option<BirthDate>>,
    /// Address.
    pub address: Shown<Option<Address>>,
    /// The classes attended now.
    pub classes: Vec<ClassRef>,
}

/// A student to be taken in. Texts are parsed by the field's type; an absent one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStudent {
    /// Name.
    pub name: String,
    /// Date of birth.
    #[serde(default)]
    pub birth_date: String,
    /// Identity number.
    #[serde(default)]
    pub id_card: String,
    /// Day school.
    #[serde(default)]
    pub school: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Health note.
    #[serde(default)]
    pub health_note: String,
}

/// What is to change about a student; a field that is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudentChanges {
    /// The version that the viewer saw.
    pub version: i64,
    /// Name.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub name: Change<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub birth_date: Change<String>,
    /// Identity number.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub id_card: Change<String>,
    /// Day school.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub school: Change<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub address: Change<String>,
    /// Health note.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub health_note: Change<String>,
}
