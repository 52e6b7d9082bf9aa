//! What is held about a child and about the guardian.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::portal, ui::shell::portal_shell};
use contract::wire::sign_in::Surface;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    inside(portal_shell, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/portal/children/:id/:part") view=|| page(Needs::On(Surface::Portal), portal::held_page) />
            </FlatRoutes>
        }
        .into_any()
    })
}
