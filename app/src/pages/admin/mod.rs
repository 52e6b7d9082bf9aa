//! Pages of the administration: matrix, trail, staff.

use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    view! { <p></p> }
}

/// Draws the page.
#[component]
pub fn TrailPage() -> impl IntoView {
    view! { <p></p> }
}

/// Draws the page.
#[component]
pub fn StaffPage() -> impl IntoView {
    view! { <p></p> }
}
