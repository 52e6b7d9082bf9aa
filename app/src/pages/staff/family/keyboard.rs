//! Keys of the card: `E` edits, `N` writes a note, `[` and `K` go to the family before, `]` and `J` to the one after.
//!
//! The rule: a key counts only where nobody is typing and nothing lies over the page.

use super::{
    beside::{Side, address, beside},
    notes::BODY,
};
use crate::{
    text::{Text, staff},
    ui::{error_summary::focus, keys::is_free},
};
use contract::ids::FamilyId;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// What the keys do.
pub const KEYS: &[(&str, Text)] = &[("E", staff::EDIT), ("N", staff::WRITE_NOTE), ("[ K", staff::BEFORE), ("] J", staff::AFTER)];

/// Listens as long as the card is there.
pub fn listen(id: FamilyId) {
    let go = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event| {
        if !is_free(&event) {
            return;
        }
        let to = match event.key().as_str() {
            "e" => {
                edit();
                None
            }
            "n" => {
                focus(BODY);
                None
            }
            "[" | "k" => beside(id, Side::Before),
            "]" | "j" => beside(id, Side::After),
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = to {
            go(&address(to), Default::default());
        }
    });
    on_cleanup(move || handle.remove());
}

/// Presses the pencil of the person on whose part of the card the focus is, else that of the first.
fn edit() {
    const PENCIL: &str = "button[id$='-edit']:not(:disabled)";
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let here = document.active_element().and_then(|element| element.closest("section.card").ok()?);
    let pencil = here.and_then(|part| part.query_selector(PENCIL).ok()?).or_else(|| document.query_selector(PENCIL).ok()?);
    if let Some(pencil) = pencil.and_then(|pencil| pencil.dyn_into::<web_sys::HtmlElement>().ok()) {
        pencil.click();
    }
}
