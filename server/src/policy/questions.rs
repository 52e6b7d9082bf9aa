//! Questions about the matrix that change nothing: what would a change do, and what would somebody see.

use super::versions::both;
use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    field::RecordKind,
    ids::{FamilyId, GuardianId, NoteId, StaffId, StudentId},
    rights::Duty,
    wire::policy::{Colleagues, PolicyChange, PolicyImpact, ViewAs, ViewedAs},
};
use guard::{Actor, Disclosed, Facts, gate::Asked, policy::impact::impact as computed, records::Record, trail::RecordRef};

/// What a change would do, and for how many people. The version that it names does not matter: it is laid over the present one.
#[utoipa::path(post, path = "/api/policy/impact", request_body = PolicyChange, responses((status = 200, body = PolicyImpact)))]
pub(crate) async fn impact(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(change): Body<PolicyChange>,
) -> Result<Reply<PolicyImpact>, ApiError> {
    app.keeps(&viewer, Duty::KeepPolicy).await?;
    let (before, after) = both(&app.db.policy().await?, &change);
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

/// In which form somebody would see a record. One that is not there answers like one out of their reach.
#[utoipa::path(post, path = "/api/policy/views", request_body = ViewAs, responses((status = 200, body = ViewedAs)))]
pub(crate) async fn view_as(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(ViewAs { staff, kind, id }): Body<ViewAs>,
) -> Result<Reply<ViewedAs>, ApiError> {
    app.keeps(&viewer, Duty::KeepPolicy).await?;
    let Some(person) = app.db.person(Actor::Staff(staff)).await? else {
        return Err(app.missing(&viewer, RecordKind::Staff, staff.0).await);
    };
    let imagined = app.gate.imagine(&viewer, staff, person.roles, person.campuses)?;
    let scope = app.gate.scope_imagined(&imagined);
    let facts: Option<Facts> = match kind {
        RecordKind::Family => app.db.family(&scope, FamilyId(id)).await?.map(|record| record.family.facts),
        RecordKind::Student => app.db.student(&scope, StudentId(id)).await?.map(|record| *record.facts()),
        RecordKind::Guardian => app.db.guardian(&scope, GuardianId(id)).await?.map(|record| *record.facts()),
        RecordKind::Note => app.db.note(&scope, NoteId(id)).await?.map(|record| *record.facts()),
        // A correction is seen by whoever may write its field, a question by a duty, neither by its own facts.
        RecordKind::Correction | RecordKind::Question | RecordKind::Staff => None,
    };
    let found = match kind {
        RecordKind::Staff => person.roles.has_duty(Duty::KeepStaff) && app.db.staff_login(StaffId(id)).await?.is_some(),
        _ => facts.is_some(),
    };
    let asked = Asked { record: RecordRef { kind, id }, facts, found };
    Ok(Reply(app.gate.view_as(&viewer, &imagined, asked).await?))
}
