//! `POST /api/grants/{id}/decision`

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::GrantId,
    wire::grants::{GrantDecision, Grants},
};
use guard::Refused;
use store::Written;

/// Grants somebody else's request until a day, or refuses it.
#[utoipa::path(post, path = "/api/grants/{id}/decision", params(("id" = GrantId, Path)), request_body = GrantDecision,
    responses((status = 200, body = Grants)))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<GrantId>,
    Body(wish): Body<GrantDecision>,
) -> Result<Reply<Grants>, ApiError> {
    let Some(scope) = app.gate.approvals_to_decide(&viewer) else {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    };
    let record = app.grant(&viewer, &[scope], id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = app.gate.decide_grant(fresh, &record, &wish)?;
    match app.db.step_grant(&app.trail, write).await? {
        Written::Stored => Ok(Reply(app.grants(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
