//! Proposing a change of the matrix that widens it, or that is to hold from a moment: why, from when, and who could confirm it. A part of
//! the dialog that shows what it does.
//!
//! The rule: the moment is typed and read in the school's time, wherever the reader is. Deliberately absent: whether it widens, which
//! the server says.

use super::{super::acting::act_or, words};
use crate::{
    api::{self, ApiError},
    text::{comma, fill, fill_now, proposals, t},
    ui::{FormErrors, Note, TextAreaField, TextField, Tone, toast},
};
use chrono::{DateTime, Utc};
use contract::{
    error::ValueError,
    wire::{
        policy::PolicyImpact,
        proposals::{NewProposal, Proposals},
    },
};
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
pub struct Asking {
    words: RwSignal<String>,
    from: RwSignal<String>,
    errors: FormErrors,
}

impl Asking {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { words: RwSignal::new(String::new()), from: RwSignal::new(String::new()), errors: FormErrors::new() }
    }

    /// Who could confirm it, and the fields.
    pub fn fields(self, impact: &PolicyImpact) -> AnyView {
        let names = impact.confirmers.clone();
        let note = move || match names.as_slice() {
            [] => t(proposals::ALONE).to_owned(),
            names => fill(proposals::WIDENS, &[("names", &names.join(comma()))]),
        };
        let tone = if impact.confirmers.is_empty() { Tone::Caution } else { Tone::Info };
        view! {
            <Note tone>{note}</Note>
            <TextAreaField id="words" label=proposals::WORDS hint=proposals::WORDS_HINT value=self.words error=self.errors.at("words") max=200 />
            <TextField id="from" label=proposals::FROM hint=proposals::FROM_HINT value=self.from error=self.errors.at("from") kind="datetime-local" optional=true half=true />
        }
        .into_any()
    }

    /// The moment of a change by which nobody gains, where it is not to hold at once; the reason is asked for with it.
    pub fn later(self) -> AnyView {
        let words = move || {
            self.is_later().then(|| view! {
                <TextAreaField id="words" label=proposals::WORDS hint=proposals::WORDS_LATER value=self.words error=self.errors.at("words") max=200 />
            })
        };
        view! {
            <TextField id="from" label=proposals::FROM hint=proposals::FROM_LATER value=self.from error=self.errors.at("from") kind="datetime-local" optional=true half=true />
            {words}
        }
        .into_any()
    }

    /// Whether a moment is named; reactive.
    pub fn is_later(self) -> bool {
        self.from.with(|from| !from.is_empty())
    }

    /// Sends it with the words and the moment; `wish` says what. A failure that no field has is handed on.
    pub fn send(
        self,
        busy: RwSignal<bool>,
        wish: NewProposal,
        done: impl FnOnce(Proposals) + 'static,
        failed: impl FnOnce(ApiError) + 'static,
    ) {
        self.errors.clear();
        let words = self.words.get_untracked().trim().replace('\n', " ");
        if words.is_empty() {
            self.errors.add("words", ValueError::Required);
        }
        let typed = self.from.get_untracked();
        let from = moment(&typed);
        if from.is_none() && !typed.is_empty() {
            self.errors.add("from", ValueError::Malformed);
        }
        if !self.errors.is_empty() {
            return;
        }
        let wish = NewProposal { words, from, ..wish };
        act_or(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::policy::propose(&wish).await })
            },
            move |made: Proposals| {
                match made.last.as_ref().and_then(|last| last.holds_at) {
                    Some(at) => toast::say(fill_now(proposals::PROPOSED_ALONE, &[("at", &words::school_moment(at))])),
                    None => toast::done(proposals::PROPOSED),
                }
                done(made);
            },
            move |error| {
                self.errors.take(&error);
                if error.fields().iter().any(|field| field.at == "proposal") {
                    toast::error(proposals::TAKEN);
                } else if error.fields().is_empty() {
                    toast::failed(&error);
                }
                failed(error);
            },
        );
    }
}

/// A moment as the browser's input gives it, at the school (+08:00).
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of any real date are exact in a double")]
fn moment(typed: &str) -> Option<DateTime<Utc>> {
    let ms = js_sys::Date::parse(&format!("{typed}:00+08:00"));
    if ms.is_nan() { None } else { DateTime::from_timestamp_millis(ms as i64) }
}
