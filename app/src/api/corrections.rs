//! `/api/corrections`: what guardians say is wrong, for whoever may write the field.

use super::{ApiError, get, post, with_query};
use contract::{
    ids::CorrectionId,
    wire::{
        Page,
        corrections::{AskedCorrection, CorrectionDecision, CorrectionQuery},
    },
};

/// A page of them.
pub async fn list(query: &CorrectionQuery) -> Result<Page<AskedCorrection>, ApiError> {
    let state = query.state.map(|state| state.name().to_owned());
    get(&with_query("/api/corrections", &[("state", state), ("after", query.after.clone())])).await
}
/// Decides about one; [`ApiError::Conflict`] carries `Conflict<AskedCorrection>`.
pub async fn decide(id: CorrectionId, decision: &CorrectionDecision) -> Result<AskedCorrection, ApiError> {
    post(&format!("/api/corrections/{id}/decision"), decision).await
}
