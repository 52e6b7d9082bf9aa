//! The form that changes one person.
//!
//! The rule: only what was touched is sent, with the version that was seen; a mask is never sent back. When somebody else was
//! faster, both sides stand in the place of the inputs, a choice for each field, and nothing typed is lost.

use super::{
    super::{
        draft::{path_label, take_under},
        record::{Record, Wishes, wire_name},
    },
    conflict::{Choices, Clash, Line},
    person::close_button,
};
use crate::{
    text::{Word, common, staff, t},
    ui::{ErrorSummary, FormErrors, LeaveGuard, SaveBar, ShownInput, error_summary::focus_soon, toast},
};
use contract::{
    Change, FieldKey, Shown,
    wire::{families::Conflict, ledger::Action},
};
use leptos::{prelude::*, task::spawn_local};

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
    let choices = Choices::new();
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
        move || {
            if busy.get_untracked() {
                return;
            }
            let mut wishes = wishes();
            wishes.retain(|(field, _)| !choices.gave_up(field.word()));
            errors.clear();
            check(&wishes);
            if !errors.is_empty() {
                return;
            }
            let current = clash.get_untracked().map(|clash| clash.current);
            let version = current.as_ref().unwrap_or(&record).version();
            if wishes.is_empty() {
                // Every choice fell on the other side.
                if let Some(current) = current {
                    on_saved.run(current);
                }
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
                    Ok(saved) => {
                        toast::done(common::SAVED);
                        on_saved.run(saved);
                    }
                    Err(error) => {
                        choices.clear();
                        clash.set(record.conflict(&error));
                        if clash.with_untracked(Option::is_some) {
                            return;
                        }
                        take_under(errors, &key, &error);
                        if error.fields().is_empty() {
                            toast::failed(&error);
                        }
                    }
                }
            });
        }
    };
    let discard = {
        let inputs = inputs.clone();
        Callback::new(move |()| {
            for (_, change) in &inputs {
                change.set(Change::Keep);
            }
            match clash.get_untracked() {
                Some(found) => on_saved.run(found.current),
                None => on_close.run(()),
            }
        })
    };
    let first = inputs.first().map(|(field, _)| format!("{key}.{}", wire_name(*field)));
    if let Some(first) = first {
        focus_soon(first);
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
    let name = format!("{key}-clash");
    let clashing = move || {
        clash.get().map(|found| {
            let rewrote = |field| {
                let lines = found.since.iter().filter(|line| line.action == Action::Changed);
                lines.flat_map(|line| &line.looks).any(|look| look.field == field)
            };
            let lines = wishes()
                .into_iter()
                .map(|(field, change)| {
                    let (was, now) = (record.value(field), found.current.value(field));
                    let mine = match change {
                        Change::Set(text) => Shown::Clear(text),
                        Change::Erase => Shown::Clear(String::new()),
                        Change::Keep => was.clone(),
                    };
                    // Two values may have the same mask: who wrote what is asked too.
                    Line { what: field.word(), mine, changed: was != now || rewrote(field), now }
                })
                .collect();
            view! { <Clash id=name.clone() lines since=found.since choices /> }
        })
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            {clashing}
            <div class="form" hidden=move || clash.with(Option::is_some)>{controls}</div>
            <p class="faint">{move || t(staff::EDIT_NOTE)}</p>
            {move || (!dirty.get()).then(|| close_button(on_close))}
            <SaveBar dirty busy on_discard=move |()| discard.run(()) />
        </form>
        <LeaveGuard id=format!("{key}-leave") dirty />
    }
    .into_any()
}
