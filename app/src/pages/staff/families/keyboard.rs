//! Keys of the list: `/` search, `C` new, `J` and `K` through the rows, Enter opens.
//!
//! The rule: a key counts only where nobody is typing and nothing lies over the list.

use super::{find, rows::row_id};
use crate::{session, ui::error_summary::focus};
use contract::{Duty, wire::families::FamilyRow};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// Listens as long as the page is there.
pub fn listen(rows: Memo<Option<Vec<FamilyRow>>>) {
    let go = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() || is_elsewhere(&event) {
            return;
        }
        let step = |by: isize| {
            let Some(Some(rows)) = rows.try_get_untracked() else { return };
            let now = focused_row().and_then(|id| rows.iter().position(|row| row_id(row) == id));
            let next = now.map_or(Some(0), |now| now.checked_add_signed(by));
            if let Some(row) = next.and_then(|at| rows.get(at)) {
                focus(&row_id(row));
            }
        };
        match event.key().as_str() {
            "/" => focus(find::INPUT),
            "c" if session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepFamilies)) => go("/families/new", Default::default()),
            "j" => step(1),
            "k" => step(-1),
            "Enter" => {
                let Some(Some(rows)) = rows.try_get_untracked() else { return };
                let Some(id) = focused_row() else { return };
                let Some(row) = rows.iter().find(|row| row_id(row) == id) else { return };
                go(&format!("/families/{}", row.id), Default::default());
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn focused() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.active_element()
}
/// The id of the row that has the focus itself, not something in it.
fn focused_row() -> Option<String> {
    focused().filter(|element| element.tag_name() == "TR").map(|element| element.id())
}
fn is_elsewhere(event: &web_sys::KeyboardEvent) -> bool {
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.closest("input, textarea, select, dialog, [popover]"), Ok(Some(_))));
    let covered = web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| matches!(document.query_selector("dialog[open]"), Ok(Some(_))));
    typing || covered || crate::ui::keys::is_composing(event)
}
