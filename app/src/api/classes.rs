//! `/api/classes`: which there are, who is in one.

use super::{ApiError, get};
use contract::{
    ids::ClassId,
    wire::{
        Page,
        classes::{ClassCard, ClassRow},
    },
};

/// The classes that go on or are to begin.
pub async fn list() -> Result<Page<ClassRow>, ApiError> {
    get("/api/classes").await
}
/// One class with its pupils.
pub async fn card(id: ClassId) -> Result<ClassCard, ApiError> {
    get(&format!("/api/classes/{id}")).await
}
