//! `/api/school` and `/api/campuses`: what forms offer, the settings, the campuses, the first steps.

use super::{ApiError, delete, get, patch, post};
use contract::{
    ids::CampusId,
    wire::school::{CampusName, SchoolChanges, SchoolFacts, SchoolSettings, Setup},
};

/// Campuses, classes and consultants within the viewer's reach.
pub async fn facts() -> Result<SchoolFacts, ApiError> {
    get("/api/school").await
}
/// The settings and the campuses in numbers.
pub async fn settings() -> Result<SchoolSettings, ApiError> {
    get("/api/school/settings").await
}
/// Changes the settings; needs a fresh passkey, as do the next three.
pub async fn change(changes: &SchoolChanges) -> Result<SchoolSettings, ApiError> {
    patch("/api/school/settings", changes).await
}
/// Adds a campus.
pub async fn add_campus(name: &CampusName) -> Result<SchoolSettings, ApiError> {
    post("/api/campuses", name).await
}
/// Renames a campus.
pub async fn rename_campus(id: CampusId, name: &CampusName) -> Result<SchoolSettings, ApiError> {
    patch(&format!("/api/campuses/{id}"), name).await
}
/// Closes a campus.
pub async fn close_campus(id: CampusId) -> Result<SchoolSettings, ApiError> {
    delete(&format!("/api/campuses/{id}")).await
}
/// How ready the school is.
pub async fn setup() -> Result<Setup, ApiError> {
    get("/api/school/setup").await
}
