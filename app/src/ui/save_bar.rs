//! The bar at the foot of a form: what is unsaved, discard, save.

use super::button::{Button, Kind};
use crate::text::{common, tr, use_lang};
use leptos::prelude::*;

/// The bar. Stands inside the `<form>` that it sends.
#[component]
pub fn SaveBar(
    /// Whether there is anything to save.
    #[prop(into)]
    dirty: Signal<bool>,
    /// Whether it is being saved.
    #[prop(into)]
    busy: Signal<bool>,
    /// Throws the changes away.
    #[prop(optional, into)]
    on_discard: Option<Callback<()>>,
    /// Other words on the button than 保存.
    #[prop(optional, into)]
    save: Signal<Option<String>>,
) -> impl IntoView {
    let lang = use_lang();
    let state = move || {
        match (busy.get(), dirty.get()) {
            (true, _) => common::SAVING,
            (false, true) => common::UNSAVED,
            (false, false) => common::NOTHING_CHANGED,
        }
        .say(lang.get())
    };
    let words = move || save.get().unwrap_or_else(|| common::SAVE.say(lang.get()).to_owned());
    let discard = tr(common::DISCARD);
    view! {
        <div class="savebar">
            <span class="savebar__state" role="status">{state}</span>
            {on_discard.map(|on_discard| view! {
                <Button kind=Kind::Quiet on_press=on_discard disabled=Signal::derive(move || !dirty.get())>{discard}</Button>
            })}
            <Button kind=Kind::Primary submit=true busy disabled=Signal::derive(move || !dirty.get())>{words}</Button>
        </div>
    }
}
