//! The bodies that hold no personal field. A new wire type is not among them until it is added here, in review.

use contract::wire::{
    Done, Page,
    account::{Account, RecoveryCodes},
    families::{BulkReport, Conflict, FamilyMade},
    policy::PolicyDocument,
    school::SchoolFacts,
    sign_in::{Ceremony, CodeRequested, Enrolled, EnrolmentOpened, LinkMade, Me},
};

/// Marks a body without personal fields.
pub trait PlainBody: serde::Serialize {}

impl PlainBody for Done {}
impl PlainBody for Account {}
impl PlainBody for RecoveryCodes {}
impl PlainBody for FamilyMade {}
impl PlainBody for BulkReport {}
impl PlainBody for PolicyDocument {}
impl PlainBody for Conflict<PolicyDocument> {}
impl PlainBody for SchoolFacts {}
impl PlainBody for CodeRequested {}
impl PlainBody for Enrolled {}
impl PlainBody for LinkMade {}
impl PlainBody for Me {}
// The options of a ceremony come from the relying party: a challenge and credential ids.
impl PlainBody for Ceremony<serde_json::Value> {}
impl PlainBody for EnrolmentOpened<serde_json::Value> {}
impl<T: PlainBody> PlainBody for Page<T> {}
impl<T: PlainBody> PlainBody for Option<T> {}
