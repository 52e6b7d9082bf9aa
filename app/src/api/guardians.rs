//! `/api/guardians`: change, reveal, invite.

use super::{ApiError, Nothing, patch, post};
use contract::{
    ids::GuardianId,
    wire::{
        guardians::{GuardianCard, GuardianChanges},
        reveals::{RevealRequest, Revealed},
        sign_in::LinkMade,
    },
};

/// Changes a guardian; [`ApiError::Conflict`] carries `Conflict<GuardianCard>`.
pub async fn change(id: GuardianId, changes: &GuardianChanges) -> Result<GuardianCard, ApiError> {
    patch(&format!("/api/guardians/{id}"), changes).await
}
/// Opens one field; needs a fresh passkey.
pub async fn reveal(id: GuardianId, request: &RevealRequest) -> Result<Revealed, ApiError> {
    post(&format!("/api/guardians/{id}/reveals"), request).await
}
/// Makes an invitation to the portal; the link is shown this once.
pub async fn invite(id: GuardianId) -> Result<LinkMade, ApiError> {
    post(&format!("/api/guardians/{id}/invitations"), &Nothing {}).await
}
