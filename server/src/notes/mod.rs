//! Follow-up notes: write one, open one.

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    field::RecordKind,
    ids::{FamilyId, NoteId},
    wire::{
        families::FamilyCard,
        notes::NewNote,
        reveals::{RevealRequest, Revealed},
    },
};

/// Writes a note.
#[utoipa::path(post, path = "/api/families/{id}/notes", params(("id" = FamilyId, Path)), request_body = NewNote,
    responses((status = 201, body = FamilyCard)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Body(new): Body<NewNote>,
) -> Result<Made<FamilyCard>, ApiError> {
    let family = app.family(&viewer, id).await?;
    let write = app.gate.add_note(&viewer, &family, &new)?;
    app.db.add_note(&app.trail, write).await?;
    Ok(Made(app.family_card(&viewer, id).await?))
}

/// Opens a note.
#[utoipa::path(post, path = "/api/notes/{id}/reveals", params(("id" = NoteId, Path)), request_body = RevealRequest,
    responses((status = 200, body = Revealed)))]
pub(crate) async fn reveal(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<NoteId>,
    Body(wish): Body<RevealRequest>,
) -> Result<Reply<Revealed>, ApiError> {
    let Some(record) = app.db.note(&app.gate.scope(&viewer), id).await? else {
        return Err(app.missing(&viewer, RecordKind::Note, id.0).await);
    };
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    Ok(Reply(app.gate.reveal_of_note(fresh, &record, &wish).await?))
}
