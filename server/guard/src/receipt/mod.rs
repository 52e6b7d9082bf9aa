//! Receipts of deliberate looks: what a passkey signed, so that anybody can check later who opened which field of which
//! record, and why.
//!
//! The rule: the challenge of the assertion is a hash of person, record, field, reason, time and sixteen random bytes, so the
//! passkey signs this look and no other. A [`SignedWish`] is made where the signature holds and nowhere else, opens once, and is
//! what the gate asks for. Deliberately absent: origin and signature counter, which the relying party checks as the assertion
//! comes in.

mod assertion;
mod audit;
mod book;
mod bytes;

pub use assertion::{Algorithm, Assertion, NotSigned, PasskeyKey};
pub use audit::{AuditWish, SignedAudit};
pub use book::{Book, Fault};

use crate::{
    lasting::AHEAD,
    refused::Refused,
    trail::{Entry, RecordRef},
    viewer::{Actor, FRESH_FOR, Viewer},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use contract::{
    catalogue::FieldKey,
    wire::{ledger::Action, reveals::Reason},
};
use ring::{
    digest::{Context, SHA256},
    rand::{SecureRandom, SystemRandom},
};
use serde::{Deserialize, Serialize};

/// Nothing else is hashed under this word, and no other version of it.
const DOMAIN: &[u8] = b"shendu reveal 1\0";

/// A permitted wish to open one field, which waits for its signature. The server keeps it meanwhile; whoever alters it there
/// alters its challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    actor: Actor,
    record: RecordRef,
    field: FieldKey,
    reason: Reason,
    at: DateTime<Utc>,
    nonce: Bytes,
}

impl Wish {
    /// A wish of `viewer`, now; made by the gate, after it has decided.
    pub(crate) fn new(viewer: &Viewer, record: RecordRef, field: FieldKey, reason: Reason) -> Result<Self, Refused> {
        let mut nonce = [0; 16];
        SystemRandom::new().fill(&mut nonce).map_err(|_| Refused::Broken)?;
        Ok(Self { actor: viewer.actor(), record, field, reason, at: viewer.now(), nonce: Bytes(nonce.to_vec()) })
    }
    /// The record.
    #[must_use]
    pub const fn record(&self) -> RecordRef {
        self.record
    }
    /// The field.
    #[must_use]
    pub const fn field(&self) -> FieldKey {
        self.field
    }
    /// What the passkey is asked to sign, 32 bytes (WebAuthn 3, 13.4.3 asks for sixteen random ones).
    #[must_use]
    pub fn challenge(&self) -> [u8; 32] {
        challenge(self.actor, self.record, self.field, &self.reason, self.at, &self.nonce)
    }
    /// The wish with its signature.
    ///
    /// # Errors
    /// [`NotSigned`], where `assertion` is not by `key` over exactly this wish, by a person who was present and verified.
    pub fn signed(self, assertion: Assertion, key: &PasskeyKey) -> Result<SignedWish, NotSigned> {
        assertion.check(&self.challenge(), key)?;
        Ok(SignedWish { receipt: Receipt { at: self.at, nonce: self.nonce.clone(), assertion }, wish: self })
    }
}

/// A wish that a passkey has signed. It opens once: there is no copy of it.
#[derive(Debug)]
pub struct SignedWish {
    wish: Wish,
    receipt: Receipt,
}

impl SignedWish {
    /// The field.
    #[must_use]
    pub const fn field(&self) -> FieldKey {
        self.wish.field
    }
    /// Whether it is a wish of this viewer for this record, signed no longer ago than presence counts as fresh.
    pub(crate) fn is_of(&self, viewer: &Viewer, record: RecordRef) -> bool {
        (self.wish.actor, self.wish.record) == (viewer.actor(), record) && is_fresh(self.wish.at, viewer.now())
    }
    /// What the entry of the look keeps of it.
    pub(crate) fn into_parts(self) -> (Reason, Receipt) {
        (self.wish.reason, self.receipt)
    }
}

/// What stays of a signed wish in the entry of the look. With that entry and the public key anybody can check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    at: DateTime<Utc>,
    nonce: Bytes,
    assertion: Assertion,
}

impl Receipt {
    /// When the wish was made that was signed.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
    /// Which passkey signed: its credential id.
    #[must_use]
    pub fn credential(&self) -> &[u8] {
        self.assertion.credential()
    }
    /// Whether `key` signed exactly the look, or the report of an audit, that `entry` tells of, and when it tells of it. The time that
    /// people read is that of the entry; what was signed is the wish, a moment before it.
    ///
    /// # Errors
    /// [`NotSigned`]; an entry that is not about one field of one record, or one report, by one person was never signed.
    pub fn check(&self, entry: &Entry, key: &PasskeyKey) -> Result<(), NotSigned> {
        if !is_fresh(self.at, entry.at()) {
            return Err(NotSigned::Time);
        }
        if entry.action() == Action::AuditSigned {
            return audit::check(self, entry, key);
        }
        let look = match entry.looks() {
            [looks] => match (looks.fields.as_slice(), looks.records.as_slice()) {
                ([look], [record]) if Some(*record) == entry.record() => Some((*record, look.field)),
                _ => None,
            },
            _ => None,
        };
        let (Some((record, field)), Some(actor), Some(reason)) = (look, entry.by().actor, entry.reason()) else {
            return Err(NotSigned::Challenge);
        };
        self.assertion.check(&challenge(actor, record, field, reason, self.at, &self.nonce), key)
    }
}

/// Whether a wish of then is still to be redeemed now.
fn is_fresh(wished: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let age = now - wished;
    age < FRESH_FOR && age >= -AHEAD
}

/// SHA-256 over every part with its length, so that no two wishes have the same bytes.
fn challenge(actor: Actor, record: RecordRef, field: FieldKey, reason: &Reason, at: DateTime<Utc>, nonce: &Bytes) -> [u8; 32] {
    let kind = match actor {
        Actor::Staff(_) => "staff",
        Actor::Guardian(_) => "guardian",
    };
    let at = at.timestamp_micros().to_be_bytes();
    let parts: [&[u8]; 9] = [
        kind.as_bytes(),
        &actor.uuid().into_bytes(),
        record.kind.name().as_bytes(),
        &record.id.into_bytes(),
        field.name().as_bytes(),
        reason.code.name().as_bytes(),
        reason.text.as_bytes(),
        &at,
        &nonce.0,
    ];
    hashed(DOMAIN, &parts)
}

fn hashed(domain: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(domain);
    for part in parts {
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}
