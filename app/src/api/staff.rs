//! `/api/staff`: the members of staff and their enrolment links.

use super::{ApiError, Nothing, get, post};
use contract::{
    ids::StaffId,
    wire::{Page, sign_in::LinkMade, staff::StaffCard},
};

/// Everybody.
pub async fn list() -> Result<Page<StaffCard>, ApiError> {
    get("/api/staff").await
}
/// Makes an enrolment link; needs a fresh passkey. The link is shown this once.
pub async fn enrol(id: StaffId) -> Result<LinkMade, ApiError> {
    post(&format!("/api/staff/{id}/enrolments"), &Nothing {}).await
}
