//! The list of families.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::staff, ui::shell::desk};
use contract::wire::sign_in::Surface;
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
                <Route path=path!("/families") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamiliesPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
