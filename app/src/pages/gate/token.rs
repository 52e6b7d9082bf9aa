//! The token of a link, which travels in the fragment that no server and no log sees.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Takes the token out of the address; it is gone from the address bar and the history at once.
pub fn take() -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let token = location.hash().ok()?.trim_start_matches('#').to_owned();
    if token.is_empty() {
        return None;
    }
    let path = location.pathname().ok()?;
    let _ = window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    Some(token)
}

/// A second link opened in the same tab changes the fragment alone, which loads nothing by itself.
pub fn watch() {
    let listener = window_event_listener(leptos::ev::hashchange, |_| {
        if let Some(location) = web_sys::window().map(|window| window.location())
            && location.hash().is_ok_and(|hash| hash.len() > 1)
        {
            let _ = location.reload();
        }
    });
    on_cleanup(move || listener.remove());
}
