//! The foot of a list that goes on.

use super::Button;
use crate::text::{common, fill, t};
use leptos::prelude::*;

/// How many rows are shown, and a button for more.
#[component]
pub fn Pager(
    /// How many rows are shown.
    #[prop(into)]
    shown: Signal<usize>,
    /// Whether there are more.
    #[prop(into)]
    more: Signal<bool>,
    /// Whether more are being read.
    #[prop(into)]
    busy: Signal<bool>,
    /// Reads more.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="pager">
            <span class="faint" role="status">{move || fill(common::SHOWN_SO_FAR, &[("n", &shown.get().to_string())])}</span>
            {move || more.get().then(|| view! { <Button busy on_click=on_more>{move || t(common::MORE)}</Button> })}
        </div>
    }
}
