//! Recovery: a login name and one recovery code give a new passkey.

use super::{
    Refusal,
    new_passkey::{KeepCodes, NewPasskey},
};
use crate::{
    api,
    text::{Text, gate, problems, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::wire::sign_in::{Enrolled, EnrolmentOpened};
use leptos::{prelude::*, task::spawn_local};
use serde_json::value::RawValue;

#[derive(Clone)]
enum State {
    Asking,
    Opened(EnrolmentOpened<Box<RawValue>>),
    Made(Enrolled),
}

/// The recovery page.
#[component]
pub fn RecoverPage() -> impl IntoView {
    let state = RwSignal::new(State::Asking);
    let error = RwSignal::new(None::<Text>);
    let title = Signal::derive(move || -> Text {
        state.with(|state| match state {
            State::Made(made) if !made.recovery_codes.is_empty() => gate::CODES,
            State::Opened(_) => gate::ENROL,
            State::Asking | State::Made(_) => gate::RECOVER,
        })
    });
    view! {
        <GateSheet title=title wide=true>
            <div class="stack">
                {move || match state.get() {
                    State::Asking => view! { <Ask error on_opened=move |opened| state.set(State::Opened(opened)) /> }.into_any(),
                    State::Opened(opened) => view! {
                        <NewPasskey
                            opened
                            on_made=move |made| state.set(State::Made(made))
                            on_lapsed=move |()| {
                                error.set(Some(gate::CEREMONY_LAPSED));
                                state.set(State::Asking);
                            }
                        />
                    }.into_any(),
                    State::Made(enrolled) => view! { <KeepCodes enrolled /> }.into_any(),
                }}
            </div>
        </GateSheet>
    }
}

#[component]
fn Ask(error: RwSignal<Option<Text>>, #[prop(into)] on_opened: Callback<EnrolmentOpened<Box<RawValue>>>) -> impl IntoView {
    let login = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let no_login = RwSignal::new(None::<Text>);
    let no_code = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, word) = (login.get_untracked().trim().to_owned(), code.get_untracked().trim().to_owned());
        no_login.set(name.is_empty().then_some(gate::NEEDED));
        no_code.set(word.is_empty().then_some(gate::NEEDED));
        if name.is_empty() || word.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::sign_in::recovery(name, word).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(opened) => {
                    let _ = on_opened.try_run(opened);
                }
                Err(api::ApiError::Offline) => {
                    let _ = error.try_set(Some(problems::OFFLINE));
                }
                Err(refused) => {
                    let _ = error.try_set(Some(refused.text()));
                }
            }
        });
    };
    view! {
        <p class="muted">{move || t(gate::RECOVER_LINE)}</p>
        <form class="form" on:submit=submit>
            <Refusal error />
            <TextField id="login" label=gate::LOGIN value=login error=no_login autocomplete="username" max=64 autofocus=true />
            <TextField id="recovery-code" label=gate::RECOVERY_CODE value=code error=no_code max=40 />
            <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::CONTINUE)}</Button>
        </form>
        <p class="faint">{move || t(gate::NO_CODES)}</p>
        <p><a class="link" href="/sign-in">{move || t(gate::SIGN_IN)}</a></p>
    }
}
