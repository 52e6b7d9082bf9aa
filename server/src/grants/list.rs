//! `GET /api/grants`

use crate::{
    http::{ApiError, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::wire::grants::Grants;

/// For what the viewer may ask, what they asked, what waits for them to decide, and what they may revoke.
#[utoipa::path(get, path = "/api/grants", responses((status = 200, body = Grants)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Grants>, ApiError> {
    Ok(Reply(app.grants(&viewer).await?))
}
