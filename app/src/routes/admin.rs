//! The pages of the administration: staff, the school, the trail. The field matrix and the reports are programs of their own.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::admin, text::problems, ui::shell::desk};
use contract::Duty;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    problems::in_office();
    inside(desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
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
