//! `POST /api/corrections/{id}/decision`

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
    error::ErrorCode,
    ids::CorrectionId,
    wire::{
        corrections::{AskedCorrection, CorrectionDecision},
        families::Conflict,
    },
};
use guard::records::Person;
use store::Written;

/// Makes a correction, or declines it with a reason.
#[utoipa::path(post, path = "/api/corrections/{id}/decision", params(("id" = CorrectionId, Path)), request_body = CorrectionDecision,
    responses((status = 200, body = AskedCorrection), (status = 409, body = Conflict<AskedCorrection>, content_type = "application/problem+json")))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<CorrectionId>,
    Body(wish): Body<CorrectionDecision>,
) -> Result<Response, ApiError> {
    let (record, family) = app.correction(&viewer, id).await?;
    let person = Person::in_family(&family, record.about).ok_or(ErrorCode::NotFound)?;
    let verdict = app.gate.decide_correction(&viewer, &record, person, &wish)?;
    let written = app.db.decide_correction(&app.trail, verdict).await?;
    let (record, family) = app.correction(&viewer, id).await?;
    match written {
        Written::Stored => Ok(Reply(app.gate.correction(&viewer, &record, &family).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.correction_conflict(&viewer, &record, &family, trace_id()).await?)),
    }
}
