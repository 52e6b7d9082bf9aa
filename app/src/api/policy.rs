//! `/api/policy`: the field matrix, its history, and questions about it.

use super::{ApiError, delete, get, patch, post, with_query};
use crate::text::named;
use contract::{
    ids::ProposalId,
    wire::{
        Done, Page,
        policy::{ImpactQuestion, PolicyChange, PolicyDocument, PolicyImpact, PolicyReview, PolicyRole, PolicyRollback, PolicyVersion},
        proposals::{NewProposal, ProposalDecision, Proposals},
        why::{Sights, ViewAs, ViewedAs, WhoSees},
    },
};

/// The matrix in force, and with it what the school calls its own roles.
pub async fn policy() -> Result<PolicyDocument, ApiError> {
    get("/api/policy").await.inspect(|document: &PolicyDocument| named::learn(PolicyRole::lines(&document.roles)))
}
/// The last proposed change.
pub async fn proposals() -> Result<Proposals, ApiError> {
    get("/api/policy/proposals").await
}
/// Proposes a change that widens it; needs a fresh passkey. [`ApiError::Conflict`] as for [`change`].
pub async fn propose(wish: &NewProposal) -> Result<Proposals, ApiError> {
    post("/api/policy/proposals", wish).await
}
/// Confirms or declines what somebody else proposed; needs a fresh passkey.
pub async fn decide(id: ProposalId, decision: &ProposalDecision) -> Result<Proposals, ApiError> {
    post(&format!("/api/policy/proposals/{id}/decision"), decision).await
}
/// Takes a change back that does not hold yet.
pub async fn withdraw(id: ProposalId) -> Result<Proposals, ApiError> {
    delete(&format!("/api/policy/proposals/{id}")).await
}
/// Changes it where nobody gains anything; needs a fresh passkey. [`ApiError::Conflict`] carries `Conflict<PolicyDocument>`.
pub async fn change(change: &PolicyChange) -> Result<PolicyDocument, ApiError> {
    patch("/api/policy", change).await
}
/// What a change would do, or a way back.
pub async fn impact(question: &ImpactQuestion) -> Result<PolicyImpact, ApiError> {
    post("/api/policy/impact", question).await
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
/// What somebody sees of a family, and why.
pub async fn view_as(wish: &ViewAs) -> Result<ViewedAs, ApiError> {
    post("/api/policy/views", wish).await
}
/// Who sees a field of a family, and why.
pub async fn who_sees(wish: &WhoSees) -> Result<Sights, ApiError> {
    post("/api/policy/sights", wish).await
}
