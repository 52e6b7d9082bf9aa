//! The signature under the report of an audit: a passkey signs the digest of the report, and thereby every figure in it.
//!
//! The rule: as for a look, the challenge is a hash of everything that is meant, under a word of its own, so that a signature for
//! the one is none for the other. Deliberately absent: findings, which go on after the signature; the trail holds their steps.

use super::{Assertion, NotSigned, PasskeyKey, Receipt, bytes::Bytes, hashed, is_fresh};
use crate::{
    refused::Refused,
    trail::Entry,
    viewer::{Actor, Viewer},
};
use chrono::{DateTime, Utc};
use contract::ids::AuditId;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

/// Nothing else is hashed under this word, and no other version of it.
const DOMAIN: &[u8] = b"shendu audit 1\0";

/// A permitted wish to sign a report, which waits for its signature. The server keeps it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditWish {
    actor: Actor,
    audit: AuditId,
    digest: [u8; 32],
    at: DateTime<Utc>,
    nonce: Bytes,
}

impl AuditWish {
    /// A wish of `viewer`, now; made by the gate, after it has decided.
    pub(crate) fn new(viewer: &Viewer, audit: AuditId, digest: [u8; 32]) -> Result<Self, Refused> {
        let mut nonce = [0; 16];
        SystemRandom::new().fill(&mut nonce).map_err(|_| Refused::Broken)?;
        Ok(Self { actor: viewer.actor(), audit, digest, at: viewer.now(), nonce: Bytes(nonce.to_vec()) })
    }
    /// The report.
    #[must_use]
    pub const fn audit(&self) -> AuditId {
        self.audit
    }
    /// What the passkey is asked to sign.
    #[must_use]
    pub fn challenge(&self) -> [u8; 32] {
        challenge(self.actor, &self.digest, self.at, &self.nonce)
    }
    /// The wish with its signature.
    ///
    /// # Errors
    /// [`NotSigned`], where `assertion` is not by `key` over exactly this wish, by a person who was present and verified.
    pub fn signed(self, assertion: Assertion, key: &PasskeyKey) -> Result<SignedAudit, NotSigned> {
        assertion.check(&self.challenge(), key)?;
        Ok(SignedAudit { receipt: Receipt { at: self.at, nonce: self.nonce.clone(), assertion }, wish: self })
    }
}

/// A wish that a passkey has signed. There is no copy of it.
#[derive(Debug)]
pub struct SignedAudit {
    wish: AuditWish,
    receipt: Receipt,
}

impl SignedAudit {
    /// The signature, where it is this viewer's, under this report with this digest, and no older than presence counts as fresh.
    pub(crate) fn into_receipt(self, viewer: &Viewer, audit: AuditId, digest: [u8; 32]) -> Option<Receipt> {
        let same = (self.wish.actor, self.wish.audit, self.wish.digest) == (viewer.actor(), audit, digest);
        (same && is_fresh(self.wish.at, viewer.now())).then_some(self.receipt)
    }
}

/// Whether `key` signed the report that `entry` tells of.
pub(super) fn check(receipt: &Receipt, entry: &Entry, key: &PasskeyKey) -> Result<(), NotSigned> {
    let (Some(actor), Some(digest)) = (entry.by().actor, entry.digest()) else {
        return Err(NotSigned::Challenge);
    };
    receipt.assertion.check(&challenge(actor, &digest, receipt.at, &receipt.nonce), key)
}

fn challenge(actor: Actor, digest: &[u8; 32], at: DateTime<Utc>, nonce: &Bytes) -> [u8; 32] {
    let at = at.timestamp_micros().to_be_bytes();
    hashed(DOMAIN, &[&actor.uuid().into_bytes(), digest, &at, &nonce.0])
}
