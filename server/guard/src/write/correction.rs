//! Corrections: asked for by a guardian, taken back, decided by staff.
//!
//! The rule: a guardian asks about the own child and themselves, whatever the matrix lets them write: to ask is their right
//! (PIPL Art. 46). To decide takes the right to write the field, and an acceptance is written as any change of it is: parsed,
//! sealed, indexed and noted by the same code. Deliberately absent: a decision by somebody who may not write the field.

use super::{GuardianWrite, StudentWrite, guardian, student};
use crate::{
    policy::Policy,
    records::{CorrectionRecord, Person, PersonChanges, Proposed, change_of},
    refused::Refused,
    sealed::{Sealed, SubjectKey},
    trail::{By, Entry, Looks},
    vault::Vault,
    viewer::{Actor, Viewer},
};
use contract::{
    catalogue::{CorrectionAnswer, CorrectionWords, FieldKey},
    change::Change,
    error::{FieldError, ValueError},
    field::FieldValue,
    ids::{CorrectionId, GuardianId, StaffId},
    rights::Exposure,
    values::NoteText,
    wire::{
        corrections::{CorrectionDecision, CorrectionWish, MOST_WORDS, NewCorrection, Verdict},
        ledger::{Action, FieldLook},
    },
};
use uuid::Uuid;

/// A correction to be stored.
#[derive(Debug)]
pub struct CorrectionAsk {
    /// The correction.
    pub id: CorrectionId,
    /// Whose value it is about.
    pub about: Uuid,
    /// The field.
    pub field: FieldKey,
    /// What is asked for.
    pub wish: CorrectionWish,
    /// Who asks.
    pub by: GuardianId,
    /// The proposed value.
    pub proposed: Option<Proposed>,
    /// What the guardian says.
    pub words: Sealed<CorrectionWords>,
    /// An empty answer, so that its absence is sealed too.
    pub answer: Sealed<CorrectionAnswer>,
    /// Commits together with it; it names the family.
    pub entry: Entry,
}

/// A correction that is taken back.
#[derive(Debug)]
pub struct CorrectionWithdrawal {
    /// The correction.
    pub id: CorrectionId,
    /// Commits together with it.
    pub entry: Entry,
}

/// A write into the field that was wrong.
#[derive(Debug)]
pub enum PersonWrite {
    /// Of a student.
    Student(StudentWrite),
    /// Of a guardian.
    Guardian(GuardianWrite),
}

/// A permitted decision.
#[derive(Debug)]
pub struct CorrectionVerdict {
    /// The correction.
    pub id: CorrectionId,
    /// Who decides.
    pub by: StaffId,
    /// What the guardian reads.
    pub answer: Sealed<CorrectionAnswer>,
    /// The write, where the correction is made; it commits together with the decision.
    pub write: Option<PersonWrite>,
    /// Commits together with it.
    pub entry: Entry,
}

pub(super) fn wrong(at: &str, code: ValueError) -> FieldError {
    FieldError { at: at.into(), code }
}

/// A sentence of at most [`MOST_WORDS`] characters.
pub(super) fn sentence(at: &str, text: &str, needed: bool) -> Result<Option<NoteText>, FieldError> {
    if text.chars().count() > MOST_WORDS {
        return Err(wrong(at, ValueError::TooLong));
    }
    match Option::<NoteText>::parse(text) {
        Ok(None) if needed => Err(wrong(at, ValueError::Required)),
        Ok(sentence) => Ok(sentence),
        Err(code) => Err(wrong(at, code)),
    }
}

fn entry(viewer: &Viewer, action: Action, person: Person<'_>, field: FieldKey, form: Exposure) -> Entry {
    let fields = if form > Exposure::Withheld { vec![FieldLook { field, form }] } else { Vec::new() };
    Entry::event(viewer.now(), By::viewer(viewer), action)
        .about(person.reference())
        .in_families(vec![person.family()])
        .seeing(vec![Looks { fields, records: vec![person.reference()] }])
}

