//! Why a seal did not open, and what to do about it.
//!
//! The rule: it is said that nothing was opened, when it comes back, and who can help. Deliberately absent: why the server
//! does not tell more.

use crate::{
    api::ApiError,
    passkey::PasskeyError,
    text::{Text, approvals},
};
use contract::error::ErrorCode;

/// The words for a failed try.
pub fn words(error: &ApiError) -> Text {
    match error {
        ApiError::Passkey(PasskeyError::Missing) => approvals::NO_PASSKEY,
        ApiError::Passkey(PasskeyError::Cancelled | PasskeyError::Failed) => approvals::NOT_PROVEN,
        ApiError::Offline => approvals::UNREACHED,
        _ => match error.code() {
            Some(ErrorCode::QuotaExhausted) => approvals::QUOTA,
            Some(ErrorCode::TrailUnavailable) => approvals::TRAIL_DOWN,
            Some(ErrorCode::NotSignedIn) => approvals::SIGNED_OUT,
            Some(ErrorCode::NotFound | ErrorCode::Forbidden) => approvals::NO_RIGHT,
            Some(ErrorCode::ApprovalRequired | ErrorCode::Lapsed) => approvals::NONE_GOOD,
            _ => error.text(),
        },
    }
}
