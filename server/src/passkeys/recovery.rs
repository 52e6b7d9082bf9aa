//! `POST /api/recovery/begin`: a recovery code is good for one thing, the registration of a new passkey.

use super::{Registration, relying::must_be_attested};
use crate::{
    account::recovery_digest,
    clock,
    http::{Address, ApiError, Body, Reply},
    limits::Act,
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::StaffId,
    wire::{
        ledger::Action,
        sign_in::{EnrolmentOpened, RecoveryStart},
    },
};
use guard::{Actor, Disclosed, Entry, trail::By};
use serde_json::Value;
use store::CeremonyKind;
use uuid::Uuid;

/// Uses a recovery code up and begins a registration. An unknown name and a wrong code have one answer.
#[utoipa::path(post, path = "/api/recovery/begin", request_body = RecoveryStart, responses((status = 200, body = EnrolmentOpened<Value>)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    Address(address): Address,
    Body(RecoveryStart { login, code }): Body<RecoveryStart>,
) -> Result<Reply<EnrolmentOpened<Value>>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    // By address and name, so that nobody can lock another out from elsewhere.
    app.limits.pass(Act::Guess, &format!("{address} {login}"))?;
    let now = clock::now();
    let digest = recovery_digest(&app, &code);
    let person = app.db.staff_by_login(login.trim()).await?;
    // For an unknown name too, so that the work tells nothing.
    let owner = person.as_ref().map_or(StaffId(Uuid::nil()), |person| person.id);
    let used = app.db.use_recovery_code(owner, &digest, now).await?;
    let Some(person) = person.filter(|_| used) else {
        app.gate.record(Entry::event(now, By::nobody(), Action::SignInRefused)).await?;
        return Err(ErrorCode::SignInRefused.into());
    };
    let actor = Actor::Staff(person.id);
    app.gate.record(Entry::event(now, By::person(actor, person.name.clone(), person.roles), Action::RecoveryCodeUsed)).await?;
    let registration = Registration {
        kind: CeremonyKind::Recover,
        actor,
        login: &person.login,
        name: &person.name,
        session: None,
    app.tell_of_recovery(person.id, now).await;
        link: None,
        attested: must_be_attested(&app, actor).await?,
    };
    let (ceremony, options) = registration.begin(&app, now).await?;
    Ok(Reply(Disclosed::plain(EnrolmentOpened { login: person.login, name: person.name, roles: person.roles.into(), ceremony, options })))
}
