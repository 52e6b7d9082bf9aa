//! Staff, for whoever keeps them.

use crate::{
    http::{ApiError, Id, Made, OfStaff, Reply},
    passkeys::links,
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    field::RecordKind,
    ids::StaffId,
    rights::Duty,
    wire::{Page, ledger::Action, sign_in::LinkMade, staff::StaffCard},
};
use guard::{
    Actor, Disclosed, Entry, Refused,
    trail::{By, RecordRef},
};

/// The staff.
#[utoipa::path(get, path = "/api/staff", responses((status = 200, body = Page<StaffCard>)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Page<StaffCard>>, ApiError> {
    if !viewer.has_duty(Duty::KeepStaff) {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    }
    Ok(Reply(app.gate.staff(&viewer, &app.db.staff().await?).await?))
}

/// Makes an enrolment link for a member of staff.
#[utoipa::path(post, path = "/api/staff/{id}/enrolments", params(("id" = StaffId, Path)), responses((status = 201, body = LinkMade)))]
pub(crate) async fn enrol(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<StaffId>) -> Result<Made<LinkMade>, ApiError> {
    if !viewer.has_duty(Duty::KeepStaff) {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    }
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    if app.db.staff_login(id).await?.is_none() {
        return Err(app.missing(&viewer, RecordKind::Staff, id.0).await);
    }
    let record = RecordRef { kind: RecordKind::Staff, id: id.0 };
    app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::EnrolmentIssued).about(record)).await?;
    Ok(Made(Disclosed::plain(links::make(&app, Actor::Staff(id), viewer.now()).await?)))
}
