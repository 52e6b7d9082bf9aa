//! Signed heads: what the trail was at a moment, in a form that anybody checks with the public key alone.
//!
//! The rule: Ed25519 (RFC 8032) by a key that is derived from the master key and leaves this crate only as its public half. A
//! signed head is kept where whoever holds the database does not write. Deliberately absent: a signature a row; the chain binds
//! every row to the next head.

use super::{derive, keys::KeyError};
use chrono::{DateTime, SecondsFormat, Utc};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::{fmt, str::FromStr, sync::Arc};

/// Nothing else is signed by this key, and no other version of it.
const DOMAIN: &[u8] = b"shendu trail head 1\0";

/// Signs heads of the trail.
#[derive(Clone)]
pub struct HeadSigner(Arc<Ed25519KeyPair>);

impl HeadSigner {
    pub(super) fn new(master: &[u8; 32]) -> Result<Self, KeyError> {
        let seed = derive(master, b"trail signature")?;
        Ed25519KeyPair::from_seed_unchecked(&*seed).map(|pair| Self(Arc::new(pair))).map_err(|_| KeyError::Wrong)
    }
    /// The half of the key that is for everybody, 32 bytes.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.0.public_key().as_ref());
        key
    }
    /// Signs number and hash of the last row at a moment.
    #[must_use]
    pub fn sign(&self, seq: i64, hash: [u8; 32], at: DateTime<Utc>) -> SignedHead {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(&message(seq, &hash, at)).as_ref());
        SignedHead { seq, hash, at, signature }
    }
}

impl fmt::Debug for HeadSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeadSigner")
    }
}

/// The head of the trail at a moment, signed. Its text is one line: moment, number, hash, signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    seq: i64,
    hash: [u8; 32],
    at: DateTime<Utc>,
    signature: [u8; 64],
}

impl SignedHead {
    /// Number and hash of the last row.
    #[must_use]
    pub const fn row(&self) -> (i64, [u8; 32]) {
        (self.seq, self.hash)
    }
    /// When it was signed, by the clock of the server.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
    /// Whether the holder of this key signed it as it stands.
    #[must_use]
    pub fn is_signed_by(&self, public_key: &[u8; 32]) -> bool {
        UnparsedPublicKey::new(&ED25519, public_key).verify(&message(self.seq, &self.hash, self.at), &self.signature).is_ok()
    }
}

fn message(seq: i64, hash: &[u8; 32], at: DateTime<Utc>) -> Vec<u8> {
    [DOMAIN, &seq.to_be_bytes(), hash, &at.timestamp_micros().to_be_bytes()].concat()
}

impl fmt::Display for SignedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        write!(f, "{at} {} {} {}", self.seq, Digits(&self.hash), Digits(&self.signature))
    }
}

/// A line that is no signed head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no signed head of a trail")]
pub struct NoSignedHead;

impl FromStr for SignedHead {
    type Err = NoSignedHead;
    fn from_str(line: &str) -> Result<Self, NoSignedHead> {
        let mut parts = line.split(' ');
        let (Some(at), Some(seq), Some(hash), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NoSignedHead);
        };
        let at = DateTime::parse_from_rfc3339(at).map_err(|_| NoSignedHead)?.with_timezone(&Utc);
        let seq = seq.parse().map_err(|_| NoSignedHead)?;
        Ok(Self { seq, hash: bytes(hash)?, at, signature: bytes(signature)? })
    }
}

struct Digits<'a>(&'a [u8]);

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A key or a hash as two hexadecimal digits a byte.
#[must_use]
pub fn in_digits(key: &[u8; 32]) -> String {
    Digits(key).to_string()
}

/// Reads a key or a hash of 32 bytes from two hexadecimal digits a byte.
///
/// # Errors
/// [`NoSignedHead`] where there are more, fewer or other characters.
pub fn of_digits(digits: &str) -> Result<[u8; 32], NoSignedHead> {
    bytes(digits)
}

fn bytes<const N: usize>(digits: &str) -> Result<[u8; N], NoSignedHead> {
    let digits = digits.as_bytes();
    let mut bytes = [0; N];
    if digits.len() != 2 * N || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(NoSignedHead);
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| NoSignedHead)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| NoSignedHead)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer(master: u8) -> HeadSigner {
        HeadSigner::new(&[master; 32]).unwrap()
    }

    proptest! {
        #[test]
        fn a_head_is_read_as_it_was_written_and_checked_by_the_public_key_alone(
            seq in 0_i64.., hash in any::<[u8; 32]>(), at in 0_i64..4_000_000_000_000_000,
        ) {
            let at = DateTime::from_timestamp_micros(at).unwrap();
            let head = signer(1).sign(seq, hash, at);
            let read: SignedHead = head.to_string().parse().unwrap();
            prop_assert_eq!(&read, &head);
            prop_assert!(read.is_signed_by(&signer(1).public_key()));
            prop_assert!(!read.is_signed_by(&signer(2).public_key()));
        }

        /// Whatever single character is another one: it is no head any more, or not signed.
        #[test]
        fn no_character_of_a_line_can_be_changed(position in 0_usize..220, other in "[0-9a-f ]") {
            let head = signer(1).sign(1_234, [7; 32], DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap());
            let line = head.to_string();
            let position = position % line.len();
            let mut changed = line.clone();
            changed.replace_range(position..=position, &other);
            prop_assume!(changed != line);
            let read: Result<SignedHead, _> = changed.parse();
            prop_assert!(read.is_err() || read.is_ok_and(|read| !read.is_signed_by(&signer(1).public_key())));
        }

        #[test]
        fn no_text_breaks_the_reader(text in any::<String>()) {
            let _ = text.parse::<SignedHead>();
            let _ = of_digits(&text);
        }
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key = signer(3).public_key();
        assert_eq!(of_digits(&in_digits(&key)), Ok(key));
        for wrong in ["", "00", &"0".repeat(63), &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(of_digits(wrong), Err(NoSignedHead), "{wrong}");
        }
    }
}
