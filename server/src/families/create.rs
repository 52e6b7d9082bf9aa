//! `POST /api/families`

use crate::{
    http::{ApiError, Body, Made, OfStaff},
    state::Shared,
};
use axum::extract::State;
use contract::wire::families::{FamilyMade, NewFamily};
use guard::{Disclosed, Refused};

/// Takes in a family.
#[utoipa::path(post, path = "/api/families", request_body = NewFamily, responses((status = 201, body = FamilyMade)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(new): Body<NewFamily>,
) -> Result<Made<FamilyMade>, ApiError> {
    let intake = match app.gate.intake(&viewer, &new) {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        other => other?,
    };
    let id = intake.id;
    app.db.take_in(&app.trail, intake).await?;
    Ok(Made(Disclosed::plain(FamilyMade { id })))
}
