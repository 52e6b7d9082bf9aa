//! Ciphertext with a type, and the only function that opens it.
//!
//! The rule: `read` and `open` are private to this file and have three callers: the [`Lens`], [`Lens::reveal`], and
//! [`Sealed::carried`], which shows nothing. A withheld value is dropped unopened; of a masked one nothing but its mask is made.
//! A lens without a key notes what it would show, and can open nothing.
//! Deliberately absent on [`Sealed`]: `Display`, `PartialEq`, `Clone`, `Hash`, `Serialize`.

use crate::{
    policy::View,
    refused::Refused,
    trail::Durable,
    vault::suite::{self, DataKey},
    write::Writable,
};
use contract::{
    FieldKey,
    field::{Field, FieldValue, RecordKind},
    rights::Exposure,
    shown::Shown,
    wire::{Can, ledger::FieldLook},
};
use std::{borrow::Cow, cell::RefCell, fmt, marker::PhantomData};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The data key of one family or one member of staff, unwrapped for one record. No accessor.
pub struct SubjectKey(DataKey);

impl SubjectKey {
    pub(crate) const fn unwrapped(key: DataKey) -> Self {
        Self(key)
    }
}

impl fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubjectKey")
    }
}

/// Ciphertext of one field, as it lies in its column.
pub struct Sealed<F: Field> {
    bytes: Box<[u8]>,
    field: PhantomData<fn() -> F>,
}

impl<F: Field> Sealed<F> {
    /// From a column: harmless, it is ciphertext.
    #[must_use]
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), field: PhantomData }
    }
    /// To a column: harmless too.
    #[must_use]
    pub fn as_stored(&self) -> &[u8] {
        &self.bytes
    }
    /// Seals a value for one row; bound to field and row, so that moved elsewhere it does not open.
    pub(crate) fn seal(value: &F::Value, key: &SubjectKey, row: Uuid) -> Result<Self, Refused> {
        let sealed = match value.text() {
            Cow::Borrowed(text) => suite::seal(&key.0, &place::<F>(row), text.as_bytes()),
            Cow::Owned(text) => suite::seal(&key.0, &place::<F>(row), Zeroizing::new(text).as_bytes()),
        };
        Ok(Self::stored(sealed?))
    }
    /// Private to this file: what `make` makes of the text that was sealed.
    fn read<T>(&self, key: &SubjectKey, row: Uuid, make: impl FnOnce(&str) -> Option<T>) -> Result<T, Refused> {
        suite::open(&key.0, &place::<F>(row), &self.bytes, |plain| std::str::from_utf8(plain).ok().and_then(make))?.ok_or(Refused::Broken)
    }
    /// The text of a proposed value on its way into the field that it is for, whose right to be written is shown. Caller 3 of
    /// `open`: the text stays inside this crate and is sealed again at once.
    pub(crate) fn carried(&self, _right: &Writable<F>, key: &SubjectKey, row: Uuid) -> Result<Zeroizing<String>, Refused> {
        Ok(Zeroizing::new(self.open(key, row)?.text().into_owned()))
    }
    /// Private to this file.
    fn open(&self, key: &SubjectKey, row: Uuid) -> Result<F::Value, Refused> {
        self.read(key, row, F::Value::from_stored)
    }
}

impl<F: Field> fmt::Debug for Sealed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", F::KEY.name())
    }
}

/// Where a ciphertext belongs, as associated data: field code and row id.
fn place<F: Field>(row: Uuid) -> [u8; 18] {
    let mut place = [0; 18];
    let (code, id) = place.split_at_mut(2);
    code.copy_from_slice(&F::KEY.code().to_be_bytes());
    id.copy_from_slice(row.as_bytes());
    place
}

/// What one viewer may see of one record; made by the gate from that record. It notes what it showed, so that the trail
/// row is about exactly what was opened.
pub(crate) struct Lens<'a> {
    view: View<'a>,
    key: Option<&'a SubjectKey>,
    row: Uuid,
    looks: RefCell<Vec<FieldLook>>,
}

