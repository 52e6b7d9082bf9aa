//! The foot of a list that goes on.

use super::button::Button;
use crate::text::{common, tr, tr_with};
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
    let so_far = tr_with(move |lang| common::shown_so_far(lang, shown.get()));
    let words = tr(common::MORE);
    view! {
        <div class="pager">
            <span class="faint" role="status">{so_far}</span>
            {move || more.get().then(|| view! { <Button busy on_press=on_more>{words}</Button> })}
        </div>
    }
}
