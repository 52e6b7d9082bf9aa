//! What forms need to offer choices.

use crate::{
    http::{ApiError, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::wire::school::SchoolFacts;
use guard::Disclosed;

/// Campuses, classes and consultants of the viewer's campuses.
#[utoipa::path(get, path = "/api/school", responses((status = 200, body = SchoolFacts)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<SchoolFacts>, ApiError> {
    Ok(Reply(Disclosed::plain(app.db.school_facts(viewer.campuses(), viewer.today()).await?)))
}
