//! What waits today, and a family in a few words.

use super::{
    guardians::GuardianBrief,
    school::{CampusRef, StaffRef, Stage},
};
use crate::{
    ids::{FamilyId, StudentId},
    rights::Role,
    shown::Shown,
    values::PersonName,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A student by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudentNamed {
    /// The student.
    pub id: StudentId,
    /// Name.
    pub name: Shown<PersonName>,
}

/// A family where it is only to be told from others: plain facts and the students' names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyBrief {
    /// The family.
    pub id: FamilyId,
    /// Where it stands.
    pub stage: Stage,
    /// Its campus.
    pub campus: CampusRef,
    /// Its consultant.
    pub owner: Option<StaffRef>,
    /// Its students.
    pub students: Vec<StudentNamed>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
}

/// A family to get in touch with, and whom to call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// The family.
    pub family: FamilyBrief,
    /// Its first guardian.
    pub guardian: Option<GuardianBrief>,
    /// Whether the viewer may write a note about it now.
    pub may_note: bool,
}

/// How many families within reach are to be contacted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueCounts {
    /// Their day is past.
    pub overdue: u64,
    /// Today.
    pub today: u64,
    /// Within the seven days after.
    pub soon: u64,
}

/// The families to get in touch with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Today {
    /// Today at the school.
    pub day: NaiveDate,
    /// The viewer's own first, then the others within reach, each by their day; at most forty.
    pub due: Vec<Due>,
    /// How many there are.
    pub counts: DueCounts,
    /// The viewer's roles that do not count in full now, since their hours or their network are others: they show masks.
    pub narrowed: Vec<Role>,
    /// As [`Waiting::findings`].
    pub findings: u64,
    /// How many families are within reach at all, whenever they are to be contacted.
    pub families: u64,
}

/// How much waits for the viewer: numbers alone, so that asking again and again looks at nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// The viewer's own families to get in touch with by today.
    pub contacts: u64,
    /// Requests of others that the viewer may decide.
    pub to_decide: u64,
    /// The viewer's own requests that were granted and are good now.
    pub granted: u64,
    /// Corrections that the viewer may decide.
    pub corrections: u64,
    /// Questions about the looks of others that the viewer may answer.
    pub questions: u64,
    /// Tokens for programs of others that the viewer may confirm.
    #[serde(default)]
    pub tokens: u64,
    /// Findings of signed audits whose day is past and about which the viewer may take the next step.
    pub findings: u64,
}
