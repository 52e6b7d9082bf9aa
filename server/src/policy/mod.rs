//! The field matrix: read it, change it. A change holds from the next request of anybody, on every server.

use crate::{
    http::{
        ApiError, Body, OfStaff, Reply,
        error::{conflict, trace_id},
    },
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::{
        families::Conflict,
        policy::{PolicyChange, PolicyDocument},
    },
};
use guard::{Disclosed, Refused, Viewer};
use store::Written;

impl App {
    async fn policy_document(&self, viewer: &Viewer) -> Result<PolicyDocument, ApiError> {
        let row = self.db.policy().await?;
        let may_edit = viewer.has_duty(Duty::KeepPolicy);
        Ok(PolicyDocument { version: row.version, since: row.at, by: row.by, cells: row.cells, scopes: row.scopes, may_edit })
    }
}

/// The matrix.
#[utoipa::path(get, path = "/api/policy", responses((status = 200, body = PolicyDocument)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<PolicyDocument>, ApiError> {
    if !viewer.has_duty(Duty::ReadPolicy) {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    }
    Ok(Reply(Disclosed::plain(app.policy_document(&viewer).await?)))
}

/// Changes the matrix.
#[utoipa::path(patch, path = "/api/policy", request_body = PolicyChange,
    responses((status = 200, body = PolicyDocument), (status = 409, body = Conflict<PolicyDocument>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(change): Body<PolicyChange>,
) -> Result<Response, ApiError> {
    if !viewer.has_duty(Duty::KeepPolicy) {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    }
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let entry = app.gate.change_policy(fresh, change.version)?;
    let written = app.db.change_policy(&app.trail, change, entry, viewer.name()).await?;
    let document = app.policy_document(&viewer).await?;
    match written {
        Written::Stored => {
            app.with_policy(document.version).await?;
            Ok(Reply(Disclosed::plain(document)).into_response())
        }
        Written::Conflict => {
            let code = ErrorCode::VersionConflict;
            let late = Conflict { code, status: code.status(), trace_id: trace_id(), current: document, since: Vec::new() };
            Ok(conflict(Disclosed::plain(late)))
        }
    }
}
