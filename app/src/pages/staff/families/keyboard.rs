//! Keys of the list: `/` search, `C` new, `J` and `K` through the rows, Enter opens, Space looks, `X` selects, `E` changes.
//!
//! The rule: a key counts only where nobody is typing and nothing lies over the list. The rows are those of the document, so that
//! a step costs the same however many there are.

use super::{
    edit, find,
    grid::{Grid, family_of, keeps, row_of},
};
use crate::{
    routes::open,
    text::{Text, families as words},
    ui::{error_summary::focus, keys::is_free},
};
use contract::ids::FamilyId;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// A row of the list; the head of the table is none.
const ROW: &str = "tr[data-family]";

/// The keys, for whoever asks which there are.
pub const KEYS: [(&str, Text); 7] = [
    ("/", words::KEY_FIND),
    ("C", words::KEY_NEW),
    ("J K", words::KEY_ROWS),
    ("Enter", words::KEY_OPEN),
    ("Space", words::KEY_PEEK),
    ("X", words::KEY_SELECT),
    ("E", words::KEY_EDIT),
];

/// Listens as long as the page is there.
pub fn listen(grid: Grid, peek: RwSignal<Option<FamilyId>>) {
    let go = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event| {
        if !is_free(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus(find::INPUT),
            "c" if keeps() => open("/families/new", &go),
            key @ ("j" | "k") => {
                let towards = if key == "j" { Towards::End } else { Towards::Start };
                match peek.get_untracked().and_then(row_of) {
                    Some(row) => {
                        if let Some(next) = neighbour(&row, towards) {
                            peek.set(family_of(&next));
                        }
                    }
                    None => step(towards),
                }
            }
            "Escape" if peek.get_untracked().is_some() => peek.set(None),
            "Enter" => {
                // In the drawer a button or a link that has the focus is pressed instead.
                let looked_at = peek.get_untracked().filter(|_| focused().is_some_and(|element| element.tag_name() == "DIALOG"));
                let Some(family) = looked_at.or_else(|| family_of(&focused_row()?)) else { return };
                open(&format!("/families/{family}"), &go);
            }
            " " => {
                let Some(row) = focused_row() else { return };
                peek.set(family_of(&row));
            }
            "x" | "X" => {
                let Some(row) = focused_row() else { return };
                let on = row.get_attribute("aria-selected").is_none();
                grid.choose(&row, on || event.shift_key(), event.shift_key());
            }
            "e" => {
                let Some(row) = focused_row() else { return };
                edit::begin(&row);
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
