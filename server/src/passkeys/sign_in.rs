//! `POST /api/sign-in/begin` and `/finish`: with a discoverable passkey, or with a login name first.
//!
//! An unknown login name gets a ceremony like any other, with credential ids that are made up and always the same for that
//! name; it can only fail. Whoever has fewer passkeys than are asked for gets made-up ones beside them, so that their number
//! tells nothing. Every failure has one answer.

use super::relying::{can_be_backed_up, counted, keep, presentable};
use crate::{
    clock,
    http::{Address, ApiError, Body, CameFrom, Here, Reply, session::Coming},
    limits::Act,
    state::{App, Shared},
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use contract::{
    error::ErrorCode,
    ids::StaffId,
    rights::RoleSet,
    wire::{
        ledger::Action,
        sign_in::{Ceremony, CeremonyFinish, Me, SignInStart},
    },
};
use guard::{Actor, Disclosed, Entry, receipt::Assertion, trail::By};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{CeremonyKind, PasskeyRow};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication, PublicKeyCredential,
};

/// What a sign-in keeps between its two requests.
#[derive(Serialize, Deserialize)]
pub(super) enum SigningIn {
    Discover(DiscoverableAuthentication),
    Named(PasskeyAuthentication),
    /// Nobody of that name: whatever comes back is refused. What is kept is as long as for somebody.
    Nobody(PasskeyAuthentication),
}

/// Begins a sign-in.
#[utoipa::path(post, path = "/api/sign-in/begin", request_body = SignInStart, responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    Address(address): Address,
    Body(SignInStart { login }): Body<SignInStart>,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let (kind, actor, state, options) = match login {
        None => discoverable(&app)?,
        Some(login) => named(&app, login.trim()).await?,
    };
    let ceremony = keep(&app, kind, actor, None, &state, now).await?;
    Ok(Reply(Disclosed::plain(Ceremony { ceremony, options })))
}

type Begun = (CeremonyKind, Option<Actor>, SigningIn, Value);

fn discoverable(app: &App) -> Result<Begun, ApiError> {
    let (mut options, state) = app.relying.start_discoverable_authentication().map_err(|_| ErrorCode::Internal)?;
    // The client says by which gesture it asks; the library would force autofill.
    options.mediation = None;
    let options = serde_json::to_value(options).map_err(|_| ErrorCode::Internal)?;
    Ok((CeremonyKind::Discover, None, SigningIn::Discover(state), options))
}

/// How many passkeys are asked for, or a multiple of it. Few people have more.
const ASKED_FOR: usize = 4;

/// One way for every name, in the same steps: what is missing to the number that is asked for is invented.
async fn named(app: &App, login: &str) -> Result<Begun, ApiError> {
    let person = app.db.account_by_login(login).await?.map(|person| person.id);
    let keys = app.db.passkeys_of(Actor::Staff(person.unwrap_or(StaffId(Uuid::nil())))).await?;
    let passkeys: Vec<Passkey> = keys.iter().filter_map(|row| serde_json::from_str(&row.credential).ok()).collect();
    let actor = person.filter(|_| !passkeys.is_empty()).map(Actor::Staff);
    let number = passkeys.len().max(1).next_multiple_of(ASKED_FOR);
    let invented = (0..number).map(|which| invented(app, login, which)).collect::<Result<Vec<_>, _>>()?;
    let missing = number - passkeys.len();
    let mut asked_for: Vec<Passkey> = passkeys.into_iter().chain(invented.into_iter().take(missing)).collect();
    asked_for.sort_by(|one, other| one.cred_id().cmp(other.cred_id()));
    let (mut options, state) = app.relying.start_passkey_authentication(&asked_for).map_err(|_| ErrorCode::Internal)?;
    // Some keys come with hints of how they are reached; invented ones have none.
    options.public_key.allow_credentials.iter_mut().for_each(|key| key.transports = None);
    let options = serde_json::to_value(options).map_err(|_| ErrorCode::Internal)?;
    let state = if actor.is_some() { SigningIn::Named(state) } else { SigningIn::Nobody(state) };
    Ok((CeremonyKind::SignIn, actor, state, options))
}

/// A passkey that nobody has, the same for the same name. Its point is on no curve: nothing is ever signed by it.
fn invented(app: &App, login: &str, which: usize) -> Result<Passkey, ApiError> {
    let id = URL_SAFE_NO_PAD.encode(app.gate.token_digest("credential of nobody", &format!("{which} {login}")));
    let passkey = serde_json::json!({ "cred": {
        "cred_id": id, "counter": 0, "transports": null, "user_verified": true, "backup_eligible": true, "backup_state": true,
        "cred": { "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": id, "y": id } } },
        "registration_policy": "required", "extensions": {},
        "attestation": { "data": "None", "metadata": "None" }, "attestation_format": "none",
    } });
    Ok(serde_json::from_value(passkey).map_err(|_| ErrorCode::Internal)?)
}

