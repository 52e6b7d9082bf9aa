//! What stands where something is being read; appears by itself after 150 ms (the stylesheet waits), nothing before.

use leptos::prelude::*;

/// A few grey lines.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|line| {
            let class = if line % 3 == 2 { "skeleton__line skeleton__line--short" } else { "skeleton__line" };
            view! { <span class=class></span> }
        })
        .collect_view();
    view! { <div class="skeleton" aria-hidden="true">{lines}</div> }
}

/// Grey rows inside a `<tbody>`.
#[component]
pub fn SkeletonRows(
    /// How many columns.
    columns: usize,
    /// How many rows.
    #[prop(default = 6)]
    rows: usize,
) -> impl IntoView {
    (0..rows)
        .map(|_| {
            let cells = (0..columns).map(|_| view! { <td><span class="skeleton__line"></span></td> }).collect_view();
            view! { <tr class="skeleton-row" aria-hidden="true">{cells}</tr> }
        })
        .collect_view()
}
