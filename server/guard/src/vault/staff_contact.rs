//! The contact of a new member of staff, sealed under a key of their own.

use super::{Vault, WrappedKey};
use crate::{refused::Refused, sealed::Sealed};
use contract::{
    catalogue::{StaffEmail, StaffPhone},
    error::ValueError,
    field::FieldValue,
    values::{Email, Phone},
};
use uuid::Uuid;

/// Phone and e-mail as somebody typed them; empty where there is none.
#[derive(Debug, Clone, Default)]
pub struct StaffContact {
    phone: Option<Phone>,
    email: Option<Email>,
}

impl StaffContact {
    /// Reads both.
    ///
    /// # Errors
    /// [`ValueError`] of the first that is wrong.
    pub fn parse(phone: &str, email: &str) -> Result<Self, ValueError> {
        Ok(Self { phone: FieldValue::parse(phone)?, email: FieldValue::parse(email)? })
    }
}

impl Vault {
    /// Draws a data key for a member of staff and seals their contact: key, phone, e-mail.
    ///
    /// # Errors
    /// [`Refused::Broken`] when no key can be drawn.
    pub fn seal_staff_contact(&self, staff: Uuid, contact: &StaffContact) -> Result<(WrappedKey, Vec<u8>, Vec<u8>), Refused> {
        let (key, wrapped) = self.new_subject(staff)?;
        let phone = Sealed::<StaffPhone>::seal(&contact.phone, &key, staff)?;
        let email = Sealed::<StaffEmail>::seal(&contact.email, &key, staff)?;
        Ok((wrapped, phone.as_stored().to_vec(), email.as_stored().to_vec()))
    }
}
