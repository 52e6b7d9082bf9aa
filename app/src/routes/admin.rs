//! The pages of the administration.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::admin, ui::shell::shell};
use contract::Duty;
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
                <Route path=path!("/admin/policy") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::PolicyPage /> }.into_any()) />
                <Route path=path!("/admin/policy/roles") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::ComparePage /> }.into_any()) />
                <Route path=path!("/admin/policy/document") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::DocumentPage /> }.into_any()) />
                <Route path=path!("/admin/policy/history") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::HistoryPage /> }.into_any()) />
                <Route path=path!("/admin/policy/view-as") view=|| page(Needs::For(Duty::KeepPolicy), || view! { <admin::ViewAsPage /> }.into_any()) />
                <Route path=path!("/admin/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/admin/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
                <Route path=path!("/admin/staff/new") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffNewPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPersonPage /> }.into_any()) />
                <Route path=path!("/admin/school") view=|| page(Needs::For(Duty::KeepSchool), || view! { <admin::SchoolPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
