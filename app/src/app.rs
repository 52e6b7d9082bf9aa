//! The root: asks who is signed in, then draws the routes and the toasts.

use crate::{
    routes::Pages,
    session,
    ui::{reveal, toast::Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::Router;

/// The whole client.
#[component]
pub fn App() -> impl IntoView {
    spawn_local(session::ask());
    reveal::watch_window();
    view! {
        <Router>
            <Pages />
        </Router>
        <Toasts />
    }
}
