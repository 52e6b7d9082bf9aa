//! What stands around the pages: side column, top bar and dock for staff and administration, a head and tabs for guardians.
//!
//! The rule: links follow the duties of the person; the server checks every request all the same.

use super::{
    menu, online, palette,
    privacy::PrivacySwitch,
    theme::{LangSwitch, ThemeSwitch},
    waiting,
};
use crate::{
    routes, session,
    text::{Text, common, grants, list, live, t},
};
use contract::{
    Duty, Role,
    wire::sign_in::{Me, Surface},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

/// A page that a person can go to.
#[derive(Clone, Copy)]
pub struct Place {
    /// Where.
    pub href: &'static str,
    /// What it is called.
    pub words: Text,
    /// By which letters it is typed.
    pub initials: &'static str,
    glyph: &'static str,
    /// Administration, in its own group.
    admin: bool,
}

/// Whose a page is.
#[derive(Clone, Copy)]
enum Whose {
    /// Of whoever may have requests to answer.
    Answering,
    /// Of the staff.
    Staff,
    /// Of those with a duty.
    Having(Duty),
    /// Of whoever teaches, who asks for a standing grant, and of whoever approves.
    Granting,
}

const fn place(href: &'static str, words: Text, initials: &'static str, glyph: &'static str, admin: bool) -> Place {
    Place { href, words, initials, glyph, admin }
}

/// Every page; the dock has the first four of a person.
static PLACES: [(Whose, Place); 11] = [
    (Whose::Answering, place("/today", common::TODAY, "jr", "今", false)),
    (Whose::Staff, place("/families", common::FAMILIES, "jt", "家", false)),
    (Whose::Staff, place("/classes", common::CLASSES, "bj", "班", false)),
    (Whose::Answering, place("/requests", common::REQUESTS, "qq", "请", false)),
    (Whose::Having(Duty::ReadPolicy), place("/admin/policy", common::POLICY, "zdqx", "权", true)),
    (Whose::Having(Duty::Watch), place("/admin/alarms", common::WATCH, "zs", "守", true)),
    (Whose::Having(Duty::ReadTrail), place("/admin/trail", common::TRAIL, "sj", "审", true)),
    (Whose::Having(Duty::ReadAudit), place("/admin/audit", common::AUDITS, "sjbg", "报", true)),
    (Whose::Having(Duty::KeepStaff), place("/admin/staff", common::STAFF, "yg", "员", true)),
    (Whose::Having(Duty::KeepSchool), place("/admin/school", common::SCHOOL, "xx", "校", true)),
    (Whose::Granting, place("/grants", grants::TITLE, "cssq", "授", false)),
];

/// The pages of a person, by surface, duties and roles.
pub fn places(me: &Me) -> Vec<Place> {
    let is_theirs = |whose: Whose| match whose {
        Whose::Answering => has_requests(me),
        Whose::Staff => me.surface == Surface::Staff,
        Whose::Having(duty) => me.duties.contains(&duty),
        Whose::Granting => me.roles.iter().any(|role| role.base() == Role::Teacher) || me.duties.contains(&Duty::Approve),
    };
    PLACES.iter().filter(|(whose, _)| is_theirs(*whose)).map(|(_, place)| *place).collect()
}

/// Whether something that guardians ask could be the person's to answer: by the fields that they write, or by their duty.
pub fn has_requests(me: &Me) -> bool {
    me.surface == Surface::Staff || me.duties.contains(&Duty::Approve)
}

fn current(path: &str, href: &str) -> Option<&'static str> {
    (path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))).then_some("page")
}

/// Every page of a guardian but their own access and the help is about a child.
fn children_current(path: &str) -> Option<&'static str> {
    current(path, "/portal").filter(|_| ["/portal/account", "/portal/help"].iter().all(|other| current(path, other).is_none()))
}

/// The shell of staff and administration around one's own access, where nothing is looked for.
pub fn shell(children: Children) -> AnyView {
    view! { <Shell find=|| ().into_any() over=|| ().into_any() cover=|| ().into_any() waits=|_| 0 children /> }.into_any()
}

/// The same with the command palette and with how much waits where.
pub fn desk(children: Children) -> AnyView {
    waiting::watch();
    let cover = || view! { <PrivacySwitch /> }.into_any();
    view! { <Shell find=palette::button over=palette::palette cover waits=waiting::on children /> }.into_any()
}

/// How much waits on a page, beside its name.
fn number(waits: fn(&str) -> u64, href: &'static str) -> AnyView {
    (move || match waits(href) {
        0 => None,
        count => Some(view! { <span class="waits__number">{count} <span class="visually-hidden">{t(common::WAITING)}</span></span> }),
    })
    .into_any()
}

