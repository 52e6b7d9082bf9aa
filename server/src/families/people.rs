//! `POST /api/families/{id}/students` and `…/guardians`

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff},
    state::Shared,
};
use axum::extract::State;
use contract::{
    ids::FamilyId,
    wire::{families::FamilyCard, guardians::NewGuardian, students::NewStudent},
};

/// Adds a student to a family.
#[utoipa::path(post, path = "/api/families/{id}/students", params(("id" = FamilyId, Path)), request_body = NewStudent,
    responses((status = 201, body = FamilyCard)))]
pub(crate) async fn add_student(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Body(new): Body<NewStudent>,
) -> Result<Made<FamilyCard>, ApiError> {
    let family = app.kept_family(&viewer, id).await?;
    let write = app.gate.add_student(&viewer, &family, &new)?;
    app.db.add_student(&app.trail, id, write).await?;
    Ok(Made(app.family_card(&viewer, id).await?))
}

/// Adds a guardian to a family.
#[utoipa::path(post, path = "/api/families/{id}/guardians", params(("id" = FamilyId, Path)), request_body = NewGuardian,
    responses((status = 201, body = FamilyCard)))]
pub(crate) async fn add_guardian(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Body(new): Body<NewGuardian>,
) -> Result<Made<FamilyCard>, ApiError> {
    let family = app.kept_family(&viewer, id).await?;
    let write = app.gate.add_guardian(&viewer, &family, &new)?;
    app.db.add_guardian(&app.trail, id, write).await?;
    Ok(Made(app.family_card(&viewer, id).await?))
}
