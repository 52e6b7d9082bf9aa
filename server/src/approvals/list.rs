//! `GET /api/approvals`

use crate::{
    http::{ApiError, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::wire::approvals::{ApprovalQuery, Approvals};

/// What the viewer has asked, and what waits for the viewer to decide.
#[utoipa::path(get, path = "/api/approvals", params(ApprovalQuery), responses((status = 200, body = Approvals)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(ApprovalQuery { record }): Params<ApprovalQuery>,
) -> Result<Reply<Approvals>, ApiError> {
    Ok(Reply(app.approvals(&viewer, record).await?))
}
