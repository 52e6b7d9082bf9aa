//! Taking in a member of staff, and changing one.
//!
//! The rule: nobody changes their own roles or campuses, and what was changed of roles, campuses and contact is an act of its own
//! in the trail. Whether the three duties stay apart and who is the last administrator is asked where the rows are locked (`store`).

use super::Pen;
use crate::{
    policy::Policy,
    records::StaffRecord,
    refused::Refused,
    sealed::Sealed,
    trail::{By, Entry, Looks, RecordRef},
    vault::{Vault, WrappedKey},
    viewer::{FreshViewer, Viewer},
};
use contract::{
    catalogue::{StaffEmail, StaffPhone},
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{CampusId, StaffId},
    rights::{Duty, Role, RoleSet},
    values::{label, login_name},
    wire::{
        ledger::Action,
        staff::{NewStaff, StaffChanges},
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The longest working name.
const NAME: usize = 40;

/// A member of staff to be stored.
#[derive(Debug)]
pub struct StaffIntake {
    /// The person.
    pub id: StaffId,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// The campuses.
    pub campuses: BTreeSet<CampusId>,
    /// The data key.
    pub key: WrappedKey,
    /// Phone.
    pub phone: Sealed<StaffPhone>,
    /// E-mail.
    pub email: Sealed<StaffEmail>,
    /// Commits together with the person.
    pub entry: Entry,
}

/// A permitted change of a member of staff.
#[derive(Debug)]
pub struct StaffWrite {
    /// The person.
    pub id: StaffId,
    /// The version that it replaces.
    pub replaces: i64,
    /// A new working name.
    pub name: Option<String>,
    /// New roles.
    pub roles: Option<RoleSet>,
    /// New campuses.
    pub campuses: Option<BTreeSet<CampusId>>,
    /// Phone.
    pub phone: Option<Sealed<StaffPhone>>,
    /// E-mail.
    pub email: Option<Sealed<StaffEmail>>,
    /// Commit together with the change: one for each act that it is.
    pub entries: Vec<Entry>,
}

/// Roles that a member of staff can be given: at least one, and of the school's own those that are there.
fn roles(policy: &Policy, at: &str, wish: &[Role], errors: &mut Vec<FieldError>) -> RoleSet {
    let set: RoleSet = wish.iter().copied().collect();
    if set.is_empty() {
        errors.push(FieldError { at: at.into(), code: ValueError::Required });
    } else if !set.iter().all(Role::is_given) || policy.present(set) != set {
        errors.push(FieldError { at: at.into(), code: ValueError::Malformed });
    }
    set
}

fn read(at: &str, text: Result<String, ValueError>, errors: &mut Vec<FieldError>) -> String {
    text.unwrap_or_else(|code| {
        errors.push(FieldError { at: at.into(), code });
        String::new()
    })
}

fn keeper<'a>(by: &FreshViewer<'a>) -> Result<&'a Viewer, Refused> {
    let viewer = by.seen();
    if viewer.has_duty(Duty::KeepStaff) { Ok(viewer) } else { Err(Refused::Forbidden) }
}

pub(crate) fn intake(policy: &Policy, vault: &Vault, by: &FreshViewer<'_>, new: &NewStaff) -> Result<StaffIntake, Refused> {
    let viewer = keeper(by)?;
    let NewStaff { login, name, roles: wish, campuses, phone, email } = new;
    let mut errors = Vec::new();
    let login = read("login", login_name(login), &mut errors);
    let name = read("name", label(name, NAME), &mut errors);
    let roles = roles(policy, "roles", wish, &mut errors);
    let id = StaffId(Uuid::now_v7());
    let (key, wrapped) = vault.new_subject(id.0)?;
    let mut pen = Pen::new(vault, &key, id.0, policy.view_unscoped(viewer), "");
    let phone = pen.fresh::<StaffPhone>("phone", phone)?;
    let email = pen.fresh::<StaffEmail>("email", email)?;
    // Staff are not found by their contact: no token of it is kept.
    let (wrong, _, written) = pen.into_parts();
    errors.extend(wrong);
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let record = RecordRef { kind: RecordKind::Staff, id: id.0 };
    let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::StaffCreated)
        .about(record)
        .seeing(vec![Looks { fields: written, records: vec![record] }])
        .changing_roles(RoleSet::default(), roles)
        .making_version(1);
    Ok(StaffIntake { id, login, name, roles, campuses: campuses.iter().copied().collect(), key: wrapped, phone, email, entry })
}

pub(crate) fn change(
    policy: &Policy,
    vault: &Vault,
    by: &FreshViewer<'_>,
    record: &StaffRecord,
    wish: &StaffChanges,
) -> Result<StaffWrite, Refused> {
    let viewer = keeper(by)?;
    let StaffChanges { version, name, roles: new_roles, campuses, phone, email } = wish;
    let mut errors = Vec::new();
    let name = name.as_ref().map(|name| read("name", label(name, NAME), &mut errors)).filter(|name| *name != record.name);
    let new_roles = new_roles.as_ref().map(|wish| roles(policy, "roles", wish, &mut errors)).filter(|roles| *roles != record.roles);
    let present: BTreeSet<CampusId> = record.campuses.iter().map(|campus| campus.id).collect();
    let campuses = campuses.as_ref().map(|wish| wish.iter().copied().collect::<BTreeSet<_>>()).filter(|campuses| *campuses != present);
    if viewer.staff() == Some(record.id) && (new_roles.is_some() || campuses.is_some()) {
        return Err(Refused::OwnRoles);
    }
    let key = vault.unwrap(&record.key)?;
    let mut pen = Pen::new(vault, key, record.id.0, policy.view_unscoped(viewer), "");
    let phone = pen.change::<StaffPhone>("phone", phone)?;
    let email = pen.change::<StaffEmail>("email", email)?;
    let (wrong, _, written) = pen.into_parts();
    errors.extend(wrong);
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let about = RecordRef { kind: RecordKind::Staff, id: record.id.0 };
    let made = version.saturating_add(1);
    let entry = |action| Entry::event(viewer.now(), By::viewer(viewer), action).about(about).making_version(made);
    let mut entries = Vec::new();
    if name.is_some() || !written.is_empty() {
        let looks = if written.is_empty() { Vec::new() } else { vec![Looks { fields: written, records: vec![about] }] };
        entries.push(entry(Action::StaffChanged).seeing(looks));
    }
    if let Some(roles) = new_roles {
        entries.push(entry(Action::RolesChanged).changing_roles(record.roles, roles));
    }
    if campuses.is_some() {
        entries.push(entry(Action::CampusesChanged));
    }
    Ok(StaffWrite { id: record.id, replaces: *version, name, roles: new_roles, campuses, phone, email, entries })
}
