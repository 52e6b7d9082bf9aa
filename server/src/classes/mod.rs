//! Classes: which there are, and who is in one.

use crate::{
    http::{ApiError, Id, Reader, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::ClassId,
    wire::{
        Page,
        classes::{ClassCard, ClassRow},
    },
};
use guard::Refused;

/// The classes that go on or are to begin: those of one's campuses; for a teacher, those taught now.
#[utoipa::path(get, path = "/api/classes", responses((status = 200, body = Page<ClassRow>)))]
pub(crate) async fn list(State(app): State<Shared>, Reader { viewer }: Reader) -> Result<Reply<Page<ClassRow>>, ApiError> {
    let classes = app.db.classes(&app.gate.scope(&viewer)).await?;
    Ok(Reply(app.gate.classes(&viewer, &classes).await?))
}

/// One class with those of its pupils whom the viewer reaches.
#[utoipa::path(get, path = "/api/classes/{id}", params(("id" = ClassId, Path)), responses((status = 200, body = ClassCard)))]
pub(crate) async fn show(State(app): State<Shared>, Reader { viewer }: Reader, Id(id): Id<ClassId>) -> Result<Reply<ClassCard>, ApiError> {
    match app.db.class(&app.gate.scope(&viewer), id).await? {
        Some(record) => Ok(Reply(app.gate.class_card(&viewer, &record).await?)),
        // Out of reach and not there are one answer.
        None => Err(match app.gate.refuse(&viewer, None, Refused::NotFound).await {
            Refused::TrailDown => ErrorCode::TrailUnavailable.into(),
            _ => ErrorCode::NotFound.into(),
        }),
    }
}
