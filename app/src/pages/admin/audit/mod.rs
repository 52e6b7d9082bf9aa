//! Reports of audits: the list, one report, its findings and its signature.
//!
//! The rule: what a report says is what was frozen; nothing here is computed but words and the names of days. Deliberately absent: a
//! change of a report.

mod draw;
mod figures;
mod finding;
mod parts;
mod report;
mod say;
mod sign;
mod use_of_rights;

pub use report::AuditPage;

use crate::{
    api,
    text::{Word, audits, common, fill, t},
    time,
    ui::{Button, ButtonKind, Empty, EmptyKind, Loader, PageHead, TableCard, loaded},
};
use contract::wire::audits::{AuditLine, AuditState, Audits};
use leptos::prelude::*;

/// Draws the list.
#[component]
pub fn AuditsPage() -> impl IntoView {
    let page = Loader::new(|| async { api::audits::list().await });
    let open = RwSignal::new(false);
    let may_draw = Memo::new(move |_| page.get().is_some_and(|page| page.may_draw));
    view! {
        <PageHead title=Signal::derive(|| t(audits::TITLE).to_owned()) line=Signal::derive(|| t(audits::LINE).to_owned())>
            {move || may_draw.get().then(|| view! {
                <Button kind=ButtonKind::Primary on_click=move |()| open.set(true)>{move || t(audits::DRAW)}</Button>
            })}
        </PageHead>
        {loaded(page, list)}
        {draw::dialog(open)}
    }
    .into_any()
}

const fn tone(state: AuditState) -> &'static str {
    match state {
        AuditState::Drawn => "tag tag--amber",
        AuditState::Signed => "tag tag--jade",
        AuditState::Declined => "tag tag--plum",
    }
}

fn list(page: Audits) -> AnyView {
    let Audits { items, may_draw } = page;
    if items.is_empty() {
        let line = if may_draw { audits::FIRST_LINE } else { audits::FIRST_OTHERS };
        return view! { <Empty kind=EmptyKind::First title=audits::FIRST line /> }.into_any();
    }
    let count = items.len().to_string();
    let heads = [audits::REPORT, audits::DRAWN_BY, audits::OPEN_FINDINGS, audits::STATE];
    view! {
        <TableCard
            label=Signal::derive(|| t(audits::TITLE).to_owned())
            caption=Signal::derive(move || fill(audits::CAPTION, &[("n", &count)]))
        >
            <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{items.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

fn row(line: AuditLine) -> AnyView {
    let AuditLine { id, from, to, drawn_at, drawn_by, state, open } = line;
    let count = move || if open == 0 { t(common::NOTHING).to_owned() } else { open.to_string() };
    view! {
        <tr>
            <th scope="row" class="grid__title"><a href=format!("/admin/audit/{id}")>{move || parts::period(from, to)}</a></th>
            <td data-label=move || t(audits::DRAWN_BY)>
                <span>{drawn_by} " " <time class="faint num" datetime=time::machine(drawn_at)>{move || time::moment(drawn_at)}</time></span>
            </td>
            <td data-label=move || t(audits::OPEN_FINDINGS)>{count}</td>
            <td class="grid__aside"><span class=tone(state)>{move || t(state.word())}</span></td>
        </tr>
    }
    .into_any()
}
