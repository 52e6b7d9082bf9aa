//! `GET /api/sign-in/ways` and `POST /api/sign-in/password`.

use super::digits;
use crate::{
    clock,
    http::{Address, ApiError, Body, CameFrom, Device, Here, Reply, session::Coming},
    limits::{self, Act},
    state::Shared,
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use contract::{
    credential::Credential,
    error::ErrorCode,
    ids::StaffId,
    rights::RoleSet,
    wire::{
        credentials::{PasswordSignIn, WaysIn},
        ledger::Action,
        sign_in::Me,
    },
};
use guard::{Actor, Disclosed, Entry, password::Fallback, trail::By};
use std::sync::Arc;
use uuid::Uuid;

/// The ways in that the school offers; the same for everybody.
#[utoipa::path(get, path = "/api/sign-in/ways", responses((status = 200, body = WaysIn)))]
pub(crate) async fn ways(State(app): State<Shared>, Address(address): Address) -> Result<Reply<WaysIn>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    Ok(Reply(Disclosed::plain(WaysIn { password: app.db.ladder().await?.allows_passwords() })))
}

/// Signs in by password and code.
#[utoipa::path(post, path = "/api/sign-in/password", request_body = PasswordSignIn, responses((status = 200, body = Me)))]
pub(crate) async fn sign_in(
    State(app): State<Shared>,
    Address(address): Address,
    Here(here): Here,
    CameFrom(whence): CameFrom,
    device: Device,
    headers: HeaderMap,
    Body(PasswordSignIn { login, password, code }): Body<PasswordSignIn>,
) -> Result<Response, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let login = limits::login(&login);
    let now = clock::now();
    let person = app.db.account_by_login(&login).await?;
    // For an unknown name too, so that the work tells nothing.
    let owner = person.as_ref().map_or(StaffId(Uuid::nil()), |person| person.id);
    // Whoever spends this of somebody has closed this way to them for a while, but on devices that are known of them, and never that
    // of their passkey.
    let known = app.known_device(Actor::Staff(owner), &device).await?;
    app.limits.guess("password", &address, &login, known.as_ref())?;
    let fallback = app.db.password_of(owner).await?.map(|row| row.fallback);
    let ladder = app.db.ladder().await?;
    let (hash, totp) = fallback.map(|Fallback { hash, totp }| (hash, totp)).unzip();
    let gate = Arc::clone(&app);
    let known = app.hashing.run(move || gate.gate.is_password(owner, hash.as_ref(), &password.0)).await??;
    let step = app.gate.step_of_code(owner, totp.as_ref(), &digits(&code), now)?;
    let allowed = |roles: RoleSet| ladder.least(roles) <= Credential::Mfa;
    let actor = person.as_ref().map(|person| Actor::Staff(person.id));
    if let (Some(person), true, Some(step)) = (person.filter(|person| person.active && allowed(person.roles)), known, step) {
        let actor = Actor::Staff(person.id);
        let by = By::person(actor, person.name, person.roles);
        let entry = Entry::event(now, by, Action::SignedIn).at_location(here).with(Credential::Mfa);
        if app.db.use_step(&app.trail, owner, step, &entry).await? {
            let person = app.db.person(actor).await?.ok_or(ErrorCode::SignInRefused)?;
            let opened =
                app.sign_in(&person, Coming { headers: &headers, location: here, credential: Credential::Mfa, sole: false }, now).await?;
            let me = app.me_of(person, opened.id, opened.expires_at, None, (now, whence)).await?;
            return Ok((opened.cookies(), Reply(Disclosed::plain(me))).into_response());
        }
    }
    let by = actor.map_or_else(By::nobody, |actor| By::person(actor, String::new(), RoleSet::default()));
    app.gate.record(Entry::event(now, by, Action::SignInRefused).with(Credential::Mfa)).await?;
    Err(ErrorCode::SignInRefused.into())
}
