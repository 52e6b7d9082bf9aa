//! The history of the matrix: what each version made different, confirming the present one, going back to an earlier one.

use super::as_document;
use crate::{
    http::{ApiError, Body, Id, OfStaff, Params, Reply},
    state::{App, Shared},
};
use axum::{extract::State, response::Response};
use contract::{
    error::{ErrorCode, ValueError},
    rights::Duty,
    wire::{
        Done, Page,
        families::Conflict,
        ledger::Action,
        policy::{HistoryQuery, ImpactQuestion, PolicyDocument, PolicyReview, PolicyRollback, PolicyVersion},
    },
};
use guard::{
    Disclosed, Policy,
    policy::{
        Rules,
        impact::{Difference, difference},
    },
};
use store::PolicyRow;

const ROWS: u64 = 20;

fn version(row: &PolicyRow, before: Option<&PolicyRow>) -> PolicyVersion {
    // The first one is what the school began with, not a change of everything.
    let Difference { cells, scopes, conditions, roles } =
        before.map(|before| difference(&before.compile(), &row.compile())).unwrap_or_default();
    PolicyVersion { version: row.version, since: row.at, by: row.by.clone(), cells, scopes, conditions, roles }
}

/// The versions, newest first, each with what it made different.
#[utoipa::path(get, path = "/api/policy/versions", params(HistoryQuery), responses((status = 200, body = Page<PolicyVersion>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(HistoryQuery { after }): Params<HistoryQuery>,
) -> Result<Reply<Page<PolicyVersion>>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    let before = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    // One more than is shown: the last one differs from something too.
    let rows = app.db.policy_history(before, ROWS + 1).await?;
    let more = rows.len() as u64 > ROWS;
    let mut items: Vec<PolicyVersion> = Vec::new();
    let mut newer = rows.iter().peekable();
    while let Some(row) = newer.next() {
        if items.len() as u64 == ROWS {
            break;
        }
        items.push(version(row, newer.peek().copied()));
    }
    let next = if more { items.last().map(|last| last.version.to_string()) } else { None };
    Ok(Reply(Disclosed::plain(Page { items, next, total: None, shown_as: viewer.roles().into() })))
}

/// One version, whole.
#[utoipa::path(get, path = "/api/policy/versions/{id}", params(("id" = i64, Path)), responses((status = 200, body = PolicyDocument)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<i64>,
) -> Result<Reply<PolicyDocument>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    let row = app.db.policy_version(id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Reply(Disclosed::plain(as_document(row, false))))
}

/// Makes a new version out of an earlier one, where nobody gains anything by it.
#[utoipa::path(post, path = "/api/policy/rollbacks", request_body = PolicyRollback,
    responses((status = 200, body = PolicyDocument), (status = 409, body = Conflict<PolicyDocument>, content_type = "application/problem+json")))]
pub(crate) async fn roll_back(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<PolicyRollback>,
) -> Result<Response, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.act_on_policy(fresh, Action::PolicyRolledBack, wish.version.saturating_add(1))?;
    let written = app.db.roll_back_policy(&app.trail, wish, &entry).await?;
    app.after_policy(&viewer, written).await
}

/// Confirms the version in force: somebody whose duty it is has looked at it.
#[utoipa::path(post, path = "/api/policy/reviews", request_body = PolicyReview, responses((status = 200, body = Done)))]
pub(crate) async fn review(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(PolicyReview { version }): Body<PolicyReview>,
) -> Result<Reply<Done>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    if app.db.policy().await?.version != version {
        return Err(ErrorCode::NotFound.into());
    }
    app.gate.record(app.gate.act_on_policy(fresh, Action::PolicyReviewed, version)?).await?;
    Ok(Reply(Disclosed::plain(Done::DONE)))
}

impl App {
    /// What is in force and what it would become, compiled: a change laid over it, or an earlier version alone, as going back makes it.
    pub(super) async fn asked(&self, question: ImpactQuestion) -> Result<(Policy, Policy), ApiError> {
        let ImpactQuestion { cells, scopes, conditions, roles, to } = question;
        let change = Rules::read(Rules { cells, scopes, conditions, roles })?;
        let present = self.db.policy().await?;
        let after = match to {
            None => present.rules.clone().with(&change).distinct()?,
            Some(_) if !change.is_empty() => return Err(ApiError::field("to", ValueError::Malformed)),
            Some(to) if to >= present.version => return Err(ErrorCode::NotFound.into()),
            Some(to) => self.db.policy_version(to).await?.ok_or(ErrorCode::NotFound)?.rules,
        };
        Ok((present.compile(), after.compile(present.version.saturating_add(1))))
    }
}
