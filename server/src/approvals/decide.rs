//! `POST /api/approvals/{id}/decision`

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::ApprovalId,
    wire::{Done, approvals::Decision},
};
use guard::{Disclosed, Refused};
use store::Written;

/// Grants somebody else's request for some hours, or refuses it.
#[utoipa::path(post, path = "/api/approvals/{id}/decision", params(("id" = ApprovalId, Path)), request_body = Decision,
    responses((status = 200, body = Done)))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<ApprovalId>,
    Body(wish): Body<Decision>,
) -> Result<Reply<Done>, ApiError> {
    let Some(scope) = app.gate.approvals_to_decide(&viewer) else {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    };
    let record = app.approval(&viewer, &scope, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = app.gate.decide_approval(fresh, &record, &wish)?;
    match app.db.change_approval(&app.trail, write).await? {
        Written::Stored => Ok(Reply(Disclosed::plain(Done::DONE))),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
