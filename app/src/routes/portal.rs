//! The pages of guardians: the way in by invitation or code, the children, one's own access.

use super::{Needs, elsewhere, inside, outside, page};
use crate::{
    pages::{account::GuardianAccountPage, gate, portal},
    ui::shell::portal_shell,
};
use contract::wire::sign_in::Surface;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    path,
};

/// Every page of this surface.
pub fn pages() -> AnyView {
    view! {
        <Routes fallback=|| elsewhere(portal_shell)>
            <Route path=path!("/invitation") view=gate::InvitationPage />
            <Route path=path!("/portal/sign-in") view=|| outside(|| view! { <gate::GuardianSignInPage /> }.into_any()) />
            <ParentRoute path=path!("/portal") view=|| inside(portal_shell)>
                <Route path=path!("") view=|| page(Needs::On(Surface::Portal), || view! { <portal::ChildrenPage /> }.into_any()) />
                <Route path=path!("/children/:id") view=|| page(Needs::On(Surface::Portal), || view! { <portal::ChildPage /> }.into_any()) />
                <Route path=path!("/account") view=|| page(Needs::Anybody, || view! { <GuardianAccountPage /> }.into_any()) />
            </ParentRoute>
        </Routes>
    }
    .into_any()
}
