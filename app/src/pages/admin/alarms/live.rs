//! Word from the server that something changed.
//!
//! The rule: the browser itself connects again when the line broke; a session that ended stays away. The line is closed with the page.

use crate::api;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

/// Calls `changed` at each word; says whether the line stands.
pub fn listen(changed: impl Fn() + 'static) -> Signal<bool> {
    let stands = RwSignal::new(true);
    let Ok(source) = web_sys::EventSource::new(api::alarms::LIVE) else {
        stands.set(false);
        return stands.into();
    };
    let heard = Closure::<dyn Fn()>::new(changed);
    let opened = Closure::<dyn Fn()>::new(move || {
        let _ = stands.try_set(true);
    });
    let broke = Closure::<dyn Fn()>::new(move || {
        let _ = stands.try_set(false);
    });
    // Fails for no event of these names.
    let _ = source.add_event_listener_with_callback("alarms", heard.as_ref().unchecked_ref());
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(broke.as_ref().unchecked_ref()));
    let held = StoredValue::new_local((source, [heard, opened, broke]));
    on_cleanup(move || {
        let _ = held.try_update_value(|(source, _)| source.close());
    });
    stands.into()
}
