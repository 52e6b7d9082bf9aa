//! Views that stand as long as their key does: what is open or half typed in one stays while others come and go.
//!
//! The rule: one function of no type parameter, so that what tells old from new is in a program once. Deliberately absent: a
//! view that changes under its key; what changed has another key.

use leptos::prelude::*;

/// A key, unlike those beside it, and what draws the view when the key is new.
pub type Kept = (String, Box<dyn FnOnce() -> AnyView + Send>);

/// Pairs a key with what draws its view.
pub fn kept(key: String, draw: impl FnOnce() -> AnyView + Send + 'static) -> Kept {
    (key, Box::new(draw))
}

/// The views in their order; reactive in `all`.
pub fn each_kept(all: Box<dyn Fn() -> Vec<Kept> + Send>) -> AnyView {
    view! { <For each=all key=|(key, _)| key.clone() children=|(_, draw)| draw() /> }.into_any()
}
