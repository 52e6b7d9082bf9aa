//! The auditor's list: who did what, when, why, with which fields in which form.
//!
//! The rule: the trail holds no values, and reading it is itself a line of it. Deliberately absent: searching it by a person.

use crate::{
    api,
    text::{Word, admin, comma, field_among, fill, list, t},
    time,
    ui::{Button, Empty, EmptyKind, Loader, PageHead, TableCard, loaded, toast},
};
use contract::wire::{
    Page,
    ledger::{Action, FieldLook, LedgerLine},
    reveals::Reason,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// Draws the page.
#[component]
pub fn TrailPage() -> impl IntoView {
    let query = use_query_map();
    let action = Memo::new(move |_| {
        query.with(|query| query.get("action")).and_then(|name| Action::ALL.iter().copied().find(|action| action.name() == name))
    });
    let page = Loader::new(move || {
        let action = action.get();
        async move { api::trail::list(action, None).await }
    });
    let older = RwSignal::new(false);
    let go_on = Callback::new(move |()| {
        let Some(next) = page.now().and_then(|page| page.next) else { return };
        if older.get_untracked() {
            return;
        }
        older.set(true);
        let action = action.get_untracked();
        spawn_local(async move {
            let answer = api::trail::list(action, Some(next.clone())).await;
            let _ = older.try_set(false);
            match answer {
                // The list may have been read anew meanwhile, for another action.
                Ok(more) => page.update(|page| {
                    if page.next.as_ref() == Some(&next) {
                        page.items.extend(more.items);
                        page.next = more.next;
                    }
                }),
                Err(error) => toast::failed(&error),
            }
        });
    });
    view! {
        <PageHead
            title=Signal::derive(|| t(admin::TRAIL_TITLE).to_owned())
            line=Signal::derive(|| t(admin::TRAIL_LINE).to_owned())
        />
        <Filter action />
        {loaded(page, move |rows: Page<LedgerLine>| {
            if rows.items.is_empty() {
                return view! { <Empty kind=EmptyKind::None title=admin::TRAIL_NONE line=admin::TRAIL_NONE_LINE /> }.into_any();
            }
            let count = rows.items.len().to_string();
            let more = rows.next.is_some();
            view! {
                <TableCard
                    label=Signal::derive(|| t(admin::TRAIL_TITLE).to_owned())
                    caption=Signal::derive(move || fill(admin::TRAIL_CAPTION, &[("n", &count)]))
                    busy=Signal::derive(move || page.is_busy())
                >
                    <thead>
                        <tr>
                            {[admin::WHO, admin::WHEN, admin::ACTION, admin::RECORD, admin::LOOKS, admin::WHY]
                                .into_iter()
                                .map(|word| view! { <th scope="col">{move || t(word)}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.items.into_iter().map(|line| view! { <Row line /> }).collect_view()}</tbody>
                </TableCard>
                <div class="pager">
                    {more.then(|| view! { <Button busy=older on_click=go_on>{move || t(admin::OLDER)}</Button> })}
                </div>
            }
            .into_any()
        })}
    }
}

#[component]
fn Filter(action: Memo<Option<Action>>) -> impl IntoView {
    let go = use_navigate();
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            <div class="form__field">
                <label class="form__label" for="action">{move || t(admin::ACTION)}</label>
                <select
                    class="input"
                    id="action"
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        let path = if chosen.is_empty() { "/admin/trail".to_owned() } else { format!("/admin/trail?action={chosen}") };
                        go(&path, NavigateOptions::default());
                    }
                >
                    <option value="" selected=move || action.get().is_none()>{move || t(admin::EVERY_ACTION)}</option>
                    {Action::ALL.iter().map(|one| view! {
                        <option value=one.name() selected=move || action.get() == Some(*one)>{move || t(one.word())}</option>
                    }).collect_view()}
                </select>
            </div>
        </form>
    }
}

#[component]
fn Row(line: LedgerLine) -> impl IntoView {
    let LedgerLine { at, who, roles, action, record, reason, looks, .. } = line;
    let tone = match action {
        Action::Revealed | Action::Exported | Action::PolicyChanged => "tag tag--amber",
        Action::Refused | Action::SignInRefused => "tag tag--plum",
        _ => "tag tag--quiet",
    };
    view! {
        <tr>
            <th scope="row" class="grid__title">
                {if who.is_empty() { view! { <span class="faint">{move || t(admin::NOBODY)}</span> }.into_any() } else { who.into_any() }}
                {(!roles.is_empty()).then(|| view! { " " <span class="faint">{move || list(roles.iter().copied())}</span> })}
            </th>
            <td data-label=move || t(admin::WHEN) class="nowrap"><time datetime=time::machine(at)>{move || time::moment(at)}</time></td>
            <td class="grid__aside"><span class=tone>{move || t(action.word())}</span></td>
            <td data-label=move || t(admin::RECORD) class="nowrap">{move || record.map(|record| t(record.word()))}</td>
            <td data-label=move || t(admin::LOOKS) class="grid__words">{move || looks_in_words(&looks)}</td>
            <td data-label=move || t(admin::WHY) class="grid__words">{move || reason.as_ref().map(reason_in_words)}</td>
        </tr>
    }
}

fn looks_in_words(looks: &[FieldLook]) -> String {
    looks.iter().map(|look| format!("{} {}", field_among(look.field, looks), t(look.form.word()))).collect::<Vec<_>>().join(comma())
}

fn reason_in_words(reason: &Reason) -> String {
    if reason.text.is_empty() { t(reason.code.word()).to_owned() } else { format!("{} · {}", t(reason.code.word()), reason.text) }
}
