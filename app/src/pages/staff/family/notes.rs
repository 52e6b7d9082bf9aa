//! The form for a follow-up note.
//!
//! The rule: while one types, the form says how many numbers it found, and shows what others will see in their place; it says so
//! again only when the count has changed. A mask made here is only a picture of what the server will do.

use super::{super::draft::path_label, next::NextContact};
use crate::{
    api,
    text::{Word, common, fill, live, staff},
    ui::{Button, ButtonKind, ErrorSummary, FormErrors, LeaveGuard, Loader, TextAreaField, shown::masked_stars, toast},
};
use contract::{
    FieldKey,
    error::ValueError,
    mask,
    wire::{families::FamilyCard, notes::NewNote},
};
use leptos::{prelude::*, task::spawn_local};

/// Id of the note's text and its path in the request.
pub const BODY: &str = "body";

/// The form.
#[component]
pub fn NoteForm(
    /// The family.
    family: Loader<FamilyCard>,
) -> impl IntoView {
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
                        family.next_contact = card.next_contact;
                        family.timeline = card.timeline;
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
            aria-label=live(staff::WRITE_NOTE)
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            <TextAreaField id=BODY label=FieldKey::NoteBody.word() value=body hint=staff::NOTE_HINT error=errors.at(BODY) />
            <div class="note note--found" hidden=move || found.get() == 0>
                <p role="status">{move || (found.get() > 0).then(|| fill(staff::NOTE_FOUND, &[("n", &found.get().to_string())]))}</p>
                <p class="muted log__words">{move || (found.get() > 0).then(|| body.with(|text| masked_stars(&mask::free_text(text))))}</p>
            </div>
            <NextContact id="next_contact" value=next error=errors.at("next_contact") />
            <div class="row">
                <Button kind=ButtonKind::Plain submit=true busy>{live(staff::SAVE_NOTE)}</Button>
                {move || dirty.get().then(|| view! {
                    <Button kind=ButtonKind::Quiet on_click=move |()| {
                        body.set(String::new());
                        next.set(String::new());
                        errors.clear();
                    }>{live(common::DISCARD)}</Button>
                })}
            </div>
        </form>
        <LeaveGuard id="note-leave" dirty />
    }
    .into_any()
}
