//! One's own access: passkeys, recovery codes, sessions, language and theme. The same page on all three surfaces.
//!
//! The rule: what weakens or widens access asks for a fresh passkey first. Deliberately absent: names and roles, which others
//! keep.

mod codes;
mod passkeys;
mod sessions;

use crate::{
    api, routes, session,
    text::{account, common, live, t},
    ui::{
        Button, ButtonKind, Failure, Loader, PageHead, Skeleton, page_title, shell,
        theme::{LangSwitch, ThemeSwitch},
    },
};
use contract::wire::account::Account;
use leptos::prelude::*;

/// The page of staff and administration.
#[component]
pub fn StaffAccountPage() -> impl IntoView {
    view! {
        <PageHead title=Signal::derive(|| t(account::TITLE).to_owned()) line=Signal::derive(|| t(account::LINE).to_owned()) />
        <div class="stack"><Parts guardian=false codes=|access| view! { <codes::Codes access /> <a class="link" href="/account/password">{live(account::PASSWORD)}</a> }.into_any() /></div>
    }
}

/// The page of a guardian, who comes back by a one-time code: recovery codes belong to a login name.
#[component]
pub fn GuardianAccountPage() -> impl IntoView {
    let heading = page_title(|| t(account::TITLE).to_owned());
    view! {
        <header class="portal__head">
            <span class="mark" aria-hidden="true">"慎"<br />"独"</span>
            <div>
                <h1 tabindex="-1" node_ref=heading>{live(account::TITLE)}</h1>
                <p class="muted">{|| session::me().map(|me| me.school)}</p>
            </div>
        </header>
        <main class="portal__main" id="main" tabindex="-1"><Parts guardian=true codes=|_| ().into_any() /></main>
    }
}

#[component]
fn Parts(guardian: bool, codes: fn(Loader<Account>) -> AnyView) -> impl IntoView {
    let access = Loader::new(|| async { api::account::account().await });
    let ready = Memo::new(move |_| access.get().is_some());
    view! {
        {move || match (ready.get(), access.failure()) {
            (true, _) => view! {
                <passkeys::Passkeys access guardian />
                {codes(access)}
                <sessions::Sessions access />
            }
            .into_any(),
            (false, Some(error)) => view! { <Failure error again=move |()| access.reload() /> }.into_any(),
            (false, None) => view! { <Skeleton /> }.into_any(),
        }}
        <section class="card" aria-labelledby="display">
            <header class="card__head"><h2 id="display">{live(account::DISPLAY)}</h2></header>
            <div class="card__body">
                <dl class="facts">
                    <div class="facts__row"><dt>{live(account::LANGUAGE)}</dt><dd><LangSwitch class="button" /></dd></div>
                    <div class="facts__row"><dt>{live(account::THEME)}</dt><dd><ThemeSwitch /></dd></div>
                </dl>
            </div>
        </section>
        <div class="row">
            <Button kind=ButtonKind::Danger on_click=|()| shell::sign_out()>{live(common::SIGN_OUT)}</Button>
        </div>
    }
}

/// Whether the school asks a guardian for a passkey before anything else: whoever is asked has no role yet.
fn is_asked() -> bool {
    session::me_now().is_some_and(|me| me.roles.is_empty())
}

/// Puts a fresh answer in, and tells the session how many passkeys there are now. Whoever was asked for one goes on.
fn renew(access: Loader<Account>, fresh: Account) {
    if is_asked() {
        return routes::load("/portal");
    }
    if let Some(mut me) = session::me_now() {
        me.passkeys = u32::try_from(fresh.passkeys.len()).unwrap_or(u32::MAX);
        session::enter(me);
    }
    access.set(fresh);
}
