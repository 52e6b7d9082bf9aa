//! `/api/notes`: reveal. Notes are written by [`super::families::add_note`] and never changed.

use super::{ApiError, post};
use contract::{
    ids::NoteId,
    wire::reveals::{RevealRequest, Revealed},
};

/// Opens the body of a note; needs a fresh passkey.
pub async fn reveal(id: NoteId, request: &RevealRequest) -> Result<Revealed, ApiError> {
    post(&format!("/api/notes/{id}/reveals"), request).await
}
