//! The few steps of an enrolment.

use crate::text::{Text, t};
use leptos::prelude::*;

/// The steps.
#[component]
pub fn Steps(
    /// Their names.
    names: Vec<Text>,
    /// The present one, from 0.
    #[prop(into)]
    at: Signal<usize>,
) -> impl IntoView {
    let steps = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            view! {
                <li
                    class="steps__step"
                    data-state=move || (index < at.get()).then_some("done")
                    aria-current=move || (index == at.get()).then_some("step")
                >
                    {move || t(name)}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{steps}</ol> }
}
