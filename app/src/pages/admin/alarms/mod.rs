//! The alarms: what the watch over the trail found, who looks into it, what came of it.
//!
//! The rule: the page is told that something changed and asks again by its own right, for as many pages as were read. Whether somebody
//! watches is asked each half minute, since nobody is told that a watch has stopped. Its state is the address: open or closed.
//! Deliberately absent: families, and a way to one.

mod card;
mod close;
mod day;
mod honey;
mod live;
mod rules;

pub use honey::HoneyPage;
pub use rules::{RulesPage, said};

use super::acting::act;
use crate::{
    api::{self, ApiError},
    text::{Text, alarms, common, t},
    ui::{Button, Empty, EmptyKind, Loader, PageHead, loaded},
};
use close::Closing;
use contract::wire::{
    Page,
    alarms::{AlarmCard, AlarmQuery},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::time::Duration;

/// How often it is asked whether somebody watches.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// So many pages, from the first.
async fn pages(closed: Option<bool>, read: u32) -> Result<Page<AlarmCard>, ApiError> {
    let mut all = api::alarms::list(AlarmQuery { closed, after: None }).await?;
    for _ in 1..read {
        let Some(next) = all.next.take() else { break };
        let more = api::alarms::list(AlarmQuery { closed, after: Some(next) }).await?;
        all.items.extend(more.items);
        all.next = more.next;
    }
    Ok(all)
}

/// The tabs: where, its words, and whether it is this one.
fn tabs(current: &'static str) -> AnyView {
    let tab = move |href: &'static str, words: Text| {
        view! { <a class="tabs__tab" href=href aria-current=(href == current).then_some("page")>{move || t(words)}</a> }
    };
    view! {
        <nav class="tabs" aria-label=move || t(common::WATCH)>
            {tab("/admin/alarms", alarms::OPEN)}
            {tab("/admin/alarms?closed=true", alarms::CLOSED)}
            {tab("/admin/alarms/rules", alarms::RULES)}
            {tab("/admin/alarms/honey", alarms::HONEY)}
        </nav>
    }
    .into_any()
}

/// Draws the page.
#[component]
pub fn AlarmsPage() -> impl IntoView {
    let params = use_query_map();
    let closed = Memo::new(move |_| params.with(|params| params.get("closed").as_deref() == Some("true")));
    let read = StoredValue::new((false, 1_u32));
    let page = Loader::new(move || {
        let closed = closed.get();
        // The other tab begins with one page.
        if read.get_value().0 != closed {
            read.set_value((closed, 1));
        }
        pages(closed.then_some(true), read.get_value().1)
    });
    let watch = Loader::new(api::alarms::watch);
    if let Ok(asking) = set_interval_with_handle(move || watch.reload(), ASK_EVERY) {
        on_cleanup(move || asking.clear());
    }
    let closing = Closing::new(page);
    let busy = RwSignal::new(false);
    let older = move |()| {
        let Some(next) = page.now().and_then(|page| page.next) else { return };
        let closed = closed.get_untracked().then_some(true);
        act(
            busy,
            move || Box::pin(api::alarms::list(AlarmQuery { closed, after: Some(next.clone()) })),
            move |more| {
                read.update_value(|(_, pages)| *pages = pages.saturating_add(1));
                page.update(|page| {
                    page.items.extend(more.items);
                    page.next = more.next;
                });
            },
        );
    };
    view! {
        <PageHead title=Signal::derive(|| t(common::WATCH).to_owned()) line=Signal::derive(|| t(alarms::LINE).to_owned()) />
        {day::day(watch, live::listen(Callback::new(move |()| {
            page.reload();
            watch.reload();
        })))}
        {move || tabs(if closed.get() { "/admin/alarms?closed=true" } else { "/admin/alarms" })}
        {loaded(page, move |rows: Page<AlarmCard>| list(rows, closed.get_untracked(), page, closing, busy, Callback::new(older)))}
        {close::dialog(closing)}
    }
    .into_any()
}

fn list(
    rows: Page<AlarmCard>,
    closed: bool,
    page: Loader<Page<AlarmCard>>,
    closing: Closing,
    busy: RwSignal<bool>,
    older: Callback<()>,
) -> AnyView {
    if rows.items.is_empty() {
        let (title, line) = if closed { (alarms::NONE_CLOSED, Text::default()) } else { (alarms::NONE, alarms::NONE_LINE) };
        return view! { <Empty kind=EmptyKind::None title line /> }.into_any();
    }
    let more = rows.next.is_some();
    view! {
        <ul class="alarms" aria-label=move || t(common::WATCH)>
            {rows.items.into_iter().map(|alarm| card::card(alarm, page, closing)).collect_view()}
        </ul>
        <div class="pager">{more.then(|| view! { <Button busy on_click=move |()| older.run(())>{move || t(crate::text::admin::OLDER)}</Button> })}</div>
    }
    .into_any()
}
