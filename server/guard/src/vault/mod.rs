//! Keys: the master key, what is derived from it, and the data keys it wraps.
//!
//! Everything is derived by HKDF-SHA-256 (RFC 5869) with a label a use. The derived keys live as long as the process; the
//! master key itself is wiped after the derivation. Deliberately absent: a way to read any of them.

pub mod blind_index;
mod hook;
pub mod keys;
mod label;
pub mod signed_head;
mod staff_contact;
pub(crate) mod suite;

use crate::{refused::Refused, sealed::SubjectKey, trail::Beginning};
pub use hook::{HookSecret, HookSecretError};
pub use label::SealedLabel;
pub use signed_head::{HeadSigner, SignedHead};
pub use staff_contact::StaffContact;

use blind_index::BlindIndex;
use keys::{KeyError, KeyProvider};
use ring::{
    hkdf::{HKDF_SHA256, KeyType, Salt},
    hmac,
    rand::{SecureRandom, SystemRandom},
};
use std::sync::OnceLock;
use suite::DataKey;
use uuid::Uuid;
use zeroize::Zeroizing;

const MASTER_KEY_ID: u32 = 1;
const DATA_KEY_ID: u32 = 1;

/// The data key of a family or of a member of staff, wrapped by the master key; lies in the database.
///
/// Once it was unwrapped, the key stays with it: it lives as long as the record that it came with, and no longer. Nobody
/// outside this crate gets at it.
pub struct WrappedKey {
    subject: Uuid,
    bytes: Vec<u8>,
    /// By the check value of the school whose master key unwrapped it.
    unwrapped: OnceLock<([u8; 32], SubjectKey)>,
}

impl WrappedKey {
    /// From its column: harmless, it is ciphertext. `subject` says whose key it is, and is bound into the wrapping.
    #[must_use]
    pub const fn stored(subject: Uuid, bytes: Vec<u8>) -> Self {
        Self { subject, bytes, unwrapped: OnceLock::new() }
    }
    /// Whose key it is.
    #[must_use]
    pub const fn subject(&self) -> Uuid {
        self.subject
    }
    /// To its column: harmless too.
    #[must_use]
    pub fn as_stored(&self) -> &[u8] {
        &self.bytes
    }
}

/// A copy of what is stored; it has to be unwrapped again.
impl Clone for WrappedKey {
    fn clone(&self) -> Self {
        Self::stored(self.subject, self.bytes.clone())
    }
}

impl std::fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WrappedKey({})", self.subject)
    }
}

/// The keys of one school, derived and ready.
pub struct Vault {
    wrapping: DataKey,
    labels: DataKey,
    pub(crate) secrets: DataKey,
    index: BlindIndex,
    trail: hmac::Key,
    signer: HeadSigner,
    tokens: hmac::Key,
    check: [u8; 32],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Derives the keys of the school.
    ///
    /// # Errors
    /// [`KeyError`] of the provider, in words for the operator.
    pub fn unlock(provider: &impl KeyProvider) -> Result<Self, KeyError> {
        let master = provider.master()?;
        let wrapping = DataKey::new(MASTER_KEY_ID, &*derive(&master, b"wrapping")?).map_err(|_| KeyError::Wrong)?;
        Ok(Self {
            wrapping,
            labels: DataKey::new(MASTER_KEY_ID, &*derive(&master, b"labels")?).map_err(|_| KeyError::Wrong)?,
            secrets: DataKey::new(MASTER_KEY_ID, &*derive(&master, b"secrets")?).map_err(|_| KeyError::Wrong)?,
            index: BlindIndex::new(&master)?,
            trail: hmac::Key::new(hmac::HMAC_SHA256, &*derive(&master, b"trail")?),
            signer: HeadSigner::new(&master)?,
            tokens: hmac::Key::new(hmac::HMAC_SHA256, &*derive(&master, b"tokens")?),
            check: *derive(&master, b"check")?,
        })
    }

    /// What the database keeps to recognise its own master key by; tells nothing about it.
    #[must_use]
    pub const fn check_value(&self) -> [u8; 32] {
        self.check
    }

