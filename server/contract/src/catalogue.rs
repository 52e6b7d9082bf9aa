//! The field catalogue: the single source of which personal fields exist, how they are classed and how they are masked.
//!
//! The rule: a field that is not declared here cannot be sealed, shown, searched or exported. Codes and names are never
//! reused: a deleted field leaves its number behind (a permission must not revive for a new field of the same name).

use crate::{
    error::ValueError,
    field::{Class, Field, FieldValue, RecordKind, sealed::Catalogued},
    mask,
    shown::Masked,
    values::{Address, BirthDate, Email, Employer, HealthNote, IdCard, NoteText, PersonName, Phone, SchoolName, WechatId},
};
use std::{fmt, str::FromStr};

macro_rules! catalogue {
    ($($(#[$doc:meta])* $field:ident = $code:literal, $name:literal, $record:ident, $class:ident, $value:ty, $mask:path;)+) => {
        /// Names a field where a type cannot: in tables, policies, the trail and on the wire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FieldKey {
            $($(#[$doc])* $field = $code),+
        }

        crate::named::named!(FieldKey);
        impl FieldKey {
            /// Every field, in the order of the catalogue.
            pub const ALL: &'static [FieldKey] = &[$(FieldKey::$field),+];

            /// The stable name, `record.field`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(FieldKey::$field => $name),+ }
            }
            /// The stable number; part of what a ciphertext is bound to.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self { $(FieldKey::$field => $code),+ }
            }
            /// The kind of record that holds the field.
            #[must_use]
            pub const fn record(self) -> RecordKind {
                match self { $(FieldKey::$field => RecordKind::$record),+ }
            }
            /// How harmful a leak is.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(FieldKey::$field => Class::$class),+ }
            }
            /// Whether `text` would be accepted as a value of this field.
            ///
            /// # Errors
            /// What is wrong with it.
            pub fn check(self, text: &str) -> Result<(), ValueError> {
                match self { $(FieldKey::$field => <$value as FieldValue>::parse(text).map(|_| ())),+ }
            }
            /// The mask that `text` would get in this field; a text that does not parse is masked whole.
            #[must_use]
            pub fn preview(self, text: &str) -> Masked {
                match self {
                    $(FieldKey::$field => <$value as FieldValue>::parse(text).map_or_else(|_| Masked::closed(), |value| <$field as Field>::mask(&value))),+
                }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $field {}
            impl Catalogued for $field {}
            impl Field for $field {
                type Value = $value;
                const KEY: FieldKey = FieldKey::$field;
                const CLASS: Class = Class::$class;
                fn mask_stored(text: &str) -> Masked {
                    $mask(text)
                }
            }
        )+
    };
}

catalogue! {
    /// A pupil's name.
    StudentName = 1, "student.name", Student, Personal, PersonName, mask::name;
    /// A pupil's date of birth.
    StudentBirthDate = 2, "student.birth_date", Student, Personal, Option<BirthDate>, mask::birth_date;
    /// A pupil's resident identity number (GB 11643).
    StudentIdCard = 3, "student.id_card", Student, Sensitive, Option<IdCard>, mask::id_card;
    /// The school that a pupil attends by day.
    StudentSchool = 4, "student.school", Student, Personal, Option<SchoolName>, mask::organisation;
    /// Where a pupil lives.
    StudentAddress = 5, "student.address", Student, Personal, Option<Address>, mask::address;
    /// Health, allergies, medication.
    StudentHealthNote = 6, "student.health_note", Student, Sensitive, Option<HealthNote>, mask::hidden;
    /// A guardian's name.
    GuardianName = 20, "guardian.name", Guardian, Personal, PersonName, mask::name;
    /// A guardian's first phone number.
    GuardianPhone = 21, "guardian.phone", Guardian, Personal, Option<Phone>, mask::phone;
    /// A guardian's second phone number.
    GuardianSecondPhone = 22, "guardian.second_phone", Guardian, Personal, Option<Phone>, mask::phone;
    /// A guardian's WeChat id.
    GuardianWechat = 23, "guardian.wechat", Guardian, Personal, Option<WechatId>, mask::handle;
    /// A guardian's e-mail address.
    GuardianEmail = 24, "guardian.email", Guardian, Personal, Option<Email>, mask::email;
    /// A guardian's resident identity number (GB 11643).
    GuardianIdCard = 25, "guardian.id_card", Guardian, Sensitive, Option<IdCard>, mask::id_card;
    /// Where a guardian lives.
    GuardianAddress = 26, "guardian.address", Guardian, Personal, Option<Address>, mask::address;
    /// Where a guardian works.
    GuardianEmployer = 27, "guardian.employer", Guardian, Personal, Option<Employer>, mask::organisation;
    /// What was said and agreed in a follow-up.
    NoteBody = 40, "note.body", Note, Personal, NoteText, mask::free_text;
    /// What a guardian says beside a correction that they ask for.
    CorrectionWords = 50, "correction.words", Correction, Personal, Option<NoteText>, mask::free_text;
    /// What the school answers.
    CorrectionAnswer = 51, "correction.answer", Correction, Personal, Option<NoteText>, mask::free_text;
    /// What a guardian says when they question a look.
    QuestionWords = 52, "question.words", Question, Personal, Option<NoteText>, mask::free_text;
    /// What the school answers to it.
    QuestionAnswer = 53, "question.answer", Question, Personal, Option<NoteText>, mask::free_text;
    /// A staff member's phone number.
    StaffPhone = 60, "staff.phone", Staff, Personal, Option<Phone>, mask::phone;
    /// A staff member's e-mail address.
    StaffEmail = 61, "staff.email", Staff, Personal, Option<Email>, mask::email;
}

impl FieldKey {
    /// The fields of one kind of record, in the order of the catalogue.
    pub fn of(record: RecordKind) -> impl Iterator<Item = FieldKey> {
        Self::ALL.iter().copied().filter(move |key| key.record() == record)
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text named no field of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such field")]
pub struct UnknownField;

impl FromStr for FieldKey {
    type Err = UnknownField;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|key| key.name() == name).ok_or(UnknownField)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldKey;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique() {
        let codes: BTreeSet<_> = FieldKey::ALL.iter().map(|key| key.code()).collect();
        let names: BTreeSet<_> = FieldKey::ALL.iter().map(|key| key.name()).collect();
        assert_eq!(codes.len(), FieldKey::ALL.len());
        assert_eq!(names.len(), FieldKey::ALL.len());
    }

    #[test]
    fn a_name_leads_back_to_its_field() {
        for key in FieldKey::ALL {
            assert_eq!(key.name().parse(), Ok(*key));
        }
        assert!("t1.student.name".parse::<FieldKey>().is_err());
    }
}
