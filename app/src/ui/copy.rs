//! Copying to the clipboard.

use super::toast;
use crate::text::common;
use leptos::task::spawn_local;

/// Copies `text` and says whether it worked.
pub fn copy(text: String) {
    spawn_local(async move {
        let Some(window) = web_sys::window() else { return };
        // In a page without a secure context there is no clipboard, and touching it would throw.
        if !window.is_secure_context() {
            toast::error(common::COPY_FAILED);
            return;
        }
        let written = wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(&text)).await;
        if written.is_ok() { toast::done(common::COPIED) } else { toast::error(common::COPY_FAILED) }
    });
}
