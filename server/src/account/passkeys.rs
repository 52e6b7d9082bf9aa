//! One's own passkeys: add another, rename, remove.
//!
//! The rule: another one takes a fresh one. A guardian who came by a code may make the first, and stands on it where the school asks
//! guardians for a passkey: a code would not let them in once more.

use super::first_key_needs_no_other;
use crate::{
    http::{ApiError, Body, Device, Id, Reply, SignedIn},
    passkeys::{Registration, finish_registration, keep_passkey, public_key},
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use contract::{
    error::{ErrorCode, ValueError},
    ids::{PasskeyId, SessionId},
    wire::{
        account::{Account, PasskeyRename},
        ledger::Action,
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use guard::{Disclosed, Entry, Viewer, trail::By};
use serde_json::Value;
use store::{CeremonyKind, PasskeyRow};

/// Begins the registration of another passkey; needs a fresh one (ASVS 7.5.1).
#[utoipa::path(post, path = "/api/account/passkeys/begin", responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    SignedIn { viewer, session, .. }: SignedIn,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    let keys = app.db.passkeys_of(viewer.actor()).await?.len();
    if viewer.fresh().is_none() && !first_key_needs_no_other(viewer.actor(), keys) {
        return Err(ErrorCode::StepUpRequired.into());
    }
    Ok(Reply(Disclosed::plain(begin_another(&app, &viewer, session.id, false).await?)))
}

/// Begins the registration of a passkey whose authenticator proves its make; staff alone, and with a fresh passkey.
#[utoipa::path(post, path = "/api/account/attested-passkeys/begin", responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn begin_attested(
    State(app): State<Shared>,
    SignedIn { viewer, session, .. }: SignedIn,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    if viewer.staff().is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    Ok(Reply(Disclosed::plain(begin_another(&app, &viewer, session.id, true).await?)))
}

async fn begin_another(app: &App, viewer: &Viewer, session: SessionId, attested: bool) -> Result<Ceremony<Value>, ApiError> {
    let login = match viewer.staff() {
        Some(id) => app.db.staff_login(id).await?.map(|person| person.login).unwrap_or_default(),
        None => "家长".into(),
    };
    let registration = Registration {
        kind: CeremonyKind::AddPasskey,
        actor: viewer.actor(),
        login: &login,
        name: if viewer.name().is_empty() { "家长" } else { viewer.name() },
        session: Some(session),
        link: None,
        attested,
    };
    let (ceremony, options) = registration.begin(app, viewer.now()).await?;
    Ok(Ceremony { ceremony, options })
}

/// Keeps another passkey, of either beginning. A session that was opened below the rung rises to it, with a new token.
#[utoipa::path(post, path = "/api/account/passkeys/finish", request_body = CeremonyFinish<Value>, responses((status = 200, body = Account)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    jar: CookieJar,
    SignedIn { viewer, session, least, .. }: SignedIn,
    Body(CeremonyFinish { ceremony, credential, name }): Body<CeremonyFinish<Value>>,
) -> Result<Response, ApiError> {
    let begun = app.db.take_ceremony(ceremony, CeremonyKind::AddPasskey, viewer.now()).await?.ok_or(ErrorCode::Lapsed)?;
    if begun.session != Some(session.id) || begun.actor != Some(viewer.actor()) {
        return Err(ErrorCode::Lapsed.into());
    }
    // Nobody is signed out by a key that could not be added.
    let not_added =
        |error| if error == ErrorCode::SignInRefused.into() { ApiError::field("credential", ValueError::Malformed) } else { error };
    let (passkey, _) = finish_registration(&app, &begun, credential, &name, viewer.now()).map_err(not_added)?;
    let entry = Entry::event(viewer.now(), By::viewer(&viewer), Action::PasskeyAdded).registering(public_key(&passkey)?);
    let made = passkey.credential();
    app.gate.record(entry.with(made)).await?;
    keep_passkey(&app, passkey).await.map_err(not_added)?;
    app.tell_of_passkey(viewer.actor(), viewer.now()).await;
    let jar = if session.credential < least { jar.add(app.step_up(&session, made, viewer.now()).await?) } else { jar };
    Ok((jar, Reply(Disclosed::plain(app.account(&viewer).await?))).into_response())
}

/// Renames a passkey.
#[utoipa::path(patch, path = "/api/account/passkeys/{id}", params(("id" = PasskeyId, Path)), request_body = PasskeyRename,
    responses((status = 200, body = Account)))]
pub(crate) async fn rename(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<PasskeyId>,
    Body(PasskeyRename { name }): Body<PasskeyRename>,
) -> Result<Reply<Account>, ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::field("name", ValueError::Required));
    }
    let name = crate::passkeys::passkey_name(&name)?;
    if !app.db.rename_passkey(viewer.actor(), id, name).await? {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(Reply(Disclosed::plain(app.account(&viewer).await?)))
}

/// Removes a passkey and ends the other sessions. The last one that lets a member of staff in stays.
#[utoipa::path(delete, path = "/api/account/passkeys/{id}", params(("id" = PasskeyId, Path)), responses((status = 200, body = Account)))]
pub(crate) async fn remove(
    State(app): State<Shared>,
    SignedIn { viewer, session, least, .. }: SignedIn,
    device: Device,
    Id(id): Id<PasskeyId>,
) -> Result<Reply<Account>, ApiError> {
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    let keys = app.db.passkeys_of(viewer.actor()).await?;
    if !keys.iter().any(|key| key.id == id) {
        return Err(ErrorCode::NotFound.into());
    }
    let lets_in = |key: &PasskeyRow| key.id != id && key.credential() >= least;
    if viewer.staff().is_some() && !keys.iter().any(lets_in) {
        return Err(ApiError::field("id", ValueError::Required));
    }
    app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::PasskeyRemoved)).await?;
    app.db.remove_passkey(viewer.actor(), id).await?;
    let device = app.digest_of(viewer.actor(), &device);
    app.db.end_other_sessions(viewer.actor(), session.id, device.as_ref(), viewer.now()).await?;
    Ok(Reply(Disclosed::plain(app.account(&viewer).await?)))
}
