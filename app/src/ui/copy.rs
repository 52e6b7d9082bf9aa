//! Copies a text to the clipboard and says so.

use super::{
    button::{Button, Kind, Size},
    toast::use_toasts,
};
use crate::text::{common, tr, use_lang};
use leptos::prelude::*;

/// A button that copies `text`.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// How much it stands out.
    #[prop(default = Kind::Quiet)]
    kind: Kind,
    /// How large it is.
    #[prop(default = Size::Small)]
    size: Size,
    /// Other words than 复制.
    #[prop(optional, into)]
    words: Signal<Option<String>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_lang();
    let copy = move |()| {
        if let Some(window) = web_sys::window() {
            // Not awaited: a browser that refuses says so itself.
            let _ = window.navigator().clipboard().write_text(&text.get_untracked());
            toasts.say(common::COPIED.say(lang.get_untracked()));
        }
    };
    let usual = tr(common::COPY);
    view! { <Button kind size on_press=copy>{move || words.get().unwrap_or_else(|| usual.get())}</Button> }
}
