//! The trail, for whoever reads it.
//!
//! The rule: filters are plain facts, and reading is an entry too. Only how many lines came is told without one: it says of nobody
//! anything.

pub(crate) mod exports;
pub(crate) mod verifications;

use crate::{
    http::{ApiError, Id, OfStaff, Params, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::{
        Page,
        ledger::{LedgerLine, TrailEntry, TrailFilter, TrailNews, TrailQuery, TrailSince},
    },
};
use guard::Disclosed;

const ROWS: u64 = 50;

/// A page of the trail, newest first.
#[utoipa::path(get, path = "/api/trail", params(TrailQuery), responses((status = 200, body = Page<LedgerLine>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(query): Params<TrailQuery>,
) -> Result<Reply<Page<LedgerLine>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let TrailQuery { who, by, kind, action, from, to, same, whose, after } = query;
    let after = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let kept = app.db.trail(&TrailFilter { who, by, kind, action, from, to, same, whose }, after, ROWS).await?;
    let next = (kept.len() as u64 == ROWS).then(|| kept.last().map(|kept| kept.seq.to_string())).flatten();
    Ok(Reply(app.gate.trail_page(&viewer, &kept, next).await?))
}

/// One line, unfolded.
#[utoipa::path(get, path = "/api/trail/{id}", params(("id" = i64, Path)), responses((status = 200, body = TrailEntry)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<i64>) -> Result<Reply<TrailEntry>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let (kept, hash) = app.db.trail_entry(id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Reply(app.gate.trail_entry(&viewer, &kept, &hash).await?))
}

/// How many lines came after one.
#[utoipa::path(get, path = "/api/trail/news", params(TrailSince), responses((status = 200, body = TrailNews)))]
pub(crate) async fn news(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(TrailSince { since }): Params<TrailSince>,
) -> Result<Reply<TrailNews>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    Ok(Reply(Disclosed::plain(TrailNews { newer: app.db.trail_news(since).await? })))
}
