//! `/api/grants`: standing grants; each act answers with what now concerns the viewer.

use super::{ApiError, delete, get, post};
use contract::{
    ids::GrantId,
    wire::grants::{GrantDecision, Grants, NewGrant},
};

/// What concerns the viewer.
pub async fn list() -> Result<Grants, ApiError> {
    get("/api/grants").await
}
/// Asks.
pub async fn ask(wish: &NewGrant) -> Result<Grants, ApiError> {
    post("/api/grants", wish).await
}
/// Decides somebody else's request; needs a fresh passkey.
pub async fn decide(id: GrantId, decision: &GrantDecision) -> Result<Grants, ApiError> {
    post(&format!("/api/grants/{id}/decision"), decision).await
}
/// Withdraws one's own, or revokes somebody else's.
pub async fn end(id: GrantId) -> Result<Grants, ApiError> {
    delete(&format!("/api/grants/{id}")).await
}
