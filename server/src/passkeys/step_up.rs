//! `POST /api/step-up/begin` and `/finish`: presence proved again, for what a signed-in person may do only then.

use super::{
    relying::keep,
    sign_in::{begin_known, verify},
};
use crate::{
    http::{ApiError, Body, Reply, SignedIn},
    state::Shared,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use contract::{
    error::ErrorCode,
    wire::{
        ledger::Action,
        sign_in::{Ceremony, CeremonyFinish, Me},
    },
};
use guard::{Disclosed, Entry, trail::By};
use serde_json::Value;
use store::CeremonyKind;

/// Begins a step-up.
#[utoipa::path(post, path = "/api/step-up/begin", responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    SignedIn { viewer, session, .. }: SignedIn,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    let (state, options) = begin_known(&app, viewer.actor()).await?;
    let ceremony = keep(&app, CeremonyKind::StepUp, Some(viewer.actor()), Some(session.id), &state, viewer.now()).await?;
    Ok(Reply(Disclosed::plain(Ceremony { ceremony, options })))
}

/// Ends a step-up; the session gets a new token.
#[utoipa::path(post, path = "/api/step-up/finish", request_body = CeremonyFinish<Value>, responses((status = 200, body = Me)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    jar: CookieJar,
    SignedIn { viewer, session, .. }: SignedIn,
    Body(CeremonyFinish { ceremony, credential, name: _ }): Body<CeremonyFinish<Value>>,
) -> Result<Response, ApiError> {
    let now = viewer.now();
    let begun = app.db.take_ceremony(ceremony, CeremonyKind::StepUp, now).await?.ok_or(ErrorCode::Lapsed)?;
    if begun.session != Some(session.id) || begun.actor != Some(viewer.actor()) {
        return Err(ErrorCode::SignInRefused.into());
    }
    let state = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    let key = match verify(&app, begun.actor, state, credential, now).await {
        Ok((key, _)) => key,
        Err(error) => {
            app.gate.record(Entry::event(now, By::viewer(&viewer), Action::SignInRefused)).await?;
            // The session stands: only the act that wanted the proof does not happen.
            return Err(if error == ErrorCode::SignInRefused.into() { ErrorCode::StepUpRequired.into() } else { error });
        }
    };
    app.gate.record(Entry::event(now, By::viewer(&viewer), Action::SteppedUp)).await?;
    let cookie = app.step_up(&session, key.credential(), now).await?;
    let person = app.db.person(viewer.actor()).await?.ok_or(ErrorCode::NotSignedIn)?;
    let me = app.me_of(person, session.id, session.expires_at, Some(now), (now, viewer.whence())).await?;
    Ok((jar.add(cookie), Reply(Disclosed::plain(me))).into_response())
}
