//! 遮蔽, for shared and projected screens: values that came in clear stay covered until a deliberate press.
//!
//! The rule: one mark on the root covers every such value by the stylesheet, in lists, cards and the portal alike; a press opens
//! one, and it is covered again after some seconds, when the window loses the focus and when the tab is hidden. It is a belt over
//! what the server disclosed, never the control. It holds for the tab, from one program to the next, until it is turned off or the
//! session ends; `public/theme.js` sets the mark before the first paint, so that nothing flashes.

use crate::{
    session::tab_storage,
    text::{common, t, t_now},
};
use leptos::{ev, prelude::*};
use std::{
    sync::{LazyLock, Once},
    time::Duration,
};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// For how long a pressed value stays open.
const OPEN: Duration = Duration::from_secs(15);
const COVERED: &str = ".field--clear";
/// The mark on the root, and its key in the storage of the tab (`public/theme.js`).
const MARK: &str = "data-covered";
const STORED: &str = "shendu.covered";

static ON: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Whether values are covered; reactive.
pub fn on() -> bool {
    ON.get()
}
/// The same without tracking, for what is drawn once.
pub fn on_now() -> bool {
    ON.get_untracked()
}

/// Covers, or uncovers, all.
pub fn turn() {
    let on = !on_now();
    if let Some(storage) = tab_storage() {
        let _ = if on { storage.set_item(STORED, "1") } else { storage.remove_item(STORED) };
    }
    set(on);
}

/// As it stood on the page before.
fn recall() {
    set(tab_storage().is_some_and(|storage| storage.get_item(STORED).ok().flatten().is_some()));
}

fn set(on: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force(MARK, on);
    }
    ON.set(on);
    for value in all(COVERED) {
        prepare(&value, on);
    }
}

/// Covers what was pressed open.
fn cover() {
    for value in all("[data-open]") {
        close(&value);
    }
}

/// Hears every press on a covered value before what lies under it does, and when the reader leaves the window.
fn watch() {
    let press = |event: &web_sys::Event| {
        if !on_now() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(value) = target.and_then(|target| target.closest(":is(.field--clear, [data-open])").ok().flatten()) else { return };
        if value.has_attribute("data-open") {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let _ = value.set_attribute("data-open", "");
        let _ = value.remove_attribute("aria-label");
        set_timeout(move || close(&value), OPEN);
    };
    for (name, keys) in [("click", false), ("keydown", true)] {
        let heard = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key);
            if !keys || key.is_some_and(|key| key == "Enter" || key == " ") {
                press(&event);
            }
        });
        let _ = document().add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
        heard.forget();
    }
    // A page that the browser kept whole: the switch may have been turned on another page since.
    let _ = window_event_listener(ev::Custom::<web_sys::Event>::new("shendu:again"), |_| recall());
    let _ = window_event_listener(ev::beforeprint, |_| cover());
    let _ = window_event_listener(ev::blur, |_| cover());
    let _ = window_event_listener(ev::visibilitychange, |_| {
        if document().hidden() {
            cover();
        }
    });
}

fn all(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).ok();
    found.map(|found| (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()).unwrap_or_default()
}

fn close(value: &Element) {
    let _ = value.remove_attribute("data-open");
    if on_now() {
        prepare(value, true);
    }
}

/// A covered value can be reached and pressed, and says so.
fn prepare(value: &Element, covered: bool) {
    for (name, text) in [("tabindex", "0"), ("role", "button"), ("aria-label", t_now(common::COVERED))] {
        let _ = if covered { value.set_attribute(name, text) } else { value.remove_attribute(name) };
    }
}

/// The switch.
#[component]
pub fn PrivacySwitch(
    /// Classes.
    #[prop(default = "button button--quiet")]
    class: &'static str,
) -> impl IntoView {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        watch();
        recall();
    });
    view! {
        <button class=class type="button" aria-pressed=|| on().to_string() title=|| t(common::COVER_HINT) on:click=|_| turn()>
            {|| t(common::COVER)}
        </button>
    }
}
