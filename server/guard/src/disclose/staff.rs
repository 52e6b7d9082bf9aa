//! A member of staff, shown to the administrator.

use crate::{
    policy::Policy,
    records::StaffRecord,
    refused::Refused,
    sealed::{Lens, SubjectKey},
    trail::{Looks, RecordRef},
    viewer::Viewer,
};
use contract::{field::RecordKind, wire::staff::StaffCard};

pub(crate) fn card(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &StaffRecord,
    looks: &mut Vec<Looks>,
) -> Result<StaffCard, Refused> {
    let StaffRecord { id, version, login, name, roles, campuses, state, passkeys, sessions, key: _, phone, email } = record;
    let lens = Lens::new(policy.view_unscoped(viewer), key, id.0);
    let card = StaffCard {
        id: *id,
        version: *version,
        login: login.clone(),
        name: name.clone(),
        roles: (*roles).into(),
        campuses: campuses.clone(),
        state: *state,
        passkeys: *passkeys,
        sessions: *sessions,
        phone: lens.show(phone)?,
        email: lens.show(email)?,
        can: lens.can(RecordKind::Staff),
    };
    let fields = lens.into_looks();
    let record = RecordRef { kind: RecordKind::Staff, id: id.0 };
    match looks.iter_mut().find(|looks| looks.fields == fields) {
        Some(looks) => looks.records.push(record),
        None => looks.push(Looks { fields, records: vec![record] }),
    }
    Ok(card)
}
