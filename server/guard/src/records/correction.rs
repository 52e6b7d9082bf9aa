//! A correction that a guardian asks for, and the person whose value it is about.
//!
//! The rule: a proposed value is a value of its own field by type, sealed under the family's key and bound to the row of the
//! correction; what a grant for one field may open, it may open here, and nothing else. Deliberately absent: a proposal for a
//! field of a note or of staff.

use super::{GuardianRecord, RevealByKey, StudentRecord};
use crate::{
    facts::Facts,
    refused::Refused,
    sealed::{Lens, Sealed, SubjectKey},
    trail::RecordRef,
    vault::WrappedKey,
    write::Writable,
};
use chrono::{DateTime, Utc};
use contract::{
    catalogue::{self, CorrectionAnswer, CorrectionWords, FieldKey},
    change::Change,
    error::ValueError,
    field::{Field, FieldValue, RecordKind},
    ids::{CorrectionId, FamilyId, GuardianId},
    shown::Shown,
    wire::{
        corrections::{CorrectionState, CorrectionWish, PersonAsked},
        guardians::GuardianChanges,
        school::StaffRef,
        students::StudentChanges,
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What is to change about a person, as anybody who may write the field would say it.
pub(crate) enum PersonChanges {
    /// About a student.
    Student(StudentChanges),
    /// About a guardian.
    Guardian(GuardianChanges),
}

macro_rules! proposed {
    ($($field:ident => $kind:ident, $changes:ident, $column:ident;)+) => {
        /// A proposed value: a sealed value of the field that it is for.
        #[derive(Debug)]
        pub enum Proposed {
            $(#[doc = concat!("For `", stringify!($field), "`.")] $field(Sealed<catalogue::$field>)),+
        }

        impl Proposed {
            /// From its column; nothing for a field that cannot be corrected.
            #[must_use]
            pub fn stored(field: FieldKey, bytes: Vec<u8>) -> Option<Self> {
                match field {
                    $(FieldKey::$field => Some(Self::$field(Sealed::stored(bytes))),)+
                    _ => None,
                }
            }
            /// To its column.
            #[must_use]
            pub fn as_stored(&self) -> &[u8] {
                match self { $(Self::$field(sealed) => sealed.as_stored()),+ }
            }
            /// Reads what somebody typed and seals it for the row of a correction.
            pub(crate) fn seal(field: FieldKey, text: &str, key: &SubjectKey, row: Uuid) -> Result<Result<Self, ValueError>, Refused> {
                match field {
                    $(FieldKey::$field => match <catalogue::$field as Field>::Value::parse(text) {
                        Err(code) => Ok(Err(code)),
                        Ok(value) if value.text().is_empty() => Ok(Err(ValueError::Required)),
                        Ok(value) => Ok(Ok(Self::$field(Sealed::seal(&value, key, row)?))),
                    },)+
                    _ => Ok(Err(ValueError::Malformed)),
                }
            }
            /// In the form in which the viewer of the lens sees the field.
            pub(crate) fn show(&self, lens: &Lens<'_>) -> Result<Shown<String>, Refused> {
                match self { $(Self::$field(sealed) => Ok(lens.show(sealed)?.to_text())),+ }
            }
            /// Its text on the way into the field, for whoever may write that field.
            pub(crate) fn carried(&self, view: &crate::policy::View<'_>, key: &SubjectKey, row: Uuid) -> Result<Zeroizing<String>, Refused> {
                match self {
                    $(Self::$field(sealed) => sealed.carried(&Writable::of(view).ok_or(Refused::NotFound)?, key, row)),+
                }
            }
        }

        /// A change of this one field; nothing for a field that cannot be corrected.
        pub(crate) fn change_of(field: FieldKey, version: i64, change: Change<String>) -> Option<PersonChanges> {
            match field {
                $(FieldKey::$field => Some(PersonChanges::$kind($changes { version, $column: change, ..$changes::default() })),)+
                _ => None,
            }
        }
    };
}

proposed! {
    StudentName => Student, StudentChanges, name;
    StudentBirthDate => Student, StudentChanges, birth_date;
    StudentIdCard => Student, StudentChanges, id_card;
    StudentSchool => Student, StudentChanges, school;
    StudentAddress => Student, StudentChanges, address;
    StudentHealthNote => Student, StudentChanges, health_note;
    GuardianName => Guardian, GuardianChanges, name;
    GuardianPhone => Guardian, GuardianChanges, phone;
    GuardianSecondPhone => Guardian, GuardianChanges, second_phone;
    GuardianWechat => Guardian, GuardianChanges, wechat;
    GuardianEmail => Guardian, GuardianChanges, email;
    GuardianIdCard => Guardian, GuardianChanges, id_card;
    GuardianAddress => Guardian, GuardianChanges, address;
    GuardianEmployer => Guardian, GuardianChanges, employer;
}

/// A correction as it is stored.
#[derive(Debug)]
pub struct CorrectionRecord {
    /// The correction.
    pub id: CorrectionId,
    /// The family.
    pub family: FamilyId,
    /// Whose value it is about.
    pub about: Uuid,
    /// The field.
    pub field: FieldKey,
    /// What is asked for.
    pub wish: CorrectionWish,
    /// How far it has come.
    pub state: CorrectionState,
    /// Who asked.
    pub asked_by: GuardianId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When it was answered or taken back.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub decided_by: Option<StaffRef>,
    /// The proposed value.
    pub proposed: Option<Proposed>,
    /// What the guardian says.
    pub words: Sealed<CorrectionWords>,
    /// What the school answers; an empty one until then.
    pub answer: Sealed<CorrectionAnswer>,
}

/// The person whose value a correction is about, as found for one viewer.
#[derive(Debug, Clone, Copy)]
pub enum Person<'a> {
    /// A student.
    Student(&'a StudentRecord),
    /// A guardian.
    Guardian(&'a GuardianRecord),
}

impl<'a> Person<'a> {
    /// The one of these two who has the field.
    #[must_use]
    pub fn with(field: FieldKey, student: &'a StudentRecord, guardian: &'a GuardianRecord) -> Option<Self> {
        match field.record() {
            RecordKind::Student => Some(Self::Student(student)),
            RecordKind::Guardian => Some(Self::Guardian(guardian)),
            RecordKind::Family | RecordKind::Note | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => None,
        }
    }
    /// The one with this id among the people of a family whom its viewer reaches.
    #[must_use]
    pub fn in_family(family: &'a super::FamilyRecord, id: Uuid) -> Option<Self> {
        let student = family.students.iter().find(|student| student.id.0 == id).map(Self::Student);
        student.or_else(|| family.guardians.iter().find(|guardian| guardian.id.0 == id).map(Self::Guardian))
    }
    fn record(self) -> &'a dyn RevealByKey {
        match self {
            Self::Student(student) => student,
            Self::Guardian(guardian) => guardian,
        }
    }
    pub(crate) fn reference(self) -> RecordRef {
        self.record().reference()
    }
    pub(crate) fn family(self) -> FamilyId {
        self.record().family()
    }
    pub(crate) fn facts(self) -> &'a Facts {
        self.record().facts()
    }
    pub(crate) fn key(self) -> &'a WrappedKey {
        self.record().key()
    }
    /// The field as it is now; nothing where the person has none such.
    pub(crate) fn present(self, field: FieldKey, lens: &Lens<'_>) -> Option<Result<Shown<String>, Refused>> {
        self.record().show(field, lens)
    }
    /// Who it is, in the form in which the viewer of the lens sees the name.
    pub(crate) fn named(self, lens: &Lens<'_>) -> Result<PersonAsked, Refused> {
        let RecordRef { kind, id } = self.reference();
        let (version, name) = match self {
            Self::Student(student) => (student.version, lens.show(&student.fields.name)?),
            Self::Guardian(guardian) => (guardian.version, lens.show(&guardian.fields.name)?),
        };
        Ok(PersonAsked { id, kind, version, name })
    }
}
