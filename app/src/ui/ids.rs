//! Ids of elements, unique in the tab, so that labels, hints and errors find their control.

use std::cell::Cell;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// `given`, or a fresh id where it is empty.
#[must_use]
pub fn id_or(given: String) -> String {
    if given.is_empty() { fresh() } else { given }
}

/// A fresh id.
#[must_use]
pub fn fresh() -> String {
    LAST.set(LAST.get().wrapping_add(1));
    format!("u{}", LAST.get())
}
