//! A family with its people, as found for one viewer.

use super::{GuardianRecord, NoteRecord, StudentRecord};
use crate::{facts::Facts, vault::WrappedKey};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::FamilyId,
    wire::school::{CampusRef, StaffRef, Stage},
};
use std::sync::Arc;

/// The plain facts of a family.
#[derive(Debug, Clone)]
pub struct FamilyFacts {
    /// The family.
    pub id: FamilyId,
    /// Counts changes of the family as such.
    pub version: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Its campus.
    pub campus: CampusRef,
    /// Its consultant.
    pub owner: Option<StaffRef>,
    /// Taken in.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// The relation to the viewer.
    pub facts: Facts,
}

/// A family with the people whom the viewer reaches.
#[derive(Debug)]
pub struct FamilyRecord {
    /// The plain facts.
    pub family: FamilyFacts,
    /// The data key of everything below.
    pub key: Arc<WrappedKey>,
    /// The students whom the viewer reaches.
    pub students: Vec<StudentRecord>,
    /// The guardians whom the viewer reaches.
    pub guardians: Vec<GuardianRecord>,
    /// The notes, newest first; empty in lists.
    pub notes: Vec<NoteRecord>,
}
