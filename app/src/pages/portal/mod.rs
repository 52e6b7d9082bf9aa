//! Pages of a guardian.

use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn ChildrenPage() -> impl IntoView {
    view! { <p></p> }
}

/// Draws the page.
#[component]
pub fn ChildPage() -> impl IntoView {
    view! { <p></p> }
}
