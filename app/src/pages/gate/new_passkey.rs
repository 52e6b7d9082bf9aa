//! Making the passkey of an enrolment or a recovery, then the recovery codes.

use super::{Barrier, Refusal, barrier};
use crate::{
    api::{self, ApiError},
    passkey, routes, session,
    text::{Text, gate, list, t, t_now},
    ui::{Button, ButtonKind, RecoveryCodesView, TextField},
};
use contract::{
    error::ErrorCode,
    wire::sign_in::{CeremonyFinish, Enrolled, EnrolmentOpened},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::value::RawValue;

/// Shows whom the link is for and makes the passkey.
#[component]
pub fn NewPasskey(
    /// The opened link.
    opened: EnrolmentOpened<Box<RawValue>>,
    /// It was made.
    #[prop(into)]
    on_made: Callback<Enrolled>,
    /// The link or the ceremony has lapsed meanwhile.
    #[prop(into)]
    on_lapsed: Callback<()>,
) -> impl IntoView {
    let name = RwSignal::new(t_now(gate::THIS_DEVICE).to_owned());
    let missing = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let who = opened.clone();
    let roles = opened.roles.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked().trim().to_owned();
        missing.set(called.is_empty().then_some(gate::NEEDED));
        if called.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let opened = opened.clone();
        spawn_local(async move {
            let answer = make(&opened, called).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(enrolled) => {
                    let _ = on_made.try_run(enrolled);
                }
                Err(refused) if refused.code() == Some(ErrorCode::Lapsed) => {
                    let _ = on_lapsed.try_run(());
                }
                Err(refused) => {
                    // A role may ask for an authenticator that proves its make.
                    let unlisted = refused.fields().iter().any(|field| field.at == "attestation");
                    let _ = error.try_set(Some(if unlisted { gate::UNLISTED } else { refused.text() }));
                }
            }
        });
    };
    view! {
        <p class="muted">{move || t(gate::ENROL_LINE)}</p>
        <dl class="facts">
            <div class="facts__row"><dt>{move || t(gate::YOUR_LOGIN)}</dt><dd><code>{who.login.clone()}</code></dd></div>
            <div class="facts__row"><dt>{move || t(gate::YOUR_ROLES)}</dt><dd>{move || list(roles.iter().copied())}</dd></div>
        </dl>
        {match barrier() {
            Some((title, line)) => view! { <Barrier title line /> }.into_any(),
            None => view! {
                <form class="form" on:submit=submit>
                    <Refusal error />
                    <TextField
                        id="passkey-name"
                        label=gate::PASSKEY_NAME
                        hint=gate::PASSKEY_NAME_HINT
                        value=name
                        error=missing
                        max=60
                    />
                    <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::CREATE)}</Button>
                </form>
            }.into_any(),
        }}
    }
}

async fn make(opened: &EnrolmentOpened<Box<RawValue>>, name: String) -> Result<Enrolled, ApiError> {
    let credential = passkey::create(&opened.options).await.map_err(ApiError::Passkey)?;
    api::sign_in::enrolled(&CeremonyFinish { ceremony: opened.ceremony, credential, name }).await
}

/// The recovery codes, then in, once they are kept.
#[component]
pub fn KeepCodes(
    /// What came of the passkey.
    enrolled: Enrolled,
) -> impl IntoView {
    let home = session::home(&enrolled.me);
    let enter = Callback::new(move |()| routes::load(home));
    if enrolled.recovery_codes.is_empty() {
        view! {
            <Button kind=ButtonKind::Primary class="button--large button--wide" on_click=enter>{move || t(gate::GO_IN)}</Button>
        }
        .into_any()
    } else {
        view! { <RecoveryCodesView codes=enrolled.recovery_codes on_kept=enter /> }.into_any()
    }
}
