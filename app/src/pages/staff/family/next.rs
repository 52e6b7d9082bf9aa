//! When to get in touch again: a day, or one of the days that are meant most often.

use crate::{
    text::{Text, staff, t},
    time,
    ui::{Chip, DateField},
};
use chrono::TimeDelta;
use leptos::prelude::*;

/// Days from now, and their words.
const AHEAD: [(i64, Text); 3] = [(1, staff::TOMORROW), (3, staff::IN_THREE_DAYS), (7, staff::IN_A_WEEK)];

/// The input; empty stands for no day.
#[component]
pub fn NextContact(
    /// Id of the control.
    id: &'static str,
    /// The day, as `2026-03-04`.
    value: RwSignal<String>,
    /// Error under the control.
    error: Signal<Option<Text>>,
) -> impl IntoView {
    let chips = AHEAD.into_iter().map(|(days, words)| {
        let day = move || time::today().checked_add_signed(TimeDelta::days(days)).map(|day| day.to_string()).unwrap_or_default();
        let pressed = Signal::derive(move || value.get() == day());
        let press = move |()| value.update(|value| *value = if *value == day() { String::new() } else { day() });
        view! { <Chip pressed on_click=press>{move || t(words)}</Chip> }
    });
    view! {
        <div class="stack stack--tight">
            <DateField id label=staff::NEXT_CONTACT value error optional=true />
            <div class="row" role="group" aria-label=move || t(staff::NEXT_CONTACT)>{chips.collect_view()}</div>
        </div>
    }
    .into_any()
}
