//! `DELETE /api/grants/{id}`

use crate::{
    http::{ApiError, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{error::ErrorCode, ids::GrantId, wire::grants::Grants};
use store::Written;

/// Withdraws one's own, or revokes one that stands for somebody else. It takes a right away: no passkey is asked for.
#[utoipa::path(delete, path = "/api/grants/{id}", params(("id" = GrantId, Path)), responses((status = 200, body = Grants)))]
pub(crate) async fn end(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<GrantId>) -> Result<Reply<Grants>, ApiError> {
    let scopes: Vec<_> = [app.gate.own_approvals(&viewer), app.gate.approvals_to_decide(&viewer)].into_iter().flatten().collect();
    let record = app.grant(&viewer, &scopes, id).await?;
    let write = app.gate.end_grant(&viewer, &record)?;
    match app.db.step_grant(&app.trail, write).await? {
        Written::Stored => Ok(Reply(app.grants(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
