//! `/api/approvals`: what was asked, asking, deciding, withdrawing.

use super::{ApiError, delete, get, post, with_query};
use contract::{
    ids::ApprovalId,
    wire::{
        Done,
        approvals::{Approvals, Decision, NewApproval},
    },
};
use uuid::Uuid;

/// What concerns the viewer; of one record, or of all.
pub async fn list(record: Option<Uuid>) -> Result<Approvals, ApiError> {
    get(&with_query("/api/approvals", &[("record", record.map(|id| id.to_string()))])).await
}
/// Asks; answers with what concerns the same record.
pub async fn ask(wish: &NewApproval) -> Result<Approvals, ApiError> {
    post("/api/approvals", wish).await
}
/// Decides somebody else's request; needs a fresh passkey.
pub async fn decide(id: ApprovalId, decision: &Decision) -> Result<Done, ApiError> {
    post(&format!("/api/approvals/{id}/decision"), decision).await
}
/// Withdraws one's own.
pub async fn withdraw(id: ApprovalId) -> Result<Done, ApiError> {
    delete(&format!("/api/approvals/{id}")).await
}
