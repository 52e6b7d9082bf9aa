//! `/api/guardians`: change, invite. Fields are opened by [`super::reveals`].

use super::{ApiError, Nothing, patch, post};
use contract::{
    ids::GuardianId,
    wire::{
        guardians::{GuardianCard, GuardianChanges},
        sign_in::LinkMade,
    },
};

/// Changes a guardian; [`ApiError::Conflict`] carries `Conflict<GuardianCard>`.
pub async fn change(id: GuardianId, changes: &GuardianChanges) -> Result<GuardianCard, ApiError> {
    patch(&format!("/api/guardians/{id}"), changes).await
}
/// Makes an invitation to the portal; the link is shown this once.
pub async fn invite(id: GuardianId) -> Result<LinkMade, ApiError> {
    post(&format!("/api/guardians/{id}/invitations"), &Nothing {}).await
}
