//! `/api/grants`: standing grants; each act answers with what now concerns the viewer.

use super::{ApiError, delete, get, post};
use contract::{
    ids::GrantId,
    wire::grants::{GrantDecision, Grants, NewGrant},
};
use serde::{Deserialize, de::IgnoredAny};

/// The same answer for a page that says how many there are and shows none: what is in them is passed over, and costs no code.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GrantCounts {
    /// For how many classes the viewer may ask.
    pub may_ask: Vec<IgnoredAny>,
    /// The viewer's own.
    pub mine: Vec<OwnGrant>,
    /// Those that wait for the viewer to decide.
    pub to_decide: Vec<IgnoredAny>,
    /// Those that the viewer may revoke.
    pub standing: Vec<IgnoredAny>,
}

/// One of the viewer's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OwnGrant {
    /// Whether it holds at this moment.
    pub holds: bool,
}

/// How many concern the viewer.
pub async fn counts() -> Result<GrantCounts, ApiError> {
    get("/api/grants").await
}

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
