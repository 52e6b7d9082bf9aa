//! The pages of today's work.

use super::{Home, Needs, elsewhere, inside, page};
use crate::{pages::desk, ui::shell};
use contract::wire::sign_in::Surface;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    #[cfg(feature = "gallery")]
    if crate::pages::gallery::is_here() {
        return crate::pages::gallery::page();
    }
    inside(shell::desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/") view=Home />
                <Route path=path!("/today") view=|| page(Needs::Staff, || view! { <desk::TodayPage /> }.into_any()) />
                <Route path=path!("/classes") view=|| page(Needs::On(Surface::Staff), || view! { <desk::ClassesPage /> }.into_any()) />
                <Route path=path!("/classes/:id") view=|| page(Needs::On(Surface::Staff), || view! { <desk::ClassPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
