//! Alarms, for whoever watches: the list, taking one, closing one, taking back what it did.
//!
//! The rule: an alarm about oneself is for others to look into; refusals are written down. Deliberately absent: an entry for
//! reading them; they say what the trail says, and of no family.

pub(crate) mod honey;
pub(crate) mod live;
pub(crate) mod rules;
pub(crate) mod webhook;

use crate::{
    http::{ApiError, Body, Id, OfStaff, Params, Reply},
    state::{App, Shared},
    watch,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::AlarmId,
    rights::Duty,
    wire::{
        Page,
        alarms::{AlarmCard, AlarmClosing, AlarmQuery, WatchCard},
    },
};
use guard::{Disclosed, Refused, Viewer, gate::AlarmRecord};
use store::{Cursor, Written};

const ROWS: u64 = 30;

impl App {
    async fn alarm_record(&self, viewer: &Viewer, id: AlarmId) -> Result<AlarmRecord, ApiError> {
        self.keeps(viewer, Duty::Watch).await?;
        Ok(self.db.alarm(id).await?.ok_or(ErrorCode::NotFound)?)
    }

    /// Writes a refusal for want of a right down.
    async fn allowed<T>(&self, viewer: &Viewer, outcome: Result<T, Refused>) -> Result<T, ApiError> {
        match outcome {
            Err(Refused::Forbidden) => Err(self.gate.refuse(viewer, None, Refused::Forbidden).await.into()),
            other => Ok(other?),
        }
    }

    async fn after_alarm(&self, viewer: &Viewer, id: AlarmId, written: Written) -> Result<Reply<AlarmCard>, ApiError> {
        match written {
            Written::Stored => Ok(Reply(self.gate.alarm(viewer, &self.alarm_record(viewer, id).await?)?)),
            // Somebody closed it meanwhile, or took back what it did; the list is read again.
            Written::Conflict => Err(ErrorCode::Lapsed.into()),
        }
    }
}

/// A page of alarms, the latest first.
#[utoipa::path(get, path = "/api/alarms", params(AlarmQuery), responses((status = 200, body = Page<AlarmCard>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(AlarmQuery { closed, after }): Params<AlarmQuery>,
) -> Result<Reply<Page<AlarmCard>>, ApiError> {
    app.keeps(&viewer, Duty::Watch).await?;
    let after = after.map(|text| text.parse::<Cursor>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let (records, next) = app.db.alarms(closed.unwrap_or_default(), after, ROWS).await?;
    Ok(Reply(app.gate.alarms(&viewer, &records, next.map(|cursor| cursor.to_string()))?))
}

/// How the school does.
#[utoipa::path(get, path = "/api/alarms/watch", responses((status = 200, body = WatchCard)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<WatchCard>, ApiError> {
    app.keeps(&viewer, Duty::Watch).await?;
    let now = viewer.now();
    let (awake, behind) = match app.db.watch_state().await? {
        Some((heard_at, behind)) => (watch::is_awake(heard_at, now), behind),
        None => (false, 0),
    };
    let card = WatchCard { open: app.db.open_alarms().await?, hours: app.db.watch_hours(now).await?, behind, awake };
    Ok(Reply(Disclosed::plain(card)))
}

/// Looks into an alarm from now on, also in the place of somebody else.
#[utoipa::path(post, path = "/api/alarms/{id}/taking", params(("id" = AlarmId, Path)), responses((status = 200, body = AlarmCard)))]
pub(crate) async fn take(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AlarmId>,
) -> Result<Reply<AlarmCard>, ApiError> {
    let record = app.alarm_record(&viewer, id).await?;
    let (by, entry) = app.allowed(&viewer, app.gate.take_alarm(&viewer, &record)).await?;
    let written = app.db.take_alarm(&app.trail, id, by, &entry).await?;
    app.after_alarm(&viewer, id, written).await
}

/// Closes an alarm, with what came of it.
#[utoipa::path(post, path = "/api/alarms/{id}/closing", params(("id" = AlarmId, Path)), request_body = AlarmClosing,
    responses((status = 200, body = AlarmCard)))]
pub(crate) async fn close(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AlarmId>,
    Body(wish): Body<AlarmClosing>,
) -> Result<Reply<AlarmCard>, ApiError> {
    let record = app.alarm_record(&viewer, id).await?;
    let closed = app.allowed(&viewer, app.gate.close_alarm(&viewer, &record, &wish)).await?;
    let written = app.db.close_alarm(&app.trail, closed).await?;
    app.after_alarm(&viewer, id, written).await
}

/// Lets somebody in again whom an alarm had suspended.
#[utoipa::path(post, path = "/api/alarms/{id}/undoing", params(("id" = AlarmId, Path)), responses((status = 200, body = AlarmCard)))]
pub(crate) async fn undo(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AlarmId>,
) -> Result<Reply<AlarmCard>, ApiError> {
    let record = app.alarm_record(&viewer, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let (about, entries) = app.allowed(&viewer, app.gate.undo_alarm(&fresh, &record)).await?;
    let written = app.db.undo_alarm(&app.trail, id, about, &entries).await?;
    app.after_alarm(&viewer, id, written).await
}
