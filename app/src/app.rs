//! The root of each program: asks who is signed in, then draws its routes and the toasts.

use crate::{
    panic_page, routes,
    session::{self, Phase},
    ui::{reveal, toast::Toasts},
};
use contract::Program;
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use leptos_router::components::Router;
use wasm_bindgen::{JsCast, UnwrapThrowExt};

/// Starts a program in the page that `index.html` prepared.
pub fn start(program: Program, pages: fn() -> AnyView) {
    panic_page::install();
    routes::set_program(program);
    let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
    let prepared = document.get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    let root = prepared.or_else(|| document.body()).unwrap_throw();
    mount_to(root, move || view! { <App pages /> }).forget();
}

/// The whole client.
#[component]
fn App(
    /// The routes.
    pages: fn() -> AnyView,
) -> impl IntoView {
    spawn_local(session::ask());
    // Until then the prepared page says more than this one could.
    Effect::new(|| {
        if session::phase() != Phase::Asking {
            panic_page::start();
        }
    });
    reveal::watch_window();
    view! {
        <Router>
            {pages()}
        </Router>
        <Toasts />
    }
}
