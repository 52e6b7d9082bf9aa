//! A look at one family beside the list, without leaving it.
//!
//! The rule: it is a look like the page's own, asked of the server and recorded, in the viewer's form; the list stays usable behind
//! it. The focus goes to it and, when it closes, back to the row. Deliberately absent: changing anything, and reading ahead.

use super::{
    super::record::Record,
    grid::{Grid, row_of},
};
use crate::{
    api,
    text::{Word, common, families as words, staff, t},
    time,
    ui::{Loader, Sealed, StageTag, loaded},
};
use contract::{FieldKey, ids::FamilyId, wire::families::FamilyCard};
use leptos::{html, prelude::*};

/// The drawer; open while `peek` names a family.
pub fn drawer(grid: Grid, peek: RwSignal<Option<FamilyId>>) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |before: Option<Option<FamilyId>>| {
        let now = peek.get();
        let before = before.flatten();
        if let Some(row) = before.and_then(row_of) {
            let _ = row.remove_attribute("data-cursor");
            if now.is_none() {
                let _ = row.focus();
            }
        }
        if let Some(row) = now.and_then(row_of) {
            let _ = row.set_attribute("data-cursor", "");
            row.scroll_into_view_with_bool(false);
        }
        if let Some(dialog) = node.get() {
            match now {
                Some(_) if !dialog.open() => {
                    dialog.show();
                    let _ = dialog.focus();
                }
                None if dialog.open() => dialog.close(),
                _ => {}
            }
        }
        now
    });
    let content = move || {
        let id = peek.get()?;
        let family = Loader::new(move || async move { api::families::card(id).await });
        Some(view! {
            <div class="dialog__body">{loaded(family, card)}</div>
            <div class="dialog__foot">
                <span class="faint">{move || t(words::PEEK_NOTE)}</span>
                <a class="button button--primary end" href=format!("/families/{id}") rel="external">{move || t(words::OPEN)} " " <kbd class="kbd" aria-hidden="true">"↵"</kbd></a>
            </div>
        })
    };
    let title = move || peek.get().map(|id| grid.name(id)).unwrap_or_default();
    view! {
        <dialog class="drawer" tabindex="-1" node_ref=node aria-labelledby="peek-title">
            <header class="dialog__head">
                <h2 id="peek-title">{move || t(words::PEEK_TITLE)} <span class="visually-hidden">" " {title}</span></h2>
                <button class="dialog__close" type="button" aria-label=move || t(common::CLOSE) on:click=move |_| peek.set(None)>"✕"</button>
            </header>
            {content}
        </dialog>
    }
    .into_any()
}

fn card(family: FamilyCard) -> AnyView {
    let owner = family.owner.map(|owner| owner.name);
    let note = family.notes.first().cloned();
    let students = family.students.into_iter().map(|card| Record::Student(Box::new(card)));
    let guardians = family.guardians.into_iter().map(|card| Record::Guardian(Box::new(card)));
    view! {
        <p class="row">
            <StageTag stage=family.stage />
            <span class="muted">{family.campus.name} " · " {move || owner.clone().unwrap_or_else(|| t(staff::NOBODY).to_owned())}</span>
        </p>
        {students.chain(guardians).map(|record| person(&record)).collect_view()}
        {note.map(|note| view! {
            <section>
                <h3>{move || t(staff::NOTES)}</h3>
                <p><time class="faint">{move || time::moment(note.at)}</time></p>
                <crate::ui::ShownValue value=note.body.to_text() />
            </section>
        })}
    }
    .into_any()
}

fn person(record: &Record) -> AnyView {
    let kind = record.kind();
    let row = |field: FieldKey| {
        let (target, value, can) = (record.target(), record.value(field), record.can().clone());
        view! {
            <div class="facts__row"><dt>{move || t(field.word())}</dt><dd><Sealed target field value can /></dd></div>
        }
        .into_any()
    };
    view! {
        <section>
            <h3>{move || t(kind.word())}</h3>
            <dl class="facts">{FieldKey::of(kind).map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}
