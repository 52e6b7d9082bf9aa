//! `POST /api/families/search`: a POST, so that the value stays out of URLs and logs (ASVS 14.2.1).

use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    limits::Act,
    state::Shared,
};
use axum::extract::State;
use contract::wire::{
    Page,
    families::{FamilyRow, FamilySearch},
    ledger::Action,
};

/// Finds families by a personal value.
#[utoipa::path(post, path = "/api/families/search", request_body = FamilySearch, responses((status = 200, body = Page<FamilyRow>)))]
pub(crate) async fn search(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<FamilySearch>,
) -> Result<Reply<Page<FamilyRow>>, ApiError> {
    app.limits.pass(Act::Search, &viewer.actor().uuid().to_string())?;
    let search = app.gate.search(&viewer, &wish).await?;
    let records = app.db.search(&app.gate.scope(&viewer), &search).await?;
    Ok(Reply(app.gate.families(&viewer, &records, None, None, Action::Listed).await?))
}
