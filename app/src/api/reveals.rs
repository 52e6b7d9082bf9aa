//! `/api/{students,guardians,notes}/{id}/reveals` and `/api/reveals`: the deliberate look, signed by a passkey.
//!
//! The rule: the passkey signs the challenge of this one look; nothing that was proved a moment ago takes its place.

use super::{ApiError, post};
use crate::passkey;
use contract::{
    RecordKind,
    wire::{
        reveals::{RevealRequest, Revealed},
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use serde_json::value::RawValue;
use uuid::Uuid;

/// Opens one field.
///
/// # Errors
/// Those of the two calls, and [`ApiError::Passkey`] when the passkey was not given.
pub async fn open((kind, id): (RecordKind, Uuid), request: &RevealRequest) -> Result<Revealed, ApiError> {
    let begun: Ceremony<Box<RawValue>> = post(&format!("/api/{}s/{id}/reveals", kind.name()), request).await?;
    let credential = passkey::get(&begun.options).await.map_err(ApiError::Passkey)?;
    post("/api/reveals", &CeremonyFinish { ceremony: begun.ceremony, credential, name: String::new() }).await
}
