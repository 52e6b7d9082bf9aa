//! One's own password and authenticator app: setting, replacing, removing them. Attested passkeys have their card below.
//!
//! The rule: each asks for a fresh passkey; nothing is kept before the app has shown a right code.

use super::{attested, refusal};
use crate::{
    api::{self, ApiError, with_step_up},
    code::one_time,
    text::{Text, Word, common, credentials, fill, gate, t},
    time,
    ui::{Button, ButtonKind, Empty, EmptyKind, Loader, PageHead, Qr, Steps, TextField, loaded, toast},
};
use contract::{
    Credential,
    error::{ErrorCode, ValueError},
    wire::credentials::{Credentials, PASSWORD_LEAST, PasswordBegun, PasswordFinish},
};
use leptos::{prelude::*, task::spawn_local};

/// How far the set-up has come.
#[derive(Clone)]
enum At {
    /// What there is.
    Rest,
    /// The password.
    Choosing,
    /// The app.
    Pairing(PasswordBegun),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    own: Loader<Credentials>,
    at: RwSignal<At>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<Text>>,
}

impl Page {
    fn go(self, at: At) {
        self.error.set(None);
        self.at.set(at);
    }
    fn failed(self, refused: &ApiError) {
        let _ = self.error.try_set(Some(refused.text()));
    }
}

/// Draws the page.
pub fn set_up() -> AnyView {
    let page = Page {
        own: Loader::new(api::credentials::own),
        at: RwSignal::new(At::Rest),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    view! {
        <PageHead
            title=Signal::derive(|| t(credentials::OWN).to_owned())
            line=Signal::derive(|| t(credentials::OWN_LINE).to_owned())
        />
        <div class="stack">
            {loaded(page.own, move |own: Credentials| view! { {card(page, own.clone())} {attested::card(page.own, own)} }.into_any())}
            <p><a class="link" href="/account" rel="external">{move || t(credentials::BACK)}</a></p>
        </div>
    }
    .into_any()
}

fn card(page: Page, own: Credentials) -> AnyView {
    if own.least > Credential::Mfa && own.password_set.is_none() {
        return view! { <Empty kind=EmptyKind::Denied title=credentials::DENIED line=credentials::DENIED_LINE /> }.into_any();
    }
    let steps = move || {
        let at = match page.at.get() {
            At::Rest => return None,
            At::Choosing => 0,
            At::Pairing(_) => 1,
        };
        let names = vec![credentials::STEP_PASSWORD, credentials::STEP_APP, credentials::STEP_DONE];
        Some(view! { <Steps names at=Signal::stored(at) /> })
    };
    view! {
        <section class="card" aria-labelledby="password-card">
            <header class="card__head"><h2 id="password-card">{move || t(credentials::TITLE)}</h2></header>
            <div class="card__body stack">
                <p class="note">{move || t(credentials::OPENS)}</p>
                {steps}
                {refusal(page.error)}
                {move || match page.at.get() {
                    At::Rest => rest(page, own.clone()),
                    At::Choosing => choosing(page),
                    At::Pairing(begun) => pairing(page, begun),
                }}
            </div>
        </section>
    }
    .into_any()
}

/// What there is, and what can be done with it.
fn rest(page: Page, own: Credentials) -> AnyView {
    let may = own.least <= Credential::Mfa;
    let Some(set) = own.password_set else {
        return view! {
            <Empty kind=EmptyKind::First title=credentials::UNSET line=credentials::NEW_HINT>
                <div class="row"><Button kind=ButtonKind::Primary on_click=move |()| page.go(At::Choosing)>{move || t(credentials::NEXT)}</Button></div>
            </Empty>
        }
        .into_any();
    };
    let asked = RwSignal::new(false);
    let remove = move |()| {
        if page.busy.get_untracked() {
            return;
        }
        page.busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(api::credentials::remove).await;
            let _ = page.busy.try_set(false);
            match answer {
                Ok(own) => {
                    toast::done(credentials::REMOVED);
                    page.own.set(own);
                }
                Err(refused) => page.failed(&refused),
            }
        });
    };
    view! {
        <p>{move || if may { fill(credentials::SET, &[("at", &time::day_of(set))]) } else { t(credentials::USELESS).to_owned() }}</p>
        {move || if asked.get() {
            view! {
                <p>{move || t(credentials::REMOVE_LINE)}</p>
                <div class="row">
                    <Button on_click=move |()| asked.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Danger busy=page.busy on_click=remove>{move || t(credentials::REMOVE)}</Button>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="row">
                    {may.then(|| view! { <Button on_click=move |()| page.go(At::Choosing)>{move || t(credentials::REPLACE)}</Button> })}
                    <Button kind=ButtonKind::Quiet on_click=move |()| asked.set(true)>{move || t(credentials::REMOVE)}</Button>
                </div>
            }
            .into_any()
        }}
    }
    .into_any()
}

