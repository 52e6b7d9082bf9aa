//! Several lines of text.

use super::field::{Field, FieldIds};
use crate::{
    text::{common, use_lang},
    ui::ids::id_or,
};
use leptos::prelude::*;

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// The hint.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The placeholder.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Says that nothing need be entered.
    #[prop(optional)]
    optional: bool,
    /// The id of the control.
    #[prop(optional, into)]
    id: String,
    /// The longest text, in characters; shows a count.
    #[prop(optional, into)]
    max: Option<u32>,
    /// How many lines are seen.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let ids = FieldIds::of(id_or(id));
    let (control, described) = (ids.control.clone(), ids.described());
    let lang = use_lang();
    view! {
        <Field label ids hint error optional>
            <textarea
                class="input"
                id=control
                rows=rows.to_string()
                autocomplete="off"
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            {max.map(|max| view! {
                <span class="form__count">{move || common::characters(lang.get(), value.with(|text| text.chars().count()), max)}</span>
            })}
        </Field>
    }
}
