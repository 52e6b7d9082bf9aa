//! Pages of the staff: families.

use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    view! { <p></p> }
}

/// Draws the page.
#[component]
pub fn FamilyNewPage() -> impl IntoView {
    view! { <p></p> }
}

/// Draws the page.
#[component]
pub fn FamilyPage() -> impl IntoView {
    view! { <p></p> }
}
