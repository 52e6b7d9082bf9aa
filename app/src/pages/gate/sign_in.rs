//! Sign-in: by passkey, by login name and passkey, or for guardians by a code.

use super::{Barrier, Refusal, barrier, guardian::GuardianSignIn};
use crate::{
    api::{self, ApiError},
    passkey::{self, Autofill, PasskeyError},
    session,
    text::{Text, gate, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::wire::sign_in::{CeremonyFinish, Me};
use leptos::{prelude::*, task::spawn_local};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Passkey,
    Login,
    Guardian,
}

/// The sign-in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let way = RwSignal::new(Way::Passkey);
    let switch = move |to: Way| {
        view! {
            <button class="link" type="button" on:click=move |_| way.set(to)>
                {move || t(match to {
                    Way::Passkey => gate::I_AM_STAFF,
                    Way::Login => gate::BY_LOGIN,
                    Way::Guardian => gate::I_AM_GUARDIAN,
                })}
            </button>
        }
    };
    view! {
        <GateSheet title=Signal::stored(gate::SIGN_IN)>
            {move || session::has_ended().then(|| view! { <p class="note" role="status">{t(gate::ENDED)}</p> })}
            {move || match way.get() {
                Way::Guardian => view! {
                    <div class="stack">
                        <GuardianSignIn />
                        <p class="gate__more">{switch(Way::Passkey)}</p>
                    </div>
                }.into_any(),
                by @ (Way::Passkey | Way::Login) => view! {
                    <div class="stack">
                        <StaffSignIn by_login=by == Way::Login />
                        <p class="gate__more">
                            {if by == Way::Login {
                                view! { <button class="link" type="button" on:click=move |_| way.set(Way::Passkey)>{move || t(gate::BY_BUTTON)}</button> }.into_any()
                            } else {
                                view! { {move || t(gate::NO_PASSKEY)} {switch(Way::Login)} }.into_any()
                            }}
                        </p>
                        <p class="gate__more">
                            <a class="link" href="/recover">{move || t(gate::LOST)}</a> " · " {switch(Way::Guardian)}
                        </p>
                    </div>
                }.into_any(),
            }}
        </GateSheet>
    }
}

/// The passkey button, or the login name and then the passkey.
#[component]
fn StaffSignIn(by_login: bool) -> impl IntoView {
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
    let start = move |login: Option<String>| {
        // Browsers run one ceremony at a time: the quiet offer gives way to the button.
        stop();
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = sign_in(login).await;
            let _ = busy.try_set(false);
            end(answer, error);
        });
    };
    if by_login {
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
                        start(Some(name));
                    }
                }
            >
                <Refusal error />
                <TextField id="login" label=gate::LOGIN value=login error=missing autocomplete="username webauthn" max=64 autofocus=true />
                <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::CONTINUE)}</Button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <Refusal error />
            <Button kind=ButtonKind::Primary class="button--large button--wide" busy on_click=move |()| start(None)>
                {move || t(gate::WITH_PASSKEY)}
            </Button>
        }
        .into_any()
    }
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
