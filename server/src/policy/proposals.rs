//! Proposed changes of the matrix: the last one, proposing, deciding, taking back.
//!
//! The rule: what shows or permits anybody more takes two people, each with a fresh passkey. Deliberately absent: a proposal that
//! one person edits while another reads it.

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    ids::{ProposalId, StaffId},
    rights::Duty,
    wire::{
        families::Conflict,
        policy::{PolicyDocument, PolicyImpact},
        proposals::{NewProposal, ProposalDecision, Proposals},
    },
};
use guard::{Disclosed, Refused, Viewer, policy::impact::impact as computed, records::ProposalRecord};
use store::PolicyWritten;

impl App {
    /// The impact with who could confirm the change of `proposer`.
    pub(super) async fn with_confirmers(&self, mut impact: PolicyImpact, proposer: StaffId) -> Result<PolicyImpact, ApiError> {
        impact.confirmers = self.db.confirmers(proposer).await?.into_iter().map(|(_, name)| name).collect();
        Ok(impact)
    }

    async fn proposals(&self, viewer: &Viewer) -> Result<Disclosed<Proposals>, ApiError> {
        let present = self.db.policy().await?.version;
        let Some(record) = self.db.last_proposal().await? else {
            return Ok(self.gate.proposals(viewer, present, None));
        };
        let base = self.db.policy_version(record.base).await?.ok_or(ErrorCode::Internal)?.compile();
        let after = record.rules.compile(record.base.saturating_add(1));
        let impact = computed(&base, &after, &self.db.role_holders().await?);
        let impact = self.with_confirmers(impact, record.by.who.id).await?;
        Ok(self.gate.proposals(viewer, present, Some((&record, impact))))
    }

    /// A proposal. Whoever may read the matrix knows of it, so that one that is not there is no secret.
    async fn proposal(&self, viewer: &Viewer, id: ProposalId) -> Result<ProposalRecord, ApiError> {
        match self.db.proposal(id).await? {
            Some(record) => Ok(record),
            None => Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into()),
        }
    }

    /// What a step about a proposal is answered with: how it stands, or why it was not done.
    async fn after_step(&self, viewer: &Viewer, written: PolicyWritten) -> Result<Response, ApiError> {
        if written == PolicyWritten::Stored {
            self.with_policy(self.db.policy().await?.version).await?;
            return Ok(Reply(self.proposals(viewer).await?).into_response());
        }
        self.not_written(viewer, written).await
    }
}

/// The last proposed change.
#[utoipa::path(get, path = "/api/policy/proposals", responses((status = 200, body = Proposals)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Proposals>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    Ok(Reply(app.proposals(&viewer).await?))
}

/// Proposes a change that widens the matrix, or one that narrows it from a moment on.
#[utoipa::path(post, path = "/api/policy/proposals", request_body = NewProposal,
    responses((status = 201, body = Proposals), (status = 409, body = Conflict<PolicyDocument>, content_type = "application/problem+json")))]
pub(crate) async fn propose(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewProposal>,
) -> Result<Response, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let ask = app.gate.propose(fresh, &wish)?;
    match app.db.propose_policy(&app.trail, ask).await? {
        PolicyWritten::Stored => {
            app.tell_of_proposal(&viewer).await;
            Ok(Made(app.proposals(&viewer).await?).into_response())
        }
        written => app.not_written(&viewer, written).await,
    }
}

/// Confirms what somebody else proposed, or declines it.
#[utoipa::path(post, path = "/api/policy/proposals/{id}/decision", params(("id" = ProposalId, Path)), request_body = ProposalDecision,
    responses((status = 200, body = Proposals), (status = 409, body = Conflict<PolicyDocument>, content_type = "application/problem+json")))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<ProposalId>,
    Body(wish): Body<ProposalDecision>,
) -> Result<Response, ApiError> {
    app.keeps(&viewer, Duty::Approve).await?;
    let record = app.proposal(&viewer, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = match app.gate.decide_proposal(fresh, &record, &wish) {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        write => write?,
    };
    let written = app.db.step_proposal(&app.trail, write).await?;
    app.after_step(&viewer, written).await
}

/// Takes a change back that does not hold yet: for whoever proposed it or confirmed it.
#[utoipa::path(delete, path = "/api/policy/proposals/{id}", params(("id" = ProposalId, Path)), responses((status = 200, body = Proposals)))]
pub(crate) async fn withdraw(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<ProposalId>) -> Result<Response, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    let record = app.proposal(&viewer, id).await?;
    let write = match app.gate.withdraw_proposal(&viewer, &record) {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        write => write?,
    };
    let written = app.db.step_proposal(&app.trail, write).await?;
    app.after_step(&viewer, written).await
}
