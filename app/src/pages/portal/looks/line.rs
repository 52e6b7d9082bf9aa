//! The looks by day, each with who, in which role, which fields, how much of them, and why.
//!
//! The rule: the red dot is for opened seals alone, and each of them has a line of its own; the same look again and again within
//! a day is one line with its number.

use super::beside::{Beside, HERE};
use crate::{
    text::{Text, Word, comma, common, field_among, fill, list, portal, t, words},
    time,
};
use chrono::{DateTime, Utc};
use contract::{
    Exposure,
    wire::{
        ledger::{Action, FieldLook, LedgerLine},
        reveals::Reason,
    },
};
use leptos::prelude::*;

/// The days, newest first.
pub fn days(lines: Vec<LedgerLine>, beside: &Beside) -> AnyView {
    view! { <div class="log">{by_day(lines).into_iter().map(|lines| day(&lines, beside)).collect_view()}</div> }.into_any()
}

/// Lines of the same day, where the reader is, stand together.
fn by_day(lines: Vec<LedgerLine>) -> Vec<Vec<LedgerLine>> {
    let mut days: Vec<Vec<LedgerLine>> = Vec::new();
    for line in lines {
        let day = time::date_of(line.at);
        match days.last_mut() {
            Some(same) if same.first().is_some_and(|first| time::date_of(first.at) == day) => same.push(line),
            _ => days.push(vec![line]),
        }
    }
    days
}

fn day(lines: &[LedgerLine], beside: &Beside) -> AnyView {
    let at = lines.first().map(|line| line.at);
    let folded = lines.chunk_by(is_again).filter_map(|same| Some(line(same.first()?, same.last()?.at, same, beside))).collect_view();
    view! {
        <h3 class="log__day">{move || at.map(time::long_day_of)}</h3>
        <ol class="log__list">{folded}</ol>
    }
    .into_any()
}

/// Whether two lines that follow each other say the same but for the time.
fn is_again(one: &LedgerLine, next: &LedgerLine) -> bool {
    matches!(one.action, Action::Listed | Action::Shown)
        && one.program == next.program
        && (one.action, one.record, &one.who, &one.roles, &one.looks) == (next.action, next.record, &next.who, &next.roles, &next.looks)
}

/// One line for the same look again and again, from the earliest on.
fn line(line: &LedgerLine, from: DateTime<Utc>, same: &[LedgerLine], beside: &Beside) -> AnyView {
    let class = match line.action {
        Action::Revealed => "log__item log__item--opened",
        Action::Created | Action::Changed | Action::CorrectionAccepted => "log__item log__item--write",
        Action::Refused => "log__item log__item--denied",
        _ => "log__item",
    };
    let id = beside.is_sought(same).then_some(HERE);
    view! { <li class=class id=id tabindex=id.map(|_| "-1")>{told(line, from, same.len())} {beside.view(line, same)}</li> }.into_any()
}

/// Who did what, when and why.
pub fn told(line: &LedgerLine, from: DateTime<Utc>, times: usize) -> AnyView {
    let LedgerLine { at, who, roles, action, reason, looks, signed, program, .. } = line.clone();
    let opened = action == Action::Revealed;
    let said = move || {
        let did = t(did(action));
        let roles = list(roles.iter().copied());
        // A guardian is called by the role already.
        if roles.is_empty() || roles == who {
            fill(portal::DID_ALONE, &[("who", &who), ("did", did)])
        } else {
            fill(portal::DID, &[("who", &who), ("roles", &roles), ("did", did)])
        }
    };
    view! {
        <p>
            {said} " "
            {move || {
                let looks = if about_opening(action) { list(looks.iter().map(|look| look.field)) } else { seen(&looks) };
                if opened { view! { <b>{looks}</b> }.into_any() } else { looks.into_any() }
            }}
        </p>
        <p class="log__meta">
            {(times > 1).then(|| view! { {move || fill(portal::TIMES, &[("n", &times.to_string())])} " · " })}
            {(time::clock(from) != time::clock(at)).then(|| view! { <time datetime=time::machine(from)>{move || time::clock(from)}</time> "–" })}
            <time datetime=time::machine(at)>{move || time::clock(at)}</time>
            {reason.map(|reason| view! { " · " {move || fill(portal::BECAUSE, &[("reason", &why(&reason))])} })}
            {signed.then(|| view! { " · " {move || t(portal::SIGNED)} })}
            {program.then(|| view! { " · " {move || t(common::BY_PROGRAM)} })}
        </p>
    }
    .into_any()
}

/// Whether it is about opening a field that stayed closed.
const fn about_opening(action: Action) -> bool {
    matches!(action, Action::ApprovalAsked | Action::ApprovalGranted | Action::ApprovalRefused | Action::ApprovalWithdrawn)
}

fn did(action: Action) -> Text {
    match action {
        Action::Listed => portal::DID_LIST,
        Action::Shown => portal::DID_SEE,
        Action::Revealed => portal::DID_OPEN,
        Action::Exported => portal::DID_EXPORT,
        Action::Created => portal::DID_CREATE,
        Action::Changed => portal::DID_CHANGE,
        Action::Searched => portal::DID_SEARCH,
        Action::TrailRead => portal::DID_TRAIL,
        Action::Refused => portal::DID_REFUSED,
        Action::CorrectionAccepted => portal::DID_CORRECT,
        Action::CorrectionDeclined => portal::DID_DECLINE,
        Action::QuestionAsked => portal::DID_QUESTION,
        Action::QuestionAnswered => portal::DID_ANSWER,
        other => words::told(other),
    }
}

fn seen(looks: &[FieldLook]) -> String {
    let word = |look: &FieldLook| {
        let field = field_among(look.field, looks);
        match look.form {
            Exposure::Clear => field,
            Exposure::Masked => fill(portal::PARTLY, &[("field", &field)]),
            Exposure::Withheld => fill(portal::COVERED, &[("field", &field)]),
        }
    };
    looks.iter().map(word).collect::<Vec<_>>().join(comma())
}

fn why(reason: &Reason) -> String {
    let word = t(reason.code.word());
    if reason.text.is_empty() { word.to_owned() } else { fill(portal::REASON_MORE, &[("reason", word), ("text", &reason.text)]) }
}
