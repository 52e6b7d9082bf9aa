//! Plain facts of the school: campuses, classes, stages, relations. None of them is personal.

use crate::ids::{CampusId, ClassId, StaffId};
use serde::{Deserialize, Serialize};

/// Where a family stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Stage {
    /// 线索: has asked.
    Lead,
    /// 试听: has a trial lesson.
    Trial,
    /// 在读: is enrolled.
    Enrolled,
    /// 已离校: has left.
    Left,
}

impl Stage {
    /// Every stage, in the order of a family's way through the school.
    pub const ALL: &'static [Stage] = &[Self::Lead, Self::Trial, Self::Enrolled, Self::Left];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Trial => "trial",
            Self::Enrolled => "enrolled",
            Self::Left => "left",
        }
    }
}

/// What a guardian is to a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Relation {
    /// 母亲
    Mother,
    /// 父亲
    Father,
    /// 祖辈
    Grandparent,
    /// 其他监护人
    Other,
}

impl Relation {
    /// Every relation.
    pub const ALL: &'static [Relation] = &[Self::Mother, Self::Father, Self::Grandparent, Self::Other];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::Grandparent => "grandparent",
            Self::Other => "other",
        }
    }
}

/// What a court or the family has decided about a guardian and a student.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Custody {
    /// No limit.
    #[default]
    Full,
    /// The guardian sees nothing of the student.
    Blocked,
}

/// A place of the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampusRef {
    /// Its id.
    pub id: CampusId,
    /// Its name.
    pub name: String,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassRef {
    /// Its id.
    pub id: ClassId,
    /// Its name, such as 论语·晨读.
    pub name: String,
}

/// A member of staff as colleagues and guardians know them; the working name is not a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffRef {
    /// Their id.
    pub id: StaffId,
    /// Their working name, such as 李老师.
    pub name: String,
}

/// What forms need to offer choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchoolFacts {
    /// The school's name.
    pub name: String,
    /// The campuses that the viewer belongs to.
    pub campuses: Vec<CampusRef>,
    /// The classes of these campuses.
    pub classes: Vec<ClassRef>,
    /// The consultants of these campuses.
    pub consultants: Vec<StaffRef>,
}

/// A campus as the administrator keeps it; numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampusCard {
    /// Its id.
    pub id: CampusId,
    /// Its name.
    pub name: String,
    /// Whether it is closed.
    pub closed: bool,
    /// How many families belong to it.
    pub families: u32,
    /// How many members of staff who have not left work there.
    pub staff: u32,
    /// How many of its classes have not ended.
    pub classes: u32,
}

/// The settings of the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchoolSettings {
    /// Its name.
    pub name: String,
    /// Whether one person may hold two of administrator, privacy officer and auditor.
    pub two_of_three: bool,
    /// After how many hours a session of staff ends at the latest.
    pub session_hours: u32,
    /// For how many days the trail is kept.
    pub trail_days: u32,
    /// The campuses.
    pub campuses: Vec<CampusCard>,
}

/// The fewest hours of a session of staff.
pub const SESSION_HOURS_LEAST: u32 = 1;
/// The most hours of a session of staff.
pub const SESSION_HOURS_MOST: u32 = 12;

/// A change of the settings; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchoolChanges {
    /// A new name, 1 to 60 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether one person may hold two of the three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_of_three: Option<bool>,
    /// 1 to 12; holds from the next sign-in of anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_hours: Option<u32>,
    /// 180 to 3653; what is older goes within a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail_days: Option<u32>,
}

/// The name of a campus, new or to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampusName {
    /// 1 to 40 characters.
    pub name: String,
}

/// A step of getting a school ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SetupStep {
    /// There is an open campus.
    Campus,
    /// Administrator, privacy officer and auditor are there and can sign in.
    ThreeDuties,
    /// Everybody has a second passkey.
    SecondPasskey,
    /// Everybody has recovery codes.
    RecoveryCodes,
    /// The privacy officer has looked at the matrix.
    Matrix,
    /// The first family is taken in.
    Family,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupItem {
    /// The step.
    pub step: SetupStep,
    /// How much of it is there.
    pub have: u32,
    /// How much it takes; done when there is as much.
    pub of: u32,
}

impl SetupItem {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn done(self) -> bool {
        self.of > 0 && self.have >= self.of
    }
}

/// What is left before the school is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Setup {
    /// The steps in their order.
    pub items: Vec<SetupItem>,
}
