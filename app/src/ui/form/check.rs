//! Yes or no.

use leptos::prelude::*;

/// A box to tick.
#[component]
pub fn Checkbox(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Ticked or not.
    value: RwSignal<bool>,
    /// A second line.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The id of the control.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input class="check__box" type="checkbox" id=id prop:checked=value on:change=move |event| value.set(event_target_checked(&event))/>
            <span>{label} {move || hint.get().map(|hint| view! { <small>{hint}</small> })}</span>
        </label>
    }
}
