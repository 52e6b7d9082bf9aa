//! The families beside this one in the list that the viewer came from.
//!
//! The rule: list and card are two programs, so the order is handed on in the storage of the tab: as ids, which name nobody, and
//! only until somebody signs out or closes the tab. Deliberately absent: asking for the rows before or after those that were
//! seen, which would be a look at families that nobody opened.

use crate::{
    session::tab_storage,
    text::{Text, fill, staff, t},
};
use contract::ids::FamilyId;
use leptos::prelude::*;

const STORED: &str = "shendu.beside";
/// Longer lists are handed on in part: from their beginning.
const MOST: usize = 500;

/// Hands on the order of a list that the viewer is looking at.
pub fn remember(list: &[FamilyId]) {
    if let Some(storage) = tab_storage() {
        let ids: Vec<String> = list.iter().take(MOST).map(ToString::to_string).collect();
        let _ = storage.set_item(STORED, &ids.join(" "));
    }
}

fn order() -> Vec<FamilyId> {
    let stored = tab_storage().and_then(|storage| storage.get_item(STORED).ok()?).unwrap_or_default();
    stored.split(' ').filter_map(|id| id.parse().ok()).collect()
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
    let list = order();
    let at = list.iter().position(|one| *one == id)?;
    let at = if side == Side::After { at.checked_add(1) } else { at.checked_sub(1) };
    list.get(at?).copied()
}

/// The address of a card.
pub fn address(id: FamilyId) -> String {
    format!("/families/{id}")
}

/// Links to both sides, where the family stands in the list.
pub fn links(id: FamilyId) -> AnyView {
    let list = order();
    let Some(at) = list.iter().position(|one| *one == id) else { return ().into_any() };
    let (at, of) = (at.saturating_add(1), list.len());
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
