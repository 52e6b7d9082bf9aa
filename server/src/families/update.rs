//! `PATCH /api/families/{id}`: stage, consultant, next contact.

use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply, error::conflict},
    state::Shared,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    error::ValueError,
    ids::FamilyId,
    wire::families::{Conflict, FamilyCard, FamilyChanges},
};
use store::Written;

/// Moves a family along.
#[utoipa::path(patch, path = "/api/families/{id}", params(("id" = FamilyId, Path)), request_body = FamilyChanges,
    responses((status = 200, body = FamilyCard), (status = 409, body = Conflict<FamilyCard>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Body(wish): Body<FamilyChanges>,
) -> Result<Response, ApiError> {
    let record = app.kept_family(&viewer, id).await?;
    let mut consultant = None;
    if let Some(owner) = wish.owner {
        let facts = app.db.school_facts(&[record.family.campus.id], viewer.today()).await?;
        consultant = facts.consultants.into_iter().find(|consultant| consultant.id == owner);
        if consultant.is_none() {
            return Err(ApiError::field("owner", ValueError::Malformed));
        }
    }
    let write = app.gate.change_family(&viewer, &record, &wish)?;
    let write = match consultant {
        Some(consultant) => write.naming(consultant),
        None => write,
    };
    match app.db.change_family(&app.trail, write).await? {
        // A consultant who hands a family over may no longer reach it: what is shown is what was reached when the wish came.
        Written::Stored => match app.db.family(&app.gate.scope(&viewer), id).await? {
            Some(_) => Ok(Reply(app.family_card(&viewer, id).await?).into_response()),
            None => Ok(Reply(app.gate.family_card(&viewer, &record, &[]).await?).into_response()),
        },
        Written::Conflict => {
            let record = app.family(&viewer, id).await?;
            let kept = app.db.changes_since(id.0, wish.version).await?;
            Ok(conflict(app.gate.family_conflict(&viewer, &record, &kept, crate::http::error::trace_id()).await?))
        }
    }
}
