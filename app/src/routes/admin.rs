//! The pages of the administration.

use super::{Needs, elsewhere, inside, page};
use crate::{
    pages::{account::StaffAccountPage, admin},
    ui::shell::shell,
};
use contract::Duty;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    path,
};

/// Every page of this surface.
pub fn pages() -> AnyView {
    view! {
        <Routes fallback=|| elsewhere(shell)>
            <ParentRoute path=path!("/admin") view=|| inside(shell)>
                <Route path=path!("/policy") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::PolicyPage /> }.into_any()) />
                <Route path=path!("/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
                <Route path=path!("/account") view=|| page(Needs::Anybody, || view! { <StaffAccountPage /> }.into_any()) />
            </ParentRoute>
        </Routes>
    }
    .into_any()
}
