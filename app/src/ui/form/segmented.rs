//! One of a few, all seen at once.

use crate::ui::ids;
use leptos::prelude::*;

/// Radio buttons that stand side by side.
#[component]
pub fn Segmented<T>(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// The choice.
    value: RwSignal<T>,
    /// What can be chosen, with words: `Relation::ALL.iter().map(|r| (*r, tr(words::relation(*r)))).collect()`.
    choices: Vec<(T, Signal<String>)>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let name = ids::fresh();
    let items = choices
        .into_iter()
        .map(|(choice, words)| {
            view! {
                <label class="segmented__item">
                    <input type="radio" name=name.clone() prop:checked=move || value.get() == choice on:change=move |_| value.set(choice)/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="form__field">
            <legend class="form__label">{label}</legend>
            <div class="segmented">{items}</div>
        </fieldset>
    }
}
