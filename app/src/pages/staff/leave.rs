//! Asks before typed words are lost by leaving a page.
//!
//! The rule: a press on a link asks in the page, closing or reloading the tab asks by the browser's own dialog. Deliberately
//! absent: a hold on the browser's Back, which no page can refuse.

use crate::{
    text::{staff, t},
    ui::{Button, ButtonKind, Dialog},
};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::{JsCast, closure::Closure};

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
    let wanted = RwSignal::new(String::new());
    let asking = RwSignal::new(false);
    let go = use_navigate();

    let unload = window_event_listener(ev::beforeunload, move |event| {
        if dirty.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || unload.remove());

    // In the capturing phase, so that the router has not moved yet.
    let listener = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        if dirty.try_get_untracked() != Some(true) {
            return;
        }
        if let Some(href) = link_of(&event) {
            event.prevent_default();
            event.stop_immediate_propagation();
            wanted.set(href);
            asking.set(true);
        }
    });
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = &document {
        let _ = document.add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    }
    let held = StoredValue::new_local((document, listener));
    on_cleanup(move || {
        held.try_with_value(|(document, listener)| {
            if let Some(document) = document {
                let _ = document.remove_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
            }
        });
    });

    let leave = Callback::new(move |()| {
        asking.set(false);
        go(&wanted.get_untracked(), leptos_router::NavigateOptions::default());
    });
    view! {
        <Dialog open=asking id=id title=Signal::derive(|| t(staff::LEAVE_TITLE).to_owned())>
            <div class="dialog__body"><p>{move || t(staff::LEAVE_LINE)}</p></div>
            <footer class="dialog__foot">
                <Button kind=ButtonKind::Danger on_click=leave>{move || t(staff::LEAVE)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |()| asking.set(false)>{move || t(staff::STAY)}</Button>
            </footer>
        </Dialog>
    }
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
