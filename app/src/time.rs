//! Dates and times in words, by the browser's own `Intl.DateTimeFormat`, in the reader's language and time zone.
//!
//! Deliberately absent: calendars and locale data of our own.

use crate::text;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const MINUTE: &[(&str, &str)] = &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
const DAY: &[(&str, &str)] = &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")];
const MOMENT: &[(&str, &str)] =
    &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit"), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
const LONG_DAY: &[(&str, &str)] = &[("year", "numeric"), ("month", "long"), ("day", "numeric"), ("weekday", "short")];

/// Day and minute; reactive to the language.
pub fn moment(at: DateTime<Utc>) -> String {
    format(&js_date(at), MOMENT)
}
/// Hour and minute.
pub fn clock(at: DateTime<Utc>) -> String {
    format(&js_date(at), MINUTE)
}
/// The day of a moment.
pub fn day_of(at: DateTime<Utc>) -> String {
    format(&js_date(at), DAY)
}
/// The day of a moment, in words.
pub fn long_day_of(at: DateTime<Utc>) -> String {
    format(&js_date(at), LONG_DAY)
}
/// A calendar day.
pub fn day(date: NaiveDate) -> String {
    let month = i32::try_from(date.month0()).unwrap_or_default();
    let day = i32::try_from(date.day()).unwrap_or(1);
    let local = Date::new_with_year_month_day(u32::try_from(date.year()).unwrap_or_default(), month, day);
    format(&local, DAY)
}
/// Today, where the reader is.
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}
/// `datetime` attribute of `<time>`.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
/// Milliseconds since the epoch, by this machine's clock.
pub fn now_ms() -> f64 {
    Date::now()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of any real date are exact in a double")]
fn js_date(at: DateTime<Utc>) -> Date {
    Date::new(&JsValue::from_f64(at.timestamp_millis() as f64))
}
fn format(date: &Date, wish: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (key, value) in wish {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let locales = Array::of1(&JsValue::from_str(text::lang().tag()));
    let formatter = Intl::DateTimeFormat::new(locales.unchecked_ref(), &options);
    let formatted = formatter.format().call1(&JsValue::UNDEFINED, date);
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
