//! A guardian.

use super::{Record, holds, reveal_by_key};
use crate::{facts::Facts, sealed::Sealed, trail::RecordRef, vault::WrappedKey};
use contract::{
    catalogue::{
        GuardianAddress, GuardianEmail, GuardianEmployer, GuardianIdCard, GuardianName, GuardianPhone, GuardianSecondPhone, GuardianWechat,
    },
    field::RecordKind,
    ids::{FamilyId, GuardianId},
    wire::guardians::Kinship,
};
use std::sync::Arc;

/// The personal fields of a guardian.
#[derive(Debug)]
pub struct GuardianFields {
    /// Name.
    pub name: Sealed<GuardianName>,
    /// First phone.
    pub phone: Sealed<GuardianPhone>,
    /// Second phone.
    pub second_phone: Sealed<GuardianSecondPhone>,
    /// WeChat id.
    pub wechat: Sealed<GuardianWechat>,
    /// E-mail.
    pub email: Sealed<GuardianEmail>,
    /// Identity number.
    pub id_card: Sealed<GuardianIdCard>,
    /// Address.
    pub address: Sealed<GuardianAddress>,
    /// Employer.
    pub employer: Sealed<GuardianEmployer>,
}

/// A guardian as found for one viewer.
#[derive(Debug)]
pub struct GuardianRecord {
    /// The guardian.
    pub id: GuardianId,
    /// The family.
    pub family: FamilyId,
    /// Counts changes.
    pub version: i64,
    /// To whom, and how.
    pub kinships: Vec<Kinship>,
    /// The relation to the viewer.
    pub facts: Facts,
    /// The family's data key.
    pub key: Arc<WrappedKey>,
    /// The personal fields.
    pub fields: GuardianFields,
}

impl Record for GuardianRecord {
    fn reference(&self) -> RecordRef {
        RecordRef { kind: RecordKind::Guardian, id: self.id.0 }
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

holds!(GuardianRecord {
    GuardianName => name,
    GuardianPhone => phone,
    GuardianSecondPhone => second_phone,
    GuardianWechat => wechat,
    GuardianEmail => email,
    GuardianIdCard => id_card,
    GuardianAddress => address,
    GuardianEmployer => employer,
});
reveal_by_key!(GuardianRecord {
    GuardianName,
    GuardianPhone,
    GuardianSecondPhone,
    GuardianWechat,
    GuardianEmail,
    GuardianIdCard,
    GuardianAddress,
    GuardianEmployer,
});
