//! The tables from paths to pages, one a program, and who may open which.
//!
//! The rule: a page outside the person's surface or duties is not found, as on the server. Each program
//! names its own pages alone, so that a guardian's phone does not load the matrix; a path of another one is loaded anew. Deliberately absent:
//! data; a guard here hides a page, and only the server refuses a request.

pub mod account;
pub mod admin;
pub mod audit;
pub mod desk;
pub mod entry;
pub mod family;
pub mod held;
pub mod help;
pub mod matrix;
pub mod password;
pub mod portal;
pub mod reports;
pub mod staff;
pub mod watch;

use crate::{
    pages::not_found::NotFoundPage,
    session::{self, Phase},
    text::{Text, common, problems, t},
    ui::{Button, Empty, EmptyKind, Skeleton, shell},
};
use contract::{Duty, Program, wire::sign_in::Surface};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_location};
use std::sync::OnceLock;

static PROGRAM: OnceLock<Program> = OnceLock::new();

/// Says once which program this is.
pub fn set_program(program: Program) {
    let _ = PROGRAM.set(program);
}
fn program() -> Program {
    PROGRAM.get().copied().unwrap_or(Program::Staff)
}
/// The `rel` of a link: one to a page of another program is the browser's to follow, not the router's.
pub fn rel(href: &str) -> Option<&'static str> {
    (Program::of_path(href) != program()).then_some("external")
}

/// Goes to a page of another program in the place of the present one, which Back then does not find.
pub fn load(path: &str) {
    if let Some(location) = web_sys::window().map(|window| window.location()) {
        let _ = location.replace(path);
    }
}

/// Goes to a page, whichever program it belongs to; Back finds the present one.
pub fn open(path: &str, go: impl Fn(&str, NavigateOptions)) {
    match (rel(path), web_sys::window()) {
        (Some(_), Some(window)) => {
            let _ = window.location().assign(path);
        }
        _ => go(path, NavigateOptions::default()),
    }
}

/// What a page needs.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// Not a guardian.
    Staff,
    /// Something that guardians ask to answer.
    Requests,
    /// The surface.
    On(Surface),
    /// The duty.
    For(Duty),
}

impl Needs {
    fn met(self) -> bool {
        match self {
            Self::Staff => session::surface().is_some_and(|surface| surface != Surface::Portal),
            Self::Requests => session::me().is_some_and(|me| shell::has_requests(&me)),
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
        if !signed_in.get() {
            return view();
        }
        let home = session::me_now().map_or("/", |me| session::home(&me)).to_owned();
        load(&session::next().unwrap_or(home));
        waiting()
    })
    .into_any()
}

/// The pages of those who are signed in, and the shell around them that stays while they change.
fn inside(shell: fn(Children) -> AnyView, pages: fn() -> AnyView) -> AnyView {
    let state = Memo::new(|_| (session::phase(), session::surface()));
    (move || match state.get() {
        (_, Some(surface)) if belongs(surface) => shell(Box::new(pages)),
        (_, Some(_)) => bare(),
        (Phase::Asking, None) => waiting(),
        (Phase::Unreached, None) => {
            view! { <Unreached line=problems::OFFLINE words=common::AGAIN again=|()| spawn_local(session::ask()) /> }.into_any()
        }
        (Phase::Unheard, None) => {
            view! { <Unreached line=common::SIGN_OUT_OFFLINE words=common::SIGN_OUT again=|()| shell::sign_out() /> }.into_any()
        }
        (Phase::Known, None) => {
            load(&session::way_in());
            waiting()
        }
    })
    .into_any()
}

/// Whether the shell of this program is the person's: staff and administration share one, guardians have their own.
fn belongs(surface: Surface) -> bool {
    match program() {
        Program::Entry => false,
        Program::Account => true,
        Program::Portal | Program::Held | Program::Help => surface == Surface::Portal,
        Program::Staff
        | Program::Family
        | Program::Desk
        | Program::Matrix
        | Program::Admin
        | Program::Watch
        | Program::Audit
        | Program::Reports
        | Program::Password => surface != Surface::Portal,
    }
}

/// A path that this program has no page for: another program's, or nobody's.
fn elsewhere() -> AnyView {
    let here = use_location();
    let path = here.pathname.get_untracked();
    if Program::of_path(&path) == program() {
        return if program() == Program::Entry { bare() } else { view! { <NotFoundPage /> }.into_any() };
    }
    // The window's own address may still be that of the page before.
    let search = here.search.get_untracked();
    load(&if search.is_empty() { path } else { format!("{path}?{search}") });
    ().into_any()
}

/// Until it is known what comes.
fn waiting() -> AnyView {
    view! { <main class="gate"><div class="gate__sheet"><Skeleton /></div></main> }.into_any()
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
fn Unreached(line: Text, words: Text, #[prop(into)] again: Callback<()>) -> impl IntoView {
    view! {
        <main class="gate" id="main">
            <div class="gate__sheet">
                <Empty kind=EmptyKind::Error title=common::UNREACHED line>
                    <div class="row"><Button on_click=again>{move || t(words)}</Button></div>
                </Empty>
            </div>
        </main>
    }
}
