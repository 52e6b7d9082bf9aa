//! Keyboard events and input methods.

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
