//! The pages of the administration: staff and the school. The field matrix is a program of its own.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::admin, session, ui::shell::desk};
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
    inside(desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/admin/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
                <Route path=path!("/admin/staff/new") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffNewPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPersonPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id/activity") view=activity />
                <Route path=path!("/admin/school") view=|| page(Needs::For(Duty::KeepSchool), || view! { <admin::SchoolPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
