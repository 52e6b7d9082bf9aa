//! The dialog in which somebody says something: about a finding, or why a report is not signed.

use super::super::acting::act_or;
use crate::{
    api,
    text::{Text, audits, common, live, t},
    ui::{Button, ButtonKind, Dialog, ErrorSummary, FormErrors, Loader, TextAreaField, toast},
};
use contract::{
    ids::FindingId,
    wire::{
        audits::{AUDIT_WORDS, AuditDecline, AuditReport},
        findings::{FindingStep, NewFindingStep},
    },
};
use leptos::prelude::*;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Why the report is not signed.
    Decline,
    /// A step about a finding.
    Step(FindingId, FindingStep),
}

/// The dialog.
#[derive(Clone, Copy)]
pub struct Saying {
    report: Loader<AuditReport>,
    open: RwSignal<bool>,
    what: RwSignal<Option<Said>>,
    words: RwSignal<String>,
    errors: FormErrors,
    busy: RwSignal<bool>,
}

impl Saying {
    /// Closed.
    pub fn new(report: Loader<AuditReport>) -> Self {
        Self {
            report,
            open: RwSignal::new(false),
            what: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            errors: FormErrors::new(),
            busy: RwSignal::new(false),
        }
    }
    /// Opens it. What was typed about the same is still there.
    pub fn begin(self, what: Said) {
        if self.what.get_untracked() != Some(what) {
            self.words.set(String::new());
        }
        self.what.set(Some(what));
        self.errors.clear();
        self.open.set(true);
    }
    fn done(self) {
        self.open.set(false);
        self.words.set(String::new());
        self.report.reload();
        toast::done(audits::SAID);
    }
    fn send(self) {
        self.errors.clear();
        let Some(what) = self.what.get_untracked() else { return };
        let words = self.words.get_untracked();
        let Some(report) = self.report.now() else { return };
        let id = report.document.id;
        act_or(
            self.busy,
            move || {
                let words = words.clone();
                Box::pin(async move {
                    match what {
                        Said::Decline => api::audits::decline(id, &AuditDecline { words }).await.map(|_| ()),
                        Said::Step(id, step) => api::audits::step(id, &NewFindingStep { step, words }).await.map(|_| ()),
                    }
                })
            },
            move |()| self.done(),
            move |error| self.errors.take(&error),
        );
    }
}

const fn title(what: Option<Said>) -> Text {
    match what {
        None | Some(Said::Decline) => audits::SAY_DECLINED,
        Some(Said::Step(_, FindingStep::Done | FindingStep::Made)) => audits::SAY_DONE,
        Some(Said::Step(_, FindingStep::Returned)) => audits::SAY_RETURNED,
        Some(Said::Step(_, FindingStep::Accepted)) => audits::SAY_ACCEPTED,
    }
}

/// The dialog.
pub fn dialog(saying: Saying) -> AnyView {
    let errors = saying.errors;
    view! {
        <Dialog open=saying.open id="say" title=Signal::derive(move || t(title(saying.what.get())).to_owned())>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    saying.send();
                }
            >
                <div class="dialog__body">
                    <ErrorSummary errors label=|_: String| t(audits::WORDS).to_owned() />
                    <TextAreaField id="words" label=audits::WORDS hint=audits::WORDS_HINT value=saying.words error=errors.at("words") max=AUDIT_WORDS />
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| saying.open.set(false)>{live(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=saying.busy>{live(audits::CONFIRM)}</Button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}
