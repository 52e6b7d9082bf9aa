//! Asks before typed words are lost by leaving a page.
//!
//! The rule: a press on a link and a step through the browser's history ask in the page, closing or reloading the tab asks by
//! the browser's own dialog. No page can refuse a step through the history: it is undone by laying this page on top of where
//! it led, and made again when the person wants to go. Deliberately absent: a guard for each form that asks a second time.

use super::{Button, ButtonKind, Dialog, back::BACK};
use crate::text::{common, t};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// The person has said that they want to go back: no other guard of the page asks again.
static GOING: AtomicBool = AtomicBool::new(false);

/// Stands guard as long as `dirty`.
#[component]
pub fn LeaveGuard(
    /// Id of the dialog; unique on the page.
    #[prop(into)]
    id: String,
    /// Whether something would be lost.
    #[prop(into)]
    dirty: Signal<bool>,
) -> impl IntoView {
    // Where a link leads; nothing when it was a step through the history.
    let wanted = RwSignal::new(None::<String>);
    let asking = RwSignal::new(false);
    let go = use_navigate();

    let unload = window_event_listener(ev::beforeunload, move |event| {
        if dirty.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    // The address is this page's only once the page stands; by the first typed letter it does.
    let own = RwSignal::new(String::new());
    Effect::new(move || {
        if dirty.get() {
            own.set(address());
        }
    });

    // In the capturing phase, so that the router has not moved yet.
    let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        if dirty.try_get_untracked() != Some(true) || GOING.load(Relaxed) {
            return;
        }
        let to = event.dyn_ref::<web_sys::MouseEvent>().and_then(link_of);
        if event.type_() == BACK {
            let own = own.get_untracked();
            // A step between fragments stays on the page.
            if own == address() || !lay_on_top(&own) {
                return;
            }
        } else if to.is_none() {
            return;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        wanted.set(to);
        asking.set(true);
    });
    let window = web_sys::window();
    if let Some(window) = &window {
        for name in HELD {
            let _ = window.add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true);
        }
    }
    let held = StoredValue::new_local((window, listener));
    on_cleanup(move || {
        unload.remove();
        GOING.store(false, Relaxed);
        held.try_with_value(|(window, listener)| {
            let Some(window) = window else { return };
            for name in HELD {
                let _ = window.remove_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true);
            }
        });
    });

    let leave = Callback::new(move |()| {
        asking.set(false);
        if let Some(to) = wanted.get_untracked() {
            go(&to, leptos_router::NavigateOptions::default());
        } else if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
            GOING.store(true, Relaxed);
            let _ = history.back();
        }
    });
    view! {
        <Dialog open=asking id=id title=Signal::derive(|| t(common::LEAVE_TITLE).to_owned())>
            <div class="dialog__body"><p>{move || t(common::LEAVE_LINE)}</p></div>
            <footer class="dialog__foot">
                <Button kind=ButtonKind::Danger on_click=leave>{move || t(common::LEAVE)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |()| asking.set(false)>{move || t(common::STAY)}</Button>
            </footer>
        </Dialog>
    }
}

/// What may lead away from the page.
const HELD: [&str; 2] = ["click", BACK];

/// Path and query of where the browser is.
fn address() -> String {
    let place = web_sys::window().map(|window| window.location());
    place.and_then(|place| Some(place.pathname().ok()? + &place.search().ok()?)).unwrap_or_default()
}

/// Makes `own` the address again, with the one that the browser went to beneath it.
fn lay_on_top(own: &str) -> bool {
    let history = web_sys::window().and_then(|window| window.history().ok());
    history.is_some_and(|history| history.push_state_with_url(&JsValue::NULL, "", Some(own)).is_ok())
}

/// The address inside this app that a plain press leads to.
fn link_of(event: &web_sys::MouseEvent) -> Option<String> {
    if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() || event.button() != 0 {
        return None;
    }
    let pressed = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = pressed.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    // A fragment stays on the page, and other sites are met by the browser's own question.
    (href.starts_with('/') && !link.has_attribute("target")).then_some(href)
}
