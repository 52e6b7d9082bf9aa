//! The list of families: filters in the address, search by POST, one table.
//!
//! The rule: the address holds plain facts only, so that it can be kept and sent; what was searched for never stands in it.
//! Deliberately absent: sorting and filtering by personal fields, counts of what the viewer does not reach.

mod answer;
mod bulk;
mod columns;
mod conditions;
mod edit;
mod export;
mod filters;
mod find;
mod grid;
mod keyboard;
mod peek;
mod rows;
mod slices;
mod views;

use super::school;
use crate::{
    api, session,
    text::{common, fill, list, staff, t},
    ui::{Button, Empty, EmptyKind, Failure, Glyph, Icon, Loader, PageHead, Pager, Skeleton, keys, toast},
};
use answer::{Answer, count};
use contract::{
    Duty, FieldKey,
    ids::FamilyId,
    wire::{families::FamilyQuery, views::Density},
};
use export::ExportMenu;
use filters::Wish;
use find::{Find, Found};
use grid::Grid;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};
use views::Saved;

/// The page.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    let params = use_query_map();
    let wish = Memo::new(move |_| params.with(|params| Wish::read(|name| params.get(name))));
    let filter = Memo::new(move |_| wish.get().filter);
    // Until the first answer nobody knows; then nothing is offered that would be refused.
    let (finds, may_export) = (RwSignal::new(None::<Vec<FieldKey>>), RwSignal::new(true));
    let pages = Loader::new(move || {
        let query = Wish { filter: filter.get(), view: None }.query();
        async move {
            let page = api::families::list(&query).await?;
            let _ = finds.try_set(Some(page.find.clone()));
            let _ = may_export.try_set(page.may_export);
            Ok(vec![Answer::of(page)])
        }
    });
    let may_find = Memo::new(move |_| finds.with(|fields| fields.as_ref().is_none_or(|fields| find::is_any(fields))));
    let may_export = Memo::new(move |_| may_export.get());
    let found = RwSignal::new(None::<Found>);
    let more_busy = RwSignal::new(false);
    let answers = Memo::new(move |_| match found.get() {
        Some(found) => Some(vec![found.answer]),
        None => pages.get(),
    });
    Effect::new(move || {
        let order: Vec<FamilyId> =
            answers.with(|answers| answers.iter().flatten().flat_map(|answer| answer.items.iter().map(|row| row.id)).collect());
        super::beside::remember(&order);
    });
    let rows = Memo::new(move |_| answers.with(|answers| answers.as_deref().map(count)));
    let facts = school();
    let school = Memo::new(move |_| facts.get().unwrap_or_else(nothing_known));
    let columns = RwSignal::new(rows::USUAL.to_vec());
    let density = RwSignal::new(Density::Usual);
    let saved = Saved::new(wish, columns, density);
    let grid = Grid::new(answers, columns, density, school);
    let peek = RwSignal::new(None::<FamilyId>);
    reread_after_back(wish, pages);
    let go = use_navigate();
    let narrow = Callback::new(move |to: Wish| {
        found.set(None);
        grid.select(Vec::new());
        go(&to.address(), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
    });
    let total = Memo::new(move |_| pages.get().and_then(|pages| pages.first()?.total));
    let line = Signal::derive(move || match total.get() {
        Some(total) => {
            let words = if wish.with(Wish::is_mine) { staff::HEAD_MINE } else { staff::HEAD_ALL };
            fill(words, &[("n", &total.to_string())])
        }
        None => String::new(),
    });
    let more = move || {
        let Some(after) = pages.now().and_then(|pages| pages.last()?.next.clone()) else { return };
        let asked = wish.get_untracked();
        more_busy.set(true);
        spawn_local(async move {
            let query = FamilyQuery { after: Some(after), limit: None, ..asked.query() };
            let answer = api::families::list(&query).await;
            if more_busy.try_set(false).is_some() || wish.try_get_untracked().as_ref() != Some(&asked) {
                return;
            }
            match answer {
                Ok(next) => pages.update(|pages| pages.push(Answer::of(next))),
                Err(error) => toast::failed(&error),
            }
        });
    };
    keyboard::listen(grid, peek);
    keys::page(&keyboard::KEYS);
    let state = Memo::new(move |_| match rows.get().filter(|_| !saved.is_coming()).map(|rows| rows == 0) {
        None => State::Waiting,
        Some(true) if found.with(Option::is_some) => State::NotFound,
        Some(true) if wish.with(Wish::is_any) => State::Filtered,
        Some(true) => State::First,
        Some(false) => State::Rows,
    });
    let table = move || {
        view! {
            {rows::table(grid, Signal::derive(move || caption(answers)), Signal::derive(move || pages.is_busy()), peek)}
            {move || found.with(Option::is_none).then(|| view! {
                <Pager
                    shown=Signal::derive(move || rows.get().unwrap_or_default())
                    more=Signal::derive(move || pages.get().is_some_and(|pages| pages.last().is_some_and(|last| last.next.is_some())))
                    busy=more_busy
                    on_more=move |()| more()
                />
            })}
            {bulk::bar(grid)}
        }
        .into_any()
    };
    view! {
        <PageHead title=Signal::derive(|| t(common::FAMILIES).to_owned()) line=line>
            {columns::chooser(columns, density)}
            {move || may_export.get().then(|| view! {
                <ExportMenu filter searching=Signal::derive(move || found.with(Option::is_some)) />
            })}
            {move || session::has_duty(Duty::KeepFamilies).then(|| view! {
                <a class="button button--primary" href="/families/new" rel="external" aria-keyshortcuts="c">{move || t(staff::NEW_FAMILY)} " " <kbd class="kbd" aria-hidden="true">"C"</kbd></a>
            })}
        </PageHead>
        <div class="stack">
            {move || may_find.get().then(|| view! { <Find found finds /> })}
            <div class="row">{views::bar(saved, narrow)}</div>
            {filters::chips(wish, school, narrow)}
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
                        <div class="row"><Button on_click=move |()| narrow.run(Wish::default())>{move || t(staff::CLEAR_FILTERS)}</Button></div>
                    </Empty>
                }.into_any(),
                State::First => view! { <FirstUse /> }.into_any(),
            }}
        </div>
        {peek::drawer(grid, peek)}
    }
    .into_any()
}

/// Until the school is known.
fn nothing_known() -> contract::wire::school::SchoolFacts {
    contract::wire::school::SchoolFacts { name: String::new(), campuses: Vec::new(), classes: Vec::new(), consultants: Vec::new() }
}

/// The browser keeps the page as it was left, rows, search, selection and all; what stands in the rows may be outdated and is
/// asked for anew, as many as one answer can hold.
fn reread_after_back(wish: Memo<Wish>, pages: Loader<Vec<Answer>>) {
    let again = leptos::ev::Custom::<web_sys::Event>::new("shendu:again");
    let coming = window_event_listener(again, move |_| {
        let limit = pages.now().map_or(0, |pages| count(&pages)).try_into().unwrap_or(u16::MAX);
        if !(1..=100).contains(&limit) {
            return;
        }
        spawn_local(async move {
            let query = FamilyQuery { limit: Some(limit), ..wish.get_untracked().query() };
            if let Ok(page) = api::families::list(&query).await {
                pages.set(vec![Answer::of(page)]);
            }
        });
    });
    on_cleanup(move || coming.remove());
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
                <div class="row"><a class="button" href="/families/new" rel="external"><Icon glyph=Glyph::Plus /> {move || t(staff::NEW_FAMILY)}</a></div>
            })}
        </Empty>
    }
}
