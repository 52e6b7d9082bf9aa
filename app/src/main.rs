//! Starts the client in the page that `index.html` prepared.

use wasm_bindgen::{JsCast, UnwrapThrowExt};

fn main() {
    app::panic_page::install();
    let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
    let prepared = document.get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    let root = prepared.or_else(|| document.body()).unwrap_throw();
    leptos::mount::mount_to(root, app::app::App).forget();
    app::panic_page::show("boot", false);
}
