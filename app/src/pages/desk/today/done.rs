//! A follow-up done in its place: a note, and when to get in touch again.
//!
//! The rule: a note without a next day takes the family off the list, and the form says so. While one types it shows which
//! numbers others will see masked.

use super::names;
use crate::{
    api,
    text::{Text, Word, common, desk, fill, staff, t},
    ui::{DateField, Dialog, ErrorSummary, FormErrors, Loader, TextAreaField, shown::masked_stars, toast, waiting},
};
use chrono::{NaiveDate, TimeDelta};
use contract::{
    FieldKey,
    error::ValueError,
    mask,
    wire::{
        notes::NewNote,
        today::{FamilyBrief, Today},
    },
};
use leptos::{prelude::*, task::spawn_local};

const BODY: &str = "body";
const NEXT: &str = "next_contact";

/// The dialog.
#[component]
pub fn Done(
    /// The family that was spoken to.
    doing: RwSignal<Option<FamilyBrief>>,
    /// Today at the school.
    day: NaiveDate,
    /// What is read again afterwards.
    loader: Loader<Today>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(doing.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && doing.with_untracked(Option::is_some) {
            doing.set(None);
        }
    });
    view! {
        <Dialog open id="done" title=Signal::derive(|| t(staff::WRITE_NOTE).to_owned())>
            {move || doing.get().map(|family| form(family, day, open, loader))}
        </Dialog>
    }
    .into_any()
}

fn form(family: FamilyBrief, day: NaiveDate, open: RwSignal<bool>, loader: Loader<Today>) -> AnyView {
    let id = family.id;
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let body = RwSignal::new(String::new());
    let next = RwSignal::new(String::new());
    let found = Memo::new(move |_| body.with(|text| mask::found(text).len()));
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let text = body.get_untracked().trim().to_owned();
        if let Err(code) = FieldKey::NoteBody.check(&text) {
            errors.add(BODY, code);
        }
        let next_contact = next.with_untracked(|day| day.parse::<NaiveDate>().ok());
        if next_contact.is_none() && next.with_untracked(|day| !day.is_empty()) {
            errors.add(NEXT, ValueError::DateRange);
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
                Ok(_) => {
                    open.set(false);
                    toast::done(staff::NOTE_SAVED);
                    waiting::again();
                    loader.reload();
                }
                Err(error) => errors.take(&error),
            }
        });
    };
    let label = |path: String| t(if path == NEXT { staff::NEXT_CONTACT } else { FieldKey::NoteBody.word() }).to_owned();
    let soon = [(desk::TOMORROW, 1), (desk::IN_THREE_DAYS, 3), (desk::IN_A_WEEK, 7), (desk::IN_A_MONTH, 30)];
    let chip = move |(words, days): (Text, i64)| {
        let on = day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day).to_string();
        view! {
            <button class="button button--small button--quiet" type="button" on:click=move |_| next.set(on.clone())>{move || t(words)}</button>
        }
    };
    view! {
        <form
            class="dialog__body"
            id="done-form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label />
            <p>{names(&family, None)}</p>
            <div>
            <TextAreaField id=BODY label=FieldKey::NoteBody.word() value=body hint=staff::NOTE_HINT error=errors.at(BODY) />
            <div role="status">
                {move || (found.get() > 0).then(|| view! {
                    <p class="note">
                        {fill(staff::NOTE_FOUND, &[("n", &found.get().to_string())])} " "
                        <span class="field field--masked">{body.with(|text| masked_stars(&mask::free_text(text)))}</span>
                    </p>
                })}
            </div>
            </div>
            <DateField id=NEXT label=staff::NEXT_CONTACT value=next hint=desk::NEXT_HINT error=errors.at(NEXT) optional=true />
            <div class="row">{soon.map(chip).collect_view()}</div>
        </form>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>{move || t(common::CANCEL)}</button>
            <button class="button button--primary" type="submit" form="done-form" aria-busy=move || busy.get().then_some("true")>
                {move || t(staff::SAVE_NOTE)}
            </button>
        </footer>
    }
    .into_any()
}
