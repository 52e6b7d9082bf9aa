//! The tables from paths to pages, one a surface, and who may open which.
//!
//! The rule: a page outside the person's surface or duties is not found, as on the server. Each surface is a program of its
//! own, so that a guardian's phone does not load the matrix; a path of another surface is loaded anew. Deliberately absent:
//! data; a guard here hides a page, and only the server refuses a request.

pub mod admin;
pub mod portal;
pub mod staff;

use crate::{
    pages::not_found::NotFoundPage,
    session::{self, Phase},
    text::common,
    ui::{Button, Empty, EmptyKind, Skeleton},
};
use contract::{Duty, wire::sign_in::Surface};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_location,
};
use std::sync::OnceLock;

static ENTRY: OnceLock<Surface> = OnceLock::new();

/// Says once which surface this program is.
pub fn set_entry(surface: Surface) {
    let _ = ENTRY.set(surface);
}
/// The surface that this program is.
pub fn entry() -> Surface {
    ENTRY.get().copied().unwrap_or(Surface::Staff)
}
/// The page of one's own access, on this surface.
pub fn account() -> &'static str {
    match entry() {
        Surface::Staff => "/account",
        Surface::Admin => "/admin/account",
        Surface::Portal => "/portal/account",
    }
}
/// Where this surface is entered.
pub fn sign_in() -> &'static str {
    match entry() {
        Surface::Staff | Surface::Admin => "/sign-in",
        Surface::Portal => "/portal/sign-in",
    }
}

/// The `rel` of a link: one to a page of another program is the browser's to follow, not the router's.
pub fn rel(href: &str) -> Option<&'static str> {
    (Surface::of_path(href) != entry()).then_some("external")
}

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

/// A page for whoever meets its needs.
fn page(needs: Needs, view: fn() -> AnyView) -> AnyView {
    // A memo, so that a renewed session does not draw the page anew.
    let met = Memo::new(move |_| needs.met());
    (move || if met.get() { view() } else { view! { <NotFoundPage /> }.into_any() }).into_any()
}

/// A page for those who are not signed in; others go where they were, or home.
fn outside(view: fn() -> AnyView) -> AnyView {
    let signed_in = Memo::new(|_| session::me().is_some());
    (move || {
        if signed_in.get() {
            let home = session::me_now().map_or("/", |me| session::home(&me)).to_owned();
            view! { <Redirect path=session::next().unwrap_or(home) /> }.into_any()
        } else {
            view()
        }
    })
    .into_any()
}

/// What surrounds the pages of those who are signed in; `shell` is that of this surface.
fn inside(shell: fn(Children) -> AnyView) -> AnyView {
    let state = Memo::new(|_| (session::phase(), session::surface()));
    (move || match state.get() {
        (_, Some(surface)) if belongs(surface) => shell(Box::new(|| view! { <Outlet /> }.into_any())),
        (_, Some(_)) => bare(),
        (Phase::Asking, None) => view! { <main class="gate"><div class="gate__sheet"><Skeleton /></div></main> }.into_any(),
        (Phase::Unreached, None) => view! { <Unreached /> }.into_any(),
        (Phase::Known, None) => view! { <Redirect path=session::way_in() /> }.into_any(),
    })
    .into_any()
}

/// Whether the shell of this program is the person's: staff and administration share one, guardians have their own.
fn belongs(surface: Surface) -> bool {
    (surface == Surface::Portal) == (entry() == Surface::Portal)
}

/// A path that this program has no page for: another program's, or nobody's.
fn elsewhere(shell: fn(Children) -> AnyView) -> AnyView {
    let here = use_location();
    let path = here.pathname.get_untracked();
    if Surface::of_path(&path) != entry() {
        // The window's own address may still be that of the page before.
        let search = here.search.get_untracked();
        let whole = if search.is_empty() { path } else { format!("{path}?{search}") };
        if let Some(location) = web_sys::window().map(|window| window.location()) {
            let _ = location.replace(&whole);
        }
        return ().into_any();
    }
    let known = Memo::new(|_| session::surface().is_some_and(belongs));
    (move || if known.get() { shell(Box::new(|| view! { <NotFoundPage /> }.into_any())) } else { bare() }).into_any()
}

/// Nothing here, for somebody without a shell.
fn bare() -> AnyView {
    view! { <main class="gate" id="main"><div class="gate__sheet"><NotFoundPage /></div></main> }.into_any()
}

#[component]
fn Home() -> impl IntoView {
    session::me_now().map(|me| view! { <Redirect path=session::home(&me) /> })
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
