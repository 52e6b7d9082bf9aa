//! The pages of one family.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::staff, ui::shell::desk};
use contract::{Duty, wire::sign_in::Surface};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    inside(desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/families/new") view=|| page(Needs::For(Duty::KeepFamilies), || view! { <staff::FamilyNewPage /> }.into_any()) />
                <Route path=path!("/families/:id") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamilyPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
