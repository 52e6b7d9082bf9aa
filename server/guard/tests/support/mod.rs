//! A small school for tests: a trail in memory, people who ask, and one family whose every field is a canary.
//!
//! The rule: everything is built through the public door of the guard, as `store` and `server` build it. Deliberately
//! absent: real names, numbers that ring, regions that exist.

#![allow(
    dead_code,
    unused_imports,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests; not every binary uses all of it"
)]

mod family;
mod passkey;
mod people;

pub use family::*;
pub use passkey::*;
pub use people::*;

use contract::{
    catalogue::FieldKey,
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RowScope},
    wire::policy::{PolicyCell, PolicyRole, PolicyScope},
};
use guard::{
    Entry, Gate, Policy, Trail, Vault,
    approval::{Permit, Redemption},
    policy::Rules,
    trail::{NotCounted, Quota, TrailDown},
    vault::keys::{KeyError, KeyProvider},
};
use std::{
    future::Future,
    sync::{Arc, Mutex},
};
use zeroize::Zeroizing;

/// A master key that is the same byte throughout.
pub struct FixedKey(pub u8);

impl KeyProvider for FixedKey {
    fn master(&self) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Ok(Zeroizing::new([self.0; 32]))
    }
}

/// Opens the vault of a master key.
pub fn vault(byte: u8) -> Vault {
    Vault::unlock(&FixedKey(byte)).unwrap()
}

/// How the trail behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Up,
    Down,
    Exhausted,
}

/// A trail in memory.
pub struct MemoryTrail {
    pub mood: Mutex<Mood>,
    pub entries: Mutex<Vec<Entry>>,
    pub counted: Mutex<Vec<Quota>>,
    pub redeemed: Mutex<Vec<Redemption>>,
}

impl MemoryTrail {
    pub fn new(mood: Mood) -> Arc<Self> {
        Arc::new(Self { mood: Mutex::new(mood), entries: Mutex::default(), counted: Mutex::default(), redeemed: Mutex::default() })
    }
    pub fn entries(&self) -> Vec<Entry> {
        self.entries.lock().unwrap().clone()
    }
    pub fn last(&self) -> Entry {
        self.entries().pop().expect("an entry")
    }
    pub fn counted(&self) -> usize {
        self.counted.lock().unwrap().len()
    }
    /// All bytes that would be stored, as text.
    pub fn text(&self) -> String {
        self.entries().iter().map(entry_text).collect()
    }
}

pub fn entry_text(entry: &Entry) -> String {
    String::from_utf8(entry.to_bytes().unwrap()).unwrap()
}

#[async_trait::async_trait]
impl Trail for MemoryTrail {
    async fn append(&self, entry: Entry) -> Result<(), TrailDown> {
        if *self.mood.lock().unwrap() == Mood::Down {
            return Err(TrailDown);
        }
        self.entries.lock().unwrap().push(entry);
        Ok(())
    }
    async fn append_counted(&self, entry: Entry, quota: Quota, approval: Option<Redemption>) -> Result<u32, NotCounted> {
        match *self.mood.lock().unwrap() {
            Mood::Up if approval.is_some_and(|approval| self.redeemed.lock().unwrap().contains(&approval)) => Err(NotCounted::Spent),
            Mood::Down => Err(NotCounted::Down(TrailDown)),
            Mood::Exhausted => Err(NotCounted::Exhausted),
            Mood::Up => {
                self.entries.lock().unwrap().push(entry);
                // A standing grant is asked for and stays.
                self.redeemed.lock().unwrap().extend(approval.filter(|look| matches!(look.permit, Permit::Once(_))));
                let mut counted = self.counted.lock().unwrap();
                counted.push(quota);
                Ok(quota.limit - u32::try_from(counted.len()).unwrap())
            }
        }
    }
}

/// The door of the school of master key 7, and its trail.
pub fn door(policy: Policy, mood: Mood) -> (Gate, Arc<MemoryTrail>) {
    let trail = MemoryTrail::new(mood);
    (Gate::new(vault(7), policy, Arc::clone(&trail) as Arc<dyn Trail>), trail)
}

/// The same cell for every field of `roles`, and the whole school as their scope.
pub fn uniform(roles: &[Role], cell: Cell) -> Policy {
    let cells =
        roles.iter().flat_map(|role| FieldKey::ALL.iter().map(move |field| PolicyCell { role: *role, field: *field, cell })).collect();
    let scopes = roles.iter().map(|role| PolicyScope { role: *role, scope: RowScope::All }).collect();
    Rules { cells, scopes, conditions: Vec::new(), roles: every_custom_role() }.compile(1)
}

/// A role of the school's own by a name.
pub fn called(role: CustomRole) -> PolicyRole {
    PolicyRole { role, zh: role.name().into(), en: role.name().into() }
}

/// All of them, each by a name.
pub fn every_custom_role() -> Vec<PolicyRole> {
    CustomRole::ALL.iter().copied().map(called).collect()
}

/// Everything is permitted.
pub const OPEN: Cell = Cell { exposure: Exposure::Clear, reveal: Reveal::WithReason, edit: true, search: true, export: true };
/// Masked, and everything else is permitted.
pub const MASKED_OPEN: Cell = Cell { exposure: Exposure::Masked, ..OPEN };

/// Runs a future that waits for nothing but itself.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// A body as the wire carries it.
pub fn json(body: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(body).unwrap()
}
