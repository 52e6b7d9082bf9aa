//! The field matrix: read it, change it, go back. A change holds from the next request of anybody, on every server.
//!
//! The rule: what a change would do is computed here before it is done, and what the joint rules are against is refused, with the rule,
//! the roles and what is left to guess. One person narrows; whoever widens proposes it, and another person confirms it. Deliberately
//! absent: a version that is edited or deleted.

pub(crate) mod due;
mod notice;
pub(crate) mod proposals;
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
    error::{ErrorCode, ValueError},
    rights::Duty,
    wire::{
        families::Conflict,
        ledger::Action,
        policy::{PolicyChange, PolicyDocument},
    },
};
use guard::{Disclosed, Refused, Viewer, policy::Rules};
use store::{PolicyRow, PolicyWritten};

/// A version as the client reads it.
fn as_document(row: PolicyRow, may_edit: bool) -> PolicyDocument {
    let conditions = row.rules.conditions_of_all();
    let Rules { cells, scopes, conditions: _, roles } = row.rules;
    PolicyDocument { version: row.version, since: row.at, by: row.by, cells, scopes, conditions, roles, may_edit }
}

impl App {
    async fn policy_document(&self, viewer: &Viewer) -> Result<PolicyDocument, ApiError> {
        let row = self.db.policy().await?;
        let may_edit = viewer.has_duty(Duty::KeepPolicy);
        Ok(as_document(row, may_edit))
    }

    /// What an act on the matrix is answered with.
    async fn after_policy(&self, viewer: &Viewer, written: PolicyWritten) -> Result<Response, ApiError> {
        if written != PolicyWritten::Stored {
            return self.not_written(viewer, written).await;
        }
        let document = self.policy_document(viewer).await?;
        self.with_policy(document.version).await?;
        self.tell_of_overtaken(viewer, document.version).await;
        Ok(Reply(Disclosed::plain(document)).into_response())
    }

    /// What an act that was not done is answered with.
    async fn not_written(&self, viewer: &Viewer, written: PolicyWritten) -> Result<Response, ApiError> {
        let refused = match written {
            PolicyWritten::Conflict => {
                let current = self.policy_document(viewer).await?;
                let code = ErrorCode::VersionConflict;
                let late = Conflict { code, status: code.status(), trace_id: trace_id(), current, since: Vec::new() };
                return Ok(conflict(Disclosed::plain(late)));
            }
            PolicyWritten::Taken => return Err(ApiError::field("proposal", ValueError::Taken)),
            PolicyWritten::Named => return Err(ApiError::field("roles", ValueError::Taken)),
            // It is saved at once, or says from when.
            PolicyWritten::Narrows => return Err(ApiError::field("from", ValueError::Required)),
            PolicyWritten::Stored | PolicyWritten::Missing => return Err(ErrorCode::NotFound.into()),
            PolicyWritten::Joint(joint) => {
                return Err(ApiError::from(self.gate.refuse(viewer, None, Refused::Joint).await).because(joint));
            }
            PolicyWritten::Widens => Refused::Approval,
            PolicyWritten::Lapsed => return Err(ErrorCode::Lapsed.into()),
        };
        Err(self.gate.refuse(viewer, None, refused).await.into())
    }
}

/// The matrix.
#[utoipa::path(get, path = "/api/policy", responses((status = 200, body = PolicyDocument)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<PolicyDocument>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    Ok(Reply(Disclosed::plain(app.policy_document(&viewer).await?)))
}

/// Changes the matrix where nobody gains anything; what widens it is proposed.
#[utoipa::path(patch, path = "/api/policy", request_body = PolicyChange,
    responses((status = 200, body = PolicyDocument), (status = 409, body = Conflict<PolicyDocument>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(PolicyChange { version, cells, scopes, conditions, roles }): Body<PolicyChange>,
) -> Result<Response, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.act_on_policy(fresh, Action::PolicyChanged, version.saturating_add(1))?;
    let change = Rules::read(Rules { cells, scopes, conditions, roles })?;
    let written = app.db.change_policy(&app.trail, version, change, &entry).await?;
    app.after_policy(&viewer, written).await
}
