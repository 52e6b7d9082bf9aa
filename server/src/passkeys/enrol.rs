//! `POST /api/enrolments/open` and `/finish`: the first passkey by a one-time link, or one in the place of what was lost.
//!
//! The rule: whoever had a passkey before is told of another. A recovery code says that something was lost: what else its owner has
//! open ends with the session that it leads to.

use super::{Registration, finish_registration, keep_passkey, public_key, relying::must_be_attested};
use crate::{
    account::new_recovery_codes,
    clock,
    http::{
        Address, ApiError, Body, CameFrom, Here, Reply,
        session::{Coming, digest},
    },
    limits::Act,
    state::Shared,
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    wire::{
        ledger::Action,
        sign_in::{CeremonyFinish, Enrolled, EnrolmentOpened, EnrolmentStart},
    },
};
use guard::{Actor, Disclosed, Entry, trail::By};
use serde_json::Value;
use store::CeremonyKind;

/// Opens an enrolment link. It is used up by the registration, not by the look.
#[utoipa::path(post, path = "/api/enrolments/open", request_body = EnrolmentStart, responses((status = 200, body = EnrolmentOpened<Value>)))]
pub(crate) async fn open(
    State(app): State<Shared>,
    Address(address): Address,
    Body(EnrolmentStart { token }): Body<EnrolmentStart>,
) -> Result<Reply<EnrolmentOpened<Value>>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let link = digest(&token);
    let invited = app.db.invitation(&link, now).await?.ok_or(ErrorCode::Lapsed)?;
    let Actor::Staff(id) = invited.actor else {
        return Err(ErrorCode::Lapsed.into());
    };
    let person = app.db.staff_login(id).await?.ok_or(ErrorCode::Lapsed)?;
    let registration = Registration {
        kind: CeremonyKind::Enrol,
        actor: invited.actor,
        login: &person.login,
        name: &person.name,
        session: None,
        link: Some(link),
        attested: must_be_attested(&app, invited.actor).await?,
    };
    let (ceremony, options) = registration.begin(&app, now).await?;
    Ok(Reply(Disclosed::plain(EnrolmentOpened { login: person.login, name: person.name, roles: person.roles.into(), ceremony, options })))
}

/// Keeps the passkey, uses the link up and signs in.
#[utoipa::path(post, path = "/api/enrolments/finish", request_body = CeremonyFinish<Value>, responses((status = 200, body = Enrolled)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    Address(address): Address,
    Here(here): Here,
    CameFrom(whence): CameFrom,
    headers: HeaderMap,
    Body(CeremonyFinish { ceremony, credential, name }): Body<CeremonyFinish<Value>>,
) -> Result<Response, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let begun = match app.db.take_ceremony(ceremony, CeremonyKind::Enrol, now).await? {
        Some(begun) => Some(begun),
        None => app.db.take_ceremony(ceremony, CeremonyKind::Recover, now).await?,
    };
    let begun = begun.ok_or(ErrorCode::Lapsed)?;
    let actor = begun.actor.ok_or(ErrorCode::Lapsed)?;
    let person = app.db.person(actor).await?.ok_or(ErrorCode::Lapsed)?;
    let by = || By::person(actor, person.name.clone(), person.roles);
    let (passkey, link) = finish_registration(&app, &begun, credential, &name, now)?;
    let credential = passkey.credential();
    if let Some(link) = link
        && !app.db.use_invitation(&link, now).await?
    {
        return Err(ErrorCode::Lapsed.into());
    }
    app.gate.record(Entry::event(now, by(), Action::PasskeyAdded).registering(public_key(&passkey)?).with(credential)).await?;
    let is_first = app.db.passkeys_of(actor).await?.is_empty();
    keep_passkey(&app, passkey).await?;
    if !is_first {
        app.tell_of_passkey(actor, now).await;
    }
    let recovery_codes = match actor {
        Actor::Staff(id) if app.db.recovery_codes_left(id).await? == 0 => {
            app.gate.record(Entry::event(now, by(), Action::RecoveryCodesMade)).await?;
            new_recovery_codes(&app, id).await?
        }
        Actor::Staff(_) | Actor::Guardian(_) => Vec::new(),
    };
    app.gate.record(Entry::event(now, by(), Action::SignedIn).at_location(here).with(credential)).await?;
    let opened = app
        .sign_in(&person, Coming { headers: &headers, location: here, credential, sole: begun.kind == CeremonyKind::Recover }, now)
        .await?;
    let me = app.me_of(person, opened.id, opened.expires_at, Some(now), (now, whence)).await?;
    Ok((opened.cookies(), Reply(Disclosed::plain(Enrolled { me, recovery_codes }))).into_response())
}
