//! Follow-up notes, and the form for another.
//!
//! The rule: while one types, the form shows which numbers it found and what others will see in their place. A mask made here
//! is only a picture of what the server will do.

use super::super::{draft::path_label, leave::LeaveGuard};
use crate::{
    api,
    text::{Word, common, fill, staff, t},
    time,
    ui::{
        Button, ButtonKind, DateField, ErrorSummary, FormErrors, Loader, RevealTarget, Sealed, TextAreaField, shown::masked_stars, toast,
    },
};
use contract::{
    FieldKey,
    error::ValueError,
    mask,
    wire::{
        families::FamilyCard,
        notes::{NewNote, NoteCard},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// Id of the note's text and its path in the request.
pub const BODY: &str = "body";

/// Notes and form.
#[component]
pub fn Notes(
    /// The family.
    family: Loader<FamilyCard>,
    /// Whether the viewer may write notes.
    may_keep: Signal<bool>,
    /// Called after a look.
    on_opened: Callback<()>,
) -> impl IntoView {
    let notes = Memo::new(move |_| family.get().map(|family| family.notes).unwrap_or_default());
    view! {
        <section class="card" aria-labelledby="notes-title">
            <header class="card__head"><h2 id="notes-title">{move || t(staff::NOTES)}</h2></header>
            <div class="card__body stack">
                {move || may_keep.get().then(|| view! { <NoteForm family /> })}
                {move || notes.with(Vec::is_empty).then(|| view! { <p class="muted">{move || t(staff::NO_NOTES)}</p> })}
                <div class="log">
                    <ol class="log__list">
                        <For each=move || notes.get() key=|note| serde_json::to_string(note).unwrap_or_default() let:note>
                            {draw(note, on_opened)}
                        </For>
                    </ol>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn draw(note: NoteCard, on_opened: Callback<()>) -> AnyView {
    let NoteCard { id, at, by, body, next_contact, can } = note;
    view! {
        <li class="log__item">
            <p><Sealed target=RevealTarget::Note(id) field=FieldKey::NoteBody value=body.to_text() can on_opened /></p>
            <p class="log__meta">
                {by.name} " · " <time datetime=time::machine(at)>{move || time::moment(at)}</time>
                {next_contact.map(|day| view! { " · " <span class="nowrap">{move || fill(staff::NEXT_ON, &[("day", &time::day(day))])}</span> })}
            </p>
        </li>
    }
    .into_any()
}

#[component]
fn NoteForm(family: Loader<FamilyCard>) -> impl IntoView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let body = RwSignal::new(String::new());
    let next = RwSignal::new(String::new());
    let dirty = Memo::new(move |_| body.with(|text| !text.trim().is_empty()) || next.with(|day| !day.is_empty()));
    let found = Memo::new(move |_| body.with(|text| mask::found(text).len()));
    let send = move || {
        let Some(id) = family.now().map(|family| family.id) else { return };
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let text = body.get_untracked().trim().to_owned();
        if let Err(code) = FieldKey::NoteBody.check(&text) {
            errors.add(BODY, code);
        }
        let day = next.get_untracked();
        let next_contact = if day.is_empty() { None } else { day.parse::<chrono::NaiveDate>().ok() };
        if !day.is_empty() && next_contact.is_none() {
            errors.add("next_contact", ValueError::DateRange);
        }
        if !errors.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::families::add_note(id, &NewNote { body: text, next_contact }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(card) => {
                    body.set(String::new());
                    next.set(String::new());
                    // The rest stays as it is, with what may be half typed there.
                    family.update(|family| {
                        family.notes = card.notes;
                        family.ledger = card.ledger;
                    });
                    toast::done(staff::NOTE_SAVED);
                }
                Err(error) => errors.take(&error),
            }
        });
    };
    view! {
        <form
            class="form"
            aria-label=move || t(staff::WRITE_NOTE)
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            <TextAreaField id=BODY label=FieldKey::NoteBody.word() value=body hint=staff::NOTE_HINT error=errors.at(BODY) />
            <div role="status">
                {move || (found.get() > 0).then(|| view! {
                    <p class="note">
                        {fill(staff::NOTE_FOUND, &[("n", &found.get().to_string())])} " "
                        <span class="field field--masked">{body.with(|text| masked_stars(&mask::free_text(text)))}</span>
                    </p>
                })}
            </div>
            <DateField id="next_contact" label=staff::NEXT_CONTACT value=next error=errors.at("next_contact") optional=true half=true />
            <div class="row">
                <Button kind=ButtonKind::Plain submit=true busy>{move || t(staff::SAVE_NOTE)}</Button>
                {move || dirty.get().then(|| view! {
                    <Button kind=ButtonKind::Quiet on_click=move |()| {
                        body.set(String::new());
                        next.set(String::new());
                        errors.clear();
                    }>{move || t(common::DISCARD)}</Button>
                })}
            </div>
        </form>
        <LeaveGuard id="note-leave" dirty />
    }
    .into_any()
}
