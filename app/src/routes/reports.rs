//! The trail, and the pages that are made of it in another order: the register of approvals, what one person did. And the tokens for
//! programs.

use super::{Needs, elsewhere, inside, page};
use crate::{
    pages::{admin, tokens},
    session,
    text::problems,
    ui::shell::desk,
};
use contract::Duty;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// What somebody did, for whoever keeps the staff and for whoever reads the trail.
fn activity() -> AnyView {
    let keeps = session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepStaff));
    let duty = if keeps { Duty::KeepStaff } else { Duty::ReadTrail };
    page(Needs::For(duty), || view! { <admin::ActivityPage /> }.into_any())
}

/// Every page of this program.
pub fn pages() -> AnyView {
    problems::in_office();
    inside(desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/admin/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/admin/trail/approvals") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::RegisterPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id/activity") view=activity />
                <Route path=path!("/tokens") view=|| page(Needs::Staff, || view! { <tokens::TokensPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
