//! A role of the school's own in the school of the sweeps: what its base sees, masked phones that open, and the whole campus.
//!
//! The rule: it is there past the four eyes, which are tried elsewhere, before the school is asked anything.

use crate::support::app::past;
use contract::{
    catalogue::FieldKey,
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RowScope},
    wire::policy::{PolicyCell, PolicyRole, PolicyScope},
};
use guard::policy::Rules;
use sea_orm::ConnectionTrait;
use server::config::Place;

pub(crate) const OWN_ROLE: Role = Role::Custom(CustomRole::TeacherA);

/// A cell of the matrix of this school.
pub(crate) fn cell_of(role: Role, field: FieldKey) -> Cell {
    match (role, field) {
        (OWN_ROLE, FieldKey::GuardianPhone) => Cell { exposure: Exposure::Masked, reveal: Reveal::WithReason, ..Cell::WITHHELD },
        _ => guard::policy::default::cell_of(role.base(), field),
    }
}

/// Writes it into the first version.
pub(super) async fn found(place: &Place) {
    let own = Rules {
        cells: FieldKey::ALL.iter().map(|field| PolicyCell { role: OWN_ROLE, field: *field, cell: cell_of(OWN_ROLE, *field) }).collect(),
        scopes: vec![PolicyScope { role: OWN_ROLE, scope: RowScope::Campus }],
        conditions: Vec::new(),
        roles: vec![PolicyRole { role: CustomRole::TeacherA, zh: "班主任".into(), en: "Homeroom teacher".into() }],
    };
    let document = serde_json::to_string(&Rules::initial().with(&own)).unwrap();
    let connection = past(place).await;
    connection.execute_unprepared(&format!("UPDATE policy SET document = '{document}'")).await.unwrap();
    connection.close().await.unwrap();
}
