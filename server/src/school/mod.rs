//! The school: what forms need to offer choices, its settings, its campuses, with what its roles sign in, how ready it is.

pub(crate) mod campuses;
pub(crate) mod ladder;

use crate::{
    http::{ApiError, Body, OfStaff, Reader, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ValueError,
    retention::Retention,
    rights::Duty,
    values::label,
    wire::{
        ledger::Action,
        school::{SESSION_HOURS_LEAST, SESSION_HOURS_MOST, SchoolChanges, SchoolFacts, SchoolSettings, Setup},
    },
};
use guard::{Disclosed, Refused};
use store::SchoolActed;

/// The longest name of a school.
const NAME: usize = 60;

/// Campuses, classes and consultants of the viewer's campuses.
#[utoipa::path(get, path = "/api/school", responses((status = 200, body = SchoolFacts)))]
pub(crate) async fn show(State(app): State<Shared>, Reader { viewer }: Reader) -> Result<Reply<SchoolFacts>, ApiError> {
    Ok(Reply(Disclosed::plain(app.db.school_facts(viewer.campuses(), viewer.today()).await?)))
}

/// The settings, and the campuses in numbers.
#[utoipa::path(get, path = "/api/school/settings", responses((status = 200, body = SchoolSettings)))]
pub(crate) async fn settings(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<SchoolSettings>, ApiError> {
    app.keeps(&viewer, Duty::KeepSchool).await?;
    Ok(Reply(Disclosed::plain(app.db.school_settings(viewer.today()).await?)))
}

/// Changes the settings.
#[utoipa::path(patch, path = "/api/school/settings", request_body = SchoolChanges, responses((status = 200, body = SchoolSettings)))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<SchoolChanges>,
) -> Result<Reply<SchoolSettings>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepSchool).await?;
    let name = wish.name.map(|name| label(&name, NAME)).transpose().map_err(|code| ApiError::field("name", code))?;
    if wish.session_hours.is_some_and(|hours| !(SESSION_HOURS_LEAST..=SESSION_HOURS_MOST).contains(&hours)) {
        return Err(ApiError::field("session_hours", ValueError::Malformed));
    }
    if wish.trail_days.is_some_and(|days| Retention::of_days(days).is_none()) {
        return Err(ApiError::field("trail_days", ValueError::Malformed));
    }
    let entry = app.gate.act_on_school(fresh, Action::SchoolChanged)?;
    let of_trail = app.gate.act_on_school(fresh, Action::RetentionChanged)?;
    match app.db.change_school(&app.trail, SchoolChanges { name, ..wish }, entry, of_trail).await? {
        SchoolActed::Apart => Err(app.gate.refuse(&viewer, None, Refused::Apart).await.into()),
        _ => Ok(Reply(Disclosed::plain(app.db.school_settings(viewer.today()).await?))),
    }
}

/// How ready the school is; for the administrator and the privacy officer.
#[utoipa::path(get, path = "/api/school/setup", responses((status = 200, body = Setup)))]
pub(crate) async fn setup(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Setup>, ApiError> {
    if !viewer.has_duty(Duty::KeepPolicy) {
        app.keeps(&viewer, Duty::KeepSchool).await?;
    }
    Ok(Reply(Disclosed::plain(Setup { items: app.db.setup().await? })))
}
