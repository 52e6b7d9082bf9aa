//! `/api/students`: change, reveal.

use super::{ApiError, patch, post};
use contract::{
    ids::StudentId,
    wire::{
        reveals::{RevealRequest, Revealed},
        students::{StudentCard, StudentChanges},
    },
};

/// Changes a student; [`ApiError::Conflict`] carries `Conflict<StudentCard>`.
pub async fn change(id: StudentId, changes: &StudentChanges) -> Result<StudentCard, ApiError> {
    patch(&format!("/api/students/{id}"), changes).await
}
/// Opens one field; needs a fresh passkey.
pub async fn reveal(id: StudentId, request: &RevealRequest) -> Result<Revealed, ApiError> {
    post(&format!("/api/students/{id}/reveals"), request).await
}
