//! `GET /api/approvals/register`, `POST /api/approvals/exports`: every request to open a field, every standing grant, every emergency, and
//! what became of it, as a list and for a file, for whoever reads the trail. The words of the file are the client's.

use crate::{
    http::{ApiError, Body, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::{
        Page,
        reports::{RegisterFile, RegisterFilter, RegisterLine, RegisterQuery},
    },
};

const ROWS: u64 = 50;
/// The newest lines of the filter.
const MOST: usize = 5_000;

/// A page of the register, newest first.
#[utoipa::path(get, path = "/api/approvals/register", params(RegisterQuery), responses((status = 200, body = Page<RegisterLine>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(query): Params<RegisterQuery>,
) -> Result<Reply<Page<RegisterLine>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let RegisterQuery { state, from, to, after } = query;
    let after = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let records = app.db.approval_register(RegisterFilter { state, from, to }, viewer.now(), after, ROWS).await?;
    let next = (records.len() as u64 == ROWS).then(|| records.last().map(|record| record.asked.seq.to_string())).flatten();
    Ok(Reply(app.gate.register_page(&viewer, &records, next).await?))
}

/// The register for a file, newest first, at most 5,000 lines; it says whether there are older ones.
#[utoipa::path(post, path = "/api/approvals/exports", request_body = RegisterFilter, responses((status = 200, body = RegisterFile)))]
pub(crate) async fn export(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(filter): Body<RegisterFilter>,
) -> Result<Reply<RegisterFile>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let mut records = app.db.approval_register(filter, viewer.now(), None, MOST as u64 + 1).await?;
    let cut = records.len() > MOST;
    records.truncate(MOST);
    app.still(&viewer).await?;
    let file = app.gate.register_file(&viewer, &records, cut).await?;
    app.still(&viewer).await?;
    Ok(Reply(file))
}
