//! The bar of a form with unsaved changes; stays in sight.

use super::{Button, ButtonKind};
use crate::text::{common, t};
use leptos::prelude::*;

/// Save and discard; shown only while something is unsaved. Stands at the end of a `<form>`, whose submit saves.
#[component]
pub fn SaveBar(
    /// Whether something is unsaved.
    #[prop(into)]
    dirty: Signal<bool>,
    /// Whether the answer is awaited.
    #[prop(into)]
    busy: Signal<bool>,
    /// Discards.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    move || {
        dirty.get().then(|| {
            view! {
                <div class="savebar">
                    <span class="savebar__state" role="status">{move || t(common::UNSAVED)}</span>
                    <Button kind=ButtonKind::Quiet disabled=busy on_click=on_discard>{move || t(common::DISCARD)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=busy>{move || t(common::SAVE)}</Button>
                </div>
            }
        })
    }
}
