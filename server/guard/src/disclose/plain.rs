//! The bodies that hold no personal field. A new wire type is not among them until it is added here, in review.

use contract::wire::{
    Done, Page,
    account::{Account, RecoveryCodes},
    alarms::{HoneyMarks, RuleCard, Rules, WatchCard},
    credentials::{Credentials, LadderCard, PasswordBegun, WaysIn},
    families::{BulkReport, Conflict, FamilyMade},
    ledger::{TrailNews, Verification},
    policy::{Colleagues, PolicyDocument, PolicyImpact, PolicyVersion},
    school::{CampusCard, SchoolFacts, SchoolSettings, Setup},
    sign_in::{Ceremony, CodeRequested, Enrolled, EnrolmentOpened, LinkMade, Me},
    staff::DeparturePlan,
    today::Waiting,
    tokens::TokenSecret,
};

/// Marks a body without personal fields.
pub trait PlainBody: serde::Serialize {}

impl PlainBody for Done {}
impl PlainBody for Account {}
impl PlainBody for RecoveryCodes {}
impl PlainBody for Waiting {}
impl PlainBody for TokenSecret {}
impl PlainBody for Rules {}
impl PlainBody for HoneyMarks {}
impl PlainBody for RuleCard {}
impl PlainBody for WatchCard {}
impl PlainBody for FamilyMade {}
impl PlainBody for Credentials {}
impl PlainBody for LadderCard {}
impl PlainBody for PasswordBegun {}
impl PlainBody for WaysIn {}
impl PlainBody for BulkReport {}
impl PlainBody for PolicyDocument {}
impl PlainBody for Conflict<PolicyDocument> {}
impl PlainBody for PolicyImpact {}
impl PlainBody for PolicyVersion {}
impl PlainBody for Colleagues {}
impl PlainBody for SchoolFacts {}
impl PlainBody for SchoolSettings {}
impl PlainBody for CampusCard {}
impl PlainBody for Setup {}
impl PlainBody for DeparturePlan {}
impl PlainBody for TrailNews {}
impl PlainBody for Verification {}
impl PlainBody for CodeRequested {}
impl PlainBody for Enrolled {}
impl PlainBody for LinkMade {}
impl PlainBody for Me {}
// The options of a ceremony come from the relying party: a challenge and credential ids.
impl PlainBody for Ceremony<serde_json::Value> {}
impl PlainBody for EnrolmentOpened<serde_json::Value> {}
impl<T: PlainBody> PlainBody for Page<T> {}
impl<T: PlainBody> PlainBody for Option<T> {}
