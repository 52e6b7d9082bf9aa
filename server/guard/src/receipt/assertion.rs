//! An assertion of a passkey, checked with its public key alone (WebAuthn 3, 7.2, what of it can be checked at any time).

use super::bytes::Bytes;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    signature::{ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// User present and user verified (WebAuthn 3, 6.1).
const PRESENT_AND_VERIFIED: u8 = 0x05;

/// How a passkey signs (RFC 9053, RFC 8812).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// ECDSA over P-256 with SHA-256; the key is the uncompressed point.
    #[serde(rename = "ES256")]
    Es256,
    /// ECDSA over P-384 with SHA-384; the key is the uncompressed point.
    #[serde(rename = "ES384")]
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256; the key is the modulus and then three bytes of exponent.
    #[serde(rename = "RS256")]
    Rs256,
}

/// The public key of a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyKey {
    credential: Bytes,
    algorithm: Algorithm,
    key: Bytes,
}

impl PasskeyKey {
    /// The key of the credential with this id.
    #[must_use]
    pub const fn new(credential: Vec<u8>, algorithm: Algorithm, key: Vec<u8>) -> Self {
        Self { credential: Bytes(credential), algorithm, key: Bytes(key) }
    }
    /// The credential id.
    #[must_use]
    pub fn credential(&self) -> &[u8] {
        &self.credential.0
    }
    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = self.key.0.as_slice();
        let outcome = match self.algorithm {
            Algorithm::Es256 => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key).verify(message, signature),
            Algorithm::Es384 => UnparsedPublicKey::new(&ECDSA_P384_SHA384_ASN1, key).verify(message, signature),
            Algorithm::Rs256 => match key.split_last_chunk::<3>() {
                Some((n, e)) => RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
                None => return false,
            },
        };
        outcome.is_ok()
    }
}

/// What an authenticator answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    credential: Bytes,
    authenticator_data: Bytes,
    client_data: Bytes,
    signature: Bytes,
}

/// Why an assertion is no signature of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// It is by another passkey.
    #[error("signed by another passkey")]
    Key,
    /// It is over another challenge, no answer to a sign-in, or made inside a page of another site.
    #[error("another challenge was signed")]
    Challenge,
    /// The authenticator did not see and verify a person.
    #[error("nobody was verified")]
    Presence,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature,
    /// What was signed is not of the time that its entry tells.
    #[error("signed at another time than the entry says")]
    Time,
}

/// What is read of the client data (WebAuthn 3, 5.8.1).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    challenge: Cow<'a, str>,
    #[serde(default)]
    cross_origin: bool,
}

impl Assertion {
    /// An assertion by the credential with this id.
    #[must_use]
    pub const fn new(credential: Vec<u8>, authenticator_data: Vec<u8>, client_data: Vec<u8>, signature: Vec<u8>) -> Self {
        Self {
            credential: Bytes(credential),
            authenticator_data: Bytes(authenticator_data),
            client_data: Bytes(client_data),
            signature: Bytes(signature),
        }
    }
    pub(super) fn credential(&self) -> &[u8] {
        &self.credential.0
    }
    /// Whether `key` signed `challenge`, by a person who was present and verified.
    pub(super) fn check(&self, challenge: &[u8; 32], key: &PasskeyKey) -> Result<(), NotSigned> {
        if self.credential != key.credential {
            return Err(NotSigned::Key);
        }
        let client: ClientData<'_> = serde_json::from_slice(&self.client_data.0).map_err(|_| NotSigned::Challenge)?;
        if client.kind != "webauthn.get" || client.cross_origin || client.challenge != URL_SAFE_NO_PAD.encode(challenge) {
            return Err(NotSigned::Challenge);
        }
        // The hash of the relying party, then the flags.
        let flags = self.authenticator_data.0.get(32).copied().unwrap_or_default();
        if flags & PRESENT_AND_VERIFIED != PRESENT_AND_VERIFIED {
            return Err(NotSigned::Presence);
        }
        let message = [self.authenticator_data.0.as_slice(), digest(&SHA256, &self.client_data.0).as_ref()].concat();
        if key.verifies(&message, &self.signature.0) { Ok(()) } else { Err(NotSigned::Signature) }
    }
}
