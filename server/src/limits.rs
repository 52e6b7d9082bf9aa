//! Rate limits: GCRA, keyed by address for those who are not signed in and by person for those who are.
//!
//! The rule: whoever comes from ever new addresses fills no memory; a key whose time is over is forgotten now and then, and what is
//! kept of one is a digest, however long it was. A name counts as it is looked up, so that no other spelling of it has limits of its own.

use crate::http::error::ApiError;
use contract::error::ErrorCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use sha2::{Digest, Sha256};
use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    /// Anything on the way in, by address.
    Entry,
    /// A guess at a secret of one account: recovery code, one-time code.
    Guess,
    /// A guess at the password or a recovery code of one account, from wherever: an hour's worth is spent at most, and passkeys know
    /// nothing of it.
    Account,
    /// A code sent to one contact.
    Code,
    /// A search by a personal value, by person.
    Search,
    /// A request for an approval, by person.
    Ask,
    /// Anything by a token for programs, by address and by token.
    Token,
}

/// The digest of a key.
type Key = [u8; 32];

/// The limits of one process.
pub(crate) struct Limits {
    entry: DefaultKeyedRateLimiter<Key>,
    guess: DefaultKeyedRateLimiter<Key>,
    account: DefaultKeyedRateLimiter<Key>,
    code: DefaultKeyedRateLimiter<Key>,
    search: DefaultKeyedRateLimiter<Key>,
    ask: DefaultKeyedRateLimiter<Key>,
    token: DefaultKeyedRateLimiter<Key>,
    passed: AtomicU32,
}

/// The longest login name that anybody has.
const LOGIN: usize = 64;

/// A login name as it is looked up and counted, of one that was typed.
pub(crate) fn login(typed: &str) -> String {
    typed.trim().chars().take(LOGIN).collect()
}

/// After how many acts the keys whose time is over are forgotten.
const FORGET_AFTER: u32 = 4096;

const fn a_minute(count: u32) -> Quota {
    match NonZeroU32::new(count) {
        Some(count) => Quota::per_minute(count),
        None => Quota::per_minute(NonZeroU32::MIN),
    }
}

/// Who knows a password guesses its code, three of a million at a time, for years.
const AN_HOUR: Quota = match NonZeroU32::new(20) {
    Some(count) => Quota::per_hour(count),
    None => Quota::per_hour(NonZeroU32::MIN),
};

impl Default for Limits {
    fn default() -> Self {
        Self {
            entry: RateLimiter::keyed(a_minute(120)),
            guess: RateLimiter::keyed(a_minute(5)),
            account: RateLimiter::keyed(AN_HOUR),
            code: RateLimiter::keyed(a_minute(3)),
            search: RateLimiter::keyed(a_minute(30)),
            ask: RateLimiter::keyed(a_minute(30)),
            token: RateLimiter::keyed(a_minute(120)),
            passed: AtomicU32::new(0),
        }
    }
}

impl Limits {
    /// Lets an act pass, or says when to try again.
    pub(crate) fn pass(&self, act: Act, key: &str) -> Result<(), ApiError> {
        if self.passed.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
            self.forget();
        }
        let limiter = match act {
            Act::Entry => &self.entry,
            Act::Guess => &self.guess,
            Act::Account => &self.account,
            Act::Code => &self.code,
            Act::Search => &self.search,
            Act::Ask => &self.ask,
            Act::Token => &self.token,
        };
        limiter.check_key(&Sha256::digest(key.as_bytes()).into()).map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let seconds = u32::try_from(wait.as_secs().saturating_add(1)).unwrap_or(u32::MAX);
            ApiError::new(ErrorCode::TooManyRequests).retry_after(seconds)
        })
    }

    /// Lets a guess at a secret of an account pass. On a device with which its owner signed in before there is as much as elsewhere,
    /// and nobody spends it from another.
    pub(crate) fn guess(&self, what: &str, address: &str, login: &str, device: Option<&[u8; 32]>) -> Result<(), ApiError> {
        let (near, all) = match device {
            Some(digest) => (format!("on {digest:x?}"), format!("on {digest:x?}")),
            None => (format!("from {address}"), "elsewhere".to_owned()),
        };
        self.pass(Act::Guess, &format!("{what} {near} {login}"))?;
        self.pass(Act::Account, &format!("{what} {all} {login}"))
    }

    fn forget(&self) {
        for limiter in [&self.entry, &self.guess, &self.account, &self.code, &self.search, &self.ask, &self.token] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ever_new_addresses_fill_no_memory() {
        // A quota that is whole again at once.
        let at_once = || RateLimiter::keyed(Quota::per_second(NonZeroU32::MAX));
        let limits = Limits { entry: at_once(), ..Limits::default() };
        for address in 0..3 * FORGET_AFTER {
            limits.pass(Act::Entry, &address.to_string()).unwrap();
        }
        assert!(limits.entry.len() <= FORGET_AFTER as usize, "{}", limits.entry.len());
    }

    #[test]
    fn a_login_name_counts_as_it_is_looked_up() {
        for typed in [" li", "li  ", "\t li\n"] {
            assert_eq!(login(typed), "li");
        }
        assert_eq!(login(&"橘".repeat(100_000)).chars().count(), LOGIN);
    }

    #[test]
    fn strangers_spend_what_is_everybodys_and_not_what_is_of_a_known_device() {
        let limits = Limits::default();
        let known = [7; 32];
        let spent = (0..100).filter(|stranger| limits.guess("password", &format!("198.51.100.{stranger}"), "li", None).is_ok()).count();
        assert_eq!(spent, 20, "an hour's worth, from wherever");
        assert!(
            limits.guess("password", "203.0.113.1", "li", None).is_err() && limits.guess("password", "203.0.113.1", "zhou", None).is_ok()
        );
        // On it too it is no more than five a minute, from wherever, and a stranger at the same address has spent nothing of it.
        let tried = |address: &str| limits.guess("password", address, "li", Some(&known)).is_ok();
        assert_eq!((0..9).filter(|turn| tried(&format!("198.51.100.{turn}"))).count(), 5);
        assert!(limits.guess("password", "203.0.113.1", "li", Some(&[8; 32])).is_ok(), "another device has its own");
    }

    #[test]
    fn a_key_is_not_forgotten_before_its_time() {
        let limits = Limits::default();
        for _ in 0..5 {
            limits.pass(Act::Guess, "one").unwrap();
        }
        limits.forget();
        assert!(limits.pass(Act::Guess, "one").is_err() && limits.pass(Act::Guess, "two").is_ok());
    }
}
