//! What stands around the pages: side column, top bar and dock for staff and administration, a head and tabs for guardians.
//!
//! The rule: links follow the duties of the person; the server checks every request all the same.

use super::{
    menu,
    theme::{LangSwitch, ThemeSwitch},
};
use crate::{
    routes, session,
    text::{Text, common, list, t},
};
use contract::{
    Duty, Role,
    wire::sign_in::{Me, Surface},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

#[derive(Clone, Copy)]
struct Place {
    href: &'static str,
    words: Text,
    glyph: &'static str,
    /// Administration, in its own group.
    admin: bool,
}

fn places(me: &Me) -> Vec<Place> {
    let mut places = Vec::new();
    if me.surface == Surface::Staff {
        places.push(Place { href: "/today", words: common::TODAY, glyph: "今", admin: false });
        places.push(Place { href: "/families", words: common::FAMILIES, glyph: "家", admin: false });
        places.push(Place { href: "/classes", words: common::CLASSES, glyph: "班", admin: false });
    }
    for (duty, href, words, glyph) in [
        (Duty::ReadPolicy, "/admin/policy", common::POLICY, "权"),
        (Duty::ReadTrail, "/admin/trail", common::TRAIL, "审"),
        (Duty::KeepStaff, "/admin/staff", common::STAFF, "员"),
    ] {
        if me.duties.contains(&duty) {
            places.push(Place { href, words, glyph, admin: true });
        }
    }
    places
}

fn current(path: &str, href: &str) -> Option<&'static str> {
    (path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))).then_some("page")
}

/// Every page of a guardian but their own access is about a child.
fn children_current(path: &str) -> Option<&'static str> {
    current(path, "/portal").filter(|_| current(path, "/portal/account").is_none())
}

/// The shell of staff and administration.
pub fn shell(children: Children) -> AnyView {
    view! { <Shell children /> }.into_any()
}

#[component]
fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    let me = Memo::new(|_| session::me());
    let places = Memo::new(move |_| {
        me.with(|me| me.as_ref().map(places).unwrap_or_default().into_iter().map(|place| place.href).collect::<Vec<_>>())
    });
    let all = move || {
        places.track();
        me.with_untracked(|me| me.as_ref().map(self::places).unwrap_or_default())
    };
    let link = move |place: Place| {
        view! {
            <a class="nav__link" href=place.href rel=routes::rel(place.href) aria-current=move || current(&path.get(), place.href)>{move || t(place.words)}</a>
        }
    };
    // A drawer below 900 px: it must not stay over the page that was chosen in it.
    Effect::new(move || {
        path.track();
        menu::close("side");
    });
    let school = move || {
        me.with(|me| {
            me.as_ref().map(|me| match &me.campus {
                Some(campus) => format!("{} · {campus}", me.school),
                None => me.school.clone(),
            })
        })
    };
    view! {
        <div class="shell">
            <a class="skip" href="#main" rel="external">{move || t(common::SKIP)}</a>
            <aside class="side" id="side" popover="auto" aria-label=move || t(common::MENU)>
                <a class="brand" href="/" rel=routes::rel("/")>
                    <span class="mark" aria-hidden="true">"慎"<br />"独"</span>
                    <span class="brand__name">{move || t(common::SHENDU)}<small class="brand__school">{school}</small></span>
                </a>
                <nav class="nav" aria-label=move || t(common::NAVIGATION)>
                    {move || all().into_iter().filter(|place| !place.admin).map(link).collect_view()}
                    {move || all().iter().any(|place| place.admin).then(|| view! { <h2 class="nav__group">{move || t(common::ADMIN)}</h2> })}
                    {move || all().into_iter().filter(|place| place.admin).map(link).collect_view()}
                </nav>
            </aside>
            <div class="frame">
                <header class="top">
                    <button class="top__menu button button--quiet button--icon" type="button" popovertarget="side" aria-label=move || t(common::MENU)>
                        "☰"
                    </button>
                    <div class="top__end">
                        <span class="tag tag--quiet">{move || t(common::MASKED_MODE)}</span>
                        <ThemeSwitch />
                        <LangSwitch />
                        <AccountMenu />
                    </div>
                </header>
                <main class="main" id="main" tabindex="-1">{children()}</main>
            </div>
            <nav class="dock" aria-label=move || t(common::DOCK)>
                {move || all().into_iter().take(4).map(|place| view! {
                    <a class="dock__item" href=place.href rel=routes::rel(place.href) aria-current=move || current(&path.get(), place.href)>
                        <span class="dock__glyph" aria-hidden="true">{place.glyph}</span>
                        {move || t(place.words)}
                    </a>
                }).collect_view()}
                <button class="dock__item" type="button" popovertarget="side">
                    <span class="dock__glyph" aria-hidden="true">"⋯"</span>
                    {move || t(common::MORE)}
                </button>
            </nav>
        </div>
    }
}

/// Who is signed in, and what they can do about it.
#[component]
fn AccountMenu() -> impl IntoView {
    let name = || session::me().map(|me| me.name).unwrap_or_default();
    let roles = || session::me().map(|me| list::<Role>(me.roles)).unwrap_or_default();
    view! {
        <button class="account" type="button" popovertarget="account">
            <span class="avatar" aria-hidden="true">{move || name().chars().next().map(String::from)}</span>
            <span class="account__name">{name}<small>{roles}</small></span>
        </button>
        <super::Menu id="account">
            <p class="menu__title">{name}<small>{roles}</small></p>
            <a class="menu__item" role="menuitem" href="/account" rel=routes::rel("/account")>{move || t(common::ACCOUNT)}</a>
            <hr class="menu__rule" />
            <button class="menu__item menu__item--danger" type="button" role="menuitem" on:click=|_| sign_out()>{move || t(common::SIGN_OUT)}</button>
        </super::Menu>
    }
}

/// Signs out; the routes lead to the sign-in page by themselves.
pub fn sign_out() {
    spawn_local(session::sign_out());
}

/// The shell of the portal: the page brings its own `.portal__head` and `<main class="portal__main" id="main">`.
pub fn portal_shell(children: Children) -> AnyView {
    view! { <PortalShell children /> }.into_any()
}

#[component]
fn PortalShell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <div class="portal">
            <a class="skip" href="#main" rel="external">{move || t(common::SKIP)}</a>
            {children()}
            <nav class="tabbar" aria-label=move || t(common::NAVIGATION)>
                <a class="tabbar__item" href="/portal" rel=routes::rel("/portal") aria-current=move || children_current(&path.get())>
                    <span class="tabbar__glyph" aria-hidden="true">"子"</span>
                    {move || t(common::CHILDREN)}
                </a>
                <a class="tabbar__item" href="/portal/account" rel=routes::rel("/portal/account") aria-current=move || current(&path.get(), "/portal/account")>
                    <span class="tabbar__glyph" aria-hidden="true">"钥"</span>
                    {move || t(common::ACCOUNT)}
                </a>
                <button class="tabbar__item" type="button" on:click=|_| sign_out()>
                    <span class="tabbar__glyph" aria-hidden="true">"退"</span>
                    {move || t(common::SIGN_OUT)}
                </button>
            </nav>
        </div>
    }
}
