//! Getting in as a guardian: a contact or an invitation, then a code.

use super::{
    Refusal,
    sign_in::{PasskeyButton, SessionEnded},
};
use crate::{
    api,
    text::{Text, fill, gate, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::wire::sign_in::{CodeEntered, CodeRequest, CodeRequested, Me};
use leptos::{prelude::*, task::spawn_local};

/// The sign-in page of guardians: by a code, or by the passkey that was made at the first visit.
#[component]
pub fn GuardianSignInPage() -> impl IntoView {
    let by_passkey = RwSignal::new(false);
    view! {
        <GateSheet title=Signal::stored(gate::GUARDIAN)>
            <SessionEnded />
            <div class="stack">
                {move || if by_passkey.get() { view! { <PasskeyButton /> }.into_any() } else { view! { <ByCode /> }.into_any() }}
                <p class="gate__more">
                    <button class="link" type="button" on:click=move |_| by_passkey.update(|by_passkey| *by_passkey = !*by_passkey)>
                        {move || t(if by_passkey.get() { gate::BY_CODE } else { gate::WITH_PASSKEY })}
                    </button>
                    " · " <a class="link" href="/sign-in">{move || t(gate::I_AM_STAFF)}</a>
                </p>
            </div>
        </GateSheet>
    }
}

/// Sign-in by the contact that the school holds.
#[component]
fn ByCode() -> impl IntoView {
    let contact = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let sent = RwSignal::new(None::<CodeRequested>);
    let send = move || {
        let text = contact.get_untracked().trim().to_owned();
        missing.set(text.is_empty().then_some(gate::NEEDED));
        if !text.is_empty() && !busy.get_untracked() {
            request(CodeRequest::Contact { contact: text }, busy, error, sent);
        }
    };
    move || match sent.get() {
        None => view! {
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <p class="muted">{move || t(gate::GUARDIAN_LINE)}</p>
                <Refusal error />
                <TextField id="contact" label=gate::CONTACT value=contact error=missing autocomplete="username" max=254 autofocus=true />
                <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::SEND_CODE)}</Button>
            </form>
        }
        .into_any(),
        Some(requested) => view! {
            <CodeForm requested on_in=|me| crate::session::enter(me) on_back=move |()| sent.set(None) />
        }
        .into_any(),
    }
}

/// Asks for a code; the answer is the same whether the contact is known or not.
pub fn request(request: CodeRequest, busy: RwSignal<bool>, error: RwSignal<Option<Text>>, sent: RwSignal<Option<CodeRequested>>) {
    busy.set(true);
    error.set(None);
    spawn_local(async move {
        let answer = api::portal::request_code(&request).await;
        let _ = busy.try_set(false);
        match answer {
            Ok(requested) => {
                let _ = sent.try_set(Some(requested));
            }
            Err(refused) => {
                let _ = error.try_set(Some(refused.text()));
            }
        }
    });
}

/// The code that came.
#[component]
pub fn CodeForm(
    /// The request it answers.
    requested: CodeRequested,
    /// It was right.
    #[prop(into)]
    on_in: Callback<Me>,
    /// Back to where the code goes.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let minutes = requested.valid_for.div_ceil(60).to_string();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let digits: String = code.get_untracked().chars().filter_map(|c| full_width(c).is_ascii_digit().then_some(full_width(c))).collect();
        let whole = digits.len() == 6;
        wrong.set((!whole).then_some(gate::CODE_FORM));
        if !whole || busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::portal::enter_code(&CodeEntered { ceremony: requested.ceremony, code: digits }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(me) => {
                    let _ = on_in.try_run(me);
                }
                Err(refused) => {
                    let _ = error.try_set(Some(refused.text()));
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <p class="muted" role="status">{move || t(gate::CODE_SENT)} " " {move || fill(gate::CODE_VALID, &[("n", &minutes)])}</p>
            <Refusal error />
            <TextField
                id="code"
                label=gate::CODE
                value=code
                error=wrong
                class="input--code"
                mode="numeric"
                autocomplete="one-time-code"
                max=6
                autofocus=true
            />
            <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::ENTER)}</Button>
            <Button kind=ButtonKind::Quiet on_click=on_back>{move || t(gate::SEND_AGAIN)}</Button>
        </form>
    }
}

/// Input methods may type digits in full width.
fn full_width(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF10..=0xFF19 => char::from_u32(code - 0xFF10 + 0x30).unwrap_or(character),
        _ => character,
    }
}
