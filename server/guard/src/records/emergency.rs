//! An emergency, as found. Plain facts alone: its words are the trail's.
//!
//! Deliberately absent: a state for what has lapsed, which the clock tells.

use super::Decider;
use crate::lasting::holds;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::EmergencyId,
    wire::{
        emergencies::{EmergencyState, MINUTES},
        school::StaffRef,
    },
};

/// For how long one waits at the most, or is open.
pub const EMERGENCY_MOST: TimeDelta = TimeDelta::minutes(MINUTES);

/// An emergency and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyRecord {
    /// Which.
    pub id: EmergencyId,
    /// Who asked.
    pub by: Decider,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What happened, as the trail has it.
    pub words: String,
    /// What became of it, as it is stored.
    pub state: EmergencyState,
    /// Until when it waits, or is open.
    pub until: DateTime<Utc>,
    /// Who opened or refused it.
    pub decided_by: Option<StaffRef>,
}

impl EmergencyRecord {
    /// How it stands by now.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> EmergencyState {
        match self.state {
            EmergencyState::Asked | EmergencyState::Open if !holds(self.until, EMERGENCY_MOST, now) => EmergencyState::Lapsed,
            state => state,
        }
    }
}
