//! The pages of the administration: staff and the school. And the requests of guardians, for which the day's program has no room. The field matrix, the trail and the reports are programs of their own.

use super::{Needs, elsewhere, inside, page};
use crate::{
    pages::{admin, desk},
    text::problems,
    ui::shell,
};
use contract::Duty;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    problems::in_office();
    inside(shell::desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/requests") view=|| page(Needs::Requests, || view! { <desk::RequestsPage /> }.into_any()) />
                <Route path=path!("/admin/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
                <Route path=path!("/admin/staff/new") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffNewPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPersonPage /> }.into_any()) />
                <Route path=path!("/admin/school") view=|| page(Needs::For(Duty::KeepSchool), || view! { <admin::SchoolPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
