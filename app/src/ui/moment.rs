//! A point in time and a day, in words and for machines.

use crate::{text::use_lang, time};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

/// `2026年11月24日 14:03`.
#[component]
pub fn Moment(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    let lang = use_lang();
    view! { <time datetime=at.to_rfc3339()>{move || time::moment(lang.get(), at)}</time> }
}

/// `14:03`.
#[component]
pub fn Clock(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    let lang = use_lang();
    view! { <time datetime=at.to_rfc3339()>{move || time::clock(lang.get(), at)}</time> }
}

/// `2026年11月24日`.
#[component]
pub fn Day(
    /// Which.
    day: NaiveDate,
) -> impl IntoView {
    let lang = use_lang();
    view! { <time datetime=day.to_string()>{move || time::day(lang.get(), day)}</time> }
}
