//! The dialog in which a request is met or declined.
//!
//! The rule: what the guardian will read is said before it is sent. A record that moved on meanwhile is shown as it is now,
//! and nothing is written.

use crate::{
    api,
    text::{Text, Word, common, fill, requests, t},
    ui::{Button, ButtonKind, Dialog, Loader, ShownValue, TextAreaField, TextField, shown_input::keyboard, toast, waiting},
};
use contract::{
    FieldKey,
    error::FieldError,
    wire::{
        Page,
        corrections::{AskedCorrection, CorrectionDecision, CorrectionWish, MOST_WORDS, Verdict},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// The decision that is being made.
#[derive(Clone, Copy)]
pub struct Deciding {
    page: Loader<Page<AskedCorrection>>,
    open: RwSignal<bool>,
    about: RwSignal<Option<(AskedCorrection, Verdict)>>,
    value: RwSignal<String>,
    answer: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Deciding {
    /// None yet.
    pub fn new(page: Loader<Page<AskedCorrection>>) -> Self {
        Self {
            page,
            open: RwSignal::new(false),
            about: RwSignal::new(None),
            value: RwSignal::new(String::new()),
            answer: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    /// Opens the dialog.
    pub fn begin(self, asked: AskedCorrection, verdict: Verdict) {
        self.about.set(Some((asked, verdict)));
        self.value.set(String::new());
        self.answer.set(String::new());
        self.errors.set(Vec::new());
        self.open.set(true);
    }
    fn error(self, at: &'static str) -> Signal<Option<Text>> {
        Signal::derive(move || self.errors.with(|errors| errors.iter().find(|error| error.at == at).map(|error| error.code.word())))
    }
    fn send(self) {
        let Some((asked, verdict)) = self.about.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.errors.set(Vec::new());
        let (value, answer) = (self.value.get_untracked(), self.answer.get_untracked());
        let decision = CorrectionDecision { version: asked.person.version, verdict, value, answer };
        spawn_local(async move {
            let done = api::corrections::decide(asked.correction.id, &decision).await;
            let _ = self.busy.try_set(false);
            match done {
                Ok(_) => {
                    let _ = self.open.try_set(false);
                    self.page.reload();
                    toast::done(if verdict == Verdict::Accept { requests::ACCEPTED } else { requests::DECLINED });
                    waiting::again();
                }
                Err(error) if !error.fields().is_empty() => {
                    let _ = self.errors.try_set(error.fields());
                }
                Err(error) => {
                    toast::failed(&error);
                    let _ = self.open.try_set(false);
                    self.page.reload();
                }
            }
        });
    }
}

/// The dialog.
pub fn dialog(deciding: Deciding) -> AnyView {
    let title = Signal::derive(move || {
        deciding.about.get().map_or_else(String::new, |(asked, verdict)| {
            let text = if verdict == Verdict::Accept { requests::ACCEPT_TITLE } else { requests::DECLINE_TITLE };
            fill(text, &[("field", t(asked.correction.field.word()))])
        })
    });
    view! {
        <Dialog open=deciding.open id="decide" title>
            {move || deciding.about.get().map(|(asked, verdict)| form(deciding, asked, verdict))}
        </Dialog>
    }
    .into_any()
}

fn form(deciding: Deciding, asked: AskedCorrection, verdict: Verdict) -> AnyView {
    let field = asked.correction.field;
    let finds_out = verdict == Verdict::Accept && asked.correction.wish == CorrectionWish::Check;
    let kind = if field == FieldKey::StudentBirthDate { "date" } else { "text" };
    let proposed = asked.correction.proposed;
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                deciding.send();
            }
        >
            <div class="dialog__body">
                <p class="row">
                    <ShownValue value=asked.present />
                    {proposed.map(|value| view! { <span aria-hidden="true">"→"</span> <ShownValue value=value /> })}
                </p>
                {finds_out.then(|| view! {
                    <TextField
                        id="value"
                        label=requests::RIGHT_VALUE
                        value=deciding.value
                        error=deciding.error("value")
                        kind
                        mode=keyboard(field).unwrap_or_default()
                        max=2000
                        autofocus=true
                    />
                })}
                <TextAreaField
                    id="answer"
                    label=if verdict == Verdict::Accept { requests::ANSWER } else { requests::WHY_NOT }
                    hint=requests::ANSWER_HINT
                    value=deciding.answer
                    error=deciding.error("answer")
                    max=MOST_WORDS
                    optional=verdict == Verdict::Accept
                />
                {(!finds_out).then(|| view! { {move || deciding.error("value").get().map(|error| view! { <p class="note note--error" role="alert">{t(error)}</p> })} })}
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| deciding.open.set(false)>{move || t(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=deciding.busy>
                    {move || t(if verdict == Verdict::Accept { requests::ACCEPT } else { requests::DECLINE })}
                </Button>
            </footer>
        </form>
    }
    .into_any()
}
