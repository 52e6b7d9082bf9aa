//! The list of families: filters in the address, search by POST, one table.
//!
//! The rule: the address holds plain facts only, so that it can be kept and sent; what was searched for never stands in it.
//! Deliberately absent: sorting and filtering by personal fields, counts of what the viewer does not reach.

mod answer;
mod export;
mod filters;
mod find;
mod keyboard;
mod rows;
mod slices;

use crate::{
    api, session,
    text::{common, fill, list, staff, t},
    ui::{Button, Empty, EmptyKind, Failure, Glyph, Icon, Loader, PageHead, Pager, Skeleton, toast},
};
use answer::{Answer, count};
use contract::{Duty, wire::families::FamilyQuery};
use export::ExportMenu;
use filters::Filters;
use find::{Find, Found};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};
use rows::Rows;

/// The page.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    let params = use_query_map();
    let filters = Memo::new(move |_| params.with(|params| Filters::read(|name| params.get(name))));
    let pages = Loader::new(move || {
        let query = filters.get().query();
        async move { api::families::list(&query).await.map(|page| vec![Answer::new(page)]) }
    });
    let found = RwSignal::new(None::<Found>);
    let more_busy = RwSignal::new(false);
    let answers = Memo::new(move |_| match found.get() {
        Some(found) => Some(vec![found.answer]),
        None => pages.get(),
    });
    Effect::new(move || {
        let order = answers.with(|answers| answers.iter().flatten().flat_map(|answer| answer.items.iter().map(|row| row.id)).collect());
        super::family::remember(order);
    });
    let rows = Memo::new(move |_| answers.with(|answers| answers.as_deref().map(count)));
    let go = use_navigate();
    let narrow = Callback::new(move |to: Filters| {
        found.set(None);
        go(&to.address(), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
    });
    let total = Memo::new(move |_| pages.get().and_then(|pages| pages.first()?.total));
    let line = Signal::derive(move || match total.get() {
        Some(total) => {
            let words = if filters.with(|filters| filters.mine) { staff::HEAD_MINE } else { staff::HEAD_ALL };
            fill(words, &[("n", &total.to_string())])
        }
        None => String::new(),
    });
    let more = move || {
        let Some(after) = pages.now().and_then(|pages| pages.last()?.next.clone()) else { return };
        let asked = filters.get_untracked();
        more_busy.set(true);
        spawn_local(async move {
            let query = FamilyQuery { after: Some(after), limit: None, ..asked.query() };
            let answer = api::families::list(&query).await;
            if more_busy.try_set(false).is_some() || filters.try_get_untracked() != Some(asked) {
                return;
            }
            match answer {
                Ok(next) => pages.update(|pages| pages.push(Answer::new(next))),
                Err(error) => toast::failed(&error),
            }
        });
    };
    keyboard::listen();
    let state = Memo::new(move |_| match rows.get().map(|rows| rows == 0) {
        None => State::Waiting,
        Some(true) if found.with(Option::is_some) => State::NotFound,
        Some(true) if filters.with(Filters::is_any) => State::Filtered,
        Some(true) => State::First,
        Some(false) => State::Rows,
    });
    let table = move || {
        view! {
            <Rows answers=Signal::derive(move || answers.get().unwrap_or_default()) caption=Signal::derive(move || caption(answers)) busy=Signal::derive(move || pages.is_busy()) />
            {move || found.with(Option::is_none).then(|| view! {
                <Pager
                    shown=Signal::derive(move || rows.get().unwrap_or_default())
                    more=Signal::derive(move || pages.get().is_some_and(|pages| pages.last().is_some_and(|last| last.next.is_some())))
                    busy=more_busy
                    on_more=move |()| more()
                />
            })}
        }
        .into_any()
    };
    view! {
        <PageHead title=Signal::derive(|| t(common::FAMILIES).to_owned()) line=line>
            <ExportMenu filters searching=Signal::derive(move || found.with(Option::is_some)) />
            {move || session::has_duty(Duty::KeepFamilies).then(|| view! {
                <a class="button button--primary" href="/families/new" aria-keyshortcuts="c">{move || t(staff::NEW_FAMILY)} " " <kbd class="kbd" aria-hidden="true">"C"</kbd></a>
            })}
        </PageHead>
        <div class="stack">
            <Find found />
            {filters::chips(filters, narrow)}
            {move || pages.failure().filter(|_| found.with(Option::is_none)).map(|error| view! { <Failure error again=move |()| pages.reload() /> })}
            {move || match state.get() {
                State::Waiting if pages.failure().is_some() => ().into_any(),
                State::Waiting => view! { <Skeleton lines=8 /> }.into_any(),
                State::Rows => table(),
                State::NotFound => view! {
                    <Empty kind=EmptyKind::None title=staff::NONE_FOUND line=staff::NONE_FOUND_LINE>
                        <div class="row"><Button on_click=move |()| found.set(None)>{move || t(staff::CLEAR_SEARCH)}</Button></div>
                    </Empty>
                }.into_any(),
                State::Filtered => view! {
                    <Empty kind=EmptyKind::None title=staff::NONE_FILTERED line=staff::NONE_FILTERED_LINE>
                        <div class="row"><Button on_click=move |()| narrow.run(Filters::default())>{move || t(staff::CLEAR_FILTERS)}</Button></div>
                    </Empty>
                }.into_any(),
                State::First => view! { <FirstUse /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Rows,
    NotFound,
    Filtered,
    First,
}

fn caption(answers: Memo<Option<Vec<Answer>>>) -> String {
    let answers = answers.get().unwrap_or_default();
    let Some(first) = answers.first() else { return String::new() };
    let shown = count(&answers).to_string();
    let total = first.total.map_or_else(|| shown.clone(), |total| total.to_string());
    fill(staff::LIST_CAPTION, &[("n", &shown), ("total", &total), ("roles", &list(first.shown_as.iter().copied()))])
}

/// Nothing is here yet.
#[component]
fn FirstUse() -> impl IntoView {
    view! {
        <Empty kind=EmptyKind::First title=staff::NO_FAMILIES line=staff::NO_FAMILIES_LINE>
            <blockquote class="quote">
                <p>{move || t(staff::QUOTE)}</p>
                <footer>{move || t(staff::QUOTE_FROM)}</footer>
            </blockquote>
            {move || session::has_duty(Duty::KeepFamilies).then(|| view! {
                <div class="row"><a class="button" href="/families/new"><Icon glyph=Glyph::Plus /> {move || t(staff::NEW_FAMILY)}</a></div>
            })}
        </Empty>
    }
}
