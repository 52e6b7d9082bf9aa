//! Writes: what a viewer typed is parsed, checked against the `edit` right and sealed at once.
//!
//! The rule: a value is sealed through a [`Writable`] of its own field, which only a view with the right gives out. A write
//! carries the trail entry that commits together with it. Deliberately absent: a way to write a mask back.

mod correction;
mod family;
mod guardian;
mod note;
mod question;
mod staff;
mod student;

pub use correction::{CorrectionAsk, CorrectionVerdict, CorrectionWithdrawal, PersonWrite};
pub(crate) use correction::{ask as ask_correction, decide as decide_correction, withdraw as withdraw_correction};
pub use family::{FamilyIntake, FamilyWrite};
pub(crate) use family::{change as change_family, intake};
pub use guardian::{GuardianIntake, GuardianPatch, GuardianWrite};
pub(crate) use guardian::{add as add_guardian, change as change_guardian};
pub use note::NoteWrite;
pub(crate) use note::add as add_note;
pub use question::{QuestionAsk, QuestionReply, QuestionWithdrawal};
pub(crate) use question::{answer as answer_question, ask as ask_question, withdraw as withdraw_question};
pub use staff::{StaffIntake, StaffWrite};
pub(crate) use staff::{change as change_staff, intake as staff_intake};
pub use student::{StudentIntake, StudentPatch, StudentWrite};
pub(crate) use student::{add as add_student, change as change_student};

use crate::{
    policy::View,
    refused::Refused,
    sealed::{Sealed, SubjectKey},
    vault::{Vault, blind_index::Token},
};
use chrono::{Datelike, NaiveDate};
use contract::{
    catalogue::FieldKey,
    change::Change,
    error::{FieldError, ValueError},
    field::{Field, FieldValue},
    rights::Exposure,
    wire::ledger::FieldLook,
};
use std::marker::PhantomData;
use uuid::Uuid;

/// Whether a day is one on which somebody could get in touch; a slip of the year is none.
pub(crate) fn is_sane(day: NaiveDate) -> bool {
    (2000..=2100).contains(&day.year())
}

/// The index tokens of one field of one record; they replace what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexChange {
    /// The field.
    pub field: FieldKey,
    /// Its tokens; none removes it from the index.
    pub tokens: Vec<Token>,
}

/// The right to write field `F` of one record.
pub(crate) struct Writable<F: Field>(PhantomData<fn() -> F>);

impl<F: Field> Writable<F> {
    pub(crate) fn of(view: &View<'_>) -> Option<Self> {
        view.edit(F::KEY).then_some(Self(PhantomData))
    }
    fn seal(&self, value: &F::Value, key: &SubjectKey, row: Uuid) -> Result<Sealed<F>, Refused> {
        Sealed::seal(value, key, row)
    }
}

/// Seals the fields of one record and gathers what was wrong, so that a form learns of all its errors at once.
pub(crate) struct Pen<'a> {
    vault: &'a Vault,
    key: &'a SubjectKey,
    row: Uuid,
    view: View<'a>,
    at: &'a str,
    errors: Vec<FieldError>,
    index: Vec<IndexChange>,
    written: Vec<FieldLook>,
}

impl<'a> Pen<'a> {
    pub(crate) const fn new(vault: &'a Vault, key: &'a SubjectKey, row: Uuid, view: View<'a>, at: &'a str) -> Self {
        Self { vault, key, row, view, at, errors: Vec::new(), index: Vec::new(), written: Vec::new() }
    }

    fn refuse(&mut self, name: &str, code: ValueError) {
        self.errors.push(FieldError { at: format!("{}{name}", self.at), code });
    }

    /// A field of a new record: an empty text needs no right, anything else does. Where there is a right, an empty field is
    /// written down like a filled one: the entry must not tell which fields have a value.
    fn fresh<F: Field>(&mut self, name: &str, text: &str) -> Result<Sealed<F>, Refused>
    where
        F::Value: FieldValue,
    {
        match F::Value::parse(text) {
            Err(code) => {
                self.refuse(name, code);
                // Never stored: the errors are returned instead of the record.
                Ok(Sealed::stored(Vec::new()))
            }
            Ok(value) => match Writable::<F>::of(&self.view) {
                None if value.text().is_empty() => Sealed::seal(&value, self.key, self.row),
                None => {
                    self.refuse(name, ValueError::NotWritable);
                    Ok(Sealed::stored(Vec::new()))
                }
                Some(right) => self.write(&right, &value),
            },
        }
    }

    /// A field of a record that exists; `None` leaves it alone.
    fn change<F: Field>(&mut self, name: &str, change: &Change<String>) -> Result<Option<Sealed<F>>, Refused> {
        let text = match change {
            Change::Keep => return Ok(None),
            Change::Set(text) => text.as_str(),
            Change::Erase => "",
        };
        let Some(right) = Writable::<F>::of(&self.view) else {
            self.refuse(name, ValueError::NotWritable);
            return Ok(None);
        };
        match F::Value::parse(text) {
            Err(code) => {
                self.refuse(name, code);
                Ok(None)
            }
            Ok(value) => self.write(&right, &value).map(Some),
        }
    }

    fn write<F: Field>(&mut self, right: &Writable<F>, value: &F::Value) -> Result<Sealed<F>, Refused> {
        self.index.push(IndexChange { field: F::KEY, tokens: self.vault.index().stored(F::KEY, &value.text()) });
        self.written.push(FieldLook { field: F::KEY, form: Exposure::Clear });
        right.seal(value, self.key, self.row)
    }

    fn into_parts(self) -> (Vec<FieldError>, Vec<IndexChange>, Vec<FieldLook>) {
        (self.errors, self.index, self.written)
    }

    /// The index changes and what was written, unless something was wrong.
    fn finish(self) -> Result<(Vec<IndexChange>, Vec<FieldLook>), Refused> {
        if self.errors.is_empty() { Ok((self.index, self.written)) } else { Err(Refused::Fields(self.errors)) }
    }
}
