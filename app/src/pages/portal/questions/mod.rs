//! What a guardian has asked about looks at a child, each with the look, how far it has come and what the school answered.
//!
//! The rule: from each question one press leads to its line in the ledger, and from there back to it. Deliberately absent:
//! asking; a question begins at its line.

mod ask;

pub use ask::ask_page;

use super::{
    Mark,
    looks::{HERE, fragment, sought, state, told},
};
use crate::{
    api::{self, ApiError},
    pages::not_found::NotFoundPage,
    text::{Text, fill, live, portal, t},
    time,
    ui::{Button, Empty, EmptyKind, Failure, Loader, ShownValue, Skeleton, error_summary::focus_soon, page_title, shown::said, toast},
};
use contract::{
    error::ErrorCode,
    ids::{QuestionId, StudentId},
    wire::questions::{Question, QuestionState, Questions},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

/// Draws the page.
pub fn questions_page() -> AnyView {
    let Some(child) = of_address("id") else { return missing() };
    let asked = Loader::new(move || async move { api::portal::questions(child).await });
    let sought = sought();
    let arriving = StoredValue::new(sought.is_some());
    Effect::new(move || {
        if asked.get().is_some() && arriving.get_value() {
            arriving.set_value(false);
            focus_soon(HERE.to_owned());
        }
    });
    frame(portal::MY_QUESTIONS, child, format!("/portal/children/{child}"), move || match asked.get() {
        None => asked.failure().map_or_else(skeleton, |error| failed(error, asked)),
        Some(found) if found.items.is_empty() => {
            view! { <Empty kind=EmptyKind::First title=portal::NO_QUESTIONS line=portal::NO_QUESTIONS_LINE /> }.into_any()
        }
        Some(found) => list(found, sought, child, asked),
    })
}

/// A part of the address.
fn of_address<T: std::str::FromStr>(part: &str) -> Option<T> {
    use_params_map().with_untracked(|params| params.get(part))?.parse().ok()
}

fn missing() -> AnyView {
    view! { <main class="portal__main" id="main"><NotFoundPage /></main> }.into_any()
}

fn skeleton() -> AnyView {
    view! { <Skeleton /> }.into_any()
}

/// A failed question to the server; a child that is not the guardian's does not exist.
fn failed<T: Clone + Send + Sync + 'static>(error: ApiError, loader: Loader<T>) -> AnyView {
    if error.code() == Some(ErrorCode::NotFound) {
        return view! { <NotFoundPage /> }.into_any();
    }
    view! { <Failure error again=move |()| loader.reload() /> }.into_any()
}

/// Title, child, the way back, and the rest.
fn frame(title: Text, child: StudentId, back: String, body: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let heading = page_title(move || t(title).to_owned());
    let children = Loader::new(|| async { api::portal::children().await });
    let name = move || {
        let child = children.get()?.children.into_iter().find(|one| one.id == child)?;
        Some(view! { <ShownValue value=child.name.to_text() /> })
    };
    view! {
        <header class="portal__head">
            <Mark />
            <div>
                <h1 tabindex="-1" node_ref=heading>{live(title)}</h1>
                <p class="muted">{name}</p>
            </div>
        </header>
        <main class="portal__main" id="main" tabindex="-1">
            <p class="no-print"><a class="link" href=back rel="external">{live(portal::BACK_TO_WHO)}</a></p>
            {body}
        </main>
    }
    .into_any()
}

fn list(found: Questions, sought: Option<i64>, child: StudentId, asked: Loader<Questions>) -> AnyView {
    // Of several about the line the newest.
    let here = found.items.iter().find(|one| Some(one.line.seq) == sought).map(|one| one.id);
    let items = found.items.into_iter().map(|one| {
        let id = (Some(one.id) == here).then_some(HERE);
        view! { <li class="held__row" id=id tabindex=id.map(|_| "-1")>{item(one, child, asked)}</li> }
    });
    view! {
        <section class="card" aria-label=live(portal::MY_QUESTIONS)>
            <ul class="card__body held">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn item(question: Question, child: StudentId, asked: Loader<Questions>) -> AnyView {
    let Question { id, line, state: far, finding, asked_at: _, due, decided_at, decided_by, words, answer } = question;
    let who = decided_by.map(|staff| staff.name).unwrap_or_default();
    let day = move |text: Text| decided_at.map(|at| fill(text, &[("day", &time::day_of(at)), ("who", &who)]));
    let tag = match far {
        QuestionState::Withdrawn => view! { <span class="tag">{move || day(portal::STATE_WITHDRAWN)}</span> }.into_any(),
        QuestionState::Open => state(due, finding),
        QuestionState::Answered => view! { {state(due, finding)} <span class="faint">{move || day(portal::ANSWERED_ON)}</span> }.into_any(),
    };
    let href = format!("/portal/children/{child}{}", fragment(line.seq));
    let at = line.at;
    view! {
        <p class="log__day">{move || time::long_day_of(at)}</p>
        {told(&line, at, 1)}
        {said(portal::YOU_SAID, &words.to_text())}
        <p class="row">{tag}</p>
        {said(portal::SCHOOL_SAID, &answer.to_text())}
        <p class="row no-print">
            {(far == QuestionState::Open).then(|| view! {
                <Button class="button--small" on_click=move |()| withdraw(id, asked)>{live(portal::WITHDRAW)}</Button>
            })}
            <a class="link" href=href rel="external">{live(portal::TO_LINE)}</a>
        </p>
    }
    .into_any()
}

fn withdraw(id: QuestionId, asked: Loader<Questions>) {
    spawn_local(async move {
        match api::portal::withdraw_question(id).await {
            Ok(_) => toast::done(portal::WITHDRAWN),
            Err(error) => toast::failed(&error),
        }
        asked.reload();
    });
}
