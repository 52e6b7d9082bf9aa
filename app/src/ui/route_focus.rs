//! After a change of page the focus goes to the heading, as soon as there is one.

use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How often and how long a heading is waited for: a page that loads shows it only then.
const EVERY: Duration = Duration::from_millis(60);
const TRIES: u32 = 40;

/// Moves the focus to the first `h1`, unless the page itself has put it into a control.
pub fn to_heading() {
    // The old page is still there until the frame is drawn.
    request_animation_frame(|| attempt(TRIES));
}

fn attempt(left: u32) {
    if focus_is_taken() {
        return;
    }
    let heading = document().query_selector("h1").ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(heading) = heading {
        if !heading.has_attribute("tabindex") {
            let _ = heading.set_attribute("tabindex", "-1");
        }
        let _ = heading.focus();
    } else if left > 0 {
        set_timeout(move || attempt(left - 1), EVERY);
    }
}

fn focus_is_taken() -> bool {
    document().active_element().is_some_and(|active| matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT" | "DIALOG"))
}
