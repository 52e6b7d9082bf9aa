//! The form of login name, password and code.

use super::refusal;
use crate::{
    api,
    code::one_time,
    session,
    text::{Text, credentials, gate, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::wire::credentials::{Password, PasswordSignIn};
use leptos::{prelude::*, task::spawn_local};

/// Draws the page.
pub fn sign_in() -> AnyView {
    let text = || RwSignal::new(String::new());
    let none = || RwSignal::new(None::<Text>);
    let (login, password, code) = (text(), text(), text());
    let (no_login, no_password, no_code, error) = (none(), none(), none(), none());
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, secret) = (login.get_untracked().trim().to_owned(), password.get_untracked());
        let digits = one_time(&code.get_untracked());
        no_login.set(name.is_empty().then_some(gate::NEEDED));
        no_password.set(secret.is_empty().then_some(gate::NEEDED));
        no_code.set(digits.is_none().then_some(gate::CODE_FORM));
        let (false, false, Some(digits), false) = (name.is_empty(), secret.is_empty(), digits, busy.get_untracked()) else { return };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::credentials::sign_in(&PasswordSignIn { login: name, password: Password(secret), code: digits }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(me) => session::enter(me),
                Err(refused) => {
                    // A code is good once: the next try takes the next one.
                    let _ = code.try_set(String::new());
                    let _ = error.try_set(Some(refused.text()));
                }
            }
        });
    };
    view! {
        <GateSheet title=Signal::stored(credentials::TITLE)>
            <div class="stack">
                <form class="form" on:submit=submit>
                    <p class="muted">{move || t(credentials::SIGN_IN_LINE)}</p>
                    {refusal(error)}
                    <TextField id="login" label=gate::LOGIN value=login error=no_login autocomplete="username" max=64 autofocus=true />
                    <TextField
                        id="password"
                        label=credentials::PASSWORD
                        value=password
                        error=no_password
                        kind="password"
                        autocomplete="current-password"
                        max=128
                    />
                    <TextField
                        id="code"
                        label=credentials::CODE
                        value=code
                        error=no_code
                        class="input--code"
                        mode="numeric"
                        autocomplete="one-time-code"
                    />
                    <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::SIGN_IN)}</Button>
                </form>
                <p class="gate__more">
                    <a class="link" href="/sign-in">{move || t(credentials::BY_PASSKEY)}</a> " · "
                    <a class="link" href="/recover">{move || t(gate::LOST)}</a>
                </p>
            </div>
        </GateSheet>
    }
    .into_any()
}
