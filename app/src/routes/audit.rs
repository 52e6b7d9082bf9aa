//! The pages that are documents: the reports of audits, one of them with its findings, and of the matrix its history, two roles
//! beside one another, and its rules.

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
                <Route path=path!("/admin/audit") view=|| page(Needs::For(Duty::ReadAudit), || view! { <admin::AuditsPage /> }.into_any()) />
                <Route path=path!("/admin/audit/:id") view=|| page(Needs::For(Duty::ReadAudit), || view! { <admin::AuditPage /> }.into_any()) />
                <Route path=path!("/admin/policy/roles") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::ComparePage /> }.into_any()) />
                <Route path=path!("/admin/policy/history") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::HistoryPage /> }.into_any()) />
                <Route path=path!("/admin/policy/document") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::DocumentPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
