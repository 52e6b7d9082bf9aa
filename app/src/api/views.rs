//! `/api/views`: saved views of the list of families.

use super::{ApiError, delete, get, patch, post};
use contract::{
    ids::ViewId,
    wire::{
        Done,
        views::{NewView, ViewCard, ViewChanges, Views},
    },
};

/// One's own views and the shared ones.
pub async fn all() -> Result<Views, ApiError> {
    get("/api/views").await
}
/// Keeps a view.
pub async fn keep(view: &NewView) -> Result<ViewCard, ApiError> {
    post("/api/views", view).await
}
/// Changes one of one's own.
pub async fn change(id: ViewId, changes: &ViewChanges) -> Result<ViewCard, ApiError> {
    patch(&format!("/api/views/{id}"), changes).await
}
/// Removes one of one's own.
pub async fn remove(id: ViewId) -> Result<Done, ApiError> {
    delete(&format!("/api/views/{id}")).await
}
