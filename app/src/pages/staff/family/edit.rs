//! The form that changes one person.
//!
//! The rule: only what was touched is sent, with the version that was seen; a mask is never sent back. When somebody else was
//! faster, both sides stand beside each other and nothing typed is lost.

use super::{
    super::{
        draft::{path_label, take_under},
        leave::LeaveGuard,
        record::{Record, Wishes, wire_name},
    },
    conflict::{Clash, Line},
    person::close_button,
};
use crate::{
    text::{Word, staff, t},
    ui::{ErrorSummary, FormErrors, SaveBar, ShownInput, error_summary::focus, toast},
};
use contract::{Change, FieldKey, Shown, wire::families::Conflict};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// The form.
#[component]
pub fn EditForm(
    /// The person as the viewer saw them.
    record: Record,
    /// They were saved, or the other side was taken.
    on_saved: Callback<Record>,
    /// Closed without saving.
    on_close: Callback<()>,
) -> impl IntoView {
    let key = record.key();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let clash = RwSignal::new(None::<Conflict<Record>>);
    let inputs: Vec<(FieldKey, RwSignal<Change<String>>)> =
        record.editable().into_iter().map(|field| (field, RwSignal::new(Change::Keep))).collect();
    let dirty = {
        let inputs = inputs.clone();
        Memo::new(move |_| inputs.iter().any(|(_, change)| change.with(|change| !change.is_keep())))
    };
    let wishes = {
        let inputs = inputs.clone();
        move || -> Wishes {
            inputs.iter().map(|(field, change)| (*field, change.get_untracked())).filter(|(_, change)| !change.is_keep()).collect()
        }
    };
    let check = {
        let key = key.clone();
        move |wishes: &Wishes| {
            for (field, change) in wishes {
                if let Change::Set(text) = change
                    && let Err(code) = field.check(text)
                {
                    errors.add(&format!("{key}.{}", wire_name(*field)), code);
                }
            }
        }
    };
    let send = {
        let (record, key, wishes) = (record.clone(), key.clone(), wishes.clone());
        Callback::new(move |version: i64| {
            if busy.get_untracked() {
                return;
            }
            let wishes = wishes();
            errors.clear();
            check(&wishes);
            if wishes.is_empty() || !errors.is_empty() {
                return;
            }
            busy.set(true);
            let (record, key) = (record.clone(), key.clone());
            spawn_local(async move {
                let answer = record.save(version, &wishes).await;
                if busy.try_set(false).is_some() {
                    return;
                }
                match answer {
                    Ok(saved) => on_saved.run(saved),
                    Err(error) => match record.conflict(&error) {
                        Some(found) => clash.set(Some(found)),
                        None if error.fields().is_empty() => {
                            take_under(errors, &key, &error);
                            toast::failed(&error);
                        }
                        None => take_under(errors, &key, &error),
                    },
                }
            });
        })
    };
    let version = record.version();
    let discard = {
        let inputs = inputs.clone();
        Callback::new(move |()| {
            for (_, change) in &inputs {
                change.set(Change::Keep);
            }
            clash.set(None);
            errors.clear();
            on_close.run(());
        })
    };
    let first = inputs.first().map(|(field, _)| format!("{key}.{}", wire_name(*field)));
    if let Some(first) = first {
        set_timeout(move || focus(&first), Duration::from_millis(30));
    }
    let controls = {
        let (record, key) = (record.clone(), key.clone());
        inputs
            .iter()
            .map(|(field, change)| {
                let id = format!("{key}.{}", wire_name(*field));
                let erasable = field.check("").is_ok();
                view! { <ShownInput id=id.clone() field=*field value=record.value(*field) change=*change error=errors.at(id) erasable /> }
            })
            .collect_view()
    };
    let clashing = move || {
        clash.get().map(|found| {
            let lines = wishes()
                .into_iter()
                .map(|(field, change)| {
                    let (was, now) = (record.value(field), found.current.value(field));
                    let mine = match change {
                        Change::Set(text) => Shown::Clear(text),
                        Change::Erase => Shown::Clear(String::new()),
                        Change::Keep => was.clone(),
                    };
                    Line { what: field.word(), mine, changed: was != now, now }
                })
                .collect();
            let (current, version) = (found.current.clone(), found.current.version());
            view! {
                <Clash
                    lines
                    since=found.since
                    busy
                    on_mine=move |()| send.run(version)
                    on_theirs=move |()| on_saved.run(current.clone())
                />
            }
        })
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send.run(clash.with_untracked(|clash| clash.as_ref().map_or(version, |clash| clash.current.version())));
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            {clashing}
            {controls}
            <p class="faint">{move || t(staff::EDIT_NOTE)}</p>
            {move || (!dirty.get()).then(|| close_button(on_close))}
            <SaveBar dirty busy on_discard=move |()| discard.run(()) />
        </form>
        <LeaveGuard id=format!("{key}-leave") dirty />
    }
    .into_any()
}
