//! Keyboard events and input methods, and which keys the present page has.

use crate::text::Text;
use leptos::prelude::*;
use std::sync::LazyLock;
use wasm_bindgen::JsCast;

/// A key and what it does.
pub type Key = (&'static str, Text);

static KEYS: LazyLock<ArcRwSignal<&'static [Key]>> = LazyLock::new(|| ArcRwSignal::new(&[]));

/// The keys of the present page; reactive.
pub fn of_page() -> &'static [Key] {
    KEYS.get()
}
/// Says which keys a page has, as long as it is there.
pub fn page(keys: &'static [Key]) {
    KEYS.set(keys);
    on_cleanup(|| KEYS.set(&[]));
}

/// Whether the key belongs to a word that an input method is still composing. `WebKit` reports the confirming Enter as not
/// composing but with key code 229.
pub fn is_composing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// For `keydown` of an input: the Enter that confirms a word of an input method must not send the form.
pub fn hold_enter(event: web_sys::KeyboardEvent) {
    if event.key() == "Enter" && is_composing(&event) {
        event.prevent_default();
    }
}

/// Whether a key pressed alone may be a command of the page: nobody is typing, nothing lies over the page, and nobody has taken
/// the key already. A drawer lies beside the page and not over it.
pub fn is_free(event: &web_sys::KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() || is_composing(event);
    let typing = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(|element| {
        matches!(element.closest("input:not([type=checkbox]), textarea, select, dialog:not(.drawer), [popover]"), Ok(Some(_)))
    });
    let document = web_sys::window().and_then(|window| window.document());
    let covered = document.is_some_and(|document| matches!(document.query_selector("dialog[open]:not(.drawer)"), Ok(Some(_))));
    !held && !typing && !covered
}
