//! The one table from paths to pages, and who may open which.
//!
//! The rule: a page outside the person's surface or duties is not found, as on the server. Deliberately absent: data; a
//! guard here hides a page, and only the server refuses a request.

use crate::{
    pages::{account, admin, gate, not_found, portal, staff},
    session::{self, Phase},
    text::common,
    ui::{
        Button, Empty, EmptyKind, Skeleton,
        shell::{PortalShell, Shell},
    },
};
use contract::{Duty, wire::sign_in::Surface};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Outlet, ParentRoute, Redirect, Route, Routes},
    path,
};

/// What a page needs.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// Anybody who is signed in.
    Anybody,
    /// The surface.
    On(Surface),
    /// The duty.
    For(Duty),
}

impl Needs {
    fn met(self) -> bool {
        match self {
            Self::Anybody => true,
            Self::On(surface) => session::surface() == Some(surface),
            Self::For(duty) => session::has_duty(duty),
        }
    }
}

/// Every page.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <Lost /> }>
            <Route path=path!("/sign-in") view=|| outside(|| view! { <gate::SignInPage /> }.into_any()) />
            <Route path=path!("/enrol") view=gate::EnrolPage />
            <Route path=path!("/recover") view=|| outside(|| view! { <gate::RecoverPage /> }.into_any()) />
            <Route path=path!("/invitation") view=gate::InvitationPage />
            <ParentRoute path=path!("") view=Inside>
                <Route path=path!("/") view=Home />
                <Route path=path!("/families") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamiliesPage /> }.into_any()) />
                <Route path=path!("/families/new") view=|| page(Needs::For(Duty::KeepFamilies), || view! { <staff::FamilyNewPage /> }.into_any()) />
                <Route path=path!("/families/:id") view=|| page(Needs::On(Surface::Staff), || view! { <staff::FamilyPage /> }.into_any()) />
                <Route path=path!("/account") view=|| page(Needs::Anybody, || view! { <account::AccountPage /> }.into_any()) />
                <Route path=path!("/admin/policy") view=|| page(Needs::For(Duty::ReadPolicy), || view! { <admin::PolicyPage /> }.into_any()) />
                <Route path=path!("/admin/trail") view=|| page(Needs::For(Duty::ReadTrail), || view! { <admin::TrailPage /> }.into_any()) />
                <Route path=path!("/admin/staff") view=|| page(Needs::For(Duty::KeepStaff), || view! { <admin::StaffPage /> }.into_any()) />
                <Route path=path!("/portal") view=|| page(Needs::On(Surface::Portal), || view! { <portal::ChildrenPage /> }.into_any()) />
                <Route path=path!("/portal/children/:id") view=|| page(Needs::On(Surface::Portal), || view! { <portal::ChildPage /> }.into_any()) />
            </ParentRoute>
        </Routes>
    }
}

/// A page for whoever meets its needs.
fn page(needs: Needs, view: fn() -> AnyView) -> AnyView {
    // A memo, so that a renewed session does not draw the page anew.
    let met = Memo::new(move |_| needs.met());
    (move || if met.get() { view() } else { view! { <not_found::NotFoundPage /> }.into_any() }).into_any()
}

/// A page for those who are not signed in; others go where they were, or home.
fn outside(view: fn() -> AnyView) -> AnyView {
    let signed_in = Memo::new(|_| session::me().is_some());
    (move || {
        if signed_in.get() {
            let home = session::me_now().map_or("/", |me| session::home(&me)).to_owned();
            view! { <Redirect path=session::take_next().unwrap_or(home) /> }.into_any()
        } else {
            view()
        }
    })
    .into_any()
}

/// What surrounds the pages of those who are signed in.
#[component]
fn Inside() -> impl IntoView {
    let surface = Memo::new(|_| (session::phase(), session::surface()));
    move || match surface.get() {
        (_, Some(Surface::Staff | Surface::Admin)) => view! { <Shell><Outlet /></Shell> }.into_any(),
        (_, Some(Surface::Portal)) => view! { <PortalShell><Outlet /></PortalShell> }.into_any(),
        (Phase::Asking, None) => view! { <main class="gate"><div class="gate__sheet"><Skeleton /></div></main> }.into_any(),
        (Phase::Unreached, None) => view! { <Unreached /> }.into_any(),
        (Phase::Known, None) => view! { <Redirect path="/sign-in" /> }.into_any(),
    }
}

#[component]
fn Home() -> impl IntoView {
    session::me_now().map(|me| view! { <Redirect path=session::home(&me) /> })
}

/// A path that leads nowhere, with the shell for those who are signed in.
#[component]
fn Lost() -> impl IntoView {
    let surface = Memo::new(|_| session::surface());
    move || match surface.get() {
        Some(Surface::Staff | Surface::Admin) => view! { <Shell><not_found::NotFoundPage /></Shell> }.into_any(),
        Some(Surface::Portal) => {
            view! { <PortalShell><main class="portal__main" id="main"><not_found::NotFoundPage /></main></PortalShell> }.into_any()
        }
        None => view! { <main class="gate" id="main"><div class="gate__sheet"><not_found::NotFoundPage /></div></main> }.into_any(),
    }
}

#[component]
fn Unreached() -> impl IntoView {
    view! {
        <main class="gate" id="main">
            <div class="gate__sheet">
                <Empty kind=EmptyKind::Error title=common::UNREACHED line=crate::text::problems::OFFLINE>
                    <div class="row">
                        <Button on_click=|()| spawn_local(session::ask())>{move || crate::text::t(common::AGAIN)}</Button>
                    </div>
                </Empty>
            </div>
        </main>
    }
}
