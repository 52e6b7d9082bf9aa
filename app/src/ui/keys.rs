//! Keyboard events and input methods.

use wasm_bindgen::JsCast;

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
/// the key already.
pub fn is_free(event: &web_sys::KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() || is_composing(event);
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.closest("input, textarea, select, dialog, [popover]"), Ok(Some(_))));
    let document = web_sys::window().and_then(|window| window.document());
    let covered = document.is_some_and(|document| matches!(document.query_selector("dialog[open]"), Ok(Some(_))));
    !held && !typing && !covered
}
