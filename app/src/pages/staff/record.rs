//! A student or a guardian as one thing, so that card, edit form and conflict are written once.
//!
//! The rule: the fields come from the catalogue; a field without a place on the card does not compile into one by accident.

use crate::{
    api::{self, ApiError},
    ui::RevealTarget,
};
use contract::{
    Change, FieldKey, RecordKind, Shown,
    wire::{
        Can,
        families::{Conflict, FamilyCard},
        guardians::{GuardianCard, GuardianChanges},
        students::{StudentCard, StudentChanges},
    },
};

/// A person of a family.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A student.
    Student(Box<StudentCard>),
    /// A guardian.
    Guardian(Box<GuardianCard>),
}

/// What is to change, field by field.
pub type Wishes = Vec<(FieldKey, Change<String>)>;

impl Record {
    /// What kind of record it is.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Student(_) => RecordKind::Student,
            Self::Guardian(_) => RecordKind::Guardian,
        }
    }
    /// A text that is unlike that of any other record; the beginning of ids in the document.
    pub fn key(&self) -> String {
        match self {
            Self::Student(card) => format!("student-{}", card.id),
            Self::Guardian(card) => format!("guardian-{}", card.id),
        }
    }
    /// The version that was seen.
    pub const fn version(&self) -> i64 {
        match self {
            Self::Student(card) => card.version,
            Self::Guardian(card) => card.version,
        }
    }
    /// What the viewer may do.
    pub const fn can(&self) -> &Can {
        match self {
            Self::Student(card) => &card.can,
            Self::Guardian(card) => &card.can,
        }
    }
    /// Where a seal of it leads.
    pub const fn target(&self) -> RevealTarget {
        match self {
            Self::Student(card) => RevealTarget::Student(card.id),
            Self::Guardian(card) => RevealTarget::Guardian(card.id),
        }
    }
    /// One field; withheld when the record has no such field.
    pub fn value(&self, field: FieldKey) -> Shown<String> {
        match self {
            Self::Student(card) => match field {
                FieldKey::StudentName => card.name.to_text(),
                FieldKey::StudentBirthDate => card.birth_date.to_text(),
                FieldKey::StudentIdCard => card.id_card.to_text(),
                FieldKey::StudentSchool => card.school.to_text(),
                FieldKey::StudentAddress => card.address.to_text(),
                FieldKey::StudentHealthNote => card.health_note.to_text(),
                _ => Shown::Withheld,
            },
            Self::Guardian(card) => match field {
                FieldKey::GuardianName => card.name.to_text(),
                FieldKey::GuardianPhone => card.phone.to_text(),
                FieldKey::GuardianSecondPhone => card.second_phone.to_text(),
                FieldKey::GuardianWechat => card.wechat.to_text(),
                FieldKey::GuardianEmail => card.email.to_text(),
                FieldKey::GuardianIdCard => card.id_card.to_text(),
                FieldKey::GuardianAddress => card.address.to_text(),
                FieldKey::GuardianEmployer => card.employer.to_text(),
                _ => Shown::Withheld,
            },
        }
    }
    /// The fields that the viewer may write, in the order of the catalogue.
    pub fn editable(&self) -> Vec<FieldKey> {
        FieldKey::of(self.kind()).filter(|field| self.can().edit.contains(field)).collect()
    }
    /// Sends the wishes against `version`.
    ///
    /// # Errors
    /// Those of the call; [`conflict`] reads a conflict.
    pub async fn save(&self, version: i64, wishes: &Wishes) -> Result<Self, ApiError> {
        let wish = |field| wishes.iter().find(|(key, _)| *key == field).map(|(_, change)| change.clone()).unwrap_or_default();
        match self {
            Self::Student(card) => {
                let changes = StudentChanges {
                    version,
                    name: wish(FieldKey::StudentName),
                    birth_date: wish(FieldKey::StudentBirthDate),
                    id_card: wish(FieldKey::StudentIdCard),
                    school: wish(FieldKey::StudentSchool),
                    address: wish(FieldKey::StudentAddress),
                    health_note: wish(FieldKey::StudentHealthNote),
                };
                api::students::change(card.id, &changes).await.map(|card| Self::Student(Box::new(card)))
            }
            Self::Guardian(card) => {
                let changes = GuardianChanges {
                    version,
                    name: wish(FieldKey::GuardianName),
                    phone: wish(FieldKey::GuardianPhone),
                    second_phone: wish(FieldKey::GuardianSecondPhone),
                    wechat: wish(FieldKey::GuardianWechat),
                    email: wish(FieldKey::GuardianEmail),
                    id_card: wish(FieldKey::GuardianIdCard),
                    address: wish(FieldKey::GuardianAddress),
                    employer: wish(FieldKey::GuardianEmployer),
                };
                api::guardians::change(card.id, &changes).await.map(|card| Self::Guardian(Box::new(card)))
            }
        }
    }
    /// The conflict in `error`, if it is one about this kind of record.
    pub fn conflict(&self, error: &ApiError) -> Option<Conflict<Record>> {
        match self {
            Self::Student(_) => error.conflict::<StudentCard>().map(|found| of(found, |card| Self::Student(Box::new(card)))),
            Self::Guardian(_) => error.conflict::<GuardianCard>().map(|found| of(found, |card| Self::Guardian(Box::new(card)))),
        }
    }
    /// Puts the record in its place on the family's card.
    pub fn put_into(self, family: &mut FamilyCard) {
        match self {
            Self::Student(new) => {
                if let Some(place) = family.students.iter_mut().find(|card| card.id == new.id) {
                    *place = *new;
                }
            }
            Self::Guardian(new) => {
                if let Some(place) = family.guardians.iter_mut().find(|card| card.id == new.id) {
                    *place = *new;
                }
            }
        }
    }
}

fn of<A, B>(conflict: Conflict<A>, turn: impl FnOnce(A) -> B) -> Conflict<B> {
    let Conflict { code, status, trace_id, current, since } = conflict;
    Conflict { code, status, trace_id, current: turn(current), since }
}

/// The name of a field inside its record, as the wire writes it: `student.birth_date` → `birth_date`.
pub fn wire_name(field: FieldKey) -> &'static str {
    field.name().split_once('.').map_or("", |(_, name)| name)
}
