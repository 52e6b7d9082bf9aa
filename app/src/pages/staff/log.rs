//! Lines of an access ledger: who, what, when, why, and which fields in which form.

use crate::{
    text::{Word, comma, field_among, list, t},
    time,
};
use contract::{
    Exposure,
    wire::ledger::{Action, LedgerLine},
};
use leptos::prelude::*;

/// The lines, newest first.
pub fn log(lines: Vec<LedgerLine>) -> AnyView {
    view! {
        <div class="log">
            <ol class="log__list">{lines.into_iter().map(line).collect_view()}</ol>
        </div>
    }
    .into_any()
}

fn line(line: LedgerLine) -> AnyView {
    let LedgerLine { at, who, roles, action, record, reason, looks, .. } = line;
    let class = match action {
        Action::Revealed => "log__item log__item--opened",
        Action::Created | Action::Changed => "log__item log__item--write",
        Action::Refused => "log__item log__item--denied",
        _ => "log__item",
    };
    let bare = matches!(
        action,
        Action::Revealed
            | Action::Created
            | Action::Changed
            | Action::ApprovalAsked
            | Action::ApprovalGranted
            | Action::ApprovalRefused
            | Action::ApprovalWithdrawn
    );
    let seen = move || {
        let of = |form: Option<Exposure>| {
            let some = looks.iter().filter(|look| form.is_none_or(|form| look.form == form));
            some.map(|look| field_among(look.field, &looks)).collect::<Vec<_>>().join(comma())
        };
        if bare {
            return of(None);
        }
        [Exposure::Clear, Exposure::Masked, Exposure::Withheld]
            .into_iter()
            .map(|form| (form, of(Some(form))))
            .filter(|(_, fields)| !fields.is_empty())
            .map(|(form, fields)| format!("{fields} {}", t(form.word())))
            .collect::<Vec<_>>()
            .join(" · ")
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
                <span>{who}</span> " " {move || t(action.word())} " "
                {move || record.map(|record| format!("{} ", t(record.word())))}
                <b>{seen}</b>
            </p>
            <p class="log__meta">
                <time datetime=time::machine(at)>{move || time::moment(at)}</time>
                {move || (!roles.is_empty()).then(|| format!(" · {}", list(roles.iter().copied())))}
                {why}
            </p>
        </li>
    }
    .into_any()
}
