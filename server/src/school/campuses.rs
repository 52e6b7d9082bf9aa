//! Campuses: added, renamed, closed when empty.

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::{ErrorCode, ValueError},
    ids::CampusId,
    rights::Duty,
    values::label,
    wire::{
        ledger::Action,
        school::{CampusName, SchoolSettings},
    },
};
use guard::{Disclosed, Refused, Viewer};
use store::SchoolActed;
use uuid::Uuid;

/// The longest name of a campus.
const NAME: usize = 40;

impl App {
    async fn name_campus(&self, viewer: &Viewer, id: CampusId, name: &str, new: bool) -> Result<Disclosed<SchoolSettings>, ApiError> {
        let fresh = self.keeps_freshly(viewer, Duty::KeepSchool).await?;
        let name = label(name, NAME).map_err(|code| ApiError::field("name", code))?;
        let entry = self.gate.act_on_school(fresh, if new { Action::CampusAdded } else { Action::CampusRenamed })?;
        let acted = self.db.name_campus(&self.trail, id, name, new, &entry).await?;
        self.campuses(viewer, acted).await
    }

    async fn campuses(&self, viewer: &Viewer, acted: SchoolActed) -> Result<Disclosed<SchoolSettings>, ApiError> {
        match acted {
            SchoolActed::Done => Ok(Disclosed::plain(self.db.school_settings(viewer.today()).await?)),
            SchoolActed::Taken => Err(ApiError::field("name", ValueError::Taken)),
            SchoolActed::InUse | SchoolActed::Apart => Err(self.gate.refuse(viewer, None, Refused::CampusInUse).await.into()),
            SchoolActed::Missing => Err(ErrorCode::NotFound.into()),
        }
    }
}

/// Adds a campus.
#[utoipa::path(post, path = "/api/campuses", request_body = CampusName, responses((status = 201, body = SchoolSettings)))]
pub(crate) async fn add(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(CampusName { name }): Body<CampusName>,
) -> Result<Made<SchoolSettings>, ApiError> {
    Ok(Made(app.name_campus(&viewer, CampusId(Uuid::now_v7()), &name, true).await?))
}

/// Renames a campus.
#[utoipa::path(patch, path = "/api/campuses/{id}", params(("id" = CampusId, Path)), request_body = CampusName,
    responses((status = 200, body = SchoolSettings)))]
pub(crate) async fn rename(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<CampusId>,
    Body(CampusName { name }): Body<CampusName>,
) -> Result<Reply<SchoolSettings>, ApiError> {
    Ok(Reply(app.name_campus(&viewer, id, &name, false).await?))
}

/// Closes a campus without families, staff and classes.
#[utoipa::path(delete, path = "/api/campuses/{id}", params(("id" = CampusId, Path)), responses((status = 200, body = SchoolSettings)))]
pub(crate) async fn close(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<CampusId>,
) -> Result<Reply<SchoolSettings>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepSchool).await?;
    let entry = app.gate.act_on_school(fresh, Action::CampusClosed)?;
    let acted = app.db.close_campus(&app.trail, id, viewer.today(), &entry).await?;
    Ok(Reply(app.campuses(&viewer, acted).await?))
}
