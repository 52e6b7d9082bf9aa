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
