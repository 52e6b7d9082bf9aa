//! What the watch sees of an entry of the trail.
//!
//! The rule: ids, an act and numbers; no name, no words, no value.

use chrono::{DateTime, Utc};
use contract::{
    field::RecordKind,
    ids::FamilyId,
    rights::{Role, RoleSet},
    wire::ledger::Action,
};
use guard::{Actor, Country, gate::Kept};

/// An entry, as far as it is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sighting {
    /// The number of its row.
    pub(crate) seq: i64,
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// Who, where somebody was known.
    pub(crate) actor: Option<Actor>,
    /// What.
    pub(crate) action: Action,
    /// The families that it touched, and the one that it is about.
    pub(crate) families: Vec<FamilyId>,
    /// Whether it gave somebody a role, or widened the matrix.
    pub(crate) raised: bool,
    /// From which country, where that was known.
    pub(crate) country: Option<Country>,
    /// Of a sign-in: for how many days nobody used the account. Of a refused one: whether the account was suspended.
    pub(crate) account: Account,
}

/// What is known of the account beside the entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// For how many days nobody used it.
    pub(crate) idle_days: u32,
    /// Whether it has ended for a while.
    pub(crate) suspended: bool,
    /// Whether it was never used from this country, and from another it was.
    pub(crate) new_country: bool,
}

impl From<&Kept> for Sighting {
    fn from(kept: &Kept) -> Self {
        let entry = &kept.entry;
        let mut families = entry.families().to_vec();
        // A reading of a family's thread is about it and stands in no ledger.
        if let Some(about) = entry.record().filter(|record| record.kind == RecordKind::Family)
            && !families.contains(&FamilyId(about.id))
        {
            families.push(FamilyId(about.id));
        }
        let widened = match entry.action() {
            Action::PolicyConfirmed => true,
            // What holds at once narrows; what comes into force by itself, outside a session, was proposed since it widens.
            Action::PolicyChanged => entry.by().session.is_none(),
            _ => false,
        };
        Self {
            seq: kept.seq,
            at: entry.at(),
            actor: entry.by().actor,
            action: entry.action(),
            families,
            raised: widened || entry.roles().is_some_and(|(before, after)| is_raised(entry.action(), before, after)),
            country: entry.location().map(|location| location.country),
            account: Account::default(),
        }
    }
}

/// Whether somebody gained a role. To take somebody in who works with families is the work of every September and no gain of anybody's;
/// an account that begins with an office, or as a principal's, is.
fn is_raised(action: Action, before: RoleSet, after: RoleSet) -> bool {
    let weighs = |role: Role| {
        action != Action::StaffCreated || matches!(role, Role::Principal | Role::Administrator | Role::PrivacyOfficer | Role::Auditor)
    };
    after.iter().any(|role| weighs(role) && !before.has(role))
}
