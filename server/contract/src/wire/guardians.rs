//! A guardian on the wire.

use super::{
    Can,
    school::{Custody, Relation},
};
use crate::{
    change::Change,
    ids::{GuardianId, StudentId},
    shown::Shown,
    values::{Address, Email, Employer, IdCard, PersonName, Phone, WechatId},
};
use serde::{Deserialize, Serialize};

/// What a guardian is to one student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kinship {
    /// The student.
    pub student: StudentId,
    /// Mother, father, …
    pub relation: Relation,
    /// Limits of custody.
    pub custody: Custody,
}

/// A guardian as a viewer gets them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardianCard {
    /// The guardian.
    pub id: GuardianId,
    /// Counts changes; goes back with an update.
    pub version: i64,
    /// To whom, and how.
    pub kinships: Vec<Kinship>,
    /// Name.
    pub name: Shown<PersonName>,
    /// First phone.
    pub phone: Shown<Option<Phone>>,
    /// Second phone.
    pub second_phone: Shown<Option<Phone>>,
    /// WeChat id.
    pub wechat: Shown<Option<WechatId>>,
    /// E-mail.
    pub email: Shown<Option<Email>>,
    /// Identity number.
    pub id_card: Shown<Option<IdCard>>,
    /// Address.
    pub address: Shown<Option<Address>>,
    /// Employer.
    pub employer: Shown<Option<Employer>>,
    /// What the viewer may do.
    pub can: Can,
}

/// A guardian in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardianBrief {
    /// The guardian.
    pub id: GuardianId,
    /// Name.
    pub name: Shown<PersonName>,
    /// First phone.
    pub phone: Shown<Option<Phone>>,
    /// What the viewer may do with name and phone.
    pub can: Can,
}

/// A guardian to be taken in, with the relation to every student of the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGuardian {
    /// What the guardian is to the students of the family.
    pub relation: Relation,
    /// Name.
    pub name: String,
    /// First phone.
    #[serde(default)]
    pub phone: String,
    /// Second phone.
    #[serde(default)]
    pub second_phone: String,
    /// WeChat id.
    #[serde(default)]
    pub wechat: String,
    /// E-mail.
    #[serde(default)]
    pub email: String,
    /// Identity number.
    #[serde(default)]
    pub id_card: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Employer.
    #[serde(default)]
    pub employer: String,
}

/// What is to change about a guardian; a field that is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardianChanges {
    /// The version that the viewer saw.
    pub version: i64,
    /// Name.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub name: Change<String>,
    /// First phone.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub phone: Change<String>,
    /// Second phone.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub second_phone: Change<String>,
    /// WeChat id.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub wechat: Change<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub email: Change<String>,
    /// Identity number.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub id_card: Change<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub address: Change<String>,
    /// Employer.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub employer: Change<String>,
}
