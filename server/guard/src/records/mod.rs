//! Records as `store` hands them over: plain facts readable, personal fields sealed.
//!
//! The rule: private fields, one constructor that names every column. Deliberately absent: `Serialize`.

mod approval;
mod audit;
mod class;
mod correction;
mod emergency;
mod family;
mod grant;
mod guardian;
mod note;
mod proposal;
mod question;
mod report;
mod staff;
mod student;
mod token;

pub use approval::{APPROVAL_MOST, ApprovalRecord, Decider};
pub use audit::{
    Act, AlarmFact, AuditCounts, AuditEnding, AuditRecord, AuditedPerson, ExportTally, FindingRecord, LateFinding, StepRecord,
};
pub use class::{ClassFacts, ClassRecord};
pub use correction::{CorrectionRecord, Person, Proposed};
pub(crate) use correction::{PersonChanges, change_of};
pub use emergency::{EMERGENCY_MOST, EmergencyRecord};
pub use family::{FamilyFacts, FamilyRecord};
pub use grant::GrantRecord;
pub use guardian::{GuardianFields, GuardianRecord};
pub use note::NoteRecord;
pub use proposal::ProposalRecord;
pub use question::QuestionRecord;
pub use report::{ActivityRecord, RegisterRecord, Registered, RegisteredLooks, Tally};
pub use staff::StaffRecord;
pub use student::{Enrolment, StudentFields, StudentRecord};
pub use token::TokenRecord;

use crate::{facts::Facts, sealed::Sealed, trail::RecordRef, vault::WrappedKey};
use contract::{catalogue::FieldKey, field::Field, ids::FamilyId, shown::Shown};

/// A record of a family: right, key, trail row and value are all taken from it, so that they are about the same person.
pub trait Record {
    /// Kind and id.
    fn reference(&self) -> RecordRef;
    /// The family.
    fn family(&self) -> FamilyId;
    /// The relation to the viewer for whom it was found.
    fn facts(&self) -> &Facts;
    /// The family's data key.
    fn key(&self) -> &WrappedKey;
}

/// A record that holds field `F`.
pub trait Holds<F: Field>: Record {
    /// The field.
    fn held(&self) -> &Sealed<F>;
}

macro_rules! holds {
    ($record:ty { $($field:ident => $column:ident),+ $(,)? }) => {$(
        impl crate::records::Holds<contract::catalogue::$field> for $record {
            fn held(&self) -> &crate::sealed::Sealed<contract::catalogue::$field> {
                &self.fields.$column
            }
        }
    )+};
}
pub(crate) use holds;

/// A record that can open or show one of its fields named at run time.
pub(crate) trait RevealByKey: Record {
    /// Shows the field in the form of the lens, if the record has it.
    fn show(&self, field: FieldKey, lens: &crate::sealed::Lens<'_>) -> Option<Result<Shown<String>, crate::Refused>>;
    /// The mask of the field as [`crate::sealed::Lens::outline`] gives it, if the record has it.
    fn outline(&self, field: FieldKey, lens: &crate::sealed::Lens<'_>) -> Option<Result<Shown<String>, crate::Refused>>;
    /// Opens the field, if the record has it.
    fn open(
        &self,
        field: FieldKey,
        lens: &crate::sealed::Lens<'_>,
        durable: &crate::trail::Durable,
    ) -> Option<Result<String, crate::Refused>>;
}

macro_rules! reveal_by_key {
    ($record:ty { $($field:ident),+ $(,)? }) => {
        impl crate::records::RevealByKey for $record {
            fn show(
                &self,
                field: contract::catalogue::FieldKey,
                lens: &crate::sealed::Lens<'_>,
            ) -> Option<Result<contract::shown::Shown<String>, crate::Refused>> {
                match field {
                    $(contract::catalogue::FieldKey::$field => Some(
                        lens.show(crate::records::Holds::<contract::catalogue::$field>::held(self)).map(|shown| shown.to_text()),
                    ),)+
                    _ => None,
                }
            }
            fn outline(
                &self,
                field: contract::catalogue::FieldKey,
                lens: &crate::sealed::Lens<'_>,
            ) -> Option<Result<contract::shown::Shown<String>, crate::Refused>> {
                match field {
                    $(contract::catalogue::FieldKey::$field => Some(
                        lens.outline(crate::records::Holds::<contract::catalogue::$field>::held(self)).map(|shown| shown.to_text()),
                    ),)+
                    _ => None,
                }
            }
            fn open(
                &self,
                field: contract::catalogue::FieldKey,
                lens: &crate::sealed::Lens<'_>,
                durable: &crate::trail::Durable,
            ) -> Option<Result<String, crate::Refused>> {
                use contract::field::FieldValue;
                match field {
                    $(contract::catalogue::FieldKey::$field => Some(
                        lens.reveal(crate::records::Holds::<contract::catalogue::$field>::held(self), durable)
                            .map(|value| value.text().into_owned()),
                    ),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use reveal_by_key;
