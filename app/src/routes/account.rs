//! One's own access, in the shell of whoever it is.

use super::{Needs, elsewhere, inside, page};
use crate::{
    pages::account::{GuardianAccountPage, StaffAccountPage},
    session,
    ui::shell::{portal_shell, shell},
};
use contract::wire::sign_in::Surface;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    inside(around, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/account") view=|| page(Needs::Staff, || view! { <StaffAccountPage /> }.into_any()) />
                <Route path=path!("/portal/account") view=|| page(Needs::On(Surface::Portal), || view! { <GuardianAccountPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}

fn around(children: Children) -> AnyView {
    if session::me_now().is_some_and(|me| me.surface == Surface::Portal) { portal_shell(children) } else { shell(children) }
}
