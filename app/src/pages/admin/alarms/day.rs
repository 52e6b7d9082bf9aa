//! How the school does: whether somebody watches, and the last day hour by hour.
//!
//! The rule: each row of bars says its numbers in words too.

use crate::{
    text::{Text, Word, alarms, fill, t},
    time,
    ui::{Loader, loaded},
};
use chrono::{TimeDelta, Timelike};
use contract::wire::alarms::{Severity, WatchCard, WatchHour};
use leptos::prelude::*;

type Pick = fn(&WatchHour) -> u32;

const ROWS: [(Text, Pick); 5] = [
    (alarms::SIGNED_IN, |hour| hour.signed_in),
    (alarms::REFUSED, |hour| hour.refused),
    (alarms::LOOKS, |hour| hour.looks),
    (alarms::REVEALED, |hour| hour.revealed),
    (alarms::EXPORTED, |hour| hour.exported),
];

/// Height of a row of bars.
const HIGH: u32 = 22;

/// Draws it.
pub fn day(watch: Loader<WatchCard>, live: Signal<bool>) -> AnyView {
    loaded(watch, move |card: WatchCard| whole(card, live)).into_any()
}

fn whole(card: WatchCard, live: Signal<bool>) -> AnyView {
    let WatchCard { open, hours, behind, awake } = card;
    let [notices, warnings, critical] = open;
    let figure = |severity: Severity, count: u32| {
        view! { <div class="watch__figure"><dt>{move || t(severity.word())}</dt><dd class="figure__number">{count}</dd></div> }
    };
    view! {
        <section class="card watch" aria-labelledby="watch-day">
            <div class="watch__now">
                <p class="watch__state">
                    <span class=if awake { "tag tag--jade" } else { "tag tag--plum" }>{move || t(if awake { alarms::AWAKE } else { alarms::ASLEEP })}</span>
                    " "
                    <span class="faint" role="status">{move || t(if live.get() { alarms::LIVE } else { alarms::NOT_LIVE })}</span>
                    {(behind > 200).then(|| view! { <span class="faint">" · " {move || fill(alarms::BEHIND, &[("n", &behind.to_string())])}</span> })}
                </p>
                {(!awake).then(|| view! { <p class="note note--error" role="alert">{move || t(alarms::ASLEEP_LINE)}</p> })}
                <dl class="watch__figures">
                    {figure(Severity::Critical, critical)} {figure(Severity::Warning, warnings)} {figure(Severity::Notice, notices)}
                </dl>
            </div>
            <div class="watch__day">
                <h2 id="watch-day" class="watch__title">{move || t(alarms::DAY)}</h2>
                <table class="watch__table">
                    <tbody>{ROWS.into_iter().map(|(words, pick)| row(words, &hours, pick)).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(words: Text, hours: &[WatchHour], pick: Pick) -> AnyView {
    let numbers: Vec<u32> = hours.iter().map(pick).collect();
    let (all, most) = (numbers.iter().sum::<u32>(), numbers.iter().copied().max().unwrap_or_default());
    let begins = time::now() - TimeDelta::hours(23);
    let bars: Vec<_> = (0_u32..)
        .zip(&numbers)
        .map(|(at, number)| {
            // What happened at all is seen, be it once among a thousand.
            let high = if *number == 0 { 1 } else { (number * HIGH / most.max(1)).max(3) };
            let hour = (begins + TimeDelta::hours(at.into()) + TimeDelta::hours(8)).hour();
            let said = fill(alarms::HOUR, &[("hour", &hour.to_string()), ("n", &number.to_string())]);
            let class = if *number == 0 { "watch__bar watch__bar--none" } else { "watch__bar" };
            view! { <rect class=class x=(at * 7).to_string() y=(HIGH - high).to_string() width="5" height=high.to_string()><title>{said}</title></rect> }
        })
        .collect();
    let peak = fill(alarms::PEAK, &[("n", &most.to_string())]);
    view! {
        <tr>
            <th scope="row">{move || t(words)}</th>
            <td class="num">{all}</td>
            <td class="watch__bars"><svg viewBox=format!("0 0 166 {HIGH}") role="img" aria-label=peak preserveAspectRatio="none">{bars}</svg></td>
        </tr>
    }
    .into_any()
}
