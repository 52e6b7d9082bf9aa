//! A question that a guardian asks about a look, with the look itself.
//!
//! The rule: the look is the entry of the trail, and nothing of it is kept a second time. Deliberately absent: the people of the
//! family, whom whoever answers need not reach.

use crate::{disclose::ledger::Kept, sealed::Sealed, vault::WrappedKey};
use chrono::{DateTime, Utc};
use contract::{
    catalogue::{QuestionAnswer, QuestionWords},
    ids::{FamilyId, GuardianId, QuestionId, StaffId, StudentId},
    wire::{
        questions::{Finding, QuestionState},
        school::StaffRef,
    },
};

/// A question as it is stored.
#[derive(Debug)]
pub struct QuestionRecord {
    /// The question.
    pub id: QuestionId,
    /// The family.
    pub family: FamilyId,
    /// The child in whose ledger the look was found.
    pub about: StudentId,
    /// The look.
    pub look: Kept,
    /// Who is questioned.
    pub of: StaffId,
    /// How far it has come.
    pub state: QuestionState,
    /// What the school finds.
    pub finding: Option<Finding>,
    /// Who asked.
    pub asked_by: GuardianId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When it was answered or taken back.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub decided_by: Option<StaffRef>,
    /// What the guardian says.
    pub words: Sealed<QuestionWords>,
    /// What the school answers; an empty one until then.
    pub answer: Sealed<QuestionAnswer>,
    /// The family's data key.
    pub key: WrappedKey,
}
