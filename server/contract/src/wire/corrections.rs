//! Corrections on the wire: what a guardian says is wrong, and what the school answers.
//!
//! The rule: the proposed value is a value of its field, shown in the form in which its viewer sees that field. Deliberately
//! absent: a way to decide about several at once.

use super::school::StaffRef;
use crate::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CorrectionId, FamilyId},
    shown::Shown,
    values::{NoteText, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Within how many days, counted at the school, what a guardian asks is answered: a correction, a question. Calendar days, which are never more than the fifteen
/// working days of the practice, and need no calendar of holidays.
pub const DAYS_TO_ANSWER: u64 = 15;
/// The longest sentence beside what a guardian asks or in its answer, in characters.
pub const MOST_WORDS: usize = 500;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CorrectionWish {
    /// Another value.
    Replace,
    /// The school should find out: the value is wrong.
    Check,
    /// The value should not be kept.
    Erase,
}

impl CorrectionWish {
    /// Every wish.
    pub const ALL: &'static [Self] = &[Self::Replace, Self::Check, Self::Erase];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Check => "check",
            Self::Erase => "erase",
        }
    }
}

/// How far a correction has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CorrectionState {
    /// Waits for an answer.
    Open,
    /// Made.
    Accepted,
    /// Not made, with a reason.
    Declined,
    /// Taken back by whoever asked.
    Withdrawn,
}

impl CorrectionState {
    /// Every state.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Accepted, Self::Declined, Self::Withdrawn];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionCard {
    /// The correction.
    pub id: CorrectionId,
    /// The field that is wrong.
    pub field: FieldKey,
    /// What is asked for.
    pub wish: CorrectionWish,
    /// How far it has come.
    pub state: CorrectionState,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// The last day for an answer.
    pub due: NaiveDate,
    /// When it was answered or taken back.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub decided_by: Option<StaffRef>,
    /// The proposed value, where another one is asked for.
    pub proposed: Option<Shown<String>>,
    /// What the guardian says about it.
    pub words: Shown<Option<NoteText>>,
    /// What the school answers.
    pub answer: Shown<Option<NoteText>>,
}

/// The corrections that a guardian has asked for, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Corrections {
    /// The corrections.
    pub items: Vec<CorrectionCard>,
}

/// A correction to be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCorrection {
    /// A field of the child, or of the guardian who asks.
    pub field: FieldKey,
    /// What is asked for.
    pub wish: CorrectionWish,
    /// The right value, where it is to be replaced.
    #[serde(default)]
    pub value: String,
    /// A sentence about it; needed where the school should find out.
    #[serde(default)]
    pub words: String,
}

/// Whose value is wrong, or who says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonAsked {
    /// The person.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub id: Uuid,
    /// Student or guardian.
    pub kind: RecordKind,
    /// Counts changes; goes back with an acceptance.
    pub version: i64,
    /// Name.
    pub name: Shown<PersonName>,
}

/// A correction as the school works on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedCorrection {
    /// The correction.
    pub correction: CorrectionCard,
    /// The family.
    pub family: FamilyId,
    /// Whose value it is.
    pub person: PersonAsked,
    /// Who asks.
    pub asked_by: Option<PersonAsked>,
    /// The value as it is now.
    pub present: Shown<String>,
}

/// The query string of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct CorrectionQuery {
    /// How far they have come; open ones unless told. Open ones come oldest first, the others newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CorrectionState>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What the school answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Verdict {
    /// The correction is made.
    Accept,
    /// It is not.
    Decline,
}

/// A decision about one correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionDecision {
    /// The version of the person's record that the viewer saw.
    pub version: i64,
    /// What the school answers.
    pub verdict: Verdict,
    /// The right value, where the guardian asked the school to find out.
    #[serde(default)]
    pub value: String,
    /// A sentence that the guardian reads; needed to decline.
    #[serde(default)]
    pub answer: String,
}