/// Ends a sign-in.
#[utoipa::path(post, path = "/api/sign-in/finish", request_body = CeremonyFinish<Value>, responses((status = 200, body = Me)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    Address(address): Address,
    Here(here): Here,
    CameFrom(whence): CameFrom,
    headers: HeaderMap,
    Body(CeremonyFinish { ceremony, credential, name: _ }): Body<CeremonyFinish<Value>>,
) -> Result<Response, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let begun = match app.db.take_ceremony(ceremony, CeremonyKind::Discover, now).await? {
        Some(begun) => Some(begun),
        None => app.db.take_ceremony(ceremony, CeremonyKind::SignIn, now).await?,
    };
    let begun = begun.ok_or(ErrorCode::Lapsed)?;
    let state = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    let key = match verify(&app, begun.actor, state, credential, now).await {
        Ok((key, _)) => key,
        Err(error) => {
            let by = begun.actor.map_or_else(By::nobody, |actor| By::person(actor, String::new(), RoleSet::default()));
            app.gate.record(Entry::event(now, by, Action::SignInRefused)).await?;
            return Err(error);
        }
    };
    let Some(person) = app.db.person(key.actor).await? else {
        // A right passkey of somebody who may not come in any more.
        app.gate.record(Entry::event(now, By::person(key.actor, String::new(), RoleSet::default()), Action::SignInRefused)).await?;
        return Err(ErrorCode::SignInRefused.into());
    };
    app.gate
        .record(
            Entry::event(now, By::person(key.actor, person.name.clone(), person.roles), Action::SignedIn)
                .at_location(here)
                .with(key.credential()),
        )
        .await?;
    let opened = app.sign_in(&person, Coming { headers: &headers, location: here, credential: key.credential(), sole: false }, now).await?;
    let me = app.me_of(person, opened.id, opened.expires_at, Some(now), (now, whence)).await?;
    Ok((opened.cookies(), Reply(Disclosed::plain(me))).into_response())
}

/// Verifies an assertion and keeps what it changed about the passkey. `of` is whose it has to be, where that is known.
pub(super) async fn verify(
    app: &App,
    of: Option<Actor>,
    state: SigningIn,
    credential: Value,
    now: DateTime<Utc>,
) -> Result<(PasskeyRow, Assertion), ApiError> {
    let refused = || ApiError::new(ErrorCode::SignInRefused);
    presentable(&credential)?;
    let credential: PublicKeyCredential = serde_json::from_value(credential).map_err(|_| refused())?;
    let row = app.db.passkey_by_credential(credential.get_credential_id()).await?.ok_or_else(refused)?;
    let mut passkey: Passkey = serde_json::from_str(&row.credential).map_err(|_| ErrorCode::Internal)?;
    let result: AuthenticationResult = match state {
        SigningIn::Nobody(_) => return Err(refused()),
        SigningIn::Named(state) => app.relying.finish_passkey_authentication(&credential, &state).map_err(|_| refused())?,
        SigningIn::Discover(state) => {
            let (user, _) = app.relying.identify_discoverable_authentication(&credential).map_err(|_| refused())?;
            if user != row.actor.uuid() {
                return Err(refused());
            }
            let known = DiscoverableKey::from(&passkey);
            app.relying.finish_discoverable_authentication_v2(&credential, state, known).map_err(|_| refused())?
        }
    };
    if of.is_some_and(|actor| actor != row.actor) || !result.user_verified() {
        return Err(refused());
    }
    // The library would let a key become one that can be backed up, and so leave its device.
    if result.backup_eligible() != can_be_backed_up(&passkey) {
        return Err(refused());
    }
    // The ceremony remembers the counter of its beginning; meanwhile another may have ended.
    let (before, now_counted) = (counted(&passkey), u64::from(result.counter()));
    if (before > 0 || now_counted > 0) && now_counted <= before {
        return Err(refused());
    }
    // A key below the rung of its owner's roles is no key, for an act no more than for a sign-in.
    if app.db.person(row.actor).await?.is_some_and(|person| row.credential() < person.least) {
        return Err(ErrorCode::CredentialTooLow.into());
    }
    passkey.update_credential(&result);
    let as_used = serde_json::to_string(&passkey).map_err(|_| ErrorCode::Internal)?;
    // Another finish may have raised the counter since the row was read; then this one is a copy's, or its twin's.
    if !app.db.use_passkey(&row, as_used, now).await? {
        return Err(refused());
    }
    let said = credential.response;
    let assertion = Assertion::new(row.credential_id.clone(), said.authenticator_data, said.client_data_json, said.signature);
    Ok((row, assertion))
}

/// Begins an assertion by the passkeys of a known person.
pub(super) async fn begin_known(app: &App, actor: Actor) -> Result<(SigningIn, Value), ApiError> {
    let least = app.db.person(actor).await?.map(|person| person.least);
    let keys = app.db.passkeys_of(actor).await?;
    // One that would be refused is not asked for.
    let keys = keys.iter().filter(|row| least.is_none_or(|least| row.credential() >= least));
    let passkeys: Vec<Passkey> = keys.filter_map(|row| serde_json::from_str(&row.credential).ok()).collect();
    if passkeys.is_empty() {
        return Err(ErrorCode::Forbidden.into());
    }
    let (options, state) = app.relying.start_passkey_authentication(&passkeys).map_err(|_| ErrorCode::Internal)?;
    Ok((SigningIn::Named(state), serde_json::to_value(options).map_err(|_| ErrorCode::Internal)?))
}

/// The same over a challenge that says what is signed. The library draws its own; it is replaced in both halves before either
/// leaves.
///
/// # Errors
/// As [`begin_known`].
pub(super) async fn begin_bound(app: &App, actor: Actor, challenge: [u8; 32]) -> Result<(SigningIn, Value), ApiError> {
    let (state, mut options) = begin_known(app, actor).await?;
    let mut state = serde_json::to_value(state).map_err(|_| ErrorCode::Internal)?;
    let challenge = Value::String(URL_SAFE_NO_PAD.encode(challenge));
    *state.pointer_mut("/Named/ast/challenge").ok_or(ErrorCode::Internal)? = challenge.clone();
    *options.pointer_mut("/publicKey/challenge").ok_or(ErrorCode::Internal)? = challenge;
    Ok((serde_json::from_value(state).map_err(|_| ErrorCode::Internal)?, options))
}
