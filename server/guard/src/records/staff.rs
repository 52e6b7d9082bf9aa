//! A member of staff: the working name is plain, the contact is sealed under a key of their own.

use crate::{sealed::Sealed, vault::WrappedKey};
use contract::{
    catalogue::{StaffEmail, StaffPhone},
    ids::StaffId,
    rights::RoleSet,
    wire::{school::CampusRef, staff::StaffState},
};

/// A member of staff.
#[derive(Debug)]
pub struct StaffRecord {
    /// The person.
    pub id: StaffId,
    /// The version of the record.
    pub version: i64,
    /// The login name.
    pub login: String,
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// The campuses.
    pub campuses: Vec<CampusRef>,
    /// Whether they may sign in.
    pub state: StaffState,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// How many sessions are open.
    pub sessions: u32,
    /// Their data key.
    pub key: WrappedKey,
    /// Phone.
    pub phone: Sealed<StaffPhone>,
    /// E-mail.
    pub email: Sealed<StaffEmail>,
}
