//! The trail, for whoever reads it.

use crate::{
    http::{ApiError, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    wire::{
        Page,
        ledger::{LedgerLine, TrailQuery},
    },
};

const ROWS: u64 = 50;

/// A page of the trail, newest first.
#[utoipa::path(get, path = "/api/trail", params(TrailQuery), responses((status = 200, body = Page<LedgerLine>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(query): Params<TrailQuery>,
) -> Result<Reply<Page<LedgerLine>>, ApiError> {
    let TrailQuery { action, after } = query;
    let before = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let kept = app.db.trail(action, before, ROWS).await?;
    let next = (kept.len() as u64 == ROWS).then(|| kept.last().map(|kept| kept.seq.to_string())).flatten();
    Ok(Reply(app.gate.trail_page(&viewer, &kept, next).await?))
}
