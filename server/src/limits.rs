//! Rate limits: GCRA, keyed by address for those who are not signed in and by person for those who are.

use crate::http::error::ApiError;
use contract::error::ErrorCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use std::num::NonZeroU32;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    /// Anything on the way in, by address.
    Entry,
    /// A guess at a secret of one account: recovery code, one-time code.
    Guess,
    /// A code sent to one contact.
    Code,
    /// A search by a personal value, by person.
    Search,
    /// A request for an approval, by person.
    Ask,
}

/// The limits of one process.
pub(crate) struct Limits {
    entry: DefaultKeyedRateLimiter<String>,
    guess: DefaultKeyedRateLimiter<String>,
    code: DefaultKeyedRateLimiter<String>,
    search: DefaultKeyedRateLimiter<String>,
    ask: DefaultKeyedRateLimiter<String>,
}

const fn a_minute(count: u32) -> Quota {
    match NonZeroU32::new(count) {
        Some(count) => Quota::per_minute(count),
        None => Quota::per_minute(NonZeroU32::MIN),
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entry: RateLimiter::keyed(a_minute(120)),
            guess: RateLimiter::keyed(a_minute(5)),
            code: RateLimiter::keyed(a_minute(3)),
            search: RateLimiter::keyed(a_minute(30)),
            ask: RateLimiter::keyed(a_minute(30)),
        }
    }
}

impl Limits {
    /// Lets an act pass, or says when to try again.
    pub(crate) fn pass(&self, act: Act, key: &str) -> Result<(), ApiError> {
        let limiter = match act {
            Act::Entry => &self.entry,
            Act::Guess => &self.guess,
            Act::Code => &self.code,
            Act::Search => &self.search,
            Act::Ask => &self.ask,
        };
        limiter.check_key(&key.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let seconds = u32::try_from(wait.as_secs().saturating_add(1)).unwrap_or(u32::MAX);
            ApiError::new(ErrorCode::TooManyRequests).retry_after(seconds)
        })
    }
}
