//! Staff, for whoever keeps them.
//!
//! The rule: every act needs a fresh passkey and is an entry of its own that commits together with it; a refusal is one too.
//! Deliberately absent: passwords, and the families of anybody beyond their number.

pub(crate) mod access;
pub(crate) mod activity;
pub(crate) mod departures;
pub(crate) mod keep;

use crate::{
    http::{ApiError, Id, Made, OfStaff, Params, Reply},
    passkeys::links,
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::{ErrorCode, ValueError},
    field::RecordKind,
    ids::StaffId,
    rights::Duty,
    wire::{
        Page,
        ledger::Action,
        sign_in::LinkMade,
        staff::{StaffCard, StaffQuery},
    },
};
use guard::{Actor, Disclosed, FreshViewer, Refused, Viewer, records::StaffRecord, trail::RecordRef};
use store::{StaffActed, StaffList};

/// The staff.
#[utoipa::path(get, path = "/api/staff", params(StaffQuery), responses((status = 200, body = Page<StaffCard>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(query): Params<StaffQuery>,
) -> Result<Reply<Page<StaffCard>>, ApiError> {
    app.keeps(&viewer, Duty::KeepStaff).await?;
    let list = StaffList { query, only: None, now: viewer.now() };
    Ok(Reply(app.gate.staff(&viewer, &app.db.staff(list).await?).await?))
}

/// One member of staff.
#[utoipa::path(get, path = "/api/staff/{id}", params(("id" = StaffId, Path)), responses((status = 200, body = StaffCard)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<StaffId>,
) -> Result<Reply<StaffCard>, ApiError> {
    app.keeps(&viewer, Duty::KeepStaff).await?;
    let record = app.staff_record(&viewer, id).await?;
    Ok(Reply(app.gate.staff_card(&viewer, record).await?))
}

/// Makes an enrolment link for a member of staff.
#[utoipa::path(post, path = "/api/staff/{id}/enrolments", params(("id" = StaffId, Path)), responses((status = 201, body = LinkMade)))]
pub(crate) async fn enrol(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<StaffId>) -> Result<Made<LinkMade>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepStaff).await?;
    if app.db.staff_login(id).await?.is_none() {
        return Err(app.missing(&viewer, RecordKind::Staff, id.0).await);
    }
    app.gate.record(app.gate.act_on_staff(fresh, id, Action::EnrolmentIssued)?).await?;
    Ok(Made(Disclosed::plain(links::make(&app, Actor::Staff(id), viewer.now()).await?)))
}

impl App {
    /// Refuses whoever does not have the duty, and writes it down.
    pub(crate) async fn keeps(&self, viewer: &Viewer, duty: Duty) -> Result<(), ApiError> {
        if viewer.has_duty(duty) { Ok(()) } else { Err(self.gate.refuse(viewer, None, Refused::Forbidden).await.into()) }
    }

    /// The same for an act that needs a fresh passkey.
    pub(crate) async fn keeps_freshly<'a>(&self, viewer: &'a Viewer, duty: Duty) -> Result<FreshViewer<'a>, ApiError> {
        self.keeps(viewer, duty).await?;
        Ok(viewer.fresh().ok_or(ErrorCode::StepUpRequired)?)
    }

    /// A member of staff; one who is not there is written down.
    pub(crate) async fn staff_record(&self, viewer: &Viewer, id: StaffId) -> Result<StaffRecord, ApiError> {
        let list = StaffList { query: StaffQuery::default(), only: Some(id), now: viewer.now() };
        match self.db.staff(list).await?.pop() {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Staff, id.0).await),
        }
    }

    /// What an act that was not done is answered with; the refusal is written down.
    async fn not_done(&self, viewer: &Viewer, id: StaffId, acted: StaffActed) -> ApiError {
        let mut joint = Vec::new();
        let refused = match acted {
            StaffActed::Done | StaffActed::Missing => Refused::NotFound,
            StaffActed::Apart => Refused::Apart,
            StaffActed::LastAdministrator => Refused::LastAdministrator,
            StaffActed::Joint(concerns) => {
                joint = concerns;
                Refused::Joint
            }
            StaffActed::Taken => return ApiError::field("login", ValueError::Taken),
            StaffActed::NoRole => return ApiError::field("roles", ValueError::Malformed),
            StaffActed::NoCampus => return ApiError::field("campuses", ValueError::Malformed),
            StaffActed::NoSuccessor => return ApiError::field("to", ValueError::Required),
            // Somebody counted another number meanwhile; the plan is read again.
            StaffActed::Conflict => return ApiError::field("families", ValueError::Malformed),
        };
        ApiError::from(self.gate.refuse(viewer, Some(RecordRef { kind: RecordKind::Staff, id: id.0 }), refused).await).because(joint)
    }
}
