//! Keys of the list: `/` search, `C` new, `J` and `K` through the rows, Enter opens.
//!
//! The rule: a key counts only where nobody is typing and nothing lies over the list. The rows are those of the document, so that
//! a step costs the same however many there are.

use super::find;
use crate::{
    session,
    ui::{error_summary::focus, keys::is_free},
};
use contract::Duty;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// A row of the list; the head of the table is none.
const ROW: &str = "tr[data-family]";

/// Listens as long as the page is there.
pub fn listen() {
    let go = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event| {
        if !is_free(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus(find::INPUT),
            "c" if session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepFamilies)) => go("/families/new", Default::default()),
            "j" => step(Towards::End),
            "k" => step(Towards::Start),
            "Enter" => {
                let Some(family) = focused_row().and_then(|row| row.get_attribute("data-family")) else { return };
                go(&format!("/families/{family}"), Default::default());
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
/// The row that has the focus itself, not something in it.
fn focused_row() -> Option<web_sys::Element> {
    focused().filter(|element| element.tag_name() == "TR")
}

#[derive(Debug, Clone, Copy)]
enum Towards {
    Start,
    End,
}

/// Takes the focus one row on; to the first row when none has it.
fn step(towards: Towards) {
    let next = match focused_row() {
        Some(row) => neighbour(&row, towards),
        None => web_sys::window().and_then(|window| window.document()?.query_selector(ROW).ok()?),
    };
    if let Some(row) = next.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

/// The row beside a row; the rows of one table stand in several groups.
fn neighbour(row: &web_sys::Element, towards: Towards) -> Option<web_sys::Element> {
    let beside = |element: &web_sys::Element| match towards {
        Towards::Start => element.previous_element_sibling(),
        Towards::End => element.next_element_sibling(),
    };
    beside(row).or_else(|| {
        let group = beside(&row.parent_element()?)?;
        let next = match towards {
            Towards::Start => group.last_element_child(),
            Towards::End => group.first_element_child(),
        };
        next.filter(|next| next.matches(ROW) == Ok(true))
    })
}
