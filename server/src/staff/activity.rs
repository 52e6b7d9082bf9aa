//! `GET /api/staff/{id}/activity`: what somebody did in ninety days, in numbers, beside those who hold one of their roles.

use crate::{
    http::{ApiError, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{field::RecordKind, ids::StaffId, rights::Duty, wire::reports::Activity};

/// What a member of staff did in the last ninety days, or in those before they left.
#[utoipa::path(get, path = "/api/staff/{id}/activity", params(("id" = StaffId, Path)), responses((status = 200, body = Activity)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<StaffId>) -> Result<Reply<Activity>, ApiError> {
    // Whoever keeps the staff lets them go; whoever reads the trail could count this line by line.
    if !viewer.has_duty(Duty::ReadTrail) {
        app.keeps(&viewer, Duty::KeepStaff).await?;
    }
    match app.db.activity(id, viewer.now()).await? {
        Some(record) => Ok(Reply(app.gate.activity(&viewer, &record).await?)),
        None => Err(app.missing(&viewer, RecordKind::Staff, id.0).await),
    }
}
