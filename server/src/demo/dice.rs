//! The chance behind the invented school: a seeded ChaCha12 stream, the same on every machine and in every release.
//!
//! The rule: numbers of a fixed width only, so that a seed means one school on any platform. Deliberately absent: the
//! clock and the system's own randomness.

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;

/// One stream of chance.
pub(super) struct Dice(ChaCha12Rng);

impl Dice {
    /// The stream `stream` of `seed`; streams do not overlap, so a family does not depend on those before it.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number below `end`; 0 where nothing is below it.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// A number from `first` to `last`, both included; `first` where the range is empty.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// True `per_mille` times in a thousand.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `choices`, if there is any.
    pub(super) fn any<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        let at = self.below(u32::try_from(choices.len()).unwrap_or(u32::MAX));
        choices.get(usize::try_from(at).ok()?).copied()
    }

    /// One of `words`; the tables are never empty.
    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.any(words).unwrap_or_default()
    }

    /// So many decimal digits.
    pub(super) fn digits(&mut self, count: u32) -> String {
        (0..count).filter_map(|_| char::from_digit(self.below(10), 10)).collect()
    }

    /// A day so many days before `day`.
    pub(super) fn days_before(&mut self, day: NaiveDate, first: u32, last: u32) -> NaiveDate {
        before(day, self.between(first, last))
    }

    /// A day so many days after `day`.
    pub(super) fn days_after(&mut self, day: NaiveDate, first: u32, last: u32) -> NaiveDate {
        after(day, self.between(first, last))
    }
}

/// The day `days` before; the same day at the edge of the calendar.
pub(super) fn before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(day)
}

/// The day `days` after; the same day at the edge of the calendar.
pub(super) fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}
