//! Gates of measurements: another policy or another trail, and the same code behind them.
//!
//! The rule: a step is left out by what a gate is given; nothing is switched off inside. This program is never shipped, so
//! that no such gate can be made by what is.

use crate::Outcome;
use contract::{
    ids::SessionId,
    rights::{Cell, Exposure},
    wire::policy::PolicyCell,
};
use guard::{
    Admission, Entry, Gate, Policy, Trail, Vault, Viewer,
    approval::Redemption,
    policy::default,
    trail::{NotCounted, Quota, TrailDown},
};
use std::sync::Arc;
use store::{Db, Person};

/// Who lists, gets and updates: the registrar of the first campus.
pub(crate) const LOGIN: &str = "wu";

/// Says that it was written, and is not.
pub(crate) struct Forgetful;

#[async_trait::async_trait]
impl Trail for Forgetful {
    async fn append(&self, _: Entry) -> Result<(), TrailDown> {
        Ok(())
    }
    async fn append_counted(&self, _: Entry, _: Quota, _: Option<Redemption>) -> Result<u32, NotCounted> {
        Ok(0)
    }
}

/// The policy of the start, with every field in one form.
pub(crate) fn all(exposure: Exposure) -> Policy {
    let cells: Vec<_> = default::cells().into_iter().map(|one| PolicyCell { cell: Cell { exposure, ..one.cell }, ..one }).collect();
    Policy::compile(1, &cells, &default::scopes(), &[])
}

/// A gate with this policy and this trail.
pub(crate) fn gate(vault: Vault, policy: Policy, trail: Arc<dyn Trail>) -> Gate {
    #[expect(clippy::disallowed_methods, reason = "a gate of a measurement")]
    Gate::new(vault, policy, trail)
}

/// A person as the session extractor of the server would admit them.
pub(crate) fn admitted(person: Person, session: SessionId) -> Viewer {
    let Person { actor, name, roles, campuses, .. } = person;
    #[expect(clippy::disallowed_methods, reason = "a viewer of a measurement")]
    Viewer::admit(Admission {
        actor,
        name,
        roles,
        campuses,
        session,
        stepped_up_at: None,
        now: server::clock::now(),
        whence: guard::Whence::Unknown,
    })
}

/// The registrar, without a session.
pub(crate) async fn registrar(db: &Db) -> Outcome<Viewer> {
    let staff = db.staff_by_login(LOGIN).await?.ok_or("the school has no registrar")?;
    let person = db.person(guard::Actor::Staff(staff.id)).await?.ok_or("the registrar may not sign in")?;
    Ok(admitted(person, SessionId(uuid::Uuid::nil())))
}
