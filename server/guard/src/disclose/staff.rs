//! A member of staff, shown to the administrator.

use crate::{
    policy::View,
    records::StaffRecord,
    refused::Refused,
    sealed::{Lens, SubjectKey},
    trail::{Looks, RecordRef},
};
use contract::{field::RecordKind, wire::staff::StaffCard};

/// The card; without a key only the forms are noted, for a question about what somebody would see.
pub(crate) fn card(view: View<'_>, key: Option<&SubjectKey>, record: &StaffRecord, looks: &mut Vec<Looks>) -> Result<StaffCard, Refused> {
    let StaffRecord { id, version, login, name, roles, campuses, state, passkeys, sessions, key: _, phone, email } = record;
    let lens = key.map_or_else(|| Lens::blind(view, id.0), |key| Lens::new(view, key, id.0));
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
