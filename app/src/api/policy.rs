//! `/api/policy`: the field matrix, its history, and questions about it.

use super::{ApiError, get, patch, post, with_query};
use contract::wire::{
    Done, Page,
    policy::{PolicyChange, PolicyDocument, PolicyImpact, PolicyReview, PolicyRollback, PolicyVersion, ViewAs, ViewedAs},
};

/// The matrix in force.
pub async fn policy() -> Result<PolicyDocument, ApiError> {
    get("/api/policy").await
}
/// Changes it; needs a fresh passkey. [`ApiError::Conflict`] carries `Conflict<PolicyDocument>`.
pub async fn change(change: &PolicyChange) -> Result<PolicyDocument, ApiError> {
    patch("/api/policy", change).await
}
/// What a change would do.
pub async fn impact(change: &PolicyChange) -> Result<PolicyImpact, ApiError> {
    post("/api/policy/impact", change).await
}
/// A page of the history, newest first.
pub async fn versions(after: Option<String>) -> Result<Page<PolicyVersion>, ApiError> {
    get(&with_query("/api/policy/versions", &[("after", after)])).await
}
/// One version, whole.
pub async fn version(version: i64) -> Result<PolicyDocument, ApiError> {
    get(&format!("/api/policy/versions/{version}")).await
}
/// Goes back to an earlier version; needs a fresh passkey.
pub async fn roll_back(wish: &PolicyRollback) -> Result<PolicyDocument, ApiError> {
    post("/api/policy/rollbacks", wish).await
}
/// Confirms the version in force; needs a fresh passkey.
pub async fn review(version: i64) -> Result<Done, ApiError> {
    post("/api/policy/reviews", &PolicyReview { version }).await
}
/// In which form somebody would see a record.
pub async fn view_as(wish: &ViewAs) -> Result<ViewedAs, ApiError> {
    post("/api/policy/views", wish).await
}
