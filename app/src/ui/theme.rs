//! Light and dark, and the language: two switches that outlive the visit.

use crate::text::{self, Lang, common, gate, t};
use leptos::prelude::*;
use std::sync::LazyLock;

const STORED: &str = "shendu.theme";

static DARK: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| {
    let window = web_sys::window();
    let chosen = window.as_ref().and_then(|window| window.document()?.document_element()?.get_attribute("data-theme"));
    let dark = match chosen.as_deref() {
        Some("dark") => true,
        Some(_) => false,
        None => {
            window.and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten()).is_some_and(|query| query.matches())
        }
    };
    ArcRwSignal::new(dark)
});

fn set_dark(dark: bool) {
    let name = if dark { "dark" } else { "light" };
    if let Some(window) = web_sys::window() {
        if let Some(root) = window.document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("data-theme", name);
        }
        if let Ok(Some(storage)) = window.local_storage() {
            let _ = storage.set_item(STORED, name);
        }
    }
    DARK.set(dark);
}

/// Switches between light and dark.
pub fn switch_theme() {
    set_dark(!DARK.get_untracked());
}
/// Switches to the other language.
pub fn other_lang() {
    text::set_lang(match text::lang_now() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    });
}

/// Switches between light and dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    view! {
        <button
            class="button button--quiet button--icon"
            type="button"
            aria-label=|| t(if DARK.get() { common::TO_LIGHT } else { common::TO_DARK })
            on:click=|_| switch_theme()
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=|| if DARK.get() {
                    "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
                } else {
                    "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7"
                }></path>
            </svg>
        </button>
    }
}

/// Switches the language.
#[component]
pub fn LangSwitch(
    /// Classes; those of a quiet button unless told.
    #[prop(default = "button button--quiet")]
    class: &'static str,
) -> impl IntoView {
    let other = || match text::lang() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    view! {
        <button class=class type="button" lang=move || other().tag() on:click=|_| other_lang()>
            {|| t(gate::OTHER_LANGUAGE)}
        </button>
    }
}
