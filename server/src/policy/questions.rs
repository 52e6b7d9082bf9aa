//! Questions about the matrix that change nothing: what would a change do, what does somebody see, and who sees it.

use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    field::RecordKind,
    ids::FamilyId,
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
    why::{Circle, Inquiry},
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

/// What somebody sees of a family, and why. One that may not be asked about and one that is not there are one answer.
#[utoipa::path(post, path = "/api/policy/views", request_body = ViewAs, responses((status = 200, body = ViewedAs)))]
pub(crate) async fn view_as(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(ViewAs { staff, family }): Body<ViewAs>,
) -> Result<Reply<ViewedAs>, ApiError> {
    let inquiry = app.gate.inquiry(&viewer).await?;
    let circle = app.circle(&viewer, &inquiry, family).await?;
    let Some(person) = app.db.everybody(&inquiry).await?.into_iter().find(|person| person.id == staff) else {
        return Err(app.missing(&viewer, RecordKind::Staff, staff.0).await);
    };
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

/// Who sees a field of a family, and why.
#[utoipa::path(post, path = "/api/policy/sights", request_body = WhoSees, responses((status = 200, body = Sights)))]
pub(crate) async fn who_sees(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(WhoSees { family, field }): Body<WhoSees>,
) -> Result<Reply<Sights>, ApiError> {
    let inquiry = app.gate.inquiry(&viewer).await?;
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
    /// The circle of a family that may be asked about; one in vain is written down.
    async fn circle(&self, viewer: &Viewer, inquiry: &Inquiry<'_>, id: FamilyId) -> Result<Circle, ApiError> {
        match self.db.circle(inquiry, id).await? {
            Some(circle) => Ok(circle),
            None => Err(self.missing(viewer, RecordKind::Family, id.0).await),
        }
    }
}
