//! Word from the server that something changed.
//!
//! The rule: what happened while the line was broken is asked for when it stands again, so each beginning is word of a change too. The
//! browser itself connects again where the line broke; where the server would not have it, a new one is made after a pause. The line is
//! closed with the page.

use crate::api;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventSource;

/// Before a line is tried anew that the server would not have.
const PAUSE: Duration = Duration::from_secs(10);

/// One line, and what is called by it.
type Line = (EventSource, [Closure<dyn Fn()>; 3]);
/// The line that stands, or tries to.
type Held = StoredValue<Option<Line>, LocalStorage>;

/// Calls `changed` at each word and each time the line stands; says whether it does.
pub fn listen(changed: Callback<()>) -> Signal<bool> {
    let stands = RwSignal::new(true);
    let held: Held = StoredValue::new_local(None);
    open(held, stands, changed);
    on_cleanup(move || {
        let _ = held.try_update_value(close);
    });
    stands.into()
}

fn close(held: &mut Option<Line>) {
    if let Some((source, _)) = held.take() {
        source.close();
    }
}

fn open(held: Held, stands: RwSignal<bool>, changed: Callback<()>) {
    let again = move || {
        set_timeout(
            move || {
                // Gone with its page meanwhile.
                if held.try_update_value(close).is_some() {
                    open(held, stands, changed);
                }
            },
            PAUSE,
        );
    };
    let Ok(source) = EventSource::new(api::alarms::LIVE) else {
        let _ = stands.try_set(false);
        return again();
    };
    let heard = Closure::<dyn Fn()>::new(move || {
        changed.try_run(());
    });
    let opened = Closure::<dyn Fn()>::new(move || {
        let _ = stands.try_set(true);
        changed.try_run(());
    });
    let line = source.clone();
    let broke = Closure::<dyn Fn()>::new(move || {
        let _ = stands.try_set(false);
        if line.ready_state() == EventSource::CLOSED {
            again();
        }
    });
    // Fails for no event of these names.
    let _ = source.add_event_listener_with_callback("alarms", heard.as_ref().unchecked_ref());
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(broke.as_ref().unchecked_ref()));
    let _ = held.try_set_value(Some((source, [heard, opened, broke])));
}