impl<'a> Lens<'a> {
    pub(crate) const fn new(view: View<'a>, key: &'a SubjectKey, row: Uuid) -> Self {
        Self { view, key: Some(key), row, looks: RefCell::new(Vec::new()) }
    }
    /// One that has no key: each field is withheld, whatever the form that is noted.
    pub(crate) const fn blind(view: View<'a>, row: Uuid) -> Self {
        Self { view, key: None, row, looks: RefCell::new(Vec::new()) }
    }
    /// Shows a field in the form that the viewer has a right to. Caller 1.
    pub(crate) fn show<F: Field>(&self, sealed: &Sealed<F>) -> Result<Shown<F::Value>, Refused> {
        self.show_as(self.view.exposure(F::KEY), sealed)
    }
    /// The mask that others see of a field that the viewer sees; withheld where they do not. What they see has been noted with
    /// the value itself.
    pub(crate) fn outline<F: Field>(&self, sealed: &Sealed<F>) -> Result<Shown<F::Value>, Refused> {
        Ok(match (self.view.exposure(F::KEY), self.key) {
            (Exposure::Withheld, _) | (_, None) => Shown::Withheld,
            (Exposure::Masked | Exposure::Clear, Some(key)) => Shown::Masked(F::mask(&sealed.open(key, self.row)?)),
        })
    }
    /// Shows a field in the form in which it may leave in an export.
    pub(crate) fn export<F: Field>(&self, sealed: &Sealed<F>) -> Result<Shown<F::Value>, Refused> {
        self.show_as(self.view.export(F::KEY), sealed)
    }
    fn show_as<F: Field>(&self, form: Exposure, sealed: &Sealed<F>) -> Result<Shown<F::Value>, Refused> {
        if form > Exposure::Withheld {
            self.looks.borrow_mut().push(FieldLook { field: F::KEY, form });
        }
        Ok(match (form, self.key) {
            (Exposure::Withheld, _) | (_, None) => Shown::Withheld,
            (Exposure::Masked, Some(key)) => Shown::Masked(sealed.read(key, self.row, |text| Some(F::mask_stored(text)))?),
            (Exposure::Clear, Some(key)) => Shown::Clear(sealed.open(key, self.row)?),
        })
    }
    /// Opens a field deliberately. Caller 2; the proof says that the trail row is durable already.
    pub(crate) fn reveal<F: Field>(&self, sealed: &Sealed<F>, _durable: &Durable) -> Result<F::Value, Refused> {
        sealed.open(self.key.ok_or(Refused::Broken)?, self.row)
    }
    /// What the viewer may do with the fields of the record.
    pub(crate) fn can(&self, record: RecordKind) -> Can {
        self.view.can(FieldKey::of(record))
    }
    /// What the viewer may do with some of its fields: those that a list shows.
    pub(crate) fn can_with(&self, fields: &[FieldKey]) -> Can {
        self.view.can(fields.iter().copied())
    }
    /// What was shown.
    pub(crate) fn into_looks(self) -> Vec<FieldLook> {
        self.looks.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{
        catalogue::{GuardianPhone, GuardianSecondPhone, StudentName},
        values::{PersonName, Phone},
    };
    use proptest::prelude::*;

    fn key(byte: u8) -> SubjectKey {
        SubjectKey::unwrapped(DataKey::new(1, &[byte; 32]).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        /// The place is bound: a ciphertext that was moved to another row, column or family, or of which a bit was
        /// flipped, never opens.
        #[test]
        fn ten_thousand_moved_or_flipped_ciphertexts_are_refused(row in any::<u128>(), other in any::<u128>(), bit in any::<prop::sample::Index>(), how in 0..4_u8) {
            prop_assume!(row != other);
            let (row, other) = (Uuid::from_u128(row), Uuid::from_u128(other));
            let phone = Phone::parse("10012345678").ok();
            let sealed = Sealed::<GuardianPhone>::seal(&phone, &key(1), row).unwrap();
            prop_assert!(sealed.open(&key(1), row).unwrap() == phone);
            let outcome = match how {
                0 => sealed.open(&key(1), other).err(),
                1 => Sealed::<GuardianSecondPhone>::stored(sealed.as_stored().to_vec()).open(&key(1), row).err(),
                2 => sealed.open(&key(2), row).err(),
                _ => {
                    let mut bytes = sealed.as_stored().to_vec();
                    let at = bit.index(bytes.len() * 8);
                    bytes[at / 8] ^= 1 << (at % 8);
                    Sealed::<GuardianPhone>::stored(bytes).open(&key(1), row).err()
                }
            };
            prop_assert_eq!(outcome, Some(Refused::Broken));
        }
    }

    #[test]
    fn an_empty_value_is_sealed_like_any_other() {
        let row = Uuid::from_u128(7);
        let empty = Sealed::<GuardianPhone>::seal(&None, &key(1), row).unwrap();
        assert!(empty.as_stored().len() > 28);
        assert!(empty.open(&key(1), row).unwrap().is_none());
    }

    #[test]
    fn debug_names_the_field_and_nothing_else() {
        let name = PersonName::parse("欧阳修远").unwrap();
        let sealed = Sealed::<StudentName>::seal(&name, &key(1), Uuid::from_u128(7)).unwrap();
        assert_eq!(format!("{sealed:?} {:?}", key(1)), "Sealed(student.name) SubjectKey");
    }
}
