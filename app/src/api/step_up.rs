//! Proof of presence for acts that need a fresh passkey.
//!
//! The rule: the act is tried first, so that a passkey which is still fresh is not asked for again; it is repeated once.

use super::{ApiError, Nothing, post};
use crate::{passkey, session};
use contract::{
    error::ErrorCode,
    wire::sign_in::{Ceremony, CeremonyFinish, Me},
};
use serde_json::value::RawValue;
use std::future::Future;

/// Runs `act`; when the server wants a fresh passkey, asks for it and runs `act` once more.
///
/// # Errors
/// Those of `act`, and [`ApiError::Passkey`] when the passkey was not given.
pub async fn with_step_up<A, F, Fut>(act: F) -> Result<A, ApiError>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<A, ApiError>>,
{
    match act().await {
        Err(error) if error.code() == Some(ErrorCode::StepUpRequired) => {
            prove().await?;
            act().await
        }
        other => other,
    }
}

/// Asks for the passkey and renews the session.
///
/// # Errors
/// Those of the two calls and of the ceremony between them.
pub async fn prove() -> Result<(), ApiError> {
    let ceremony: Ceremony<Box<RawValue>> = post("/api/step-up/begin", &Nothing {}).await?;
    let credential = passkey::get(&ceremony.options).await.map_err(ApiError::Passkey)?;
    let finish = CeremonyFinish { ceremony: ceremony.ceremony, credential, name: String::new() };
    let me: Me = post("/api/step-up/finish", &finish).await?;
    session::enter(me);
    Ok(())
}
