//! What forms need to offer choices.

use crate::{
    http::{ApiError, Reply, SignedIn},
    state::Shared,
};
use axum::extract::State;
use contract::{error::ErrorCode, wire::school::SchoolFacts};
use guard::Disclosed;

/// Campuses, classes and consultants of the viewer's campuses.
#[utoipa::path(get, path = "/api/school", responses((status = 200, body = SchoolFacts)))]
pub(crate) async fn show(State(app): State<Shared>, SignedIn { viewer, .. }: SignedIn) -> Result<Reply<SchoolFacts>, ApiError> {
    if viewer.staff().is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(Reply(Disclosed::plain(app.db.school_facts(viewer.campuses(), viewer.today()).await?)))
}
