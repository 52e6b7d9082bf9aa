//! The one door that the server holds: what may be found, shown, opened, written.
//!
//! The rule: each method decides, then writes the trail, then discloses, in this order. An error anywhere is a refusal.

mod alarms;
mod approvals;
mod audits;
mod auth;
mod classes;
mod corrections;
mod emergencies;
mod export;
mod findings;
mod grants;
mod lists;
mod portal;
mod proposals;
mod questions;
mod reports;
mod reveal;
mod search;
mod show;
mod staff;
mod today;
mod tokens;
mod trail;
mod views;
mod why;
mod write;

pub use crate::disclose::{
    activity::{counted, first_day},
    feed::FeedEvent,
    ledger::Kept,
    timeline::{LINES, Place, Stretch, actions, belongs},
};
pub use alarms::{AlarmClosed, AlarmRecord, of_the_watch};
pub use audits::AuditBrief;
pub use auth::Parcel;
pub use portal::Found;
pub use reveal::{REVEAL_SECONDS, REVEALS_A_DAY};
pub use views::{ViewRecord, ViewWrite};
pub use why::{Asked, Given, Imagined};

use crate::{
    disclose::{Disclosed, LookBook},
    policy::Policy,
    refused::Refused,
    scope::Scope,
    trail::{By, Entry, RecordRef, Trail},
    vault::Vault,
    viewer::Viewer,
};
use arc_swap::ArcSwap;
use contract::{
    catalogue::FieldKey,
    rights::RoleSet,
    wire::{ledger::Action, policy::PolicyRole},
};
use std::sync::Arc;

/// Vault, policy and trail of one school.
pub struct Gate {
    pub(crate) vault: Vault,
    policy: ArcSwap<Policy>,
    trail: Arc<dyn Trail>,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gate")
    }
}

impl Gate {
    /// The door of a school. One caller: the start of the server.
    #[must_use]
    pub fn new(vault: Vault, policy: Policy, trail: Arc<dyn Trail>) -> Self {
        Self { vault, policy: ArcSwap::from_pointee(policy), trail }
    }
    /// Takes on a newer policy; an older one is ignored, so that racing requests cannot go back.
    pub fn adopt(&self, policy: Policy) {
        let policy = Arc::new(policy);
        self.policy.rcu(|present| if present.version() < policy.version() { Arc::clone(&policy) } else { Arc::clone(present) });
    }
    /// What the roles are called that the school made itself, by the policy in force here.
    #[must_use]
    pub fn named_roles(&self) -> String {
        PolicyRole::lines(self.policy.load().named())
    }
    /// Those of somebody's roles that are there by the policy in force here.
    #[must_use]
    pub fn present_roles(&self, roles: RoleSet) -> RoleSet {
        self.policy.load().present(roles)
    }
    /// The version of the policy in force here.
    #[must_use]
    pub fn policy_version(&self) -> i64 {
        self.policy.load().version()
    }
    /// Which records `viewer` reaches.
    #[must_use]
    pub fn scope(&self, viewer: &Viewer) -> Scope {
        Scope::of(&self.policy.load(), viewer, |_| true)
    }
    /// The keyed digest of a short secret, for storage and comparison.
    #[must_use]
    pub fn token_digest(&self, purpose: &str, secret: &str) -> [u8; 32] {
        self.vault.token_digest(purpose, secret)
    }
    /// The whole value's index token of a contact, for finding a guardian who asks for a code. Tells nothing by itself.
    #[must_use]
    pub fn contact_token(&self, field: FieldKey, canonical: &str) -> Option<[u8; 8]> {
        self.vault.index().sought(field, canonical).first().copied()
    }
    /// Writes an event that discloses nothing.
    ///
    /// # Errors
    /// [`Refused::TrailDown`]: then it must not count as having happened.
    pub async fn record(&self, entry: Entry) -> Result<(), Refused> {
        Ok(self.trail.append(entry).await?)
    }
    /// Writes down that `viewer` was refused; always answers with the refusal.
    pub async fn refuse(&self, viewer: &Viewer, about: Option<RecordRef>, refused: Refused) -> Refused {
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Refused);
        let entry = match about {
            Some(record) => entry.about(record),
            None => entry,
        };
        match self.trail.append(entry).await {
            Ok(()) => refused,
            Err(_) => Refused::TrailDown,
        }
    }

    /// Writes what was looked at, then discloses.
    async fn disclose<B>(
        &self,
        viewer: &Viewer,
        action: Action,
        about: Option<RecordRef>,
        book: LookBook,
        body: B,
    ) -> Result<Disclosed<B>, Refused> {
        let (families, looks) = book.into_parts();
        let entry = Entry::event(viewer.now(), By::viewer(viewer), action).in_families(families).seeing(looks);
        let entry = match about {
            Some(record) => entry.about(record),
            None => entry,
        };
        self.trail.append(entry).await?;
        Ok(Disclosed::recorded(body))
    }
}
