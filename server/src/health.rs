//! Whether the school can be served: the database answers and the trail can be read.

use crate::{http::ApiError, state::Shared};
use axum::{Json, extract::State};
use contract::error::ErrorCode;
use serde::Serialize;
use utoipa::ToSchema;

/// The state of the server; tells nothing about anybody.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always true; otherwise the answer is a problem.
    ok: bool,
}

/// Health.
#[utoipa::path(get, path = "/api/health", responses((status = 200, body = Health)))]
pub(crate) async fn health(State(app): State<Shared>) -> Result<Json<Health>, ApiError> {
    app.db.trail_anchor().await.map_err(|_| ErrorCode::TrailUnavailable)?;
    Ok(Json(Health { ok: true }))
}
