//! The chain: from what each row is hashed, and where it begins.
//!
//! The rule: a row follows from the one before it, its number, its length and its bytes, and from nothing else.

use chrono::{DateTime, Utc};
use ring::digest::{Context, SHA256};

/// The hash before the first row.
pub const GENESIS: [u8; 32] = [0; 32];

/// Where the trail begins, after its oldest part was kept for its time: the row that the first is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    /// Its number; the first row has the next.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When the head was signed that it was: it and all before it is from before.
    pub at: DateTime<Utc>,
}

/// The hash of a row: SHA-256 over the hash before it, its number, its length and its bytes.
#[must_use]
pub fn link(before: &[u8; 32], seq: i64, body: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(before);
    context.update(&seq.to_be_bytes());
    context.update(&u64::try_from(body.len()).unwrap_or(u64::MAX).to_be_bytes());
    context.update(body);
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}
