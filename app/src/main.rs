//! The client of Shendu: shows what the server disclosed and decides nothing.
//!
//! The rule: no personal value is kept outside the signals of the page that shows it; the browser's storage holds only the
//! theme and the language. Deliberately absent: service workers, caches, analytics.

mod api;
mod app;
mod pages;
mod passkey;
mod routes;
mod session;
mod text;
mod time;
mod ui;

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show("crash", true);
        // What the page showed must not stay behind a dead program.
        show("app", false);
    }));
    leptos::mount::mount_to(root(), app::App).forget();
    show("boot", false);
}

/// Where the client draws; the body when the page is not ours.
fn root() -> web_sys::HtmlElement {
    use wasm_bindgen::{JsCast, UnwrapThrowExt};
    let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
    let found = document.get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    found.or_else(|| document.body()).unwrap_throw()
}

/// Shows or hides a part of `index.html`, without the framework, which may be what has failed.
fn show(id: &str, visible: bool) {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let _ = if visible { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
    }
}
