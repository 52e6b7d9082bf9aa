//! Taking in a member of staff, and changing one.

use crate::{
    http::{
        ApiError, Body, Id, Made, OfStaff, Reply,
        error::{conflict, trace_id},
    },
    state::Shared,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    field::RecordKind,
    ids::StaffId,
    rights::Duty,
    wire::{
        families::Conflict,
        staff::{NewStaff, StaffCard, StaffChanges},
    },
};
use guard::{Refused, trail::RecordRef};
use store::StaffActed;

/// Takes in a member of staff; they come in by an enrolment link.
#[utoipa::path(post, path = "/api/staff", request_body = NewStaff, responses((status = 201, body = StaffCard)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(new): Body<NewStaff>,
) -> Result<Made<StaffCard>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepStaff).await?;
    let intake = app.gate.staff_intake(fresh, &new)?;
    let id = intake.id;
    match app.db.add_staff(&app.trail, intake).await? {
        StaffActed::Done => Ok(Made(app.gate.staff_card(&viewer, app.staff_record(&viewer, id).await?).await?)),
        refused => Err(app.not_done(&viewer, id, refused).await),
    }
}

/// Changes a member of staff; holds at their next request.
#[utoipa::path(patch, path = "/api/staff/{id}", params(("id" = StaffId, Path)), request_body = StaffChanges,
    responses((status = 200, body = StaffCard), (status = 409, body = Conflict<StaffCard>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
    Body(wish): Body<StaffChanges>,
) -> Result<Response, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepStaff).await?;
    let record = app.staff_record(&viewer, id).await?;
    let write = match app.gate.change_staff(fresh, &record, &wish) {
        Ok(write) => write,
        Err(Refused::OwnRoles) => {
            let about = RecordRef { kind: RecordKind::Staff, id: id.0 };
            return Err(app.gate.refuse(&viewer, Some(about), Refused::OwnRoles).await.into());
        }
        Err(refused) => return Err(refused.into()),
    };
    let acted = app.db.change_staff(&app.trail, write).await?;
    match acted {
        StaffActed::Done => {
            let record = app.staff_record(&viewer, id).await?;
            Ok(Reply(app.gate.staff_card(&viewer, record).await?).into_response())
        }
        StaffActed::Conflict => {
            let record = app.staff_record(&viewer, id).await?;
            Ok(conflict(app.gate.staff_conflict(&viewer, record, trace_id()).await?))
        }
        refused => Err(app.not_done(&viewer, id, refused).await),
    }
}
