//! The dialog in which an alarm is closed.

use super::super::acting::act_or;
use crate::{
    api,
    text::{Text, Word, alarms, common, t},
    ui::{Button, ButtonKind, Dialog, Loader, Segmented, TextAreaField, toast, waiting},
};
use contract::{
    error::FieldError,
    ids::AlarmId,
    wire::{
        Page,
        alarms::{AlarmCard, AlarmClosing, Outcome, WORDS_LENGTH},
    },
};
use leptos::prelude::*;

/// The alarm that is being closed.
#[derive(Clone, Copy)]
pub struct Closing {
    page: Loader<Page<AlarmCard>>,
    open: RwSignal<bool>,
    id: RwSignal<Option<AlarmId>>,
    outcome: RwSignal<String>,
    words: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Closing {
    /// None yet.
    pub fn new(page: Loader<Page<AlarmCard>>) -> Self {
        Self {
            page,
            open: RwSignal::new(false),
            id: RwSignal::new(None),
            outcome: RwSignal::new(Outcome::Usual.name().to_owned()),
            words: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    /// Opens the dialog. What was typed about the same alarm is still there.
    pub fn begin(self, id: AlarmId) {
        if self.id.get_untracked() != Some(id) {
            self.words.set(String::new());
        }
        self.id.set(Some(id));
        self.errors.set(Vec::new());
        self.open.set(true);
    }
    fn send(self) {
        let Some(id) = self.id.get_untracked() else { return };
        let chosen = self.outcome.get_untracked();
        let Some(outcome) = Outcome::ALL.iter().copied().find(|outcome| outcome.name() == chosen) else { return };
        let closing = AlarmClosing { outcome, words: self.words.get_untracked() };
        act_or(
            self.busy,
            move || {
                let closing = closing.clone();
                Box::pin(async move { api::alarms::close(id, &closing).await })
            },
            move |_| {
                self.open.set(false);
                self.words.set(String::new());
                self.page.reload();
                toast::done(alarms::DONE);
                waiting::again();
            },
            move |error| {
                let fields = error.fields();
                if fields.is_empty() {
                    toast::failed(&error);
                    self.open.set(false);
                    self.page.reload();
                }
                self.errors.set(fields);
            },
        );
    }
}

/// The dialog.
pub fn dialog(closing: Closing) -> AnyView {
    let options = Signal::derive(|| Outcome::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect());
    let error: Signal<Option<Text>> = Signal::derive(move || {
        closing.errors.with(|errors| errors.iter().find(|error| error.at == "words").map(|error| error.code.word()))
    });
    view! {
        <Dialog open=closing.open id="close-alarm" title=Signal::derive(|| t(alarms::CLOSE_TITLE).to_owned())>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    closing.send();
                }
            >
                <div class="dialog__body">
                    <Segmented id="outcome" label=alarms::OUTCOME value=closing.outcome options />
                    <TextAreaField id="words" label=alarms::WORDS hint=alarms::WORDS_HINT value=closing.words error max=WORDS_LENGTH />
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| closing.open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=closing.busy>{move || t(alarms::CLOSE_NOW)}</Button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}
