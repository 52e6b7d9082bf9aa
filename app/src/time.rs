//! Dates and times in words, by the browser's own `Intl.DateTimeFormat`, in the reader's language and time zone.
//!
//! Deliberately absent: calendars and locale data of our own, and a second copy in the program of what the browser's `Date` does.

use crate::text::{self, Lang};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// What of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Minute,
    Day,
    Moment,
    LongDay,
    NearDay,
}

impl Wish {
    const fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Minute => &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
            Self::Day => &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")],
            Self::Moment => &[
                ("year", "numeric"),
                ("month", "2-digit"),
                ("day", "2-digit"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ],
            Self::NearDay => &[("month", "short"), ("day", "numeric"), ("weekday", "short")],
            Self::LongDay => &[("year", "numeric"), ("month", "long"), ("day", "numeric"), ("weekday", "short")],
        }
    }
}

thread_local! {
    /// The browser's formatters, each made once: making one takes longer than drawing a row.
    static FORMATTERS: RefCell<Vec<(Lang, Wish, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Day and minute; reactive to the language.
pub fn moment(at: DateTime<Utc>) -> String {
    format(&js_date(at), Wish::Moment)
}
/// Hour and minute.
pub fn clock(at: DateTime<Utc>) -> String {
    format(&js_date(at), Wish::Minute)
}
/// The day of a moment.
pub fn day_of(at: DateTime<Utc>) -> String {
    format(&js_date(at), Wish::Day)
}
/// The day of a moment, in words.
pub fn long_day_of(at: DateTime<Utc>) -> String {
    format(&js_date(at), Wish::LongDay)
}
/// A calendar day.
pub fn day(date: NaiveDate) -> String {
    format(&midnight(date), Wish::Day)
}
/// A calendar day of these weeks: without its year, with its weekday.
pub fn near_day(date: NaiveDate) -> String {
    format(&midnight(date), Wish::NearDay)
}
fn midnight(date: NaiveDate) -> Date {
    let month = i32::try_from(date.month0()).unwrap_or_default();
    let day = i32::try_from(date.day()).unwrap_or(1);
    Date::new_with_year_month_day(u32::try_from(date.year()).unwrap_or_default(), month, day)
}
/// The moment it is, by this machine's clock.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of any real date are exact in a double")]
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now_ms() as i64).unwrap_or_default()
}
/// Today, where the reader is.
pub fn today() -> NaiveDate {
    local_day(&Date::new_0())
}
/// The calendar day of a moment, where the reader is.
pub fn date_of(at: DateTime<Utc>) -> NaiveDate {
    local_day(&js_date(at))
}
fn local_day(date: &Date) -> NaiveDate {
    let year = i32::try_from(date.get_full_year()).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()).unwrap_or_default()
}
/// `datetime` attribute of `<time>`.
pub fn machine(at: DateTime<Utc>) -> String {
    js_date(at).to_iso_string().into()
}
/// Milliseconds since the epoch, by this machine's clock.
pub fn now_ms() -> f64 {
    Date::now()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of any real date are exact in a double")]
fn js_date(at: DateTime<Utc>) -> Date {
    Date::new(&JsValue::from_f64(at.timestamp_millis() as f64))
}
fn format(date: &Date, wish: Wish) -> String {
    let lang = text::lang();
    let formatter = FORMATTERS.with_borrow_mut(|all| {
        if let Some((_, _, formatter)) = all.iter().find(|(of, what, _)| (*of, *what) == (lang, wish)) {
            return formatter.clone();
        }
        let made = formatter(lang, wish);
        all.push((lang, wish, made.clone()));
        made
    });
    let formatted = formatter.call1(&JsValue::UNDEFINED, date);
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
fn formatter(lang: Lang, wish: Wish) -> Function {
    let options = Object::new();
    for (key, value) in wish.options() {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let locales = Array::of1(&JsValue::from_str(lang.tag()));
    Intl::DateTimeFormat::new(locales.unchecked_ref(), &options).format()
}
