//! Who asks.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use contract::{
    ids::{CampusId, GuardianId, SessionId, StaffId},
    rights::{Role, RoleSet},
};
use guard::{Actor, Admission, Viewer};
use uuid::Uuid;

pub const HERE: CampusId = CampusId(Uuid::from_u128(0xCA01));
pub const ELSEWHERE: CampusId = CampusId(Uuid::from_u128(0xCA02));
pub const ME: StaffId = StaffId(Uuid::from_u128(0x57A1));
pub const COLLEAGUE: StaffId = StaffId(Uuid::from_u128(0x57A2));
pub const PARENT: GuardianId = GuardianId(Uuid::from_u128(0x9A4D));

/// The time of every request.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 4, 0, 0).unwrap()
}

pub fn admission(actor: Actor, roles: RoleSet, campuses: Vec<CampusId>) -> Admission {
    Admission {
        actor,
        name: "工号0417".into(),
        roles,
        campuses,
        session: SessionId(Uuid::from_u128(0x5E55)),
        stepped_up_at: Some(noon() - TimeDelta::minutes(1)),
        now: noon(),
        whence: guard::Whence::Unknown,
    }
}

/// A member of staff at this campus with a fresh passkey.
pub fn staff(roles: impl IntoIterator<Item = Role>) -> Viewer {
    Viewer::admit(admission(Actor::Staff(ME), roles.into_iter().collect(), vec![HERE]))
}

/// Somebody at some time.
pub fn staff_at(actor: Actor, roles: impl IntoIterator<Item = Role>, now: DateTime<Utc>) -> Viewer {
    Viewer::admit(Admission { now, ..admission(actor, roles.into_iter().collect(), vec![HERE]) })
}

/// A guardian.
pub fn parent() -> Viewer {
    Viewer::admit(admission(Actor::Guardian(PARENT), RoleSet::from_iter([Role::Guardian]), Vec::new()))
}
