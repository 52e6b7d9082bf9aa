//! `/api/staff`: the members of staff, their access and their leaving. Every act needs a fresh passkey.

use super::{
    ApiError, Nothing, delete, get,
    joint::{Given, ask},
    post, with_query,
};
use contract::{
    ids::StaffId,
    wire::{
        Page,
        policy::Colleagues,
        sign_in::LinkMade,
        staff::{Departure, DeparturePlan, NewStaff, StaffCard, StaffChanges, StaffQuery},
    },
};
use gloo_net::http::Method;

/// Whoever is meant by the filters.
pub async fn list(query: StaffQuery) -> Result<Page<StaffCard>, ApiError> {
    let StaffQuery { role, campus, state } = query;
    let pairs = [
        ("role", role.map(|role| role.name().to_owned())),
        ("campus", campus.map(|campus| campus.to_string())),
        ("state", state.map(|state| state.name().to_owned())),
    ];
    get(&with_query("/api/staff", &pairs)).await
}
/// One person.
pub async fn card(id: StaffId) -> Result<StaffCard, ApiError> {
    get(&format!("/api/staff/{id}")).await
}
/// Takes somebody in.
pub async fn create(new: &NewStaff) -> Result<Given<StaffCard>, ApiError> {
    ask(Method::POST, "/api/staff", new).await
}
/// Changes somebody; [`ApiError::Conflict`] carries `Conflict<StaffCard>`.
pub async fn change(id: StaffId, changes: &StaffChanges) -> Result<Given<StaffCard>, ApiError> {
    ask(Method::PATCH, &format!("/api/staff/{id}"), changes).await
}
/// Makes an enrolment link. It is shown this once.
pub async fn enrol(id: StaffId) -> Result<LinkMade, ApiError> {
    post(&format!("/api/staff/{id}/enrolments"), &Nothing {}).await
}
/// Suspends somebody.
pub async fn suspend(id: StaffId) -> Result<StaffCard, ApiError> {
    post(&format!("/api/staff/{id}/suspensions"), &Nothing {}).await
}
/// Lets somebody in again.
pub async fn restore(id: StaffId) -> Result<StaffCard, ApiError> {
    delete(&format!("/api/staff/{id}/suspensions")).await
}
/// Ends all sessions of somebody.
pub async fn end_sessions(id: StaffId) -> Result<StaffCard, ApiError> {
    delete(&format!("/api/staff/{id}/sessions")).await
}
/// What the leaving of somebody would end.
pub async fn departure(id: StaffId) -> Result<DeparturePlan, ApiError> {
    get(&format!("/api/staff/{id}/departures")).await
}
/// Ends everything of somebody.
pub async fn leave(id: StaffId, departure: &Departure) -> Result<StaffCard, ApiError> {
    post(&format!("/api/staff/{id}/departures"), departure).await
}
/// Everybody by name and roles, for choosing from.
pub async fn colleagues() -> Result<Colleagues, ApiError> {
    get("/api/colleagues").await
}
