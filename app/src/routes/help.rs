//! Help for guardians, and what they ask about looks.

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
                <Route path=path!("/portal/help") view=|| page(Needs::On(Surface::Portal), || view! { <portal::HelpPage /> }.into_any()) />
                <Route path=path!("/portal/children/:id/questions") view=|| page(Needs::On(Surface::Portal), portal::questions_page) />
                <Route path=path!("/portal/children/:id/questions/:line") view=|| page(Needs::On(Surface::Portal), portal::ask_page) />
            </FlatRoutes>
        }
        .into_any()
    })
}
