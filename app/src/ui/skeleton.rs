//! The shape of what is being loaded.

use crate::text::{common, live};
use leptos::prelude::*;

/// A few lines; the style sheet shows them only after a moment.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|at| view! { <span class=if at % 3 == 2 { "skeleton__line skeleton__line--short" } else { "skeleton__line" }></span> })
        .collect_view();
    view! {
        <span class="visually-hidden" role="status">{live(common::LOADING)}</span>
        <div class="skeleton" aria-hidden="true">{lines}</div>
    }
}
