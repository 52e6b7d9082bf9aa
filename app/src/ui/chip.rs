//! A chip: a filter that is on or off.

use leptos::prelude::*;

/// A chip. Put chips into `<div class="chips" role="group" aria-label=…>`.
#[component]
pub fn Chip(
    /// Whether it is on.
    #[prop(into)]
    pressed: Signal<bool>,
    /// What a press does.
    #[prop(into)]
    on_click: Callback<()>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button class="chip" type="button" aria-pressed=move || if pressed.get() { "true" } else { "false" } on:click=move |_| on_click.run(())>
            {children()}
        </button>
    }
}