pub(crate) fn ask(vault: &Vault, viewer: &Viewer, person: Person<'_>, new: &NewCorrection) -> Result<CorrectionAsk, Refused> {
    let NewCorrection { field, wish, value, words } = new;
    let Actor::Guardian(by) = viewer.actor() else {
        return Err(Refused::NotFound);
    };
    if !person.facts().own_child || person.reference().kind != field.record() {
        return Err(Refused::NotFound);
    }
    let id = CorrectionId(Uuid::now_v7());
    let key = vault.unwrap(person.key())?;
    let mut errors = Vec::new();
    let mut proposed = None;
    match wish {
        CorrectionWish::Replace => match Proposed::seal(*field, value, key, id.0)? {
            Ok(sealed) => proposed = Some(sealed),
            Err(code) => errors.push(wrong("value", code)),
        },
        CorrectionWish::Check | CorrectionWish::Erase if !value.is_empty() => errors.push(wrong("value", ValueError::Malformed)),
        CorrectionWish::Check => {}
        // What has to be there cannot be taken out.
        CorrectionWish::Erase => errors.extend(field.check("").err().map(|code| wrong("wish", code))),
    }
    let words = sentence("words", words, *wish == CorrectionWish::Check).map_err(|error| errors.push(error)).unwrap_or_default();
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let words = Sealed::seal(&words, key, id.0)?;
    let answer = Sealed::seal(&None, key, id.0)?;
    let entry = entry(viewer, Action::CorrectionAsked, person, *field, Exposure::Clear);
    Ok(CorrectionAsk { id, about: person.reference().id, field: *field, wish: *wish, by, proposed, words, answer, entry })
}

pub(crate) fn withdraw(viewer: &Viewer, record: &CorrectionRecord, person: Person<'_>) -> Result<CorrectionWithdrawal, Refused> {
    if viewer.actor() != Actor::Guardian(record.asked_by) || person.reference().id != record.about {
        return Err(Refused::NotFound);
    }
    let entry = entry(viewer, Action::CorrectionWithdrawn, person, record.field, Exposure::Clear);
    Ok(CorrectionWithdrawal { id: record.id, entry })
}

pub(crate) fn decide(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &CorrectionRecord,
    person: Person<'_>,
    wish: &CorrectionDecision,
) -> Result<CorrectionVerdict, Refused> {
    let CorrectionDecision { version, verdict, value, answer } = wish;
    let by = viewer.staff().ok_or(Refused::NotFound)?;
    let view = policy.view(viewer, person.facts());
    if person.reference().id != record.about || !view.edit(record.field) {
        return Err(Refused::NotFound);
    }
    let key = vault.unwrap(person.key())?;
    let mut errors = Vec::new();
    let answer = sentence("answer", answer, *verdict == Verdict::Decline).map_err(|error| errors.push(error)).unwrap_or_default();
    let write = match verdict {
        Verdict::Decline => None,
        Verdict::Accept => match change(record, &view, key, value)? {
            Ok(change) => match written(policy, vault, viewer, record.field, person, *version, change) {
                Ok(write) => Some(write),
                // Here the field has the name of the request, not of a form about a whole person.
                Err(Refused::Fields(fields)) => {
                    errors.extend(fields.into_iter().map(|error| wrong("value", error.code)));
                    None
                }
                Err(refused) => return Err(refused),
            },
            Err(error) => {
                errors.push(error);
                None
            }
        },
    };
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let (action, form) = match verdict {
        Verdict::Accept => (Action::CorrectionAccepted, Exposure::Clear),
        Verdict::Decline => (Action::CorrectionDeclined, view.exposure(record.field)),
    };
    let answer = Sealed::seal(&answer, key, record.id.0)?;
    Ok(CorrectionVerdict { id: record.id, by, answer, write, entry: entry(viewer, action, person, record.field, form) })
}

/// What is to become of the field: what the guardian proposed, or, where they asked the school to find out, what it found.
fn change(
    record: &CorrectionRecord,
    view: &crate::policy::View<'_>,
    key: &SubjectKey,
    value: &str,
) -> Result<Result<Change<String>, FieldError>, Refused> {
    Ok(match (record.wish, &record.proposed) {
        (CorrectionWish::Check, _) if value.trim().is_empty() => Err(wrong("value", ValueError::Required)),
        (CorrectionWish::Check, _) => Ok(Change::Set(value.to_owned())),
        (CorrectionWish::Replace | CorrectionWish::Erase, _) if !value.is_empty() => Err(wrong("value", ValueError::Malformed)),
        (CorrectionWish::Replace, Some(proposed)) => Ok(Change::Set(proposed.carried(view, key, record.id.0)?.to_string())),
        (CorrectionWish::Replace, None) => return Err(Refused::Broken),
        (CorrectionWish::Erase, _) => Ok(Change::Erase),
    })
}

fn written(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    field: FieldKey,
    person: Person<'_>,
    version: i64,
    change: Change<String>,
) -> Result<PersonWrite, Refused> {
    match (change_of(field, version, change), person) {
        (Some(PersonChanges::Student(changes)), Person::Student(record)) => {
            Ok(PersonWrite::Student(student::change(policy, vault, viewer, record, &changes)?))
        }
        (Some(PersonChanges::Guardian(changes)), Person::Guardian(record)) => {
            Ok(PersonWrite::Guardian(guardian::change(policy, vault, viewer, record, &changes)?))
        }
        _ => Err(Refused::NotFound),
    }
}
