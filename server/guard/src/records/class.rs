//! A class, and those of its pupils whom a scope reaches.

use super::StudentRecord;
use chrono::NaiveDate;
use contract::{
    ids::ClassId,
    wire::school::{CampusRef, StaffRef},
};

/// The plain facts of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassFacts {
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
    /// How many pupils in reach attend it now.
    pub pupils: u64,
}

/// A class with its pupils in reach, each with the day since which they attend.
#[derive(Debug)]
pub struct ClassRecord {
    /// The class.
    pub class: ClassFacts,
    /// The pupils.
    pub pupils: Vec<(StudentRecord, NaiveDate)>,
}
