//! `/api/account`: passkeys, sessions and recovery codes of one's own.

use super::{ApiError, Nothing, delete, get, patch, post};
use contract::{
    ids::{PasskeyId, SessionId},
    wire::{
        account::{Account, PasskeyRename, RecoveryCodes},
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use serde_json::value::RawValue;

/// Everything about one's own access.
pub async fn account() -> Result<Account, ApiError> {
    get("/api/account").await
}
/// Begins another passkey; needs a fresh one, see [`super::with_step_up`].
pub async fn passkey_begin() -> Result<Ceremony<Box<RawValue>>, ApiError> {
    post("/api/account/passkeys/begin", &Nothing {}).await
}
/// Ends it.
pub async fn passkey_finish(finish: &CeremonyFinish<Box<RawValue>>) -> Result<Account, ApiError> {
    post("/api/account/passkeys/finish", finish).await
}
/// Renames a passkey.
pub async fn passkey_rename(id: PasskeyId, name: String) -> Result<Account, ApiError> {
    patch(&format!("/api/account/passkeys/{id}"), &PasskeyRename { name }).await
}
/// Removes a passkey; needs a fresh one.
pub async fn passkey_remove(id: PasskeyId) -> Result<Account, ApiError> {
    delete(&format!("/api/account/passkeys/{id}")).await
}
/// Makes recovery codes; needs a fresh passkey. Earlier codes no longer count.
pub async fn recovery_codes() -> Result<RecoveryCodes, ApiError> {
    post("/api/account/recovery-codes", &Nothing {}).await
}
/// Ends a session of one's own; without an id every one but the present.
pub async fn session_end(id: Option<SessionId>) -> Result<Account, ApiError> {
    match id {
        Some(id) => delete(&format!("/api/account/sessions/{id}")).await,
        None => delete("/api/account/sessions").await,
    }
}
