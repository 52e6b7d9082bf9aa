//! `/api/questions`: what guardians ask about looks, for whoever answers.

use super::{ApiError, get, post, with_query};
use contract::{
    ids::QuestionId,
    wire::{
        Page,
        questions::{AskedQuestion, NewAnswer, QuestionQuery},
    },
};

/// A page of them.
pub async fn list(query: &QuestionQuery) -> Result<Page<AskedQuestion>, ApiError> {
    let state = query.state.map(|state| state.name().to_owned());
    get(&with_query("/api/questions", &[("state", state), ("after", query.after.clone())])).await
}
/// Answers one; [`ApiError::Conflict`] carries `Conflict<AskedQuestion>`.
pub async fn answer(id: QuestionId, answer: &NewAnswer) -> Result<AskedQuestion, ApiError> {
    post(&format!("/api/questions/{id}/answer"), answer).await
}
