//! Approvals: somebody asks to open one field of one record, somebody else decides, and what was granted opens it once.
//!
//! The rule: the words are those of the trail, in which numbers are masked before they are kept. Deliberately absent: an
//! approval for a list, for several fields, or for more than a day (but see [`super::grants`]).

use super::{
    reveals::{Reason, ReasonCode},
    school::StaffRef,
    today::FamilyBrief,
};
use crate::{catalogue::FieldKey, field::RecordKind, ids::ApprovalId, rights::Role};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ApprovalState {
    /// Waits for somebody to decide.
    Asked,
    /// Good for one look until its time is over.
    Granted,
    /// Not granted; the answer says why.
    Refused,
    /// Taken back by whoever asked.
    Withdrawn,
    /// Taken back by whoever may grant; of a standing grant alone.
    Revoked,
    /// Its one look has happened.
    Used,
    /// Its time is over.
    Lapsed,
}

impl ApprovalState {
    /// Every state.
    pub const ALL: &'static [ApprovalState] =
        &[Self::Asked, Self::Granted, Self::Refused, Self::Withdrawn, Self::Revoked, Self::Used, Self::Lapsed];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Revoked => "revoked",
            Self::Used => "used",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A request to open one field of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApproval {
    /// The kind of record: student, guardian or note.
    pub kind: RecordKind,
    /// The record.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub record: Uuid,
    /// The field.
    pub field: FieldKey,
    /// Why.
    pub reason: Reason,
}

/// A request and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// The request.
    pub id: ApprovalId,
    /// The kind of record.
    pub kind: RecordKind,
    /// The record.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub record: Uuid,
    /// The field.
    pub field: FieldKey,
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
    /// What became of it.
    pub state: ApprovalState,
    /// Until when it waits to be decided, or is good once granted.
    pub until: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<StaffRef>,
    /// Why it was refused, numbers masked; empty otherwise.
    pub answer: String,
    /// The family, for a viewer who reaches it.
    pub family: Option<FamilyBrief>,
}

/// The requests that concern the viewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approvals {
    /// What the viewer asked within thirty days, newest first.
    pub mine: Vec<Approval>,
    /// What waits for the viewer to decide, oldest first.
    pub to_decide: Vec<Approval>,
    /// The fields of the record that was asked about for which a standing grant of the viewer holds now.
    pub standing: Vec<FieldKey>,
}

/// The query string of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ApprovalQuery {
    /// One record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = "uuid"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "uuid"))]
    pub record: Option<Uuid>,
}

/// A decision on somebody else's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Decision {
    /// One look, within so many hours.
    Grant {
        /// 1 to 24.
        hours: u8,
    },
    /// No.
    Refuse {
        /// Why, at most 200 characters. Numbers in it are masked before it is kept.
        why: String,
    },
}
