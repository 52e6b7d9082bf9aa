//! `/api/policy`: the field matrix.

use super::{ApiError, get, patch};
use contract::wire::policy::{PolicyChange, PolicyDocument};

/// The matrix in force.
pub async fn policy() -> Result<PolicyDocument, ApiError> {
    get("/api/policy").await
}
/// Changes it; needs a fresh passkey. [`ApiError::Conflict`] carries `Conflict<PolicyDocument>`.
pub async fn change(change: &PolicyChange) -> Result<PolicyDocument, ApiError> {
    patch("/api/policy", change).await
}
