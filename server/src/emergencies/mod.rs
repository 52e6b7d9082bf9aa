//! Emergency access (break-glass): asking, deciding, ending.
//!
//! The rule: a second person opens it with a passkey; it ends by itself, and what holds is asked at each request.

mod notice;

use crate::{
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    limits::Act,
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::EmergencyId,
    rights::Duty,
    wire::emergencies::{Emergencies, EmergencyDecision, NewEmergency},
};
use guard::{Disclosed, Refused, Viewer, records::EmergencyRecord};
use store::Written;

impl App {
    async fn emergencies(&self, viewer: &Viewer) -> Result<Disclosed<Emergencies>, ApiError> {
        let found = self.db.emergencies(self.gate.emergencies_of(viewer), viewer.now()).await?;
        Ok(self.gate.emergencies(viewer, &found))
    }

    async fn emergency(&self, viewer: &Viewer, id: EmergencyId) -> Result<EmergencyRecord, ApiError> {
        match self.db.emergency(id).await? {
            Some(record) => Ok(record),
            None => Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into()),
        }
    }
}

/// The emergencies of the last day that concern the viewer.
#[utoipa::path(get, path = "/api/emergencies", responses((status = 200, body = Emergencies)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Emergencies>, ApiError> {
    Ok(Reply(app.emergencies(&viewer).await?))
}

/// Asks for emergency access. A request that waits already, or an emergency that is open, stays as it is.
#[utoipa::path(post, path = "/api/emergencies", request_body = NewEmergency, responses((status = 201, body = Emergencies)))]
pub(crate) async fn ask(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewEmergency>,
) -> Result<Made<Emergencies>, ApiError> {
    app.limits.pass(Act::Ask, &viewer.actor().uuid().to_string())?;
    let ask = match app.gate.ask_emergency(&viewer, &wish) {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        ask => ask?,
    };
    if app.db.ask_emergency(&app.trail, ask).await? == Written::Stored {
        app.tell_of_emergency(&viewer).await;
    }
    Ok(Made(app.emergencies(&viewer).await?))
}

/// Opens somebody else's for an hour, or refuses it.
#[utoipa::path(post, path = "/api/emergencies/{id}/decision", params(("id" = EmergencyId, Path)), request_body = EmergencyDecision,
    responses((status = 200, body = Emergencies)))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<EmergencyId>,
    Body(wish): Body<EmergencyDecision>,
) -> Result<Reply<Emergencies>, ApiError> {
    app.keeps(&viewer, Duty::Approve).await?;
    let record = app.emergency(&viewer, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = match app.gate.decide_emergency(fresh, &record, wish) {
        Err(refused @ Refused::NotFound) => return Err(app.gate.refuse(&viewer, None, refused).await.into()),
        write => write?,
    };
    match app.db.step_emergency(&app.trail, write).await? {
        Written::Stored => Ok(Reply(app.emergencies(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}

/// Takes one's own back, or ends one that is open.
#[utoipa::path(delete, path = "/api/emergencies/{id}", params(("id" = EmergencyId, Path)), responses((status = 200, body = Emergencies)))]
pub(crate) async fn end(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<EmergencyId>,
) -> Result<Reply<Emergencies>, ApiError> {
    let record = app.emergency(&viewer, id).await?;
    let write = match app.gate.end_emergency(&viewer, &record) {
        Err(refused @ Refused::NotFound) => return Err(app.gate.refuse(&viewer, None, refused).await.into()),
        write => write?,
    };
    match app.db.step_emergency(&app.trail, write).await? {
        Written::Stored => Ok(Reply(app.emergencies(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
