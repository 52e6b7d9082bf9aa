//! The pages that are made of the trail in another order: the register of approvals, and what one person did.

use super::{Needs, elsewhere, inside, page};
use crate::{pages::admin, session, text::problems, ui::shell::desk};
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
                <Route path=path!("/admin/trail/approvals") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::RegisterPage /> }.into_any()) />
                <Route path=path!("/admin/staff/:id/activity") view=activity />
            </FlatRoutes>
        }
        .into_any()
    })
}
