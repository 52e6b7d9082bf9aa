//! Classes and who is in them.
//!
//! The rule: a class is a plain fact of the school; its pupils are records, each in the viewer's form, and nobody is counted
//! whom the viewer does not reach.

use super::school::{CampusRef, StaffRef};
use crate::{
    ids::{ClassId, FamilyId, StudentId},
    rights::Role,
    shown::Shown,
    values::{BirthDate, PersonName},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A class that goes on or is to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassRow {
    /// The class.
    pub id: ClassId,
    /// Its name.
    pub name: String,
    /// Its campus.
    pub campus: CampusRef,
    /// Its teacher.
    pub teacher: StaffRef,
    /// Its first day.
    pub starts: NaiveDate,
    /// Its last day.
    pub ends: NaiveDate,
    /// How many of the pupils whom the viewer reaches attend it now.
    pub pupils: u64,
}

/// A pupil in the list of a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pupil {
    /// The student.
    pub id: StudentId,
    /// The family, whose card the viewer reaches.
    pub family: FamilyId,
    /// Name.
    pub name: Shown<PersonName>,
    /// Date of birth.
    pub birth_date: Shown<Option<BirthDate>>,
    /// In the class since.
    pub since: NaiveDate,
}

/// A class with those of its pupils whom the viewer reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassCard {
    /// The class.
    pub class: ClassRow,
    /// Its pupils, by the day since which they attend.
    pub pupils: Vec<Pupil>,
    /// By whose rights they are masked.
    pub shown_as: Vec<Role>,
}
