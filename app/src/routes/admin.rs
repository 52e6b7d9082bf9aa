//! The pages of the administration.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::admin, ui::shell::desk};
use contract::Duty;
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
                <Route path=path!("/admin/policy") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::PolicyPage /> }.into_any()) />
                <Route path=path!("/admin/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/admin/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
