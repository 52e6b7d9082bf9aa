//! Saved views of the list of families.
//!
//! The rule: a view is kept and given out, never run: the list is asked with its filter by whoever uses it. Another's view that
//! is not shared and one that does not exist are one answer.

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::{ErrorCode, ValueError},
    ids::{StaffId, ViewId},
    wire::{
        Done,
        views::{NewView, ViewCard, ViewChanges, Views},
    },
};
use guard::{
    Disclosed, Refused, Viewer,
    gate::{ViewRecord, ViewWrite},
};
use store::ViewKept;

fn staff(viewer: &Viewer) -> Result<StaffId, ApiError> {
    viewer.staff().ok_or_else(|| ErrorCode::NotFound.into())
}

impl App {
    async fn view_of(&self, viewer: &Viewer, id: ViewId) -> Result<ViewRecord, ApiError> {
        Ok(self.db.view(staff(viewer)?, id).await?.ok_or(ErrorCode::NotFound)?)
    }
    /// Writes a refusal for want of a right down.
    async fn permitted<T>(&self, viewer: &Viewer, outcome: Result<T, Refused>) -> Result<T, ApiError> {
        match outcome {
            Err(Refused::Forbidden) => Err(self.gate.refuse(viewer, None, Refused::Forbidden).await.into()),
            other => Ok(other?),
        }
    }
    async fn keep(&self, viewer: &Viewer, write: ViewWrite) -> Result<Disclosed<ViewCard>, ApiError> {
        let card = self.gate.view(viewer, &write.record)?;
        match self.db.keep_view(&self.trail, write).await? {
            ViewKept::Stored => Ok(card),
            ViewKept::Full => Err(ApiError::field("views", ValueError::TooLong)),
        }
    }
}

/// The viewer's own views and the shared ones.
#[utoipa::path(get, path = "/api/views", responses((status = 200, body = Views)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Views>, ApiError> {
    Ok(Reply(app.gate.views(&viewer, &app.db.views(staff(&viewer)?).await?)?))
}

/// Keeps a view.
#[utoipa::path(post, path = "/api/views", request_body = NewView, responses((status = 201, body = ViewCard)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewView>,
) -> Result<Made<ViewCard>, ApiError> {
    let write = app.permitted(&viewer, app.gate.new_view(&viewer, &wish)).await?;
    Ok(Made(app.keep(&viewer, write).await?))
}

/// Changes one of the viewer's views.
#[utoipa::path(patch, path = "/api/views/{id}", params(("id" = ViewId, Path)), request_body = ViewChanges,
    responses((status = 200, body = ViewCard)))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<ViewId>,
    Body(wish): Body<ViewChanges>,
) -> Result<Reply<ViewCard>, ApiError> {
    let record = app.view_of(&viewer, id).await?;
    let write = app.permitted(&viewer, app.gate.change_view(&viewer, record, &wish)).await?;
    Ok(Reply(app.keep(&viewer, write).await?))
}

/// Removes one of the viewer's views.
#[utoipa::path(delete, path = "/api/views/{id}", params(("id" = ViewId, Path)), responses((status = 200, body = Done)))]
pub(crate) async fn remove(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<ViewId>) -> Result<Reply<Done>, ApiError> {
    let record = app.view_of(&viewer, id).await?;
    let entry = app.permitted(&viewer, app.gate.remove_view(&viewer, &record)).await?;
    app.db.remove_view(&app.trail, id, &entry).await?;
    Ok(Reply(Disclosed::plain(Done::DONE)))
}
