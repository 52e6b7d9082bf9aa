//! The auditor's list: who did what, when, why, with which fields in which form.
//!
//! The rule: the trail holds no values, and reading it is itself a line of it. Filters are plain facts and stand in the address; a
//! line stands for its record or its person. Deliberately absent: searching it for a family, and for words, which it does not hold.

mod filter;
mod live;
mod row;
mod verify;

use super::acting::act;
use crate::{
    api,
    text::{admin, fill, keep, matrix, reports, t},
    time,
    ui::{Button, Empty, EmptyKind, Glyph, Icon, Loader, PageHead, TableCard, download, loaded, toast},
};
use contract::wire::{
    Page,
    ledger::{LedgerLine, TrailQuery},
};
use filter::{filter, read};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Draws the page.
#[component]
pub fn TrailPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(|params| read(|name| params.get(name))));
    let page = Loader::new(move || {
        let query = query.get();
        async move { api::trail::list(&query).await }
    });
    let busy = RwSignal::new(false);
    let older = Callback::new(move |()| {
        let Some(next) = page.now().and_then(|page| page.next) else { return };
        let wish = TrailQuery { after: Some(next.clone()), ..query.get_untracked() };
        act(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::trail::list(&wish).await })
            },
            // The list may have been read anew meanwhile, for another filter.
            move |more| {
                page.update(|page| {
                    if page.next.as_ref() == Some(&next) {
                        page.items.extend(more.items);
                        page.next = more.next;
                    }
                });
            },
        );
    });
    let export = move |()| {
        let wish = filter::lines(query.get_untracked());
        act(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::trail::export(&wish).await })
            },
            |file| {
                download::hand_over(&file, &format!("trail-{}.csv", time::today()));
                toast::done(matrix::EXPORTED);
            },
        );
    };
    view! {
        <PageHead
            title=Signal::derive(|| t(admin::TRAIL_TITLE).to_owned())
            line=Signal::derive(|| t(admin::TRAIL_LINE).to_owned())
        >
            {move || query.with(|query| query.who).map(|who| view! {
                <a class="button" href=format!("/admin/staff/{who}/activity") rel="external">{t(reports::ACTIVITY)}</a>
            })}
            <a class="button" href="/admin/trail/approvals" rel="external">{move || t(reports::REGISTER)}</a>
            <Button busy on_click=export><Icon glyph=Glyph::Download /> {move || t(matrix::EXPORT)}</Button>
        </PageHead>
        {verify::verification()}
        {filter(query)}
        {live::live(page)}
        {loaded(page, move |rows: Page<LedgerLine>| list(rows, page, busy, older, query))}
    }
    .into_any()
}

fn list(
    rows: Page<LedgerLine>,
    page: Loader<Page<LedgerLine>>,
    busy: RwSignal<bool>,
    older: Callback<()>,
    query: Memo<TrailQuery>,
) -> AnyView {
    if rows.items.is_empty() {
        let filtered = query.get_untracked() != TrailQuery::default();
        return view! {
            <Empty kind=EmptyKind::None title=admin::TRAIL_NONE line=admin::TRAIL_NONE_LINE>
                {filtered.then(|| view! { <div class="row"><a class="button" href="/admin/trail">{move || t(keep::CLEAR)}</a></div> })}
            </Empty>
        }
        .into_any();
    }
    let count = rows.items.len().to_string();
    let more = rows.next.is_some();
    let heads = [admin::WHO, admin::WHEN, admin::ACTION, admin::RECORD, admin::LOOKS, admin::WHY];
    view! {
        <TableCard
            label=Signal::derive(|| t(admin::TRAIL_TITLE).to_owned())
            caption=Signal::derive(move || fill(admin::TRAIL_CAPTION, &[("n", &count)]))
            busy=Signal::derive(move || page.is_busy())
        >
            <thead><tr>
                {heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}
                <th scope="col" class="no-print"><span class="visually-hidden">{move || t(matrix::NUMBER)}</span></th>
            </tr></thead>
            <tbody>{rows.items.into_iter().map(row::row).collect_view()}</tbody>
        </TableCard>
        <div class="pager">{more.then(|| view! { <Button busy on_click=older>{move || t(admin::OLDER)}</Button> })}</div>
    }
    .into_any()
}
