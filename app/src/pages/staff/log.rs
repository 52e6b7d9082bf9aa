//! Entries of a thread: who, what, when, why, and which fields in which form.
//!
//! The rule: what was opened or written is said at once; what was merely seen waits behind a word, since a look at a card is a
//! look at twenty fields.

use crate::{
    text::{Word, comma, common, field_among, fill, list, live, staff, t, words},
    time,
};
use chrono::{DateTime, Utc};
use contract::{
    Change, Exposure,
    wire::{
        ledger::{Action, FieldLook, LedgerLine},
        timeline::Moved,
    },
};
use leptos::prelude::*;

/// How many fields are said at once; an intake has twenty.
const TOLD: usize = 6;

/// Some entries in the order in which they are.
pub fn log(lines: Vec<LedgerLine>) -> AnyView {
    view! { <ol class="log__list">{lines.into_iter().map(|line| entry(line, None, time::moment)).collect_view()}</ol> }.into_any()
}

/// One entry, what it set of the family, and how its time is said.
pub fn entry(line: LedgerLine, moved: Option<Moved>, when: fn(DateTime<Utc>) -> String) -> AnyView {
    let LedgerLine { at, who, roles, action, record, reason, looks, program, .. } = line;
    let class = match action {
        Action::Revealed => "log__item log__item--opened",
        Action::Created | Action::Changed => "log__item log__item--write",
        Action::Refused => "log__item log__item--denied",
        _ => "log__item",
    };
    let told = matches!(
        action,
        Action::Revealed
            | Action::Created
            | Action::Changed
            | Action::ApprovalAsked
            | Action::ApprovalGranted
            | Action::ApprovalRefused
            | Action::ApprovalWithdrawn
    ) && looks.len() <= TOLD;
    let count = looks.len().to_string();
    let fields = looks.clone();
    let named = move || {
        if told { fields.iter().map(|look| field_among(look.field, &fields)).collect::<Vec<_>>().join(comma()) } else { String::new() }
    };
    let why = move || {
        reason.as_ref().map(|reason| {
            let word = t(reason.code.word());
            if reason.text.is_empty() { format!(" · {word}") } else { format!(" · {word}：{}", reason.text) }
        })
    };
    view! {
        <li class=class>
            <p>
                {who} " " {move || t(words::told(action))} " " {move || record.map(|record| format!("{} ", t(record.word())))}
                <b>{named}</b>
                {moved.map(|moved| view! { <b>{move || set(&moved)}</b> })}
            </p>
            {(!told && !looks.is_empty()).then(|| view! {
                <details class="log__more">
                    <summary>{move || fill(staff::FIELDS_SEEN, &[("n", &count)])}</summary>
                    {move || seen(&looks)}
                </details>
            })}
            <p class="log__meta">
                <time datetime=time::machine(at)>{move || when(at)}</time>
                {move || (!roles.is_empty()).then(|| format!(" · {}", list(roles.iter().copied())))}
                {why}
                {program.then(|| view! { " · " {live(common::BY_PROGRAM)} })}
            </p>
        </li>
    }
    .into_any()
}

/// The fields by the form in which they were seen.
fn seen(looks: &[FieldLook]) -> String {
    let of = |form| {
        let some = looks.iter().filter(|look| look.form == form);
        some.map(|look| field_among(look.field, looks)).collect::<Vec<_>>().join(comma())
    };
    [Exposure::Clear, Exposure::Masked, Exposure::Withheld]
        .into_iter()
        .map(|form| (form, of(form)))
        .filter(|(_, fields)| !fields.is_empty())
        .map(|(form, fields)| format!("{} {fields}", t(form.word())))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The plain facts that were set.
fn set(moved: &Moved) -> String {
    let Moved { stage, owner, next_contact } = moved;
    let next = match next_contact {
        Change::Keep => None,
        Change::Set(day) => Some(time::day(*day)),
        Change::Erase => Some(t(common::NOTHING).to_owned()),
    };
    let to = |what, to: String| fill(staff::SET_TO, &[("what", t(what)), ("to", &to)]);
    [
        stage.map(|stage| to(staff::STAGE, t(stage.word()).to_owned())),
        owner.as_ref().map(|owner| to(staff::OWNER, owner.name.clone())),
        next.map(|day| to(staff::NEXT_CONTACT, day)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}