    /// Draws a data key for a new family or member of staff.
    ///
    /// # Errors
    /// [`Refused::Broken`] when the operating system gives no randomness.
    pub fn new_subject(&self, subject: Uuid) -> Result<(SubjectKey, WrappedKey), Refused> {
        let mut bytes = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| Refused::Broken)?;
        let wrapped = suite::seal(&self.wrapping, &wrapping_place(subject), bytes.as_ref())?;
        Ok((SubjectKey::unwrapped(DataKey::new(DATA_KEY_ID, &bytes)?), WrappedKey::stored(subject, wrapped)))
    }

    /// The key that was wrapped; unwrapped once, however many of its fields are opened while its record is kept.
    pub(crate) fn unwrap<'k>(&self, wrapped: &'k WrappedKey) -> Result<&'k SubjectKey, Refused> {
        let (school, key) = match wrapped.unwrapped.get() {
            Some(unwrapped) => unwrapped,
            None => {
                let key = suite::open(&self.wrapping, &wrapping_place(wrapped.subject), &wrapped.bytes, |bytes| {
                    <&[u8; 32]>::try_from(bytes).map_err(|_| Refused::Broken).and_then(|bytes| DataKey::new(DATA_KEY_ID, bytes))
                })??;
                wrapped.unwrapped.get_or_init(|| (self.check, SubjectKey::unwrapped(key)))
            }
        };
        // The key of another school, which unwrapped it before, is none here.
        if *school == self.check { Ok(key) } else { Err(Refused::Broken) }
    }

    pub(crate) const fn index(&self) -> &BlindIndex {
        &self.index
    }

    /// Seals heads of the trail, so that a database that was rolled back or cut is recognised. All that `store` gets of a key.
    #[must_use]
    pub fn head_sealer(&self) -> HeadSealer {
        HeadSealer(self.trail.clone())
    }

    /// Signs heads of the trail, so that they are checked without any key that is secret.
    #[must_use]
    pub fn head_signer(&self) -> HeadSigner {
        self.signer.clone()
    }

    /// The keyed digest of a short secret (recovery code, one-time code), for storage; such secrets have too little entropy
    /// for a plain hash.
    #[must_use]
    pub fn token_digest(&self, purpose: &str, secret: &str) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.tokens);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(secret.as_bytes());
        digest(&context.sign())
    }
}

/// Seals the head of the trail, and its beginning: HMAC-SHA-256 over number and hash.
#[derive(Clone)]
pub struct HeadSealer(hmac::Key);

impl HeadSealer {
    /// The seal of a head.
    #[must_use]
    pub fn seal(&self, seq: i64, hash: &[u8; 32]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(&seq.to_be_bytes());
        context.update(hash);
        digest(&context.sign())
    }
    /// The seal of a beginning. It is over more bytes than that of a head, so that no head, of which an old copy may tell, is one.
    #[must_use]
    pub fn seal_beginning(&self, Beginning { seq, hash, at }: &Beginning) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"beginning\0");
        context.update(&seq.to_be_bytes());
        context.update(hash);
        context.update(&at.timestamp_micros().to_be_bytes());
        digest(&context.sign())
    }
}

impl std::fmt::Debug for HeadSealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeadSealer")
    }
}

fn digest(tag: &hmac::Tag) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

fn wrapping_place(subject: Uuid) -> [u8; 23] {
    let mut place = [0; 23];
    let (word, id) = place.split_at_mut(7);
    word.copy_from_slice(b"subject");
    id.copy_from_slice(subject.as_bytes());
    place
}

struct Length32;
impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

pub(crate) fn derive(master: &[u8; 32], label: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut key = Zeroizing::new([0; 32]);
    Salt::new(HKDF_SHA256, b"shendu 1")
        .extract(master)
        .expand(&[label], Length32)
        .and_then(|okm| okm.fill(key.as_mut()))
        .map_err(|_| KeyError::NoRandomness)?;
    Ok(key)
}
