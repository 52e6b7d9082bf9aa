//! Emergencies as values: what is written about one.
//!
//! The rule: only the gate makes them, after it has asked who may. Deliberately absent: a way to make the role of emergencies anybody's
//! for longer than the contract says.

use crate::trail::Entry;
use chrono::{DateTime, Utc};
use contract::{
    ids::{EmergencyId, StaffId},
    wire::emergencies::EmergencyState,
};

/// A permitted request for emergency access.
#[derive(Debug)]
pub struct EmergencyAsk {
    /// Which.
    pub id: EmergencyId,
    /// Who asks.
    pub by: StaffId,
    /// Until when it waits.
    pub until: DateTime<Utc>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A permitted step. It holds as long as the emergency is in one of the states that it begins from.
#[derive(Debug)]
pub struct EmergencyWrite {
    /// Which.
    pub id: EmergencyId,
    /// Whose emergency it is.
    pub of: StaffId,
    /// The states that it may be in.
    pub from: &'static [EmergencyState],
    /// The state that it comes to.
    pub to: EmergencyState,
    /// Until when it is open, where it is opened.
    pub until: Option<DateTime<Utc>>,
    /// Who opens or refuses it; nobody where it is ended.
    pub decided_by: Option<StaffId>,
    /// Commits together with it.
    pub entry: Entry,
}
