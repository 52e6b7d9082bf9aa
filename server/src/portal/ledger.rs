//! `GET /api/portal/children/{id}/ledger`: who looked, when, why, at which fields in which form.

use crate::{
    http::{ApiError, Id, Params, Reply, SignedIn},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::StudentId,
    wire::portal::{AccessLedger, LedgerQuery},
};

const ROWS: u64 = 100;

/// Who has looked at a child.
#[utoipa::path(get, path = "/api/portal/children/{id}/ledger", params(("id" = StudentId, Path), LedgerQuery),
    responses((status = 200, body = AccessLedger)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
    Params(LedgerQuery { after }): Params<LedgerQuery>,
) -> Result<Reply<AccessLedger>, ApiError> {
    let before = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let me = app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    let kept = app.db.family_trail(child.family, before, ROWS).await?;
    let next = (kept.len() as u64 == ROWS).then(|| kept.last().map(|kept| kept.seq.to_string())).flatten();
    Ok(Reply(app.gate.access_ledger(&viewer, &child, &me, &kept, next).await?))
}
