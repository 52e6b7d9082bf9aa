//! The pages of today's work.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::desk, ui::shell::shell};
use contract::wire::sign_in::Surface;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    inside(shell, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/today") view=|| page(Needs::On(Surface::Staff), || view! { <desk::TodayPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
