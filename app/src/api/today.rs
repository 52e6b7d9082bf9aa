//! `/api/today`: the families to get in touch with.

use super::{ApiError, get};
use contract::wire::today::Today;

/// Those of today, and how many there are.
pub async fn show() -> Result<Today, ApiError> {
    get("/api/today").await
}
