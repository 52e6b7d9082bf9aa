//! The rules of the watch: reading them, and setting one.

use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::alarms::{RuleCard, RuleChange, Rules},
};
use guard::Disclosed;

/// Every rule.
#[utoipa::path(get, path = "/api/alarms/rules", responses((status = 200, body = Rules)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Rules>, ApiError> {
    app.keeps(&viewer, Duty::Watch).await?;
    Ok(Reply(Disclosed::plain(Rules { items: app.db.watch_rules().await? })))
}

/// Sets one rule.
#[utoipa::path(patch, path = "/api/alarms/rules", request_body = RuleChange, responses((status = 200, body = RuleCard)))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(RuleChange { rule, setting }): Body<RuleChange>,
) -> Result<Reply<RuleCard>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.tune_watch(&fresh, rule, setting)?;
    app.db.tune_watch(&app.trail, rule, setting, entry).await?;
    let card = app.db.watch_rules().await?.into_iter().find(|card| card.rule == rule).ok_or(ErrorCode::Internal)?;
    Ok(Reply(Disclosed::plain(card)))
}
