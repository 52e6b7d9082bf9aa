//! Questions about the matrix that change nothing: what would a change do, what does somebody see, and who sees it.

use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{FamilyId, StaffId},
    rights::Duty,
    wire::{
        policy::{Colleagues, ImpactQuestion, PolicyImpact},
        why::{Sights, ViewAs, ViewedAs, WhoSees},
    },
};
use guard::{
    Disclosed, Viewer,
    gate::{Asked, Given, Kept, LINES},
    policy::impact::impact as computed,
    records::FamilyRecord,
    why::{Circle, Inquiry, Somebody},
};
use std::sync::Arc;

/// What a change of the version in force would do, or a way back, and to whom.
#[utoipa::path(post, path = "/api/policy/impact", request_body = ImpactQuestion, responses((status = 200, body = PolicyImpact)))]
pub(crate) async fn impact(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(question): Body<ImpactQuestion>,
) -> Result<Reply<PolicyImpact>, ApiError> {
    app.keeps(&viewer, Duty::KeepPolicy).await?;
    let (before, after) = app.asked(question).await?;
    let impact = computed(&before, &after, &app.db.role_holders().await?);
    let impact = match viewer.staff() {
        Some(me) => app.with_confirmers(impact, me).await?,
        None => impact,
    };
    Ok(Reply(Disclosed::plain(impact)))
}

/// Everybody who works or worked here, for choosing from.
#[utoipa::path(get, path = "/api/colleagues", responses((status = 200, body = Colleagues)))]
pub(crate) async fn colleagues(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Colleagues>, ApiError> {
    app.keeps(&viewer, Duty::ReadPolicy).await?;
    Ok(Reply(Disclosed::plain(Colleagues { staff: app.db.colleagues().await? })))
}

/// What somebody sees of a family or of a colleague's record, and why. One that may not be asked about and one that is not there are one
/// answer.
#[utoipa::path(post, path = "/api/policy/views", request_body = ViewAs, responses((status = 200, body = ViewedAs)))]
pub(crate) async fn view_as(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<ViewAs>,
) -> Result<Reply<ViewedAs>, ApiError> {
    let inquiry = app.gate.inquiry(&viewer).await?;
    let (staff, family) = match wish {
        ViewAs::Family { staff, family } => (staff, family),
        ViewAs::Colleague { staff, colleague } => return app.colleague_as(&viewer, &inquiry, staff, colleague).await,
    };
    let circle = app.circle(&viewer, &inquiry, family).await?;
    let person = app.person(&viewer, &inquiry, staff).await?;
    let imagined = app.gate.imagine(&inquiry, &person);
    let approvals = app.db.open_approvals(&circle, viewer.now()).await?;
    let grants = app.db.grants_near(&circle, &inquiry).await?;
    let proposal = app.db.last_proposal().await?;
    let theirs = app.db.family_with_ledger(&app.gate.scope_imagined(&imagined), family, LINES as u64).await?;
    let own = app.db.family_with_ledger(&app.gate.scope(&viewer), family, LINES as u64).await?;
    let given = Given { approvals: &approvals, grants: &grants, proposal: proposal.as_ref() };
    let asked = Asked { circle: &circle, given, theirs: as_found(&theirs), own: as_found(&own) };
    Ok(Reply(app.gate.view_as(&inquiry, &imagined, asked).await?))
}

/// Who sees a field of a family or of a colleague's record, and why.
#[utoipa::path(post, path = "/api/policy/sights", request_body = WhoSees, responses((status = 200, body = Sights)))]
pub(crate) async fn who_sees(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<WhoSees>,
) -> Result<Reply<Sights>, ApiError> {
    let inquiry = app.gate.inquiry(&viewer).await?;
    let (family, field) = match wish {
        WhoSees::Family { family, field } => (family, field),
        WhoSees::Colleague { colleague, field } => return app.who_sees_colleague(&viewer, &inquiry, colleague, field).await,
    };
    let circle = app.circle(&viewer, &inquiry, family).await?;
    let (everybody, approvals) = (app.db.everybody(&inquiry).await?, app.db.open_approvals(&circle, viewer.now()).await?);
    let grants = app.db.grants_near(&circle, &inquiry).await?;
    let proposal = app.db.last_proposal().await?;
    let given = Given { approvals: &approvals, grants: &grants, proposal: proposal.as_ref() };
    Ok(Reply(app.gate.who_sees(&inquiry, &circle, field, &everybody, given).await?))
}

type Found = Option<(Arc<FamilyRecord>, Vec<Kept>)>;

fn as_found(found: &Found) -> Option<(&FamilyRecord, &[Kept])> {
    found.as_ref().map(|(record, kept)| (&**record, kept.as_slice()))
}

impl App {
    /// What somebody sees of a colleague's record.
    async fn colleague_as(&self, viewer: &Viewer, inquiry: &Inquiry<'_>, staff: StaffId, of: StaffId) -> Result<Reply<ViewedAs>, ApiError> {
        let record = self.staff_record(viewer, of).await?;
        let imagined = self.gate.imagine(inquiry, &self.person(viewer, inquiry, staff).await?);
        let proposal = self.db.last_proposal().await?;
        Ok(Reply(self.gate.view_of_colleague_as(inquiry, &imagined, &record, proposal.as_ref()).await?))
    }

    /// Who sees a field of a colleague's record; of somebody who has left too, which is kept.
    async fn who_sees_colleague(
        &self,
        viewer: &Viewer,
        inquiry: &Inquiry<'_>,
        of: StaffId,
        field: FieldKey,
    ) -> Result<Reply<Sights>, ApiError> {
        if !self.db.colleagues().await?.iter().any(|person| person.id == of) {
            return Err(self.missing(viewer, RecordKind::Staff, of.0).await);
        }
        let (everybody, proposal) = (self.db.everybody(inquiry).await?, self.db.last_proposal().await?);
        Ok(Reply(self.gate.who_sees_colleague(inquiry, of, field, &everybody, proposal.as_ref()).await?))
    }

    /// Somebody who has not left; one who is not there is written down.
    async fn person(&self, viewer: &Viewer, inquiry: &Inquiry<'_>, id: StaffId) -> Result<Somebody, ApiError> {
        match self.db.everybody(inquiry).await?.into_iter().find(|person| person.id == id) {
            Some(person) => Ok(person),
            None => Err(self.missing(viewer, RecordKind::Staff, id.0).await),
        }
    }

    /// The circle of a family that may be asked about; one in vain is written down.
    async fn circle(&self, viewer: &Viewer, inquiry: &Inquiry<'_>, id: FamilyId) -> Result<Circle, ApiError> {
        match self.db.circle(inquiry, id).await? {
            Some(circle) => Ok(circle),
            None => Err(self.missing(viewer, RecordKind::Family, id.0).await),
        }
    }
}
