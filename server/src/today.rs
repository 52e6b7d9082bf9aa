//! `GET /api/today`: the families to get in touch with, and how many findings are late.

use crate::{
    http::{ApiError, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::wire::today::Today;
use store::FamilyList;

/// How many families are named; the counts are of all.
const NAMED: u64 = 40;

/// The families within reach that are to be contacted by now or within seven days.
#[utoipa::path(get, path = "/api/today", responses((status = 200, body = Today)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Today>, ApiError> {
    let scope = app.gate.scope(&viewer);
    let due = app.db.due_families(&scope, viewer.staff(), NAMED).await?;
    let counts = app.db.count_due(&scope).await?;
    let families = app.db.count_families(&scope, &FamilyList::default()).await?;
    let findings = app.late_findings(&viewer).await?;
    Ok(Reply(app.gate.today(&viewer, &due, counts, families, findings).await?))
}
