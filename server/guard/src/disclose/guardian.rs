//! A guardian, shown.

use super::LookBook;
use crate::{
    policy::Policy,
    records::{GuardianFields, GuardianRecord, Record},
    refused::Refused,
    sealed::SubjectKey,
    viewer::Viewer,
};
use contract::{
    FieldKey,
    field::RecordKind,
    wire::guardians::{GuardianBrief, GuardianCard},
};

pub(crate) fn card(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &GuardianRecord,
    book: &mut LookBook,
) -> Result<GuardianCard, Refused> {
    let reference = record.reference();
    let GuardianRecord { id, family, version, kinships, facts, key: _, fields } = record;
    let GuardianFields { name, phone, second_phone, wechat, email, id_card, address, employer } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let card = GuardianCard {
        id: *id,
        version: *version,
        kinships: kinships.clone(),
        name: lens.show(name)?,
        phone: lens.show(phone)?,
        second_phone: lens.show(second_phone)?,
        wechat: lens.show(wechat)?,
        email: lens.show(email)?,
        id_card: lens.show(id_card)?,
        address: lens.show(address)?,
        employer: lens.show(employer)?,
        can: lens.can(RecordKind::Guardian),
    };
    book.add(*family, reference, lens.into_looks());
    Ok(card)
}

pub(crate) fn brief(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &GuardianRecord,
    book: &mut LookBook,
) -> Result<GuardianBrief, Refused> {
    let reference = record.reference();
    let GuardianRecord { id, family, version: _, kinships: _, facts, key: _, fields } = record;
    let GuardianFields { name, phone, second_phone: _, wechat: _, email: _, id_card: _, address: _, employer: _ } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let can = lens.can_with(&[FieldKey::GuardianName, FieldKey::GuardianPhone]);
    let brief = GuardianBrief { id: *id, name: lens.show(name)?, phone: lens.show(phone)?, can };
    book.add(*family, reference, lens.into_looks());
    Ok(brief)
}
