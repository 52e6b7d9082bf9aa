//! A step through the browser's history, told to the page before the router hears of it.
//!
//! The rule: where somebody prevents the default of [`BACK`], the router hears nothing of the step. On a window listeners run in
//! the order in which they came, so this one has to be there before the router. Deliberately absent: refusing the step itself,
//! which no page can do.

use leptos::{ev, prelude::*};

/// The event on the window that asks.
pub const BACK: &str = "shendu:back";

/// Listens for the whole life of the app; called once, before the router is made.
pub fn watch() {
    let _ = window_event_listener(ev::popstate, move |event| {
        let (Some(window), Ok(asked)) = (web_sys::window(), web_sys::Event::new(BACK)) else { return };
        asked.init_event_with_bubbles_and_cancelable(BACK, false, true);
        if window.dispatch_event(&asked) == Ok(false) {
            event.stop_immediate_propagation();
        }
    });
}
