//! `DELETE /api/approvals/{id}`

use crate::{
    http::{ApiError, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{error::ErrorCode, ids::ApprovalId, wire::Done};
use guard::Disclosed;
use store::Written;

/// Withdraws one's own request, granted or not.
#[utoipa::path(delete, path = "/api/approvals/{id}", params(("id" = ApprovalId, Path)), responses((status = 200, body = Done)))]
pub(crate) async fn withdraw(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<ApprovalId>,
) -> Result<Reply<Done>, ApiError> {
    let scope = app.gate.own_approvals(&viewer).ok_or(ErrorCode::NotFound)?;
    let record = app.approval(&viewer, &scope, id).await?;
    let write = app.gate.withdraw_approval(&viewer, &record)?;
    match app.db.change_approval(&app.trail, write).await? {
        Written::Stored => Ok(Reply(Disclosed::plain(Done::DONE))),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
