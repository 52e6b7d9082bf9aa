//! `/api/trail`: the auditor's list, one line unfolded, verification, the file.

use super::{ApiError, Nothing, delete, file, get, post, with_query};
use contract::wire::{
    Page,
    ledger::{LedgerLine, TrailEntry, TrailFilter, TrailNews, TrailQuery, Verification},
};

/// One page, newest first; `after` comes from [`Page::next`].
pub async fn list(query: &TrailQuery) -> Result<Page<LedgerLine>, ApiError> {
    let TrailQuery { who, by, kind, action, from, to, same, whose, after } = query;
    let kind = kind.and_then(|kind| serde_json::to_value(kind).ok()).and_then(|kind| kind.as_str().map(str::to_owned));
    let pairs = [
        ("who", who.map(|who| who.to_string())),
        ("by", by.map(|by| by.name().to_owned())),
        ("kind", kind),
        ("action", action.map(|action| action.name().to_owned())),
        ("from", from.map(|day| day.to_string())),
        ("to", to.map(|day| day.to_string())),
        ("same", same.map(|line| line.to_string())),
        ("whose", whose.map(|line| line.to_string())),
        ("after", after.clone()),
    ];
    get(&with_query("/api/trail", &pairs)).await
}
/// One line, unfolded.
pub async fn entry(seq: i64) -> Result<TrailEntry, ApiError> {
    get(&format!("/api/trail/{seq}")).await
}
/// How many lines came after one.
pub async fn news(since: i64) -> Result<TrailNews, ApiError> {
    get(&format!("/api/trail/news?since={since}")).await
}
/// The lines of a filter as a file.
pub async fn export(filter: &TrailFilter) -> Result<web_sys::Blob, ApiError> {
    file("/api/trail/exports", filter).await
}
/// How the last verification stands.
pub async fn verification() -> Result<Option<Verification>, ApiError> {
    get("/api/trail/verifications").await
}
/// Begins one.
pub async fn verify() -> Result<Option<Verification>, ApiError> {
    post("/api/trail/verifications", &Nothing {}).await
}
/// Stops it.
pub async fn cancel() -> Result<Option<Verification>, ApiError> {
    delete("/api/trail/verifications").await
}
