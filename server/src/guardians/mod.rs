//! Guardians: change one, begin to open one of its fields, invite one to the portal.

use crate::{
    http::{
        ApiError, Body, Id, Made, OfStaff, Reply,
        error::{conflict, trace_id},
    },
    passkeys::links,
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    field::RecordKind,
    ids::GuardianId,
    wire::{
        families::Conflict,
        guardians::{GuardianCard, GuardianChanges},
        ledger::Action,
        reveals::RevealRequest,
        sign_in::{Ceremony, LinkMade},
    },
};
use guard::{
    Actor, Disclosed, Entry, Refused, Viewer,
    records::{GuardianRecord, Record},
    trail::By,
};
use serde_json::Value;
use store::Written;

impl App {
    pub(crate) async fn guardian(&self, viewer: &Viewer, id: GuardianId) -> Result<GuardianRecord, ApiError> {
        match self.db.guardian(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Guardian, id.0).await),
        }
    }
}

/// Changes a guardian.
#[utoipa::path(patch, path = "/api/guardians/{id}", params(("id" = GuardianId, Path)), request_body = GuardianChanges,
    responses((status = 200, body = GuardianCard), (status = 409, body = Conflict<GuardianCard>, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<GuardianId>,
    Body(wish): Body<GuardianChanges>,
) -> Result<Response, ApiError> {
    let record = app.guardian(&viewer, id).await?;
    let write = app.gate.change_guardian(&viewer, &record, &wish)?;
    match app.db.change_guardian(&app.trail, write).await? {
        Written::Stored => {
            let record = app.guardian(&viewer, id).await?;
            Ok(Reply(app.gate.guardian_card(&viewer, &record).await?).into_response())
        }
        Written::Conflict => {
            let record = app.guardian(&viewer, id).await?;
            let kept = app.db.changes_since(id.0, wish.version).await?;
            Ok(conflict(app.gate.guardian_conflict(&viewer, &record, &kept, trace_id()).await?))
        }
    }
}

/// Begins to open one field of a guardian.
#[utoipa::path(post, path = "/api/guardians/{id}/reveals", params(("id" = GuardianId, Path)), request_body = RevealRequest,
    responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn reveal(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<GuardianId>,
    Body(wish): Body<RevealRequest>,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    let record = app.guardian(&viewer, id).await?;
    app.begin_reveal(&viewer, (&record).into(), &wish).await
}

/// Makes an invitation to the portal.
#[utoipa::path(post, path = "/api/guardians/{id}/invitations", params(("id" = GuardianId, Path)), responses((status = 201, body = LinkMade)))]
pub(crate) async fn invite(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<GuardianId>,
) -> Result<Made<LinkMade>, ApiError> {
    let record = app.guardian(&viewer, id).await?;
    if !app.gate.keeps_family(&viewer, &record.facts) {
        return Err(app.gate.refuse(&viewer, Some(record.reference()), Refused::Forbidden).await.into());
    }
    let entry =
        Entry::event(viewer.now(), By::viewer(&viewer), Action::EnrolmentIssued).about(record.reference()).in_families(vec![record.family]);
    app.gate.record(entry).await?;
    Ok(Made(Disclosed::plain(links::make(&app, Actor::Guardian(id), viewer.now()).await?)))
}
