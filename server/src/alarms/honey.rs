//! Honey records: families that do not exist, so that whoever looks at one is seen.
//!
//! The rule: a mark is known to those who watch and to nobody else; whoever keeps the field matrix sets it, with a passkey, and the
//! others who watch are told that what is watched for was changed. Deliberately absent: anything of the family but its id.

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::FamilyId,
    rights::Duty,
    wire::alarms::{HoneyMarks, NewHoneyMark},
};
use guard::Disclosed;
use store::HoneyActed;

impl App {
    async fn honey_marks(&self, acted: HoneyActed) -> Result<Reply<HoneyMarks>, ApiError> {
        match acted {
            HoneyActed::Done | HoneyActed::Already => Ok(Reply(Disclosed::plain(HoneyMarks { items: self.db.honey().await? }))),
            HoneyActed::Missing => Err(ErrorCode::NotFound.into()),
        }
    }
}

/// Every mark.
#[utoipa::path(get, path = "/api/alarms/honey", responses((status = 200, body = HoneyMarks)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<HoneyMarks>, ApiError> {
    app.keeps(&viewer, Duty::Watch).await?;
    app.honey_marks(HoneyActed::Already).await
}

/// Marks a family.
#[utoipa::path(post, path = "/api/alarms/honey", request_body = NewHoneyMark, responses((status = 200, body = HoneyMarks)))]
pub(crate) async fn mark(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(NewHoneyMark { family }): Body<NewHoneyMark>,
) -> Result<Reply<HoneyMarks>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.change_watch(&fresh)?;
    app.honey_marks(app.db.mark_honey(&app.trail, family, &entry).await?).await
}

/// Takes a mark off.
#[utoipa::path(delete, path = "/api/alarms/honey/{id}", params(("id" = FamilyId, Path)), responses((status = 200, body = HoneyMarks)))]
pub(crate) async fn unmark(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
) -> Result<Reply<HoneyMarks>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepPolicy).await?;
    let entry = app.gate.change_watch(&fresh)?;
    app.honey_marks(app.db.unmark_honey(&app.trail, id, &entry).await?).await
}
