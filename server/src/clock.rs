//! The one place that asks the operating system for the time; everywhere else time is a parameter.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// Now.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Date and time at the school (+08:00, no daylight saving time).
#[must_use]
pub fn school_time(at: DateTime<Utc>) -> NaiveDateTime {
    (at + TimeDelta::hours(8)).naive_utc()
}

/// The day at the school.
#[must_use]
pub fn school_day(at: DateTime<Utc>) -> NaiveDate {
    school_time(at).date()
}
