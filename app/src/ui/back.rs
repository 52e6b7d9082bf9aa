//! A step through the browser's history, told to the page before the router hears of it.
//!
//! The rule: where somebody prevents the default of [`BACK`], the router hears nothing of the step. On a window listeners run in
//! the order in which they came, so this one has to be there before the router. Deliberately absent: refusing the step itself,
//! which no page can do.

use leptos::{ev, prelude::*};
use std::sync::atomic::{AtomicBool, Ordering};

/// The event on the window that asks.
pub const BACK: &str = "shendu:back";

/// Whether the last change of page was a step through the history.
static STEPPED: AtomicBool = AtomicBool::new(false);

/// Whether the present page was reached by a step through the history; asked once.
pub fn take_step() -> bool {
    STEPPED.swap(false, Ordering::Relaxed)
}

/// Listens for the whole life of the app; called once, before the router is made.
pub fn watch() {
    let _ = window_event_listener(ev::popstate, move |event| {
        let (Some(window), Ok(asked)) = (web_sys::window(), web_sys::Event::new(BACK)) else { return };
        asked.init_event_with_bubbles_and_cancelable(BACK, false, true);
        if window.dispatch_event(&asked) == Ok(false) {
            event.stop_immediate_propagation();
        } else {
            STEPPED.store(true, Ordering::Relaxed);
            // Whoever draws the page asks while it is drawn.
            set_timeout(
                || {
                    take_step();
                },
                std::time::Duration::from_secs(1),
            );
        }
    });
}
