//! The fallback of staff whom their school lets in without a passkey: a password, and the secret of an authenticator app.
//!
//! The rule: the hash is Argon2id (RFC 9106, at the cost that OWASP asks for) and lies sealed, so that a copy of the database
//! gives nothing to guess at; so does the secret (RFC 6238). Both are bound to their owner. For somebody who has neither the
//! same work is done. Hashing takes memory and time on purpose: it belongs on a thread that may wait. Deliberately absent: a
//! way to read either, and a password in any `Debug`.

use crate::{
    gate::Gate,
    refused::Refused,
    vault::{Vault, suite},
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::{DateTime, Utc};
use contract::ids::StaffId;
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt;
use totp_rs::{Builder, Secret, Totp};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
const SALT: usize = 16;
/// The bits of a secret are those of its HMAC (RFC 4226, 4).
const SECRET: usize = 20;

/// A hash or a secret, sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret(Vec<u8>);

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedSecret")
    }
}

impl SealedSecret {
    /// From a column.
    #[must_use]
    pub const fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
    /// To a column.
    #[must_use]
    pub fn as_stored(&self) -> &[u8] {
        &self.0
    }
}

/// What lets somebody in without a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The hash of the password.
    pub hash: SealedSecret,
    /// The secret of the codes.
    pub totp: SealedSecret,
}

/// What an authenticator app is given, once.
pub struct AppSecret {
    /// The `otpauth` address.
    pub url: Zeroizing<String>,
    /// The secret in base 32.
    pub base32: Zeroizing<String>,
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret")
    }
}

/// What a sealed secret is for; part of its place.
#[derive(Clone, Copy)]
enum For {
    Hash,
    Codes,
}

fn place(of: For, owner: StaffId) -> Vec<u8> {
    let word: &[u8] = match of {
        For::Hash => b"password",
        For::Codes => b"totp",
    };
    [word, owner.0.as_bytes()].concat()
}

fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Refused> {
    let mut bytes = Zeroizing::new([0; N]);
    SystemRandom::new().fill(bytes.as_mut()).map_err(|_| Refused::Broken)?;
    Ok(bytes)
}

fn hasher() -> Result<Argon2<'static>, Refused> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| Refused::Broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What is sealed of a password: the hash with its salt and its cost (PHC string format).
fn hashed(password: &str) -> Result<Zeroizing<String>, Refused> {
    let hashed = hasher()?.hash_password_with_salt(canonical(password).as_bytes(), random::<SALT>()?.as_ref());
    Ok(Zeroizing::new(hashed.map_err(|_| Refused::Broken)?.to_string()))
}

/// A password as it is hashed: one keyboard composes what another sends in parts (NIST SP 800-63B, 3.1.1.2).
fn canonical(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfkc().collect())
}

fn app(secret: &[u8; SECRET], names: Option<(&str, &str)>) -> Result<Totp, Refused> {
    let builder = Builder::new().with_secret(Secret::new_stack(*secret));
    // A colon stands between the two in the address.
    let plain = |name: &str| name.replace(':', " ");
    let builder = match names {
        Some((school, login)) => builder.with_issuer(Some(plain(school))).with_account_name(plain(login)),
        None => builder,
    };
    builder.build().map_err(|_| Refused::Broken)
}

impl Vault {
    fn seal_secret(&self, of: For, owner: StaffId, plain: &[u8]) -> Result<SealedSecret, Refused> {
        Ok(SealedSecret(suite::seal(&self.secrets, &place(of, owner), plain)?))
    }

    /// The secret of somebody's codes; of nobody's where there is none, which no app has.
    fn codes(&self, owner: StaffId, of: Option<&SealedSecret>) -> Result<Zeroizing<[u8; SECRET]>, Refused> {
        match of {
            Some(sealed) => suite::open(&self.secrets, &place(For::Codes, owner), &sealed.0, |bytes| {
                bytes.try_into().map(Zeroizing::new).map_err(|_| Refused::Broken)
            })?,
            None => random(),
        }
    }
}

impl Gate {
    /// Hashes a password and draws a secret. Slow on purpose.
    ///
    /// # Errors
    /// [`Refused::Broken`] where the operating system gives no randomness.
    pub fn new_fallback(&self, owner: StaffId, password: &str) -> Result<Fallback, Refused> {
        let hash = hashed(password)?;
        Ok(Fallback {
            hash: self.vault.seal_secret(For::Hash, owner, hash.as_bytes())?,
            totp: self.vault.seal_secret(For::Codes, owner, random::<SECRET>()?.as_ref())?,
        })
    }

    /// Whether this is somebody's password. Slow on purpose, and as slow where there is none.
    ///
    /// # Errors
    /// [`Refused::Broken`] for a hash that is not theirs.
    pub fn is_password(&self, owner: StaffId, hash: Option<&SealedSecret>, typed: &str) -> Result<bool, Refused> {
        let (hasher, typed) = (hasher()?, canonical(typed));
        let Some(hash) = hash else {
            hasher.hash_password_into(typed.as_bytes(), &[0; SALT], &mut [0; 32]).map_err(|_| Refused::Broken)?;
            return Ok(false);
        };
        suite::open(&self.vault.secrets, &place(For::Hash, owner), &hash.0, |bytes| {
            let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken)?;
            let hash = PasswordHash::new(text).map_err(|_| Refused::Broken)?;
            Ok(hasher.verify_password(typed.as_bytes(), &hash).is_ok())
        })?
    }

    /// Which step a code is of, one before and one after the present counted as well; nothing for a wrong one. Whoever asks
    /// sees to it that no step is used twice.
    ///
    /// # Errors
    /// [`Refused::Broken`] for a secret that is not theirs.
    pub fn step_of_code(&self, owner: StaffId, totp: Option<&SealedSecret>, code: &str, at: DateTime<Utc>) -> Result<Option<i64>, Refused> {
        let secret = self.vault.codes(owner, totp)?;
        let step = app(&secret, None)?.check(code, u64::try_from(at.timestamp()).unwrap_or_default());
        Ok(step.filter(|_| totp.is_some()).and_then(|step| i64::try_from(step).ok()))
    }

    /// What an authenticator app is given.
    ///
    /// # Errors
    /// [`Refused::Broken`] for a secret that is not theirs.
    pub fn app_secret(&self, owner: StaffId, totp: &SealedSecret, school: &str, login: &str) -> Result<AppSecret, Refused> {
        let secret = self.vault.codes(owner, Some(totp))?;
        let app = app(&secret, Some((school, login)))?;
        let url = app.to_url().map_err(|_| Refused::Broken)?;
        Ok(AppSecret { url: Zeroizing::new(url), base32: Zeroizing::new(app.secret().to_base32()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OWASP's least for Argon2id: 19 MiB, two passes, one lane.
    #[test]
    fn a_password_is_hashed_by_argon2id_at_its_cost_with_a_salt_of_its_own() {
        let (one, two) = (hashed("七个橘子 in the attic").unwrap(), hashed("七个橘子 in the attic").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.as_str());
        assert_ne!(one, two);
    }
}
