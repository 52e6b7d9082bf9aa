//! One's own access: passkeys, sessions, recovery codes.

use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <p></p> }
}
