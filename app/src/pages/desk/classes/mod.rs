//! The classes of the viewer, and one class with its pupils.
//!
//! The rule: sorted by plain facts alone; a count is of those whom the viewer reaches, and the page says so.

mod one;
mod order;

pub use one::ClassPage;

use crate::{
    api,
    routes::rel,
    text::{Text, common, desk, fill, list, t},
    time,
    ui::{Empty, EmptyKind, Failure, Loader, PageHead, Skeleton, TableCard},
};
use contract::wire::{Page, classes::ClassRow};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use order::{Key, Order};

/// Draws the page.
#[component]
pub fn ClassesPage() -> impl IntoView {
    let classes = Loader::new(|| async { api::classes::list().await });
    let line = Signal::derive(move || match classes.get() {
        Some(page) => fill(desk::CLASSES_LINE, &[("n", &page.items.len().to_string())]),
        None => String::new(),
    });
    view! {
        <PageHead title=Signal::derive(|| t(common::CLASSES).to_owned()) line=line />
        {move || classes.failure().map(|error| view! { <Failure error again=move |()| classes.reload() /> })}
        {move || match classes.get() {
            None if classes.failure().is_some() => ().into_any(),
            None => view! { <Skeleton lines=6 /> }.into_any(),
            Some(page) if page.items.is_empty() => view! { <Empty kind=EmptyKind::None title=desk::NO_CLASSES line=desk::NO_CLASSES_LINE /> }.into_any(),
            Some(page) => table(page),
        }}
    }
    .into_any()
}

fn table(page: Page<ClassRow>) -> AnyView {
    let query = use_query_map();
    let order = Memo::new(move |_| Order::read(query.with(|query| query.get("sort")).as_deref()));
    let roles = page.shown_as;
    let caption = Signal::derive(move || fill(desk::CLASSES_CAPTION, &[("roles", &list(roles.iter().copied()))]));
    let items = StoredValue::new(page.items);
    let rows = move || {
        let mut rows = items.get_value();
        order.get().sort(&mut rows);
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <TableCard label=Signal::derive(|| t(common::CLASSES).to_owned()) caption>
            <thead>
                <tr>{Key::ALL.into_iter().map(|(key, words)| column(key, words, order)).collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableCard>
    }
    .into_any()
}

fn column(key: Key, words: Text, order: Memo<Order>) -> AnyView {
    let go = use_navigate();
    let press = move |_| {
        let to = format!("/classes?sort={}", order.get_untracked().pressed(key).name());
        go(&to, leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() });
    };
    view! {
        <th scope="col" class=(key == Key::Pupils).then_some("num") aria-sort=move || order.get().says(key)>
            <button class="grid__sort" type="button" on:click=press>{move || t(words)}</button>
        </th>
    }
    .into_any()
}

fn row(class: ClassRow) -> AnyView {
    let ClassRow { id, name, campus, teacher, starts, ends, pupils } = class;
    let coming = (starts > time::today()).then_some(desk::COMING);
    let href = format!("/classes/{id}");
    view! {
        <tr>
            <th scope="row" class="grid__title">
                <a href=href.clone() rel=rel(&href)>{name}</a> " "
                {coming.map(|words| view! { <span class="tag">{move || t(words)}</span> })}
            </th>
            <td data-label=move || t(desk::CAMPUS)>{campus.name}</td>
            <td data-label=move || t(desk::TEACHER)>{teacher.name}</td>
            <td data-label=move || t(desk::PUPILS) class="num">{pupils}</td>
            <td data-label=move || t(desk::STARTS)><time datetime=starts.to_string()>{move || time::day(starts)}</time></td>
            <td data-label=move || t(desk::ENDS)><time datetime=ends.to_string()>{move || time::day(ends)}</time></td>
        </tr>
    }
    .into_any()
}
