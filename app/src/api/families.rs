//! `/api/families`: list, search, export, card, intake and what is added to a family.

use super::{ApiError, file, get, patch, post, with_query};
use contract::{
    ids::FamilyId,
    wire::{
        Page,
        families::{
            BulkChange, BulkReport, FamilyCard, FamilyChanges, FamilyExport, FamilyMade, FamilyPage, FamilyQuery, FamilyRow, FamilySearch,
            FamilySort, NewFamily,
        },
        guardians::NewGuardian,
        notes::NewNote,
        students::NewStudent,
        timeline::{Timeline, TimelineKind},
    },
};

/// One page of the list.
pub async fn list(query: &FamilyQuery) -> Result<FamilyPage, ApiError> {
    let sort = query.sort.map(|sort| match sort {
        FamilySort::Recent => "recent".to_owned(),
        FamilySort::Oldest => "oldest".to_owned(),
    });
    let url = with_query(
        "/api/families",
        &[
            ("when", query.when.as_ref().map(ToString::to_string)),
            ("match", query.joined.map(|joined| joined.name().to_owned())),
            ("sort", sort),
            ("after", query.after.clone()),
            ("limit", query.limit.map(|limit| limit.to_string())),
        ],
    );
    get(&url).await
}
/// Finds families by a personal value.
pub async fn search(search: &FamilySearch) -> Result<Page<FamilyRow>, ApiError> {
    post("/api/families/search", search).await
}
/// Exports the list as it is filtered; the file is handed to the browser's download.
pub async fn export(export: &FamilyExport) -> Result<web_sys::Blob, ApiError> {
    file("/api/families/exports", export).await
}
/// Changes many families, or says what would become of them; each answer is an outcome and discloses nothing.
pub async fn bulk(change: &BulkChange) -> Result<BulkReport, ApiError> {
    post("/api/families/bulk", change).await
}
/// Takes a family in.
pub async fn create(family: &NewFamily) -> Result<FamilyMade, ApiError> {
    post("/api/families", family).await
}
/// One family.
pub async fn card(id: FamilyId) -> Result<FamilyCard, ApiError> {
    get(&format!("/api/families/{id}")).await
}
/// A stretch of a family's thread.
pub async fn timeline(id: FamilyId, kind: TimelineKind, after: Option<String>) -> Result<Timeline, ApiError> {
    let kind = (kind != TimelineKind::All).then(|| kind.name().to_owned());
    get(&with_query(&format!("/api/families/{id}/timeline"), &[("kind", kind), ("after", after)])).await
}
/// Changes stage, owner or next contact; [`ApiError::Conflict`] carries `Conflict<FamilyCard>`.
pub async fn change(id: FamilyId, changes: &FamilyChanges) -> Result<FamilyCard, ApiError> {
    patch(&format!("/api/families/{id}"), changes).await
}
/// Adds a student.
pub async fn add_student(id: FamilyId, student: &NewStudent) -> Result<FamilyCard, ApiError> {
    post(&format!("/api/families/{id}/students"), student).await
}
/// Adds a guardian.
pub async fn add_guardian(id: FamilyId, guardian: &NewGuardian) -> Result<FamilyCard, ApiError> {
    post(&format!("/api/families/{id}/guardians"), guardian).await
}
/// Writes a note.
pub async fn add_note(id: FamilyId, note: &NewNote) -> Result<FamilyCard, ApiError> {
    post(&format!("/api/families/{id}/notes"), note).await
}
