//! The form in which a guardian questions a look.
//!
//! The rule: the look stands over it as it stands in the ledger, and when it is sent the page is again where it came from, at
//! the line. What was typed is gone with the page. Deliberately absent: a second question about a line while one is open.

use super::{failed, frame, missing, of_address, skeleton};
use crate::{
    api::{self, ApiError},
    pages::portal::looks::{fragment, state, told},
    routes,
    text::{Text, Word, common, live, portal},
    time,
    ui::{Button, ButtonKind, Empty, EmptyKind, LeaveGuard, Loader, TextAreaField, toast},
};
use contract::{
    error::FieldError,
    ids::StudentId,
    wire::{
        corrections::MOST_WORDS,
        ledger::LedgerLine,
        portal::{AccessLedger, AskedLine, LedgerQuery},
        questions::NewQuestion,
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

/// The question that is being asked.
#[derive(Clone, Copy)]
struct Asking {
    child: StudentId,
    line: i64,
    found: Loader<AccessLedger>,
    back: StoredValue<String>,
    words: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

/// Draws the page; child and line stand in the address, and what the ledger was filtered by.
pub fn ask_page() -> AnyView {
    let (Some(child), Some(line)) = (of_address::<StudentId>("id"), of_address::<i64>("line")) else { return missing() };
    let filter = use_location().search.get_untracked();
    let filter = if filter.is_empty() { filter } else { format!("?{filter}") };
    let back = format!("/portal/children/{child}{filter}{}", fragment(line));
    let query = LedgerQuery { line: Some(line), ..LedgerQuery::default() };
    let found = Loader::new(move || {
        let query = query.clone();
        async move { api::portal::ledger(child, &query).await }
    });
    let asking = Asking {
        child,
        line,
        found,
        back: StoredValue::new(back.clone()),
        words: RwSignal::new(String::new()),
        errors: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
    };
    frame(portal::QUESTION_TITLE, child, back, move || match found.get() {
        None => found.failure().map_or_else(skeleton, |error| failed(error, found)),
        Some(AccessLedger { lines, asked, .. }) => {
            let open = asked.into_iter().find(|one| one.line == line && one.finding.is_none());
            match lines.into_iter().find(LedgerLine::is_questionable) {
                Some(look) => sheet(asking, &look, open),
                None => view! { <Empty kind=EmptyKind::None title=portal::NO_LINE line=portal::NO_QUESTIONS_LINE /> }.into_any(),
            }
        }
    })
}

fn sheet(asking: Asking, look: &LedgerLine, open: Option<AskedLine>) -> AnyView {
    let at = look.at;
    let rest = match open {
        Some(open) => already(asking.child, open),
        None => form(asking),
    };
    view! {
        <section class="card" aria-label=live(portal::QUESTION_TITLE)>
            <div class="card__body stack">
                <div class="log__quoted">
                    <p class="log__day">{move || time::long_day_of(at)}</p>
                    {told(look, at, 1)}
                </div>
                {rest}
            </div>
        </section>
    }
    .into_any()
}

/// Somebody who comes a second time is led to what they asked.
fn already(child: StudentId, open: AskedLine) -> AnyView {
    view! {
        <p class="row">{state(open.due, open.finding)}</p>
        <p><a class="link" href=format!("/portal/children/{child}/questions{}", fragment(open.line))>{live(portal::READ_QUESTION)}</a></p>
    }
    .into_any()
}

fn form(asking: Asking) -> AnyView {
    let error: Signal<Option<Text>> = Signal::derive(move || asking.errors.with(|errors| errors.first().map(|error| error.code.word())));
    let dirty = Signal::derive(move || asking.words.with(|words| !words.is_empty()));
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send(asking);
            }
        >
            <TextAreaField
                id="words"
                label=portal::QUESTION_WORDS
                hint=portal::QUESTION_HINT
                value=asking.words
                error
                max=MOST_WORDS
                optional=true
            />
            <p class="faint">{live(portal::QUESTION_LINE)}</p>
            <div class="row">
                <Button kind=ButtonKind::Primary submit=true busy=asking.busy>{live(portal::SEND)}</Button>
                <a class="button button--quiet" href=asking.back.get_value() rel="external">{live(common::CANCEL)}</a>
            </div>
        </form>
        <LeaveGuard id="question-leave" dirty />
    }
    .into_any()
}

fn send(asking: Asking) {
    if asking.busy.get_untracked() {
        return;
    }
    asking.busy.set(true);
    asking.errors.set(Vec::new());
    let new = NewQuestion { line: asking.line, words: asking.words.get_untracked() };
    spawn_local(async move {
        let answer = api::portal::ask_question(asking.child, &new).await;
        if answer.is_ok() {
            // Nothing is lost by leaving now.
            let _ = asking.words.try_set(String::new());
            if let Some(back) = asking.back.try_get_value() {
                routes::load(&back);
            }
            return;
        }
        let _ = asking.busy.try_set(false);
        match answer {
            // One is open already: it is shown in the place of the form.
            Err(ApiError::Conflict(_)) => {
                let _ = asking.words.try_set(String::new());
                asking.found.reload();
            }
            Err(error) if !error.fields().is_empty() => {
                let _ = asking.errors.try_set(error.fields());
            }
            Err(error) => toast::failed(&error),
            Ok(_) => {}
        }
    });
}
