//! With what each role signs in, and how long its sessions live: read and changed by whoever keeps the school.
//!
//! The rule: a rung that is raised, or a time that is shortened, holds at the next request of everybody, and whoever raises a rung
//! stands on it already, so that the school never loses its last administrator to it. Every change is an entry, an alarm for whoever
//! watches, and needs a fresh passkey; a password alone cannot open the way to passwords.

use crate::{
    http::{ApiError, Body, OfStaff, Reply, SignedIn},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    credential::Credential,
    error::{ErrorCode, ValueError},
    rights::{Duty, Role},
    wire::{
        credentials::{LadderCard, LadderChanges},
        ledger::Action,
    },
};
use guard::Disclosed;
use std::collections::BTreeSet;

impl App {
    async fn ladder_card(&self) -> Result<LadderCard, ApiError> {
        Ok(LadderCard { rungs: self.db.rungs().await?, attestation: self.attests() })
    }
}

/// With what each role signs in, and how many people can.
#[utoipa::path(get, path = "/api/school/ladder", responses((status = 200, body = LadderCard)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<LadderCard>, ApiError> {
    app.keeps(&viewer, Duty::KeepSchool).await?;
    Ok(Reply(Disclosed::plain(app.ladder_card().await?)))
}

/// Changes with what roles sign in.
#[utoipa::path(patch, path = "/api/school/ladder", request_body = LadderChanges, responses((status = 200, body = LadderCard)))]
pub(crate) async fn update(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    SignedIn { session, .. }: SignedIn,
    Body(LadderChanges { rungs }): Body<LadderChanges>,
) -> Result<Reply<LadderCard>, ApiError> {
    let fresh = app.keeps_freshly(&viewer, Duty::KeepSchool).await?;
    let roles: BTreeSet<Role> = rungs.iter().map(|rung| rung.role).collect();
    if roles.len() != rungs.len() || !roles.iter().all(|role| role.has_rung()) || !rungs.iter().all(|rung| rung.is_possible()) {
        return Err(ApiError::field("rungs", ValueError::Malformed));
    }
    // Nobody could register what is asked for.
    if rungs.iter().any(|rung| rung.least == Credential::AttestedPasskey) && !app.attests() {
        return Err(ApiError::field("attestation", ValueError::Required));
    }
    let entry = app.gate.act_on_school(fresh, Action::LadderChanged)?;
    let change = |ladder| {
        let ladder = rungs.into_iter().fold(ladder, contract::credential::Ladder::with);
        (session.credential >= ladder.least(viewer.roles())).then_some(ladder)
    };
    if !app.db.change_ladder(&app.trail, &entry, change).await? {
        return Err(ErrorCode::CredentialTooLow.into());
    }
    Ok(Reply(Disclosed::plain(app.ladder_card().await?)))
}
