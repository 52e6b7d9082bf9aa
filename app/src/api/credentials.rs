//! `/api/sign-in/ways`, `/api/sign-in/password`, `/api/account/password`, `/api/account/attested-passkeys`, `/api/school/ladder`: the
//! ladder, its lowest rung and its highest.

use super::{ApiError, Nothing, delete, get, patch, post};
use contract::wire::{
    credentials::{
        Credentials, LadderCard, LadderChanges, Password, PasswordBegun, PasswordChosen, PasswordFinish, PasswordSignIn, WaysIn,
    },
    sign_in::{Ceremony, Me},
};
use serde_json::value::RawValue;

/// The ways in that the school offers.
pub async fn ways() -> Result<WaysIn, ApiError> {
    get("/api/sign-in/ways").await
}
/// Signs in by password and code.
pub async fn sign_in(wish: &PasswordSignIn) -> Result<Me, ApiError> {
    post("/api/sign-in/password", wish).await
}
/// With what one signs in.
pub async fn own() -> Result<Credentials, ApiError> {
    get("/api/account/credentials").await
}
/// Chooses a password; needs a fresh passkey.
pub async fn begin(password: String) -> Result<PasswordBegun, ApiError> {
    post("/api/account/password/begin", &PasswordChosen { password: Password(password) }).await
}
/// Ends the set-up by a code of the app.
pub async fn finish(finish: &PasswordFinish) -> Result<Credentials, ApiError> {
    post("/api/account/password/finish", finish).await
}
/// Removes password and app; needs a fresh passkey.
pub async fn remove() -> Result<Credentials, ApiError> {
    delete("/api/account/password").await
}
/// Begins a passkey whose authenticator proves its make; needs a fresh one. It ends as any other.
pub async fn attested_begin() -> Result<Ceremony<Box<RawValue>>, ApiError> {
    post("/api/account/attested-passkeys/begin", &Nothing {}).await
}
/// With what each role signs in.
pub async fn ladder() -> Result<LadderCard, ApiError> {
    get("/api/school/ladder").await
}
/// Changes it; needs a fresh passkey.
pub async fn change_ladder(changes: &LadderChanges) -> Result<LadderCard, ApiError> {
    patch("/api/school/ladder", changes).await
}
