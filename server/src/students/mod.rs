//! Students: change one, begin to open one of its fields.

use crate::{
    http::{
        ApiError, Body, Id, OfStaff, Reply,
        error::{conflict, trace_id},
    },
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    field::RecordKind,
    ids::StudentId,
    wire::{
        families::Conflict,
        reveals::RevealRequest,
        sign_in::Ceremony,
        students::{StudentCard, StudentChanges},
    },
};
use guard::{Viewer, records::StudentRecord};
use serde_json::Value;
use store::Written;

impl App {
    pub(crate) async fn student(&self, viewer: &Viewer, id: StudentId) -> Result<StudentRecord, ApiError> {
        match self.db.student(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Student, id.0).await),
        }
    }
}

/// Changes a student.
#[utoipa::path(patch, path = "/api/students/{id}", params(("id" = StudentId, Path)), request_body = StudentChanges,
    responses((status = 200, body = StudentCard), (status = 409, body = Conflict<StudentCard>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StudentId>,
    Body(wish): Body<StudentChanges>,
) -> Result<Response, ApiError> {
    let record = app.student(&viewer, id).await?;
    let write = app.gate.change_student(&viewer, &record, &wish)?;
    match app.db.change_student(&app.trail, write).await? {
        Written::Stored => {
            let record = app.student(&viewer, id).await?;
            Ok(Reply(app.gate.student_card(&viewer, &record).await?).into_response())
        }
        Written::Conflict => {
            let record = app.student(&viewer, id).await?;
            let kept = app.db.changes_since(id.0, wish.version).await?;
            Ok(conflict(app.gate.student_conflict(&viewer, &record, &kept, trace_id()).await?))
        }
    }
}

/// Begins to open one field of a student.
#[utoipa::path(post, path = "/api/students/{id}/reveals", params(("id" = StudentId, Path)), request_body = RevealRequest,
    responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn reveal(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StudentId>,
    Body(wish): Body<RevealRequest>,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    let record = app.student(&viewer, id).await?;
    app.begin_reveal(&viewer, (&record).into(), &wish).await
}
