//! Keyboard events and input methods.

/// Whether the key belongs to a word that an input method is still composing. `WebKit` reports the confirming Enter as not
/// composing but with key code 229.
pub fn is_composing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
