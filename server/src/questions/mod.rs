//! Questions that guardians ask about looks: the list of whoever answers, and the answer.
//!
//! The rule: whoever is questioned does not find the question, though they have the duty; for them there is none.

pub(crate) mod answer;
pub(crate) mod list;

use crate::{http::ApiError, state::App};
use contract::{error::ErrorCode, field::RecordKind, ids::QuestionId, rights::Duty};
use guard::{
    Viewer,
    records::{FamilyRecord, QuestionRecord},
    scope::QuestionDesk,
};
use std::sync::Arc;

impl App {
    /// The desk of somebody with the duty to answer.
    async fn question_desk(&self, viewer: &Viewer) -> Result<QuestionDesk, ApiError> {
        self.keeps(viewer, Duty::Approve).await?;
        Ok(self.gate.question_desk(viewer).ok_or(ErrorCode::Forbidden)?)
    }

    /// A question at a desk.
    async fn question(&self, viewer: &Viewer, desk: &QuestionDesk, id: QuestionId) -> Result<QuestionRecord, ApiError> {
        match self.db.question(desk, id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Question, id.0).await),
        }
    }

    /// The families of questions that the viewer reaches.
    async fn families_questioned(&self, viewer: &Viewer, records: &[QuestionRecord]) -> Result<Vec<Arc<FamilyRecord>>, ApiError> {
        let families = records.iter().map(|record| record.family).collect();
        Ok(self.db.families_among(&self.gate.scope(viewer), families).await?)
    }
}
