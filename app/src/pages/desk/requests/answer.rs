//! The dialog in which a question about a look is answered.
//!
//! The rule: what the guardian will read is said before it is sent, and nothing is chosen beforehand.

use super::questions::{found, look};
use crate::{
    api,
    text::{Text, Word, common, fill, live, requests, t},
    ui::{Button, ButtonKind, Dialog, Loader, TextAreaField, shown::said, toast, waiting},
};
use contract::{
    error::{FieldError, ValueError},
    wire::{
        Page,
        corrections::MOST_WORDS,
        questions::{AskedQuestion, Finding, NewAnswer},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// The answer that is being given.
#[derive(Clone, Copy)]
pub struct Answering {
    page: Loader<Page<AskedQuestion>>,
    open: RwSignal<bool>,
    about: RwSignal<Option<AskedQuestion>>,
    finding: RwSignal<Option<Finding>>,
    answer: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Answering {
    /// None yet.
    pub fn new(page: Loader<Page<AskedQuestion>>) -> Self {
        Self {
            page,
            open: RwSignal::new(false),
            about: RwSignal::new(None),
            finding: RwSignal::new(None),
            answer: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    /// Opens the dialog.
    pub fn begin(self, asked: AskedQuestion) {
        self.about.set(Some(asked));
        self.finding.set(None);
        self.answer.set(String::new());
        self.errors.set(Vec::new());
        self.open.set(true);
    }
    fn error(self, at: &'static str) -> Signal<Option<Text>> {
        Signal::derive(move || self.errors.with(|errors| errors.iter().find(|error| error.at == at).map(|error| error.code.word())))
    }
    fn send(self) {
        let Some(asked) = self.about.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        let Some(finding) = self.finding.get_untracked() else {
            self.errors.set(vec![FieldError { at: "finding".into(), code: ValueError::Required }]);
            return;
        };
        self.busy.set(true);
        self.errors.set(Vec::new());
        let new = NewAnswer { finding, answer: self.answer.get_untracked() };
        spawn_local(async move {
            let done = api::questions::answer(asked.question.id, &new).await;
            let _ = self.busy.try_set(false);
            match done {
                Ok(_) => {
                    toast::done(requests::DECLINED);
                    waiting::again();
                }
                Err(error) if !error.fields().is_empty() => {
                    let _ = self.errors.try_set(error.fields());
                    return;
                }
                Err(error) => toast::failed(&error),
            }
            let _ = self.open.try_set(false);
            self.page.reload();
        });
    }
}

/// The dialog.
pub fn dialog(answering: Answering) -> AnyView {
    view! {
        <Dialog open=answering.open id="answer-question" title=Signal::derive(|| fill(requests::ANSWER_TITLE, &[]))>
            {move || answering.about.get().map(|asked| form(answering, &asked))}
        </Dialog>
    }
    .into_any()
}

fn form(answering: Answering, asked: &AskedQuestion) -> AnyView {
    let error = answering.error("finding");
    let findings = Finding::ALL.iter().copied().map(|one| {
        view! {
            <label class="check">
                <input
                    class="check__box"
                    type="radio"
                    name="finding"
                    prop:checked=move || answering.finding.get() == Some(one)
                    aria-describedby=move || error.with(Option::is_some).then_some("finding-error")
                    on:change=move |_| {
                        answering.finding.set(Some(one));
                        answering.errors.set(Vec::new());
                    }
                />
                <span>{live(found(one))}</span>
            </label>
        }
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                answering.send();
            }
        >
            <div class="dialog__body">
                <div>{look(&asked.question.line)} {said(requests::SAID, &asked.question.words.to_text())}</div>
                <fieldset class="form__field">
                    <legend class="form__label">{live(requests::FINDING)}</legend>
                    <div class="reasons">{findings.collect_view()}</div>
                    {move || error.get().map(|error| view! { <p class="form__error" id="finding-error" role="alert">{t(error)}</p> })}
                </fieldset>
                <TextAreaField
                    id="answer"
                    label=requests::ANSWER_WORDS
                    hint=requests::ANSWER_HINT
                    value=answering.answer
                    error=answering.error("answer")
                    max=MOST_WORDS
                />
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| answering.open.set(false)>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=answering.busy>{live(requests::ANSWER_QUESTION)}</Button>
            </footer>
        </form>
    }
    .into_any()
}
