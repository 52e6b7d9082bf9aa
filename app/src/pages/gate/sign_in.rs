//! Sign-in of staff: by passkey, or by login name and passkey. The button is the guardians' too.

use super::{Barrier, Refusal, barrier};
use crate::{
    api::{self, ApiError},
    passkey::{self, Autofill, PasskeyError},
    session,
    text::{Text, gate, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::wire::sign_in::{CeremonyFinish, Me};
use leptos::{prelude::*, task::spawn_local};

/// The sign-in page of staff and administration.
#[component]
pub fn SignInPage() -> impl IntoView {
    let by_login = RwSignal::new(false);
    view! {
        <GateSheet title=Signal::stored(gate::SIGN_IN)>
            <SessionEnded />
            <div class="stack">
                {move || if by_login.get() { view! { <LoginForm /> }.into_any() } else { view! { <PasskeyButton /> }.into_any() }}
                <p class="gate__more">
                    {move || (!by_login.get()).then(|| t(gate::NO_PASSKEY))}
                    <button class="link" type="button" on:click=move |_| by_login.update(|by_login| *by_login = !*by_login)>
                        {move || t(if by_login.get() { gate::BY_BUTTON } else { gate::BY_LOGIN })}
                    </button>
                </p>
                {by_password()}
                <p class="gate__more">
                    <a class="link" href="/recover">{move || t(gate::LOST)}</a> " · "
                    <a class="link" href="/portal/sign-in">{move || t(gate::I_AM_GUARDIAN)}</a>
                </p>
            </div>
        </GateSheet>
    }
}

/// The way by password and code, where the school lets some role come by it; the same for everybody who looks.
fn by_password() -> AnyView {
    let offered = RwSignal::new(false);
    spawn_local(async move {
        if let Ok(ways) = api::credentials::ways().await {
            let _ = offered.try_set(ways.password);
        }
    });
    // Where one was going goes along.
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let href = format!("/sign-in/password{search}");
    (move || {
        let href = href.clone();
        offered
            .get()
            .then(|| view! { <p class="gate__more"><a class="link" href=href rel="external">{move || t(gate::BY_PASSWORD)}</a></p> })
    })
    .into_any()
}

/// Says that the session ended, when it did so by itself.
#[component]
pub fn SessionEnded() -> impl IntoView {
    move || session::has_ended().then(|| view! { <p class="note" role="status">{t(gate::ENDED)}</p> })
}

/// Sign-in with whichever passkey the browser offers.
#[component]
pub fn PasskeyButton() -> impl IntoView {
    if let Some((title, line)) = barrier() {
        return view! { <Barrier title line /> }.into_any();
    }
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    view! {
        <Refusal error />
        <Button kind=ButtonKind::Primary class="button--large button--wide" busy on_click=move |()| start(None, busy, error)>
            {move || t(gate::WITH_PASSKEY)}
        </Button>
    }
    .into_any()
}

/// The login name and then its passkey.
#[component]
fn LoginForm() -> impl IntoView {
    if let Some((title, line)) = barrier() {
        return view! { <Barrier title line /> }.into_any();
    }
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let offer = StoredValue::new_local(None::<Autofill>);
    let stop = move || {
        let _ = offer.try_update_value(|offer| {
            if let Some(offer) = offer.take() {
                offer.stop();
            }
        });
    };
    // The list of the login field offers passkeys too, where the browser can.
    spawn_local(async move {
        let Some(autofill) = Autofill::available().await else { return };
        let Ok(ceremony) = api::sign_in::begin(None).await else { return };
        if busy.try_get_untracked() != Some(false) || offer.try_set_value(Some(autofill.clone())).is_some() {
            return;
        }
        // A refused or withdrawn offer stays quiet: the person did not ask for it.
        let Ok(credential) = autofill.wait(&ceremony.options).await else { return };
        let finish = CeremonyFinish { ceremony: ceremony.ceremony, credential, name: String::new() };
        end(api::sign_in::finish(&finish).await, error);
    });
    on_cleanup(stop);
    let login = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<Text>);
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                let name = login.get_untracked().trim().to_owned();
                missing.set(name.is_empty().then_some(gate::NEEDED));
                if !name.is_empty() && !busy.get_untracked() {
                    // Browsers run one ceremony at a time: the quiet offer gives way to the button.
                    stop();
                    start(Some(name), busy, error);
                }
            }
        >
            <Refusal error />
            <TextField id="login" label=gate::LOGIN value=login error=missing autocomplete="username webauthn" max=64 autofocus=true />
            <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::CONTINUE)}</Button>
        </form>
    }
    .into_any()
}

fn start(login: Option<String>, busy: RwSignal<bool>, error: RwSignal<Option<Text>>) {
    busy.set(true);
    error.set(None);
    spawn_local(async move {
        let answer = sign_in(login).await;
        let _ = busy.try_set(false);
        end(answer, error);
    });
}

async fn sign_in(login: Option<String>) -> Result<Me, ApiError> {
    let ceremony = api::sign_in::begin(login).await?;
    let credential = passkey::get(&ceremony.options).await.map_err(ApiError::Passkey)?;
    api::sign_in::finish(&CeremonyFinish { ceremony: ceremony.ceremony, credential, name: String::new() }).await
}

fn end(answer: Result<Me, ApiError>, error: RwSignal<Option<Text>>) {
    match answer {
        Ok(me) => session::enter(me),
        Err(ApiError::Passkey(PasskeyError::Aborted)) => {}
        Err(refused) => {
            let _ = error.try_set(Some(refused.text()));
        }
    }
}
