//! The register of approvals as a list and a file, and what one person did in ninety days.

use super::{ApiError, get, post, with_query};
use contract::{
    ids::StaffId,
    wire::{
        Page,
        reports::{Activity, RegisterFile, RegisterFilter, RegisterLine, RegisterQuery},
    },
};

/// One page, newest first; `after` comes from [`Page::next`].
pub async fn register(query: &RegisterQuery) -> Result<Page<RegisterLine>, ApiError> {
    let RegisterQuery { state, from, to, after } = query;
    let pairs = [
        ("state", state.map(|state| state.name().to_owned())),
        ("from", from.map(|day| day.to_string())),
        ("to", to.map(|day| day.to_string())),
        ("after", after.clone()),
    ];
    get(&with_query("/api/approvals/register", &pairs)).await
}
/// The lines of a filter for a file.
pub async fn register_file(filter: RegisterFilter) -> Result<RegisterFile, ApiError> {
    post("/api/approvals/exports", &filter).await
}
/// What somebody did.
pub async fn activity(id: StaffId) -> Result<Activity, ApiError> {
    get(&format!("/api/staff/{id}/activity")).await
}
