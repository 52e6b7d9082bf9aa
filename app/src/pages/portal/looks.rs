//! Who has looked at a child, by day, newest first.
//!
//! The rule: each line says who, in which role, which fields, how much of them, and why. The red dot is for opened seals alone.

use crate::{
    api,
    text::{Text, Word, comma, common, field_among, fill, list, portal, t},
    time,
    ui::{Button, Glyph, Icon, Loader, loaded, toast},
};
use contract::{
    Exposure,
    ids::StudentId,
    wire::{
        ledger::{Action, FieldLook, LedgerLine},
        portal::AccessLedger,
        reveals::Reason,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// The list.
#[component]
pub fn Looks(
    /// The child.
    id: StudentId,
) -> impl IntoView {
    let ledger = Loader::new(move || async move { api::portal::ledger(id, None).await });
    let busy = RwSignal::new(false);
    let older = Callback::new(move |()| {
        let Some(next) = ledger.now().and_then(|ledger| ledger.next) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::portal::ledger(id, Some(next)).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(more) => ledger.update(|ledger| {
                    ledger.lines.extend(more.lines);
                    ledger.next = more.next;
                }),
                Err(error) => toast::failed(&error),
            }
        });
    });
    view! {
        <section class="card" aria-labelledby="looks">
            <header class="card__head">
                <h2 id="looks">{move || t(portal::WHO)}</h2>
                <button
                    class="button button--quiet button--icon end no-print"
                    type="button"
                    aria-label=move || t(common::PRINT)
                    on:click=|_| {
                        if let Some(window) = web_sys::window() {
                            let _ = window.print();
                        }
                    }
                >
                    <Icon glyph=Glyph::Print />
                </button>
            </header>
            <div class="card__body stack">
                <p class="muted">{move || t(portal::WHO_LINE)}</p>
                {loaded(ledger, move |ledger: AccessLedger| {
                    if ledger.lines.is_empty() {
                        return view! { <p class="note note--info">{move || t(portal::NOBODY)}</p> }.into_any();
                    }
                    let more = ledger.next.is_some();
                    let days = by_day(ledger.lines);
                    view! {
                        <div class="log">{days.into_iter().map(|lines| view! { <Day lines /> }).collect_view()}</div>
                        {more.then(|| view! { <div class="row"><Button busy on_click=older>{move || t(portal::OLDER)}</Button></div> })}
                    }
                    .into_any()
                })}
            </div>
        </section>
    }
}

/// Lines of the same day, where the reader is, stand together.
fn by_day(lines: Vec<LedgerLine>) -> Vec<Vec<LedgerLine>> {
    let mut days: Vec<Vec<LedgerLine>> = Vec::new();
    for line in lines {
        let day = line.at.with_timezone(&chrono::Local).date_naive();
        match days.last_mut() {
            Some(same) if same.first().is_some_and(|first| first.at.with_timezone(&chrono::Local).date_naive() == day) => same.push(line),
            _ => days.push(vec![line]),
        }
    }
    days
}

#[component]
fn Day(lines: Vec<LedgerLine>) -> impl IntoView {
    let at = lines.first().map(|line| line.at);
    view! {
        <h3 class="log__day">{move || at.map(time::long_day_of)}</h3>
        <ol class="log__list">{lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}</ol>
    }
}

#[component]
fn Line(line: LedgerLine) -> impl IntoView {
    let LedgerLine { at, who, roles, action, reason, looks, .. } = line;
    let class = match action {
        Action::Revealed => "log__item log__item--opened",
        Action::Created | Action::Changed => "log__item log__item--write",
        Action::Refused => "log__item log__item--denied",
        _ => "log__item",
    };
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
        <li class=class>
            <p>
                {said} " "
                {move || {
                    let looks = if about_opening(action) { list(looks.iter().map(|look| look.field)) } else { seen(&looks) };
                    if opened { view! { <b>{looks}</b> }.into_any() } else { looks.into_any() }
                }}
            </p>
            <p class="log__meta">
                <time datetime=time::machine(at)>{move || time::clock(at)}</time>
                {reason.map(|reason| view! { " · " {move || fill(portal::BECAUSE, &[("reason", &why(&reason))])} })}
            </p>
        </li>
    }
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
        other => other.word(),
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
