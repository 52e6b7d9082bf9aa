//! How one field of one record looks: the only place that asks in which form a value came.
//!
//! The rule: stars of a mask are wrapped, so that a masked value never looks like a real one, and screen readers hear it too.
//! Deliberately absent: spaces put into a number; its groups are set apart by the stylesheet, so that what is copied is whole.

use super::privacy;
use crate::text::{Text, common, fill, t, t_now};
use contract::{Masked, Shown};
use leptos::prelude::*;

/// Whether the words beside a value follow the language by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Words {
    /// They do.
    #[default]
    Live,
    /// They do not: the part of the page that they stand in is drawn anew when the language changes. A long table would else
    /// keep a watcher for each of its cells.
    Still,
}

impl Words {
    /// The text in the language of the page.
    pub fn say(self, text: Text) -> AnyView {
        match self {
            Self::Live => (move || t(text)).into_any(),
            Self::Still => t_now(text).into_any(),
        }
    }
}

/// What else needs to know about the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// In clear; empty when nothing is recorded.
    Clear(String),
    /// Its mask.
    Masked(String),
    /// Nothing.
    Withheld,
}

/// The form of a value.
pub fn form(value: &Shown<String>) -> Form {
    match value {
        Shown::Clear(text) => Form::Clear(text.clone()),
        Shown::Masked(mask) => Form::Masked(mask.as_str().to_owned()),
        Shown::Withheld => Form::Withheld,
    }
}

/// A sentence of somebody's inside the words of the page, where there is one and it is shown.
pub fn said(text: Text, words: &Shown<String>) -> Option<AnyView> {
    match form(words) {
        Form::Clear(words) | Form::Masked(words) if !words.is_empty() => {
            Some(view! { <p class="muted">{move || fill(text, &[("words", &words)])}</p> }.into_any())
        }
        _ => None,
    }
}

/// The value as plain text for titles and labels: the mask with its stars, or the words for withheld. What came in clear does
/// not go round its cover.
pub fn plain(value: &Shown<String>) -> String {
    match form(value) {
        Form::Clear(_) if privacy::on() => t(common::COVERED_MARK).to_owned(),
        Form::Clear(text) | Form::Masked(text) => text,
        Form::Withheld => t(common::WITHHELD_SPOKEN).to_owned(),
    }
}

/// A mask with its runs of stars wrapped.
pub fn stars(mask: &str) -> AnyView {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for character in mask.chars() {
        let star = character == '*';
        match runs.last_mut() {
            Some((kind, run)) if *kind == star => run.push(character),
            _ => runs.push((star, character.to_string())),
        }
    }
    runs.into_iter()
        .map(|(star, run)| if star { view! { <span class="field__star">{run}</span> }.into_any() } else { run.into_any() })
        .collect_view()
        .into_any()
}

/// A text in clear; a mainland mobile in three groups, as it is read aloud.
pub fn grouped(text: String) -> AnyView {
    let mobile = text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit());
    match (text.get(..3), text.get(3..7), text.get(7..)) {
        (Some(first), Some(second), Some(third)) if mobile => [first, second, third]
            .map(|group| view! { <span class="field__group">{group.to_owned()}</span> })
            .into_iter()
            .collect_view()
            .into_any(),
        _ => text.into_any(),
    }
}

/// The stars of a mask that already is a [`Masked`].
pub fn masked_stars(mask: &Masked) -> AnyView {
    stars(mask.as_str())
}

/// One field without a way to open it; dense cells and titles.
#[component]
pub fn ShownValue(
    /// The value; `card.phone.to_text()`.
    value: Shown<String>,
) -> impl IntoView {
    with_seal(&value, None, Words::Live)
}

/// One field, with a seal beside it where one can be pressed.
pub fn with_seal(value: &Shown<String>, seal: Option<AnyView>, words: Words) -> AnyView {
    match form(value) {
        Form::Clear(text) | Form::Masked(text) if text.is_empty() => {
            view! { <span class="field faint">{words.say(common::NOT_RECORDED)}</span> }.into_any()
        }
        Form::Clear(text) => {
            let covered = privacy::on_now();
            let spoken = covered.then(|| t_now(common::COVERED));
            let role = covered.then_some("button");
            view! {
                <span class="field field--clear" tabindex=covered.then_some("0") role=role aria-label=spoken><span>{grouped(text)}</span></span>
            }
            .into_any()
        }
        Form::Masked(mask) => view! {
            <span class="field field--masked">
                <span class="visually-hidden">{words.say(common::MASKED_SPOKEN)}</span>
                <span class="field__text">{stars(&mask)}</span>
                {seal}
            </span>
        }
        .into_any(),
        Form::Withheld => view! {
            <span class="field field--withheld"><span class="visually-hidden">{words.say(common::WITHHELD_SPOKEN)}</span></span>
            {seal}
        }
        .into_any(),
    }
}
