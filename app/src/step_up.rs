//! What needs a fresh passkey: asked for only when the server says so, and then once.

use crate::{api::ApiError, passkey, session::use_session};
use contract::error::ErrorCode;

/// Runs `action`; when the answer is `step_up_required`, asks for the passkey and runs it once more.
///
/// # Errors
/// What `action` answered, or why the ceremony came to nothing.
pub async fn with_step_up<T, F, Fut>(action: F) -> Result<T, ApiError>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<T, ApiError>>,
{
    match action().await {
        Err(error) if error.code() == Some(ErrorCode::StepUpRequired) => {
            let me = passkey::step_up().await?;
            use_session().adopt(me);
            action().await
        }
        answer => answer,
    }
}
