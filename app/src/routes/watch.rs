//! The pages of the watch: the alarms, the rules by which they are raised, the honey records, who sees what, standing
//! grants, and with what each role signs in.

use super::{Needs, elsewhere, inside, page};
use crate::{
    pages::{admin, desk as day},
    text::problems,
    ui::shell::desk,
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
    inside(desk, || {
        view! {
            <FlatRoutes fallback=elsewhere>
                <Route path=path!("/grants") view=|| page(Needs::Staff, || view! { <day::GrantsPage /> }.into_any()) />
                <Route path=path!("/admin/alarms") view=|| page(Needs::For(Duty::Watch), || view! { <admin::AlarmsPage /> }.into_any()) />
                <Route path=path!("/admin/alarms/rules") view=|| page(Needs::For(Duty::Watch), || view! { <admin::RulesPage /> }.into_any()) />
                <Route path=path!("/admin/alarms/honey") view=|| page(Needs::For(Duty::Watch), || view! { <admin::HoneyPage /> }.into_any()) />
                <Route path=path!("/admin/school/sign-in") view=|| page(Needs::For(Duty::KeepSchool), || view! { <admin::LadderPage /> }.into_any()) />
                <Route path=path!("/admin/policy/view-as") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::WhyPage /> }.into_any()) />
            </FlatRoutes>
        }
        .into_any()
    })
}
