//! `/api/alarms`: what the watch found, and the rules by which it looks.

use super::{ApiError, Nothing, delete, get, patch, post, with_query};
use contract::{
    ids::{AlarmId, FamilyId},
    wire::{
        Page,
        alarms::{AlarmCard, AlarmClosing, AlarmQuery, HoneyMarks, NewHoneyMark, RuleCard, RuleChange, Rules, WatchCard},
    },
};

/// Word of each change, as server-sent events.
pub const LIVE: &str = "/api/alarms/live";

/// One page, the latest first.
pub async fn list(AlarmQuery { closed, after }: AlarmQuery) -> Result<Page<AlarmCard>, ApiError> {
    get(&with_query("/api/alarms", &[("closed", closed.map(|closed| closed.to_string())), ("after", after)])).await
}
/// How the school does.
pub async fn watch() -> Result<WatchCard, ApiError> {
    get("/api/alarms/watch").await
}
/// Looks into one from now on.
pub async fn take(id: AlarmId) -> Result<AlarmCard, ApiError> {
    post(&format!("/api/alarms/{id}/taking"), &Nothing {}).await
}
/// Closes one.
pub async fn close(id: AlarmId, closing: &AlarmClosing) -> Result<AlarmCard, ApiError> {
    post(&format!("/api/alarms/{id}/closing"), closing).await
}
/// Takes back what one did.
pub async fn undo(id: AlarmId) -> Result<AlarmCard, ApiError> {
    post(&format!("/api/alarms/{id}/undoing"), &Nothing {}).await
}
/// Every rule.
pub async fn rules() -> Result<Rules, ApiError> {
    get("/api/alarms/rules").await
}
/// Sets one.
pub async fn set(change: RuleChange) -> Result<RuleCard, ApiError> {
    patch("/api/alarms/rules", &change).await
}
/// The honey records.
pub async fn honey() -> Result<HoneyMarks, ApiError> {
    get("/api/alarms/honey").await
}
/// Marks a family as one.
pub async fn honey_mark(family: FamilyId) -> Result<HoneyMarks, ApiError> {
    post("/api/alarms/honey", &NewHoneyMark { family }).await
}
/// Takes the mark off.
pub async fn honey_unmark(family: FamilyId) -> Result<HoneyMarks, ApiError> {
    delete(&format!("/api/alarms/honey/{family}")).await
}