fn choosing(page: Page) -> AnyView {
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong, different) = (RwSignal::new(None::<Text>), RwSignal::new(None::<Text>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (first, second) = (password.get_untracked(), again.get_untracked());
        wrong.set((first.chars().count() < PASSWORD_LEAST).then_some(credentials::SHORT));
        different.set((first != second).then_some(credentials::DIFFERENT));
        if wrong.get_untracked().is_some() || different.get_untracked().is_some() || page.busy.get_untracked() {
            return;
        }
        page.busy.set(true);
        page.error.set(None);
        spawn_local(async move {
            let answer = with_step_up(|| api::credentials::begin(first.clone())).await;
            let _ = page.busy.try_set(false);
            match answer {
                Ok(begun) => page.go(At::Pairing(begun)),
                Err(refused) => match refused.fields().first() {
                    Some(field) => {
                        let word = if field.code == ValueError::Guessable { credentials::GUESSABLE } else { field.code.word() };
                        let _ = wrong.try_set(Some(word));
                    }
                    None => page.failed(&refused),
                },
            }
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <TextField
                id="password"
                label=credentials::NEW
                hint=credentials::NEW_HINT
                value=password
                error=wrong
                kind="password"
                autocomplete="new-password"
                max=128
                autofocus=true
            />
            <TextField id="again" label=credentials::AGAIN value=again error=different kind="password" autocomplete="new-password" max=128 />
            {buttons(page, credentials::NEXT)}
        </form>
    }
    .into_any()
}

fn pairing(page: Page, begun: PasswordBegun) -> AnyView {
    let PasswordBegun { ceremony, qr, secret } = begun;
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<Text>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let digits = one_time(&code.get_untracked());
        wrong.set(digits.is_none().then_some(gate::CODE_FORM));
        let (Some(code), false) = (digits, page.busy.get_untracked()) else { return };
        page.busy.set(true);
        page.error.set(None);
        spawn_local(async move {
            let answer = api::credentials::finish(&PasswordFinish { ceremony, code }).await;
            let _ = page.busy.try_set(false);
            match answer {
                Ok(own) => {
                    toast::done(credentials::DONE);
                    page.go(At::Rest);
                    page.own.set(own);
                }
                Err(refused) if refused.code() == Some(ErrorCode::InvalidFields) => {
                    let _ = wrong.try_set(Some(credentials::CODE_WRONG));
                }
                Err(refused) if refused.code() == Some(ErrorCode::Lapsed) => {
                    page.go(At::Choosing);
                    let _ = page.error.try_set(Some(credentials::LAPSED));
                }
                Err(refused) => page.failed(&refused),
            }
        });
    };
    // In fours, as it is read and typed.
    let parts: Vec<String> = secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    view! {
        <form class="form" on:submit=submit>
            <p>{move || t(credentials::SCAN)}</p>
            <Qr svg=qr caption=Signal::derive(|| t(credentials::QR).to_owned()) />
            <details>
                <summary>{move || t(credentials::BY_HAND)}</summary>
                <p><code>{parts.join(" ")}</code></p>
            </details>
            <TextField
                id="code"
                label=credentials::CODE
                value=code
                error=wrong
                class="input--code"
                mode="numeric"
                autocomplete="one-time-code"
                autofocus=true
            />
            {buttons(page, credentials::FINISH)}
        </form>
    }
    .into_any()
}

fn buttons(page: Page, go: Text) -> AnyView {
    view! {
        <div class="row">
            <Button on_click=move |()| page.go(At::Rest)>{move || t(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary submit=true busy=page.busy>{move || t(go)}</Button>
        </div>
    }
    .into_any()
}
