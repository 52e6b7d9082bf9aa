//! Standing grants: whoever teaches a class may open certain fields of its pupils for some months, each look with a reason.
//!
//! The rule: a grant is of one person, one class, named fields and a last day; the words are those of the trail, in which numbers are
//! masked before they are kept. Deliberately absent: a grant for guardians or notes, and one without an end.

use super::{
    approvals::ApprovalState,
    reveals::{Reason, ReasonCode},
    school::{ClassRef, StaffRef},
};
use crate::{
    catalogue::FieldKey,
    ids::{ClassId, GrantId},
    rights::Role,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// For how many days a standing grant may hold at the most.
pub const DAYS: u64 = 200;

/// A request for a standing grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGrant {
    /// The class, which whoever asks teaches today.
    pub class: ClassId,
    /// Fields of students that open only after an approval.
    pub fields: Vec<FieldKey>,
    /// The last day: not after the end of the class, and at most 200 days from today.
    pub last_day: NaiveDate,
    /// Why.
    pub reason: Reason,
}

/// A standing grant, asked for or given, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grant {
    /// The grant.
    pub id: GrantId,
    /// The class.
    pub class: ClassRef,
    /// The fields.
    pub fields: Vec<FieldKey>,
    /// Who asks.
    pub by: StaffRef,
    /// In which roles.
    pub roles: Vec<Role>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Why: from the list.
    pub reason: ReasonCode,
    /// Why: in words, numbers masked.
    pub words: String,
    /// What became of it; never used up.
    pub state: ApprovalState,
    /// Until when it waits to be decided, or stands.
    pub until: DateTime<Utc>,
    /// The last day: as it was asked for, or as it was given.
    pub last_day: NaiveDate,
    /// Who decided.
    pub decided_by: Option<StaffRef>,
    /// Why it was refused, numbers masked; empty otherwise.
    pub answer: String,
    /// Whether it holds at this moment: granted, by somebody who still may, to whoever still teaches the class.
    pub holds: bool,
}

/// A class for which the viewer may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grantable {
    /// The class.
    pub class: ClassRef,
    /// The fields of its pupils that open only after an approval.
    pub fields: Vec<FieldKey>,
    /// The latest last day.
    pub last_day: NaiveDate,
}

/// The standing grants that concern the viewer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grants {
    /// For what the viewer may ask.
    pub may_ask: Vec<Grantable>,
    /// What the viewer asked within thirty days, and what still stands; newest first.
    pub mine: Vec<Grant>,
    /// What waits for the viewer to decide, oldest first.
    pub to_decide: Vec<Grant>,
    /// What stands for others and the viewer may revoke, soonest over first.
    pub standing: Vec<Grant>,
}

/// A decision on somebody else's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GrantDecision {
    /// Until a day, which is not later than the one that was asked for.
    Grant {
        /// The last day.
        last_day: NaiveDate,
    },
    /// No.
    Refuse {
        /// Why, at most 200 characters. Numbers in it are masked before it is kept.
        why: String,
    },
}
