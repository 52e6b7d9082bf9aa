//! `GET /api/questions`

use crate::{
    http::{ApiError, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    wire::{
        Page,
        questions::{AskedQuestion, QuestionQuery, QuestionState},
    },
};
use store::{Cursor, QuestionList};

const ROWS: u64 = 20;

/// The questions that the viewer may answer.
#[utoipa::path(get, path = "/api/questions", params(QuestionQuery), responses((status = 200, body = Page<AskedQuestion>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(QuestionQuery { state, after }): Params<QuestionQuery>,
) -> Result<Reply<Page<AskedQuestion>>, ApiError> {
    let after: Option<Cursor> = after.map(|text| text.parse()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let state = state.unwrap_or(QuestionState::Open);
    let desk = app.question_desk(&viewer).await?;
    let total = match (state, after) {
        (QuestionState::Open, None) => Some(app.db.count_questions(&desk).await?),
        _ => None,
    };
    let (found, next) = app.db.questions(&desk, QuestionList { state, after, limit: ROWS }).await?;
    let families = app.families_questioned(&viewer, &found).await?;
    Ok(Reply(app.gate.questions(&viewer, &found, &families, next.map(|next| next.to_string()), total).await?))
}
