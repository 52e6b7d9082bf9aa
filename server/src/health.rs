//! Whether the school can be served: an entry of the trail can be written, and the trail is what was noted of it.

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
    if app.trail.is_well().await { Ok(Json(Health { ok: true })) } else { Err(ErrorCode::TrailUnavailable.into()) }
}
