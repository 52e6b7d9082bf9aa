//! `GET /api/corrections`

use crate::{
    http::{ApiError, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    wire::{
        Page,
        corrections::{AskedCorrection, CorrectionQuery, CorrectionState},
    },
};
use store::{CorrectionList, Cursor};

const ROWS: u64 = 20;

/// The corrections that the viewer may decide.
#[utoipa::path(get, path = "/api/corrections", params(CorrectionQuery), responses((status = 200, body = Page<AskedCorrection>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(CorrectionQuery { state, after }): Params<CorrectionQuery>,
) -> Result<Reply<Page<AskedCorrection>>, ApiError> {
    let after: Option<Cursor> = after.map(|text| text.parse()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let state = state.unwrap_or(CorrectionState::Open);
    let desk = app.gate.desk(&viewer);
    let total = match (state, after) {
        (CorrectionState::Open, None) => Some(app.db.count_corrections(&desk).await?),
        _ => None,
    };
    let (found, next) = app.db.corrections(&desk, CorrectionList { state, after, limit: ROWS }).await?;
    Ok(Reply(app.gate.corrections(&viewer, &found, next.map(|next| next.to_string()), total).await?))
}
