//! The honey records: families that do not exist, and marking one.
//!
//! The rule: a mark is an id and who set it; the family is looked at where families are, by whoever may. Deliberately absent: a way to
//! make the family here, which would look unlike the others in the trail.

use super::{super::acting::act_or, tabs};
use crate::{
    api::{self, ApiError},
    session,
    text::{Text, alarms, fill, t},
    time,
    ui::{Button, ButtonKind, Empty, EmptyKind, Loader, PageHead, TableCard, TextField, loaded, toast},
};
use contract::{
    Duty,
    error::ErrorCode,
    ids::FamilyId,
    wire::alarms::{HoneyMark, HoneyMarks},
};
use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn HoneyPage() -> impl IntoView {
    let marks = Loader::new(api::alarms::honey);
    let keeps = session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepPolicy));
    let busy = RwSignal::new(false);
    view! {
        <PageHead
            title=Signal::derive(|| t(alarms::HONEY_TITLE).to_owned())
            line=Signal::derive(move || t(if keeps { alarms::HONEY_LINE } else { alarms::RULES_READ }).to_owned())
        />
        {tabs("/admin/alarms/honey")}
        <div class="stack">
            {keeps.then(|| form(marks, busy))}
            {loaded(marks, move |marks_now: HoneyMarks| table(marks_now, keeps, marks, busy))}
        </div>
    }
    .into_any()
}

/// The id itself, or the end of the address of its page.
fn family(text: &str) -> Option<FamilyId> {
    let path = text.trim().split(['?', '#']).next()?;
    path.trim_end_matches('/').rsplit('/').next()?.parse().ok()
}

fn form(marks: Loader<HoneyMarks>, busy: RwSignal<bool>) -> AnyView {
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<Text>);
    let send = move || {
        let Some(id) = family(&value.get_untracked()) else { return error.set(Some(alarms::HONEY_WRONG)) };
        error.set(None);
        act_or(
            busy,
            move || Box::pin(api::alarms::honey_mark(id)),
            move |fresh| {
                value.set(String::new());
                toast::done(alarms::HONEY_MARKED);
                marks.update(|marks| *marks = fresh);
            },
            move |failed: ApiError| match failed.code() {
                Some(ErrorCode::NotFound) => error.set(Some(alarms::HONEY_WRONG)),
                _ => toast::failed(&failed),
            },
        );
    };
    view! {
        <form
            class="card honey"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <TextField id="family" label=alarms::HONEY_FAMILY hint=alarms::HONEY_HINT value error />
            <Button kind=ButtonKind::Primary submit=true busy>{move || t(alarms::HONEY_MARK)}</Button>
        </form>
    }
    .into_any()
}

fn table(now: HoneyMarks, keeps: bool, marks: Loader<HoneyMarks>, busy: RwSignal<bool>) -> AnyView {
    if now.items.is_empty() {
        return view! { <Empty kind=EmptyKind::First title=alarms::HONEY_NONE line=alarms::HONEY_NONE_LINE /> }.into_any();
    }
    view! {
        <TableCard
            label=Signal::derive(|| t(alarms::HONEY_TITLE).to_owned())
            caption=Signal::derive(|| t(alarms::HONEY_TITLE).to_owned())
            busy=Signal::derive(|| false)
        >
            <thead><tr>
                {[alarms::HONEY_FAMILY_SHORT, alarms::HONEY_BY]
                    .into_iter()
                    .map(|word| view! { <th scope="col">{move || t(word)}</th> })
                    .collect_view()}
                <th scope="col"><span class="visually-hidden">{move || t(alarms::HONEY_UNMARK)}</span></th>
            </tr></thead>
            <tbody>{now.items.into_iter().map(|mark| row(mark, keeps, marks, busy)).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

fn row(mark: HoneyMark, keeps: bool, marks: Loader<HoneyMarks>, busy: RwSignal<bool>) -> AnyView {
    let HoneyMark { family, marked_by, marked_at } = mark;
    let id = family.to_string();
    let label = id.clone();
    let unmark = move |_| {
        act_or(
            busy,
            move || Box::pin(api::alarms::honey_unmark(family)),
            move |fresh| {
                toast::done(alarms::HONEY_UNMARKED);
                marks.update(|marks| *marks = fresh);
            },
            |failed| toast::failed(&failed),
        );
    };
    view! {
        <tr>
            <th scope="row" class="grid__title honey__id">{id}</th>
            <td data-label=move || t(alarms::HONEY_BY)>
                {move || fill(alarms::HONEY_BY_AT, &[
                    ("who", marked_by.as_deref().unwrap_or(t(alarms::HONEY_SERVER))),
                    ("at", &time::moment(marked_at)),
                ])}
            </td>
            <td>{keeps.then(|| view! {
                <button
                    class="button button--quiet button--small"
                    type="button"
                    aria-label=move || fill(alarms::HONEY_UNMARK_NAMED, &[("id", &label)])
                    on:click=unmark
                >
                    {move || t(alarms::HONEY_UNMARK)}
                </button>
            })}</td>
        </tr>
    }
    .into_any()
}
