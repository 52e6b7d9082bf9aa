//! Somebody leaves: what it ends, in numbers, and ending it in one act.

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    field::RecordKind,
    ids::StaffId,
    rights::Duty,
    wire::{
        ledger::Action,
        staff::{Departure, DeparturePlan, StaffCard},
    },
};
use guard::Disclosed;
use store::{Left, StaffActed};

/// What the leaving of a member of staff would end.
#[utoipa::path(get, path = "/api/staff/{id}/departures", params(("id" = StaffId, Path)), responses((status = 200, body = DeparturePlan)))]
pub(crate) async fn plan(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
) -> Result<Reply<DeparturePlan>, ApiError> {
    app.keeps(&viewer, Duty::KeepStaff).await?;
    match app.db.departure(id, viewer.now(), viewer.today()).await? {
        Some(plan) => Ok(Reply(Disclosed::plain(plan))),
        None => Err(app.missing(&viewer, RecordKind::Staff, id.0).await),
    }
}

/// Ends keys, sessions and links of a member of staff and hands their families over, all or nothing.
#[utoipa::path(post, path = "/api/staff/{id}/departures", params(("id" = StaffId, Path)), request_body = Departure,
    responses((status = 200, body = StaffCard)))]
pub(crate) async fn leave(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
    Body(Departure { families, to }): Body<Departure>,
) -> Result<Reply<StaffCard>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepStaff).await?;
    let entry = app.gate.act_on_staff(fresh, id, Action::StaffLeft)?;
    let handed = app.gate.hand_over(fresh)?;
    match app.db.leave(&app.trail, Left { id, families, to }, &entry, handed).await? {
        StaffActed::Done => {
            let record = app.staff_record(&viewer, id).await?;
            Ok(Reply(app.gate.staff_card(&viewer, record).await?))
        }
        refused => Err(app.not_done(&viewer, id, refused).await),
    }
}
