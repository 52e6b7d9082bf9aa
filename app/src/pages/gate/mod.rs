//! Pages before sign-in.

use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <p></p> }
}
/// Draws the page.
#[component]
pub fn EnrolPage() -> impl IntoView {
    view! { <p></p> }
}
/// Draws the page.
#[component]
pub fn RecoverPage() -> impl IntoView {
    view! { <p></p> }
}
/// Draws the page.
#[component]
pub fn InvitationPage() -> impl IntoView {
    view! { <p></p> }
}