#[component]
fn Shell(
    /// What stands first in the top bar.
    find: fn() -> AnyView,
    /// What lies over the page; in the top bar the heads of its dialogs would be landmarks within a landmark.
    over: fn() -> AnyView,
    /// The switch that covers values, where there are any.
    cover: fn() -> AnyView,
    /// How much waits on a page; reactive.
    waits: fn(&str) -> u64,
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
            <a
                class="nav__link"
                href=place.href
                rel=routes::rel(place.href)
                aria-current=move || current(&path.get(), place.href)
            >
                {move || t(place.words)}
                {number(waits, place.href)}
            </a>
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
            <a class="skip" href="#main" rel="external">{live(common::SKIP)}</a>
            <aside class="side" id="side" popover="auto" aria-label=live(common::MENU)>
                <a class="brand" href="/" rel=routes::rel("/")>
                    <span class="mark" aria-hidden="true">"慎"<br />"独"</span>
                    <span class="brand__name">{live(common::SHENDU)}<small class="brand__school">{school}</small></span>
                </a>
                <nav class="nav" aria-label=live(common::NAVIGATION)>
                    {move || all().into_iter().filter(|place| !place.admin).map(link).collect_view()}
                    {move || all().iter().any(|place| place.admin).then(|| view! { <h2 class="nav__group">{live(common::ADMIN)}</h2> })}
                    {move || all().into_iter().filter(|place| place.admin).map(link).collect_view()}
                </nav>
            </aside>
            <div class="frame">
                <header class="top">
                    <button class="top__menu button button--quiet button--icon" type="button" popovertarget="side" aria-label=live(common::MENU)>
                        "☰"
                    </button>
                    {find()}
                    <div class="top__end">
                        {cover()}
                        <ThemeSwitch />
                        <LangSwitch />
                        <AccountMenu />
                    </div>
                </header>
                <main class="main" id="main" tabindex="-1">{online::banner()} {children()}</main>
            </div>
            <nav class="dock" aria-label=live(common::DOCK)>
                {move || all().into_iter().take(4).map(|place| view! {
                    <a
                        class="dock__item"
                        href=place.href
                        rel=routes::rel(place.href)
                        aria-current=move || current(&path.get(), place.href)
                            >
                        <span class="dock__glyph" aria-hidden="true">{place.glyph}</span>
                        {move || t(place.words)}
                        {number(waits, place.href)}
                    </a>
                }).collect_view()}
                <button class="dock__item" type="button" popovertarget="side">
                    <span class="dock__glyph" aria-hidden="true">"⋯"</span>
                    {live(common::MORE)}
                </button>
            </nav>
            {over()}
        </div>
    }
}

/// Who is signed in, and what they can do about it.
#[component]
fn AccountMenu() -> impl IntoView {
    let name = || session::me().map(|me| me.name).unwrap_or_default();
    let roles = || session::me().map(|me| list::<Role>(me.roles)).unwrap_or_default();
    view! {
        <button class="account" type="button" popovertarget="account" aria-labelledby="account-name">
            <span class="avatar" aria-hidden="true">{move || name().chars().next().map(String::from)}</span>
            <span class="account__name" id="account-name">{name}<small>{roles}</small></span>
        </button>
        <super::Menu id="account">
            <p class="menu__title">{name}<small>{roles}</small></p>
            <a class="menu__item" role="menuitem" href="/account" rel=routes::rel("/account")>{live(common::ACCOUNT)}</a>
            <hr class="menu__rule" />
            <button class="menu__item menu__item--danger" type="button" role="menuitem" on:click=|_| sign_out()>{live(common::SIGN_OUT)}</button>
        </super::Menu>
    }
}

/// Signs out; the routes lead to the sign-in page by themselves.
pub fn sign_out() {
    spawn_local(session::sign_out());
}

/// The shell of the portal: the page brings its own `.portal__head` and `<main class="portal__main" id="main">`. A guardian's own
/// phone is no shared screen: there is no switch that covers values.
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
            <a class="skip" href="#main" rel="external">{live(common::SKIP)}</a>
            {online::banner()}
            {children()}
            <nav class="tabbar" aria-label=live(common::NAVIGATION)>
                <a class="tabbar__item" href="/portal" rel=routes::rel("/portal") aria-current=move || children_current(&path.get())>
                    <span class="tabbar__glyph" aria-hidden="true">"子"</span>
                    {live(common::CHILDREN)}
                </a>
                {[("/portal/account", "钥", common::ACCOUNT), ("/portal/help", "问", common::HELP)].map(|(href, glyph, words)| view! {
                    <a class="tabbar__item" href=href rel=routes::rel(href) aria-current=move || current(&path.get(), href)>
                        <span class="tabbar__glyph" aria-hidden="true">{glyph}</span>
                        {move || t(words)}
                    </a>
                })}
                <button class="tabbar__item" type="button" on:click=|_| sign_out()>
                    <span class="tabbar__glyph" aria-hidden="true">"退"</span>
                    {live(common::SIGN_OUT)}
                </button>
            </nav>
        </div>
    }
}
