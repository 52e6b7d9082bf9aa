//! A student.

use super::{Record, holds, reveal_by_key};
use crate::{facts::Facts, sealed::Sealed, trail::RecordRef, vault::WrappedKey};
use chrono::NaiveDate;
use contract::{
    catalogue::{StudentAddress, StudentBirthDate, StudentHealthNote, StudentIdCard, StudentName, StudentSchool},
    field::RecordKind,
    ids::{FamilyId, StudentId},
    wire::school::ClassRef,
};
use std::sync::Arc;

/// The personal fields of a student.
#[derive(Debug)]
pub struct StudentFields {
    /// Name.
    pub name: Sealed<StudentName>,
    /// Date of birth.
    pub birth_date: Sealed<StudentBirthDate>,
    /// Identity number.
    pub id_card: Sealed<StudentIdCard>,
    /// Day school.
    pub school: Sealed<StudentSchool>,
    /// Address.
    pub address: Sealed<StudentAddress>,
    /// Health note.
    pub health_note: Sealed<StudentHealthNote>,
}

/// A student's time in a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The class.
    pub class: ClassRef,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day, where there is one.
    pub ends: Option<NaiveDate>,
}

/// A student as found for one viewer.
#[derive(Debug)]
pub struct StudentRecord {
    /// The student.
    pub id: StudentId,
    /// The family.
    pub family: FamilyId,
    /// Counts changes.
    pub version: i64,
    /// The classes attended now.
    pub classes: Vec<ClassRef>,
    /// The times in classes, where they were asked for: on a card.
    pub enrolments: Vec<Enrolment>,
    /// The relation to the viewer.
    pub facts: Facts,
    /// The family's data key.
    pub key: Arc<WrappedKey>,
    /// The personal fields.
    pub fields: StudentFields,
}

impl Record for StudentRecord {
    fn reference(&self) -> RecordRef {
        RecordRef { kind: RecordKind::Student, id: self.id.0 }
    }
    fn family(&self) -> FamilyId {
        self.family
    }
    fn facts(&self) -> &Facts {
        &self.facts
    }
    fn key(&self) -> &WrappedKey {
        &self.key
    }
}

holds!(StudentRecord {
    StudentName => name,
    StudentBirthDate => birth_date,
    StudentIdCard => id_card,
    StudentSchool => school,
    StudentAddress => address,
    StudentHealthNote => health_note,
});
reveal_by_key!(StudentRecord { StudentName, StudentBirthDate, StudentIdCard, StudentSchool, StudentAddress, StudentHealthNote });
