//! A dialog on the native `<dialog>`: the browser holds the focus, closes it on Esc and gives the focus back.

use crate::text::{common, live};
use leptos::{html, prelude::*};

/// A modal dialog. Its children are the `.dialog__body` and `.dialog__foot`, made anew at every opening; put `autofocus` on
/// the first useful control.
#[component]
pub fn Dialog(
    /// Whether it is open; closing by Esc or ✕ sets it to false.
    open: RwSignal<bool>,
    /// Its id; must be unique on the page.
    #[prop(into)]
    id: String,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// `dialog--wide`, `dialog--danger`.
    #[prop(optional)]
    class: &'static str,
    /// Body and foot.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                // Fails only when the element has left the page meanwhile.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let label = format!("{id}-title");
    view! {
        <dialog class=format!("dialog {class}") id=id aria-labelledby=label.clone() node_ref=node on:close=move |_| { open.try_set(false); }>
            <header class="dialog__head">
                <h2 id=label.clone()>{move || title.get()}</h2>
                <button class="dialog__close" type="button" aria-label=live(common::CLOSE) on:click=move |_| open.set(false)>
                    "✕"
                </button>
            </header>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
