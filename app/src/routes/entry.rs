//! The ways in, of staff and of guardians.

use super::{elsewhere, outside};
use crate::pages::gate;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    view! {
        <FlatRoutes fallback=elsewhere>
            <Route path=path!("/sign-in") view=|| outside(|| view! { <gate::SignInPage /> }.into_any()) />
            <Route path=path!("/enrol") view=gate::EnrolPage />
            <Route path=path!("/recover") view=|| outside(|| view! { <gate::RecoverPage /> }.into_any()) />
            <Route path=path!("/invitation") view=gate::InvitationPage />
            <Route path=path!("/portal/sign-in") view=|| outside(|| view! { <gate::GuardianSignInPage /> }.into_any()) />
        </FlatRoutes>
    }
    .into_any()
}
