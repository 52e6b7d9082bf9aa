//! The controls of a filter that stands in the address: a choice and a day. Each says what it is now and what it should be.

use crate::text::{Text, t};
use leptos::prelude::*;

/// What a control shows, and what is done with another value.
pub type Part = (Signal<String>, Callback<String>);

/// Options, the first of which stands for all of them.
pub fn with_any(any: Text, all: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), t(any).to_owned())).chain(all).collect()
}

/// A choice among options.
pub fn choice(id: &'static str, label: Text, options: Signal<Vec<(String, String)>>, (chosen, change): Part) -> AnyView {
    view! {
        <div class="form__field">
            <label class="form__label" for=id>{move || t(label)}</label>
            <select class="input" id=id on:change:target=move |event| change.run(event.target().value())>
                {move || options.get().into_iter().map(|(key, words)| {
                    let own = key.clone();
                    view! { <option value=key selected=move || chosen.get() == own>{words}</option> }
                }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// A day.
pub fn day(id: &'static str, label: Text, (chosen, change): Part) -> AnyView {
    view! {
        <div class="form__field">
            <label class="form__label" for=id>{move || t(label)}</label>
            <input
                class="input"
                id=id
                type="date"
                prop:value=move || chosen.get()
                on:change:target=move |event| change.run(event.target().value())
            />
        </div>
    }
    .into_any()
}
