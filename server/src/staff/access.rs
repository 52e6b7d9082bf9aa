//! Suspending, letting in again, ending sessions. A verb that is no CRUD is a resource: a suspension is made and taken away.

use crate::{
    http::{ApiError, Id, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    ids::StaffId,
    rights::Duty,
    wire::{ledger::Action, staff::StaffCard},
};
use guard::Viewer;
use store::StaffActed;

impl App {
    async fn set_active(&self, viewer: &Viewer, id: StaffId, active: bool) -> Result<Reply<StaffCard>, ApiError> {
        let fresh = self.keeps_freshly(viewer, Duty::KeepStaff).await?;
        let action = if active { Action::StaffRestored } else { Action::StaffSuspended };
        let entry = self.gate.act_on_staff(fresh, id, action)?;
        let acted = self.db.suspend(&self.trail, id, active, &entry).await?;
        self.after(viewer, id, acted).await
    }

    async fn after(&self, viewer: &Viewer, id: StaffId, acted: StaffActed) -> Result<Reply<StaffCard>, ApiError> {
        match acted {
            StaffActed::Done => {
                let record = self.staff_record(viewer, id).await?;
                Ok(Reply(self.gate.staff_card(viewer, record).await?))
            }
            refused => Err(self.not_done(viewer, id, refused).await),
        }
    }
}

/// Suspends a member of staff: their sessions and links end at once.
#[utoipa::path(post, path = "/api/staff/{id}/suspensions", params(("id" = StaffId, Path)), responses((status = 200, body = StaffCard)))]
pub(crate) async fn suspend(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
) -> Result<Reply<StaffCard>, ApiError> {
    app.set_active(&viewer, id, false).await
}

/// Lets a suspended member of staff in again, with the passkeys they had.
#[utoipa::path(delete, path = "/api/staff/{id}/suspensions", params(("id" = StaffId, Path)), responses((status = 200, body = StaffCard)))]
pub(crate) async fn restore(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
) -> Result<Reply<StaffCard>, ApiError> {
    app.set_active(&viewer, id, true).await
}

/// Ends every session of a member of staff, and the links they have not used.
#[utoipa::path(delete, path = "/api/staff/{id}/sessions", params(("id" = StaffId, Path)), responses((status = 200, body = StaffCard)))]
pub(crate) async fn end_sessions(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
) -> Result<Reply<StaffCard>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepStaff).await?;
    let entry = app.gate.act_on_staff(fresh, id, Action::SessionsEnded)?;
    let acted = app.db.end_all_sessions(&app.trail, id, &entry).await?;
    app.after(&viewer, id, acted).await
}
