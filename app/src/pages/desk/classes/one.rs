//! One class: its pupils in the viewer's form, on the screen and on paper.
//!
//! The rule: a list is a look and recorded; what is printed is what is shown, with the reader and the time across the sheet.
//! Deliberately absent: a seal, since a list is no place to open one value; the card is a press away.

use crate::{
    api,
    pages::not_found::NotFoundPage,
    routes::rel,
    text::{Word, common, desk, fill, list, t},
    time,
    ui::{Button, Empty, EmptyKind, Failure, Glyph, Icon, Loader, PageHead, ShownValue, Skeleton, TableCard, watermark::watermark},
};
use contract::{
    FieldKey,
    error::ErrorCode,
    ids::ClassId,
    wire::classes::{ClassCard, Pupil},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Draws the page.
#[component]
pub fn ClassPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<ClassId>().ok())));
    move || match id.get() {
        Some(id) => view! { <Class id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Class(id: ClassId) -> impl IntoView {
    let class = Loader::new(move || async move { api::classes::card(id).await });
    move || match (class.failure(), class.get()) {
        (Some(error), _) if error.code() == Some(ErrorCode::NotFound) => view! { <NotFoundPage /> }.into_any(),
        (Some(error), _) => view! { <Failure error again=move |()| class.reload() /> }.into_any(),
        (None, Some(class)) => page(class),
        (None, None) => view! { <Skeleton lines=8 /> }.into_any(),
    }
}

fn page(card: ClassCard) -> AnyView {
    let ClassCard { class, pupils, shown_as } = card;
    let name = class.name.clone();
    let line = Signal::derive(move || {
        let (from, to) = (time::day(class.starts), time::day(class.ends));
        let with = [("campus", class.campus.name.as_str()), ("teacher", class.teacher.name.as_str()), ("from", &from), ("to", &to)];
        fill(desk::CLASS_LINE, &with)
    });
    let count = pupils.len().to_string();
    let caption = Signal::derive(move || fill(desk::CLASS_CAPTION, &[("n", &count), ("roles", &list(shown_as.iter().copied()))]));
    let is_empty = pupils.is_empty();
    let rows = pupils.into_iter().zip(1_u32..).map(row).collect_view();
    let table = view! {
        <TableCard label=Signal::derive(|| t(desk::PUPILS).to_owned()) caption>
            <thead>
                <tr>
                    <th scope="col" class="num grid__minor">"#"</th>
                    <th scope="col">{|| t(FieldKey::StudentName.word())}</th>
                    <th scope="col">{|| t(FieldKey::StudentBirthDate.word())}</th>
                    <th scope="col">{|| t(desk::SINCE)}</th>
                    <th scope="col" class="print-only">{|| t(desk::REMARK)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableCard>
    };
    view! {
        <PageHead title=Signal::derive(move || name.clone()) line=line crumbs=vec![("/classes", common::CLASSES)]>
            {(!is_empty).then(|| view! {
                <Button on_click=|()| {
                    if let Some(window) = web_sys::window() {
                        let _ = window.print();
                    }
                }><Icon glyph=Glyph::Print /> " " {|| t(desk::PRINT_LIST)}</Button>
            })}
        </PageHead>
        {if is_empty { view! { <Empty kind=EmptyKind::None title=desk::NO_PUPILS line=desk::NO_PUPILS_LINE /> }.into_any() } else { table.into_any() }}
        {watermark()}
    }
    .into_any()
}

fn row((pupil, at): (Pupil, u32)) -> AnyView {
    let Pupil { family, name, birth_date, since, .. } = pupil;
    let href = format!("/families/{family}");
    view! {
        <tr>
            <td class="num grid__minor">{at}</td>
            <th scope="row" class="grid__title"><a href=href.clone() rel=rel(&href)><ShownValue value=name.to_text() /></a></th>
            <td data-label=move || t(FieldKey::StudentBirthDate.word())><ShownValue value=birth_date.to_text() /></td>
            <td data-label=move || t(desk::SINCE)><time datetime=since.to_string()>{move || time::day(since)}</time></td>
            <td class="print-only"></td>
        </tr>
    }
    .into_any()
}
