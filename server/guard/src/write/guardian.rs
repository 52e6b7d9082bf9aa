//! Writing a guardian.

use super::{IndexChange, Pen};
use crate::{
    policy::{Policy, View},
    records::{FamilyRecord, GuardianFields, GuardianRecord, Record},
    refused::Refused,
    sealed::{Sealed, SubjectKey},
    trail::{By, Entry, Looks, RecordRef},
    vault::Vault,
    viewer::Viewer,
};
use contract::{
    catalogue::{
        GuardianAddress, GuardianEmail, GuardianEmployer, GuardianIdCard, GuardianName, GuardianPhone, GuardianSecondPhone, GuardianWechat,
    },
    error::FieldError,
    field::RecordKind,
    ids::{FamilyId, GuardianId},
    wire::{
        guardians::{GuardianChanges, NewGuardian},
        ledger::{Action, FieldLook},
        school::Relation,
    },
};
use uuid::Uuid;

/// A guardian to be stored.
#[derive(Debug)]
pub struct GuardianIntake {
    /// The guardian.
    pub id: GuardianId,
    /// What they are to every student of the family.
    pub relation: Relation,
    /// The sealed fields.
    pub fields: GuardianFields,
    /// The index.
    pub index: Vec<IndexChange>,
}

/// The fields that change.
#[derive(Debug)]
pub struct GuardianPatch {
    /// Name.
    pub name: Option<Sealed<GuardianName>>,
    /// First phone.
    pub phone: Option<Sealed<GuardianPhone>>,
    /// Second phone.
    pub second_phone: Option<Sealed<GuardianSecondPhone>>,
    /// WeChat id.
    pub wechat: Option<Sealed<GuardianWechat>>,
    /// E-mail.
    pub email: Option<Sealed<GuardianEmail>>,
    /// Identity number.
    pub id_card: Option<Sealed<GuardianIdCard>>,
    /// Address.
    pub address: Option<Sealed<GuardianAddress>>,
    /// Employer.
    pub employer: Option<Sealed<GuardianEmployer>>,
}

/// A permitted change of a guardian.
#[derive(Debug)]
pub struct GuardianWrite {
    /// The guardian.
    pub id: GuardianId,
    /// The family.
    pub family: FamilyId,
    /// The version that it replaces.
    pub replaces: i64,
    /// What changes.
    pub patch: GuardianPatch,
    /// The index.
    pub index: Vec<IndexChange>,
    /// Commits together with the change.
    pub entry: Entry,
}

pub(super) fn intake(
    vault: &Vault,
    key: &SubjectKey,
    view: View<'_>,
    at: &str,
    new: &NewGuardian,
) -> Result<(GuardianIntake, Vec<FieldError>, Vec<FieldLook>), Refused> {
    let NewGuardian { relation, name, phone, second_phone, wechat, email, id_card, address, employer } = new;
    let id = GuardianId(Uuid::now_v7());
    let mut pen = Pen::new(vault, key, id.0, view, at);
    let fields = GuardianFields {
        name: pen.fresh("name", name)?,
        phone: pen.fresh("phone", phone)?,
        second_phone: pen.fresh("second_phone", second_phone)?,
        wechat: pen.fresh("wechat", wechat)?,
        email: pen.fresh("email", email)?,
        id_card: pen.fresh("id_card", id_card)?,
        address: pen.fresh("address", address)?,
        employer: pen.fresh("employer", employer)?,
    };
    let (errors, index, written) = pen.into_parts();
    Ok((GuardianIntake { id, relation: *relation, fields, index }, errors, written))
}

pub(crate) fn add(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    family: &FamilyRecord,
    new: &NewGuardian,
) -> Result<(GuardianIntake, Entry), Refused> {
    let key = vault.unwrap(&family.key)?;
    let (intake, errors, written) = intake(vault, key, policy.view(viewer, &family.family.facts), "", new)?;
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let record = RecordRef { kind: RecordKind::Guardian, id: intake.id.0 };
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Created)
        .about(record)
        .in_families(vec![family.family.id])
        .seeing(vec![Looks { fields: written, records: vec![record] }]);
    Ok((intake, entry))
}

pub(crate) fn change(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &GuardianRecord,
    wish: &GuardianChanges,
) -> Result<GuardianWrite, Refused> {
    let GuardianChanges { version, name, phone, second_phone, wechat, email, id_card, address, employer } = wish;
    let key = vault.unwrap(&record.key)?;
    let mut pen = Pen::new(vault, key, record.id.0, policy.view(viewer, &record.facts), "");
    let patch = GuardianPatch {
        name: pen.change("name", name)?,
        phone: pen.change("phone", phone)?,
        second_phone: pen.change("second_phone", second_phone)?,
        wechat: pen.change("wechat", wechat)?,
        email: pen.change("email", email)?,
        id_card: pen.change("id_card", id_card)?,
        address: pen.change("address", address)?,
        employer: pen.change("employer", employer)?,
    };
    let (index, written) = pen.finish()?;
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Changed)
        .about(record.reference())
        .in_families(vec![record.family])
        .seeing(vec![Looks { fields: written, records: vec![record.reference()] }])
        .making_version(version.saturating_add(1));
    Ok(GuardianWrite { id: record.id, family: record.family, replaces: *version, patch, index, entry })
}
