//! Emergency access (break-glass): somebody without the right has to help now, a second person opens, and an hour later it is over.
//!
//! The rule: what is opened is the role of emergencies, a column of the matrix like any other, which nobody holds otherwise. Deliberately
//! absent: a family. Which ones were looked at stands in their ledgers.

use super::school::StaffRef;
use crate::{ids::EmergencyId, named::names};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// For how many minutes an emergency is open.
pub const MINUTES: i64 = 60;

names! {
    /// How an emergency stands.
    EmergencyState {
        /// Waits for a second person.
        Asked = "asked",
        /// Whoever asked has the role of emergencies now.
        Open = "open",
        /// A second person said no.
        Refused = "refused",
        /// Taken back, or ended before its hour was over.
        Ended = "ended",
        /// Its time is over.
        Lapsed = "lapsed",
    }
}

/// Asks for emergency access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEmergency {
    /// What happened, at most 200 characters. Numbers in it are masked before it is kept.
    pub why: String,
}

/// What a second person says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmergencyDecision {
    /// Whether it is opened.
    pub open: bool,
}

/// One emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Emergency {
    /// Which.
    pub id: EmergencyId,
    /// Who asked.
    pub by: StaffRef,
    /// Whether that is whoever reads this.
    pub own: bool,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What happened, numbers masked.
    pub words: String,
    /// How it stands.
    pub state: EmergencyState,
    /// Until when it waits, or is open.
    pub until: DateTime<Utc>,
    /// Who opened or refused it.
    pub decided_by: Option<StaffRef>,
    /// Whether whoever reads this may open or refuse it.
    pub may_decide: bool,
    /// Whether whoever reads this may end it now.
    pub may_end: bool,
}

/// The emergencies of the last day that concern the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Emergencies {
    /// Newest first.
    pub items: Vec<Emergency>,
    /// Whether the viewer may ask for one now.
    pub may_ask: bool,
}
