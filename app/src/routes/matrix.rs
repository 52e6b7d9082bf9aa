//! The pages of the field matrix: itself, two roles beside one another, and its history.

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
                <Route path=path!("/admin/policy") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::PolicyPage /> }.into_any()) />
                <Route path=path!("/admin/policy/roles") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::ComparePage /> }.into_any()) />
                <Route path=path!("/admin/policy/history") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::HistoryPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
