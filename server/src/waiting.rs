//! `GET /api/waiting`: how much waits for the viewer.
//!
//! The rule: it counts what the lists would show, by the same scopes, and names nobody; so it is no look at anybody and leaves no
//! entry in the trail. Deliberately absent: what is waiting, which the pages ask for when they show it.

use crate::{
    http::{ApiError, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{rights::Duty, wire::today::Waiting};
use guard::Disclosed;

/// How much waits for the viewer.
#[utoipa::path(get, path = "/api/waiting", responses((status = 200, body = Waiting)))]
pub(crate) async fn count(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Waiting>, ApiError> {
    let contacts = match viewer.staff() {
        Some(me) => app.db.count_own_due(&app.gate.scope(&viewer), me).await?,
        None => 0,
    };
    let to_decide = match app.gate.approvals_to_decide(&viewer) {
        Some(scope) => app.db.count_approvals(&scope).await?.saturating_add(app.db.count_grants(&scope).await?),
        None => 0,
    };
    let granted = match app.gate.own_approvals(&viewer) {
        Some(scope) => app.db.count_approvals(&scope).await?,
        None => 0,
    };
    let corrections = app.db.count_corrections(&app.gate.desk(&viewer)).await?;
    let questions = match app.gate.question_desk(&viewer) {
        Some(desk) => app.db.count_questions(&desk).await?,
        None => 0,
    };
    let tokens = match viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)) {
        Some(me) => app.db.count_tokens(me, viewer.now()).await?,
        None => 0,
    };
    let findings = app.late_findings(&viewer).await?;
    Ok(Reply(Disclosed::plain(Waiting { contacts, to_decide, granted, corrections, questions, tokens, findings })))
}
