//! `/api/school`: what forms need to offer choices.

use super::{ApiError, get};
use contract::wire::school::SchoolFacts;

/// Campuses, classes and consultants within the viewer's reach.
pub async fn facts() -> Result<SchoolFacts, ApiError> {
    get("/api/school").await
}
