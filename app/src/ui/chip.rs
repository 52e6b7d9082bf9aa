//! Chips: views to choose from, conditions to take away.

use crate::text::{common, tr};
use leptos::prelude::*;

/// A view that is chosen or not.
#[component]
pub fn Chip(
    /// Chosen or not.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Chooses it.
    #[prop(into)]
    on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="chip" type="button" aria-pressed=move || pressed.get().to_string() on:click=move |_| on_press.run(())>
            {children()}
        </button>
    }
}

/// A condition that can be taken away.
#[component]
pub fn FilterChip(
    /// Takes it away.
    #[prop(into)]
    on_remove: Callback<()>,
    children: Children,
) -> impl IntoView {
    let remove = tr(common::REMOVE_FILTER);
    view! {
        <span class="chip chip--filter">
            {children()} <button class="chip__close" type="button" aria-label=remove on:click=move |_| on_remove.run(())>"✕"</button>
        </span>
    }
}
