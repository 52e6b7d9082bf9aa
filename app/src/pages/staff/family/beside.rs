//! The families beside this one in the list that the viewer came from.
//!
//! The rule: the order lives in the memory of the program, as ids, and goes with it. Deliberately absent: asking for the rows
//! before or after those that were seen, which would be a look at families that nobody opened.

use crate::text::{Text, fill, staff, t};
use contract::ids::FamilyId;
use leptos::prelude::*;
use std::cell::RefCell;

thread_local! {
    static LIST: RefCell<Vec<FamilyId>> = const { RefCell::new(Vec::new()) };
}

/// Keeps the order of a list that the viewer is looking at.
pub fn remember(list: Vec<FamilyId>) {
    LIST.replace(list);
}

/// Which side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one before.
    Before,
    /// The one after.
    After,
}

/// The family on one side of another.
pub fn beside(id: FamilyId, side: Side) -> Option<FamilyId> {
    LIST.with_borrow(|list| {
        let at = list.iter().position(|one| *one == id)?;
        let at = if side == Side::After { at.checked_add(1) } else { at.checked_sub(1) };
        list.get(at?).copied()
    })
}

/// The address of a card.
pub fn address(id: FamilyId) -> String {
    format!("/families/{id}")
}

/// Links to both sides, where the family stands in the list.
pub fn links(id: FamilyId) -> AnyView {
    let Some((at, of)) = LIST.with_borrow(|list| Some((list.iter().position(|one| *one == id)?.saturating_add(1), list.len()))) else {
        return ().into_any();
    };
    let link = |side: Side, words: Text, glyph: &'static str, key: &'static str| {
        beside(id, side).map(|to| {
            view! {
                <a class="button button--quiet button--icon" href=address(to) aria-label=move || t(words) title=move || t(words) aria-keyshortcuts=key>{glyph}</a>
            }
        })
    };
    view! {
        <span class="row beside no-print">
            {link(Side::Before, staff::BEFORE, "‹", "[ k")}
            <span class="faint">{move || fill(staff::PLACE, &[("n", &at.to_string()), ("of", &of.to_string())])}</span>
            {link(Side::After, staff::AFTER, "›", "] j")}
        </span>
    }
    .into_any()
}
