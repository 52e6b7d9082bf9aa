//! A key.

use leptos::prelude::*;

/// A key on the keyboard.
#[component]
pub fn Kbd(
    /// What stands on it.
    key: &'static str,
) -> impl IntoView {
    view! { <kbd class="kbd">{key}</kbd> }
}
