//! `POST /api/approvals`

use crate::{
    http::{ApiError, Body, Made, OfStaff},
    limits::Act,
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ValueError,
    field::RecordKind,
    ids::{GuardianId, NoteId, StudentId},
    wire::approvals::{Approvals, NewApproval},
};
use guard::Refused;

/// Asks for an approval to open one field of one record.
#[utoipa::path(post, path = "/api/approvals", request_body = NewApproval, responses((status = 201, body = Approvals)))]
pub(crate) async fn ask(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewApproval>,
) -> Result<Made<Approvals>, ApiError> {
    app.limits.pass(Act::Ask, &viewer.actor().uuid().to_string())?;
    let ask = match wish.kind {
        RecordKind::Student => {
            let record = app.student(&viewer, StudentId(wish.record)).await?;
            app.gate.ask_approval(&viewer, (&record).into(), &wish)
        }
        RecordKind::Guardian => {
            let record = app.guardian(&viewer, GuardianId(wish.record)).await?;
            app.gate.ask_approval(&viewer, (&record).into(), &wish)
        }
        RecordKind::Note => {
            let record = app.note(&viewer, NoteId(wish.record)).await?;
            app.gate.ask_approval(&viewer, (&record).into(), &wish)
        }
        RecordKind::Family | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => {
            return Err(ApiError::field("kind", ValueError::Malformed));
        }
    };
    let ask = match ask {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        ask => ask?,
    };
    app.db.ask_approval(&app.trail, ask).await?;
    Ok(Made(app.approvals(&viewer, Some(wish.record)).await?))
}
