//! The one place that asks the operating system for the time; everywhere else time is a parameter.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Now.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The day at the school (+08:00, no daylight saving time).
#[must_use]
pub fn school_day(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(8)).date_naive()
}
