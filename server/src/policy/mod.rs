//! The field matrix: read it, change it, go back. A change holds from the next request of anybody, on every server.
//!
//! The rule: what a change would do is computed here before it is done, and what would be seen together beyond the joint rule is
//! refused. Deliberately absent: a version that is edited or deleted.

pub(crate) mod questions;
pub(crate) mod versions;

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
        ledger::Action,
        policy::{PolicyChange, PolicyDocument},
    },
};
use guard::{Disclosed, Refused, Viewer};
use store::PolicyWritten;

impl App {
    async fn policy_document(&self, viewer: &Viewer) -> Result<PolicyDocument, ApiError> {
        let row = self.db.policy().await?;
        let may_edit = viewer.has_duty(Duty::KeepPolicy);
        Ok(PolicyDocument { version: row.version, since: row.at, by: row.by, cells: row.cells, scopes: row.scopes, may_edit })
    }

    /// What an act on the matrix is answered with.
    async fn after_policy(&self, viewer: &Viewer, written: PolicyWritten) -> Result<Response, ApiError> {
        let document = self.policy_document(viewer).await?;
        match written {
            PolicyWritten::Stored => {
                self.with_policy(document.version).await?;
                Ok(Reply(Disclosed::plain(document)).into_response())
            }
            PolicyWritten::Conflict => {
                let code = ErrorCode::VersionConflict;
                let late = Conflict { code, status: code.status(), trace_id: trace_id(), current: document, since: Vec::new() };
                Ok(conflict(Disclosed::plain(late)))
            }
            PolicyWritten::Missing => Err(ErrorCode::NotFound.into()),
            PolicyWritten::Joint => Err(self.gate.refuse(viewer, None, Refused::Joint).await.into()),
        }
    }
}

/// The matrix.
#[utoipa::path(get, path = "/api/policy", responses((status = 200, body = PolicyDocument)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<PolicyDocument>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
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
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.act_on_policy(fresh, Action::PolicyChanged, change.version.saturating_add(1))?;
    let written = app.db.change_policy(&app.trail, change, &entry).await?;
    app.after_policy(&viewer, written).await
}
