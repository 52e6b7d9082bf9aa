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
mod kept;
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
    Duty,
    ids::FamilyId,
    wire::{families::FamilyQuery, views::Density},
};
use export::ExportMenu;
use filters::{FIRST, Wish};
use find::{Find, Found};
use grid::Grid;
use kept::Kept;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};
use views::Saved;

/// The page.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    let params = use_query_map();
    let wish = Memo::new(move |_| params.with(|params| Wish::read(|name| params.get(name))));
    let filter = Memo::new(move |_| wish.get().filter);
    let kept = Kept::take(&wish.with_untracked(Wish::address));
    let pages = Loader::holding(kept.as_ref().map(|kept| kept.pages.clone()), move || {
        let query = Wish { filter: filter.get(), view: None }.query();
        // What stood when it was asked for anew stands afterwards too.
        async move { api::families::list(&query).await.map(|page| vec![Answer::new(page)]) }
    });
    let found = RwSignal::new(kept.as_ref().and_then(|kept| kept.found.clone()));
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
    let facts = school();
    let school = Memo::new(move |_| facts.get().unwrap_or_else(nothing_known));
    let columns = RwSignal::new(kept.as_ref().map_or_else(|| rows::USUAL.to_vec(), |kept| kept.look.0.clone()));
    let density = RwSignal::new(kept.as_ref().map_or(Density::Usual, |kept| kept.look.1));
    let saved = Saved::new(wish, columns, density);
    let grid = Grid::new(answers, columns, density, school);
    let peek = RwSignal::new(None::<FamilyId>);
    keep_for_back(wish, pages, found, grid);
    let go = use_navigate();
    let narrow = Callback::new(move |to: Wish| {
        found.set(None);
        grid.select(Vec::new());
        go(&to.address(), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
    });
    if let Some(kept) = kept {
        come_back(kept, grid, pages, wish);
    }
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
                Ok(next) => pages.update(|pages| pages.push(Answer::new(next))),
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
            <ExportMenu filter searching=Signal::derive(move || found.with(Option::is_some)) />
            {move || session::has_duty(Duty::KeepFamilies).then(|| view! {
                <a class="button button--primary" href="/families/new" aria-keyshortcuts="c">{move || t(staff::NEW_FAMILY)} " " <kbd class="kbd" aria-hidden="true">"C"</kbd></a>
            })}
        </PageHead>
        <div class="stack">
            <Find found />
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

/// Keeps the list when the page is left.
fn keep_for_back(wish: Memo<Wish>, pages: Loader<Vec<Answer>>, found: RwSignal<Option<Found>>, grid: Grid) {
    // Asked for as it changes: when the page goes, the next one is at its top already.
    let scrolled = StoredValue::new(0.0);
    let scrolling = window_event_listener(leptos::ev::scroll, move |_| scrolled.set_value(window().scroll_y().unwrap_or_default()));
    let row = StoredValue::new(None);
    let focusing = window_event_listener(leptos::ev::focusin, move |_| row.set_value(keyboard::row_with_focus()));
    on_cleanup(move || {
        scrolling.remove();
        focusing.remove();
        let row = row.try_get_value().flatten();
        let scrolled = scrolled.try_get_value().unwrap_or_default();
        let (Some(wish), Some(pages)) = (wish.try_get_untracked(), pages.now()) else { return };
        Kept {
            pages,
            found: found.try_get_untracked().flatten(),
            selected: grid.selected.try_get_untracked().unwrap_or_default(),
            look: (grid.columns.try_get_untracked().unwrap_or_default(), grid.density.try_get_untracked().unwrap_or(Density::Usual)),
            row,
            ..Kept::at(wish.address(), scrolled)
        }
        .keep();
    });
}

/// Puts the list back as it was: what was selected, how far it was scrolled, which row had the focus.
fn come_back(kept: Kept, grid: Grid, pages: Loader<Vec<Answer>>, wish: Memo<Wish>) {
    let outdated = kept.is_outdated();
    let Kept { selected, scrolled, row, pages: before, .. } = kept;
    grid.selected.set(selected);
    if outdated {
        let limit = u16::try_from(count(&before)).unwrap_or(u16::MAX).clamp(FIRST, 100);
        spawn_local(async move {
            let query = FamilyQuery { limit: Some(limit), ..wish.get_untracked().query() };
            if let Ok(page) = api::families::list(&query).await {
                pages.set(vec![Answer::new(page)]);
            }
        });
    }
    // After the rows that stand at once, and after the router, which goes to the top of a new page.
    set_timeout(
        move || {
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, scrolled);
            }
            if let Some(row) = row.and_then(grid::row_of) {
                let _ = row.focus();
            }
        },
        std::time::Duration::from_millis(50),
    );
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
