//! The pages of the staff, and those before sign-in.

use super::{Home, Needs, elsewhere, inside, outside, page};
use crate::{
    pages::{account::StaffAccountPage, gate, staff},
    ui::shell::shell,
};
use contract::{Duty, wire::sign_in::Surface};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    path,
};

/// Every page of this surface.
pub fn pages() -> AnyView {
    view! {
        <Routes fallback=|| elsewhere(shell)>
            <Route path=path!("/sign-in") view=|| outside(|| view! { <gate::SignInPage /> }.into_any()) />
            <Route path=path!("/enrol") view=gate::EnrolPage />
            <Route path=path!("/recover") view=|| outside(|| view! { <gate::RecoverPage /> }.into_any()) />
            <ParentRoute path=path!("") view=|| inside(shell)>
                <Route path=path!("/") view=Home />
                <Route path=path!("/families") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamiliesPage /> }.into_any()) />
                <Route path=path!("/families/new") view=|| page(Needs::For(Duty::KeepFamilies), || view! { <staff::FamilyNewPage /> }.into_any()) />
                <Route path=path!("/families/:id") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamilyPage /> }.into_any()) />
                <Route path=path!("/account") view=|| page(Needs::Anybody, || view! { <StaffAccountPage /> }.into_any()) />
            </ParentRoute>
        </Routes>
    }
    .into_any()
}
