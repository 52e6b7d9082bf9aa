//! Findings of audits: making one, the steps to its end, and how many are late.

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::{AuditId, FindingId},
    rights::Duty,
    wire::{
        audits::AuditReport,
        findings::{FindingCard, NewFinding, NewFindingStep},
    },
};
use guard::{Actor, Viewer};
use store::Written;

impl App {
    /// How many findings are late by whose next step is the viewer's; a number, so that asking reads none of them.
    pub(crate) async fn late_findings(&self, viewer: &Viewer) -> Result<u64, ApiError> {
        if !self.gate.follows_findings(viewer) {
            return Ok(0);
        }
        Ok(self.gate.findings_to_step(viewer, &self.db.late_findings(viewer.today()).await?))
    }
}

/// Makes a finding under a report that waits for its signature.
#[utoipa::path(post, path = "/api/audits/{id}/findings", params(("id" = AuditId, Path)), request_body = NewFinding,
    responses((status = 200, body = AuditReport)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AuditId>,
    Body(wish): Body<NewFinding>,
) -> Result<Reply<AuditReport>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let record = app.audit_record(&viewer, id).await?;
    let owner = app.db.person(Actor::Staff(wish.owner)).await?.map(|person| person.roles);
    let act = app.audited(&viewer, app.gate.find(&viewer, &record, &wish, owner)).await?;
    let written = app.db.act_on_finding(&app.trail, act).await?;
    app.after_audit(&viewer, id, written).await
}

/// Says that what a finding asks for was done, or that it was or was not.
#[utoipa::path(post, path = "/api/findings/{id}/steps", params(("id" = FindingId, Path)), request_body = NewFindingStep,
    responses((status = 200, body = FindingCard)))]
pub(crate) async fn step(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FindingId>,
    Body(wish): Body<NewFindingStep>,
) -> Result<Reply<FindingCard>, ApiError> {
    app.keeps(&viewer, Duty::ReadAudit).await?;
    let record = app.db.finding(id).await?.ok_or(ErrorCode::NotFound)?;
    let act = app.audited(&viewer, app.gate.step_finding(&viewer, &record, &wish)).await?;
    match app.db.act_on_finding(&app.trail, act).await? {
        Written::Stored => {
            let record = app.db.finding(id).await?.ok_or(ErrorCode::NotFound)?;
            Ok(Reply(app.gate.finding_after(&viewer, &record)?))
        }
        // Somebody was faster.
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
