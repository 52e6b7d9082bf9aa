//! `/api/portal/children/{id}/corrections` and `/api/portal/corrections/{id}/withdrawal`: what a guardian says is wrong.
//!
//! The rule: own children and oneself, and of corrections one's own alone; another guardian's is not there.

use crate::{
    http::{
        ApiError, Body, Id, Made, Reply, SignedIn,
        error::{conflict, trace_id},
    },
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    error::{ErrorCode, ValueError},
    field::RecordKind,
    ids::{CorrectionId, GuardianId, StudentId},
    wire::{
        corrections::{CorrectionCard, Corrections, NewCorrection},
        families::Conflict,
    },
};
use guard::{
    Viewer,
    records::{CorrectionRecord, Person},
};
use store::Written;

/// What the guardian has asked for about a child and themselves.
#[utoipa::path(get, path = "/api/portal/children/{id}/corrections", params(("id" = StudentId, Path)), responses((status = 200, body = Corrections)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
) -> Result<Reply<Corrections>, ApiError> {
    let me = app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    let records = app.db.own_corrections(&app.gate.scope(&viewer), [child.id.0, me.id.0]).await?;
    Ok(Reply(app.gate.own_corrections(&viewer, &child, &me, &records).await?))
}

/// Asks for a correction.
#[utoipa::path(post, path = "/api/portal/children/{id}/corrections", params(("id" = StudentId, Path)), request_body = NewCorrection,
    responses((status = 201, body = CorrectionCard), (status = 409, body = Conflict<CorrectionCard>, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
    Body(new): Body<NewCorrection>,
) -> Result<Response, ApiError> {
    let me = app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    let person = Person::with(new.field, &child, &me).ok_or_else(|| ApiError::field("field", ValueError::NotWritable))?;
    let ask = app.gate.ask_correction(&viewer, person, &new)?;
    let (about, scope) = (ask.about, app.gate.scope(&viewer));
    let written = app.db.ask_correction(&app.trail, ask).await?;
    // Of the field one is open now: this one, or the one that was there.
    let open = app.db.open_correction(&scope, about, new.field).await?.ok_or(ErrorCode::NotFound)?;
    match written {
        Written::Stored => Ok(Made(app.gate.own_correction(&viewer, &open, person).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.own_correction_conflict(&viewer, &open, person, trace_id()).await?)),
    }
}

/// Takes a correction back.
#[utoipa::path(post, path = "/api/portal/corrections/{id}/withdrawal", params(("id" = CorrectionId, Path)),
    responses((status = 200, body = CorrectionCard), (status = 409, body = Conflict<CorrectionCard>, content_type = "application/problem+json")))]
pub(crate) async fn withdraw(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<CorrectionId>,
) -> Result<Response, ApiError> {
    let me = app.self_of(&viewer).await?;
    let record = app.own_correction(&viewer, id).await?;
    let child = match record.field.record() {
        RecordKind::Student => Some(app.student(&viewer, StudentId(record.about)).await?),
        _ => None,
    };
    let person = match &child {
        Some(child) => Person::Student(child),
        None if GuardianId(record.about) == me.id => Person::Guardian(&me),
        None => return Err(ErrorCode::NotFound.into()),
    };
    let withdrawal = app.gate.withdraw_correction(&viewer, &record, person)?;
    let written = app.db.withdraw_correction(&app.trail, withdrawal).await?;
    let record = app.own_correction(&viewer, id).await?;
    match written {
        Written::Stored => Ok(Reply(app.gate.own_correction(&viewer, &record, person).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.own_correction_conflict(&viewer, &record, person, trace_id()).await?)),
    }
}

impl App {
    async fn own_correction(&self, viewer: &Viewer, id: CorrectionId) -> Result<CorrectionRecord, ApiError> {
        match self.db.own_correction(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Correction, id.0).await),
        }
    }
}
