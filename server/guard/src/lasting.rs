//! What holds for a time, and a clock that was ahead when it began.
//!
//! The rule: what was begun later than now counts for nothing. Otherwise whatever got its end while a clock was ahead would keep it after
//! the clock was set right: an hour would last a day. Deliberately absent: a moment of beginning beside every end; how long a thing lasts
//! at the most says it.

use chrono::{DateTime, TimeDelta, Utc};

/// By how much the clocks of two servers may differ.
pub const AHEAD: TimeDelta = TimeDelta::seconds(30);

/// Whether a moment is later than now, by more than clocks differ.
#[must_use]
pub fn is_ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at - now > AHEAD
}

/// The latest end that something has now which lasts so long at the most.
#[must_use]
pub fn latest(most: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    now + most + AHEAD
}

/// Whether something with this end, which lasts so long at the most, holds now: it is not over, and was not begun later than now.
#[must_use]
pub fn holds(until: DateTime<Utc>, most: TimeDelta, now: DateTime<Utc>) -> bool {
    now < until && until <= latest(most, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_longer_than_it_may_was_begun_by_a_clock_that_was_ahead() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let hour = TimeDelta::hours(1);
        let moment = TimeDelta::microseconds(1);
        for (until, expected) in [
            (now, false),
            (now + moment, true),
            (now + hour, true),
            (now + hour + AHEAD, true),
            (now + hour + AHEAD + moment, false),
            (now + TimeDelta::days(1), false),
        ] {
            assert_eq!(holds(until, hour, now), expected, "{}", until - now);
        }
        assert!(!is_ahead(now + AHEAD, now) && is_ahead(now + AHEAD + moment, now) && !is_ahead(now - hour, now));
    }
}
