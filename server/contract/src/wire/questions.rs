//! Questions on the wire: a guardian asks why somebody looked, and the school answers.
//!
//! The rule: a question is about one line of the guardian's own ledger, and tells the school nothing of the line that the line
//! does not say itself. Deliberately absent: an answer by whoever is questioned, and one without words.

use super::{ledger::LedgerLine, school::StaffRef, today::FamilyBrief};
use crate::{ids::QuestionId, named::names, shown::Shown, values::NoteText};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

names! {
    /// How far a question has come.
    QuestionState {
        /// Waits for an answer.
        Open = "open",
        /// Answered.
        Answered = "answered",
        /// Taken back by whoever asked.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// What the school finds about a look.
    Finding {
        /// There was a reason for it.
        Justified = "justified",
        /// There was none (无正当理由).
        Unjustified = "unjustified",
        /// It was a mistake, and something was done about it.
        Mistake = "mistake",
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// The question.
    pub id: QuestionId,
    /// The line that is questioned, as the guardian reads it.
    pub line: LedgerLine,
    /// How far it has come.
    pub state: QuestionState,
    /// What the school finds; with the answer.
    pub finding: Option<Finding>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// The last day for an answer.
    pub due: NaiveDate,
    /// When it was answered or taken back.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub decided_by: Option<StaffRef>,
    /// What the guardian says.
    pub words: Shown<Option<NoteText>>,
    /// What the school answers.
    pub answer: Shown<Option<NoteText>>,
}

/// The questions that a guardian has asked about a child, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Questions {
    /// The questions.
    pub items: Vec<Question>,
}

/// A question to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewQuestion {
    /// The number of the line, [`LedgerLine::seq`].
    pub line: i64,
    /// A sentence about it.
    #[serde(default)]
    pub words: String,
}

/// A question as the school works on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedQuestion {
    /// The question.
    pub question: Question,
    /// The family, for a viewer who reaches it.
    pub family: Option<FamilyBrief>,
}

/// The query string of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct QuestionQuery {
    /// How far they have come; open ones unless told. Open ones come oldest first, the others newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<QuestionState>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAnswer {
    /// What the school finds.
    pub finding: Finding,
    /// What the guardian reads; needed.
    pub answer: String,
}
