//! A menu on the native popover: opens by its button, closes on Esc and on a press elsewhere.

use leptos::prelude::*;

/// A menu; open it with `<button popovertarget="the-id">`. Children: `.menu__title`, `.menu__item`, `.menu__rule`.
#[component]
pub fn Menu(
    /// Its id; must be unique on the page.
    #[prop(into)]
    id: String,
    /// The items.
    children: Children,
) -> impl IntoView {
    let own = id.clone();
    view! {
        <div class="menu" id=id role="menu" popover="auto" on:click=move |_| close(&own)>
            {children()}
        </div>
    }
}

/// Closes the popover with this id, if it is open.
pub fn close(id: &str) {
    use wasm_bindgen::JsCast;
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Refuses when it is not a popover or is closed already; both are what is wanted.
        let _ = element.hide_popover();
    }
}
