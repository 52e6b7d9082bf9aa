//! One of many.

use super::field::{Field, FieldIds};
use crate::ui::ids::id_or;
use leptos::prelude::*;

/// One choice: the value that the signal gets, and the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the signal gets.
    pub value: String,
    /// What is read.
    pub words: String,
}

impl Choice {
    /// A choice.
    #[must_use]
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// One of many; the value is text (an id, a stable name).
#[component]
pub fn Select(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value chosen.
    value: RwSignal<String>,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The hint.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Says that nothing need be chosen.
    #[prop(optional)]
    optional: bool,
    /// Half as wide as the form.
    #[prop(optional)]
    half: bool,
    /// The id of the control.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let ids = FieldIds::of(id_or(id));
    let (control, described) = (ids.control.clone(), ids.described());
    view! {
        <Field label ids hint error optional half>
            <select
                class="input"
                id=control
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:change=move |event| value.set(event_target_value(&event))
            >
                {move || choices.get().into_iter().map(|choice| {
                    let this = choice.value.clone();
                    view! { <option value=choice.value prop:selected=move || value.with(|value| *value == this)>{choice.words}</option> }
                }).collect_view()}
            </select>
        </Field>
    }
}
