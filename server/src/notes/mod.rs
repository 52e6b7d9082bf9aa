//! Follow-up notes: write one, begin to open one.

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    field::RecordKind,
    ids::{FamilyId, NoteId},
    wire::{families::FamilyCard, notes::NewNote, reveals::RevealRequest, sign_in::Ceremony},
};
use guard::{Viewer, records::NoteRecord};
use serde_json::Value;

impl App {
    pub(crate) async fn note(&self, viewer: &Viewer, id: NoteId) -> Result<NoteRecord, ApiError> {
        match self.db.note(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Note, id.0).await),
        }
    }
}

/// Writes a note.
#[utoipa::path(post, path = "/api/families/{id}/notes", params(("id" = FamilyId, Path)), request_body = NewNote,
    responses((status = 201, body = FamilyCard)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Body(new): Body<NewNote>,
) -> Result<Made<FamilyCard>, ApiError> {
    let family = app.kept_family(&viewer, id).await?;
    let write = app.gate.add_note(&viewer, &family, &new)?;
    app.db.add_note(&app.trail, write).await?;
    Ok(Made(app.family_card(&viewer, id).await?))
}

/// Begins to open a note.
#[utoipa::path(post, path = "/api/notes/{id}/reveals", params(("id" = NoteId, Path)), request_body = RevealRequest,
    responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn reveal(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<NoteId>,
    Body(wish): Body<RevealRequest>,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    let record = app.note(&viewer, id).await?;
    app.begin_reveal(&viewer, (&record).into(), &wish).await
}
