//! `/api/today` and `/api/waiting`: the families to get in touch with, and how much waits.

use super::{ApiError, get};
use contract::wire::today::{Today, Waiting};

/// Those of today, and how many there are.
pub async fn show() -> Result<Today, ApiError> {
    get("/api/today").await
}
/// How much waits; nothing about whom, so that no look is recorded.
pub async fn waiting() -> Result<Waiting, ApiError> {
    get("/api/waiting").await
}
