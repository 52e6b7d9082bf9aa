//! The trail, and the pages that are documents: its register, the reports of audits, one of them with its findings, and the rules of the fields.

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
                <Route path=path!("/admin/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/admin/trail/approvals") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::RegisterPage /> }.into_any()) />
                <Route path=path!("/admin/audit") view=|| page(Needs::For(Duty::ReadAudit), || view! { <admin::AuditsPage /> }.into_any()) />
                <Route path=path!("/admin/audit/:id") view=|| page(Needs::For(Duty::ReadAudit), || view! { <admin::AuditPage /> }.into_any()) />
                <Route path=path!("/admin/policy/document") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::DocumentPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
