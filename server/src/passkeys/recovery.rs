//! `POST /api/recovery/begin`: a recovery code is good for one thing, the registration of a new passkey.
//!
//! The rule: an unknown name and a wrong code have one answer after the same work; a wrong one is written down as whose it would
//! have been. The owner is told of each that is used.

use super::{Registration, relying::must_be_attested};
use crate::{
    account::recovery_digest,
    clock,
    http::{Address, ApiError, Body, Device, Reply},
    limits::{self, Act},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::StaffId,
    rights::RoleSet,
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
    device: Device,
    Body(RecoveryStart { login, code }): Body<RecoveryStart>,
) -> Result<Reply<EnrolmentOpened<Value>>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let login = limits::login(&login);
    let now = clock::now();
    let person = app.db.account_by_login(&login).await?;
    // For an unknown name too, so that the work tells nothing.
    let owner = person.as_ref().map_or(StaffId(Uuid::nil()), |person| person.id);
    // Whoever spends this of somebody has closed this way to them for a while, but on devices that are known of them, and neither that
    // of a passkey nor that of a link.
    let known = app.known_device(Actor::Staff(owner), &device).await?;
    app.limits.guess("recovery", &address, &login, known.as_ref())?;
    let digest = recovery_digest(&app, &code);
    // A code of somebody who may not come in is not used up either: it is of use again once they may.
    let able = person.as_ref().filter(|person| person.active).map_or(StaffId(Uuid::nil()), |person| person.id);
    let used = app.db.use_recovery_code(able, &digest, now).await?;
    let actor = person.as_ref().map(|person| Actor::Staff(person.id));
    let Some((person, actor)) = person.zip(actor).filter(|_| used) else {
        let by = actor.map_or_else(By::nobody, |actor| By::person(actor, String::new(), RoleSet::default()));
        app.gate.record(Entry::event(now, by, Action::SignInRefused)).await?;
        return Err(ErrorCode::SignInRefused.into());
    };
    app.gate.record(Entry::event(now, By::person(actor, person.name.clone(), person.roles), Action::RecoveryCodeUsed)).await?;
    app.tell_of_recovery(person.id, now).await;
    let registration = Registration {
        kind: CeremonyKind::Recover,
        actor,
        login: &person.login,
        name: &person.name,
        session: None,
        link: None,
        attested: must_be_attested(&app, actor).await?,
    };
    let (ceremony, options) = registration.begin(&app, now).await?;
    Ok(Reply(Disclosed::plain(EnrolmentOpened { login: person.login, name: person.name, roles: person.roles.into(), ceremony, options })))
}
