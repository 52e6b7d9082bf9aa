//! `POST /api/questions/{id}/answer`

use crate::{
    http::{
        ApiError, Body, Id, OfStaff, Reply,
        error::{conflict, trace_id},
    },
    state::Shared,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    ids::QuestionId,
    wire::{
        families::Conflict,
        questions::{AskedQuestion, NewAnswer},
    },
};
use store::Written;

/// Answers a question about the look of somebody else.
#[utoipa::path(post, path = "/api/questions/{id}/answer", params(("id" = QuestionId, Path)), request_body = NewAnswer,
    responses((status = 200, body = AskedQuestion), (status = 409, body = Conflict<AskedQuestion>, content_type = "application/problem+json")))]
pub(crate) async fn answer(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<QuestionId>,
    Body(new): Body<NewAnswer>,
) -> Result<Response, ApiError> {
    let desk = app.question_desk(&viewer).await?;
    let record = app.question(&viewer, &desk, id).await?;
    let reply = app.gate.answer_question(&viewer, &record, &new)?;
    let written = app.db.answer_question(&app.trail, reply).await?;
    let record = app.question(&viewer, &desk, id).await?;
    let families = app.families_questioned(&viewer, std::slice::from_ref(&record)).await?;
    match written {
        Written::Stored => Ok(Reply(app.gate.question(&viewer, &record, &families).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.question_conflict(&viewer, &record, &families, trace_id()).await?)),
    }
}
