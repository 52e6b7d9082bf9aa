//! Who has looked at a child, by day, newest first; by field and by kind, and this month in a sentence.
//!
//! The rule: what is filtered by stands in the address, as plain facts, and the server filters: what it says of all is of all.

mod beside;
mod line;
mod sift;

pub use beside::{HERE, fragment, sought, state};
pub use line::told;

use super::child;
use crate::{
    api, session,
    text::{Word, comma, common, fill, live, portal, t},
    time,
    ui::{Button, Failure, Glyph, Icon, Loader, Skeleton, error_summary::focus_soon, shown, toast},
};
use beside::Beside;
use contract::{
    Shown,
    ids::StudentId,
    wire::portal::{AccessLedger, LedgerQuery, Month, Opened},
};
use leptos::{prelude::*, task::spawn_local};
use sift::Filter;

/// Draws the page of a child with this part open.
pub fn looks_page() -> AnyView {
    child::page(|_, card| looks(card.student.id, card.me.name.to_text()))
}

fn looks(id: StudentId, reader: Shown<String>) -> AnyView {
    let filter = Filter::here();
    let asked = move |after| LedgerQuery { after, line: None, field: filter.get().field, kind: filter.get().kind };
    let ledger = Loader::new(move || {
        let query = asked(None);
        async move { api::portal::ledger(id, &query).await }
    });
    let busy = RwSignal::new(false);
    let older = Callback::new(move |()| {
        let Some(next) = ledger.now().and_then(|ledger| ledger.next) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let query = untrack(|| asked(Some(next)));
        spawn_local(async move {
            let answer = api::portal::ledger(id, &query).await;
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
    // Whoever comes back from a question is led to its line, however far down it is.
    let sought = sought();
    let arriving = StoredValue::new(sought);
    Effect::new(move || {
        let (Some(ledger), Some(line)) = (ledger.get(), arriving.get_value()) else { return };
        if ledger.lines.iter().any(|one| one.seq == line) {
            arriving.set_value(None);
            focus_soon(HERE.to_owned());
        } else if ledger.next.is_some() && ledger.lines.last().is_none_or(|last| last.seq > line) {
            older.run(());
        }
    });
    let month = Memo::new(move |_| ledger.get().and_then(|ledger| ledger.month));
    view! {
        <section class="card" aria-labelledby="looks">
            <header class="card__head">
                <h2 id="looks">{live(portal::WHO)}</h2>
                <button
                    class="button button--quiet button--icon end no-print"
                    type="button"
                    aria-label=live(common::PRINT)
                    on:click=|_| print()
                >
                    <Icon glyph=Glyph::Print />
                </button>
            </header>
            <div class="card__body stack">
                <p class="month">
                    {move || {
                        let words = month.get().map(in_words).unwrap_or_default();
                        words.split_inclusive('，').map(|clause| view! { <span>{clause.to_owned()}</span> }).collect_view()
                    }}
                </p>
                <p class="muted">{live(portal::WHO_LINE)}</p>
                {sift::filters(id, filter)}
                <div aria-busy=move || ledger.is_busy().to_string()>
                    {move || match (ledger.failure(), ledger.get()) {
                        (Some(error), _) => view! { <Failure error again=move |()| ledger.reload() /> }.into_any(),
                        (None, None) => view! { <Skeleton /> }.into_any(),
                        (None, Some(ledger)) => found(ledger, Beside { child: id, filter: filter.get(), asked: Vec::new(), sought }, busy, older),
                    }}
                </div>
                <p class="printed">{move || printed(&reader)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Prints the page as it stands.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// On paper: who the paper is for, and up to when it says.
pub fn printed(reader: &Shown<String>) -> String {
    let school = session::me().map(|me| me.school).unwrap_or_default();
    fill(portal::PRINTED, &[("school", &school), ("name", &shown::plain(reader)), ("at", &time::moment(time::now()))])
}

fn found(ledger: AccessLedger, beside: Beside, busy: RwSignal<bool>, older: Callback<()>) -> AnyView {
    let beside = Beside { asked: ledger.asked, ..beside };
    let child = beside.child;
    let more = ledger.next.is_some();
    let nothing = match (ledger.lines.is_empty(), beside.filter == Filter::ALL) {
        (false, _) => None,
        (true, true) => Some(view! { <p class="note note--info">{live(portal::NOBODY)}</p> }.into_any()),
        (true, false) => Some(
            view! {
                <p class="note">{live(portal::NONE_SUCH)} " " <a class="link" href=Filter::ALL.href(child)>{live(portal::SHOW_ALL)}</a></p>
            }
            .into_any(),
        ),
    };
    let asked = match beside.asked.len() {
        0 => None,
        count => Some(view! {
            <p class="no-print">
                <a class="link" href=format!("/portal/children/{child}/questions") rel="external">
                    {move || fill(portal::ASKED_SO_FAR, &[("n", &count.to_string())])}
                </a>
            </p>
        }),
    };
    view! {
        {asked}
        {nothing}
        {line::days(ledger.lines, &beside)}
        {more.then(|| view! { <div class="row no-print"><Button busy on_click=older>{live(portal::OLDER)}</Button></div> })}
    }
    .into_any()
}

/// This month in a sentence.
fn in_words(month: Month) -> String {
    if month.people == 0 {
        return t(portal::MONTH_NOBODY).to_owned();
    }
    let people = month.people.to_string();
    let text = if month.at_least { portal::MONTH_AT_LEAST } else { portal::MONTH_PEOPLE };
    let opened = |one: &Opened| fill(portal::MONTH_OPENED, &[("n", &one.times.to_string()), ("field", t(one.field.word()))]);
    let opened = month.opened.iter().map(opened).collect::<Vec<_>>().join(comma());
    let opened = if opened.is_empty() { t(portal::MONTH_CLOSED).to_owned() } else { opened };
    fill(text, &[("n", &people), ("opened", &opened)])
}
