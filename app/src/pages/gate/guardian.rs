//! Getting in as a guardian: a contact or an invitation, then a code.
//!
//! The rule: a code that was wrong, has lapsed or was tried too often is told apart, since each asks for something else; none
//! of it tells whether the school knows the contact. Inside WeChat the code works as anywhere.

use super::{
    Refusal,
    sign_in::{PasskeyButton, SessionEnded},
};
use crate::{
    api::{self, ApiError},
    code::one_time,
    passkey::{self, Support},
    text::{Text, fill, gate, t},
    ui::{Button, ButtonKind, GateSheet, TextField},
};
use contract::{
    error::ErrorCode,
    wire::sign_in::{CodeEntered, CodeRequest, CodeRequested, Me},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// After how many seconds a code can be sent again.
const AGAIN_AFTER: u32 = 60;

/// The sign-in page of guardians: by a code, or by the passkey that was made at the first visit.
#[component]
pub fn GuardianSignInPage() -> impl IntoView {
    let by_passkey = RwSignal::new(false);
    let in_wechat = passkey::support() == Support::WeChat;
    view! {
        <GateSheet title=Signal::stored(gate::GUARDIAN)>
            <SessionEnded />
            <div class="stack">
                {move || if by_passkey.get() { view! { <PasskeyButton /> }.into_any() } else { view! { <ByCode /> }.into_any() }}
                {in_wechat.then(|| view! { <p class="note">{move || t(gate::WECHAT_CODE)}</p> })}
                <p class="gate__more">
                    {(!in_wechat).then(|| view! {
                        <button class="link" type="button" on:click=move |_| by_passkey.update(|by_passkey| *by_passkey = !*by_passkey)>
                            {move || t(if by_passkey.get() { gate::BY_CODE } else { gate::WITH_PASSKEY })}
                        </button>
                        " · "
                    })}
                    <a class="link" href="/sign-in">{move || t(gate::I_AM_STAFF)}</a>
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
        Some(requested) => {
            let again = CodeRequest::Contact { contact: contact.get_untracked().trim().to_owned() };
            view! { <CodeForm requested again on_in=|me| crate::session::enter(me) on_back=move |()| sent.set(None) /> }.into_any()
        }
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

/// Why the code did not let anybody in, in words that say what to do.
fn why(refused: &ApiError) -> Text {
    match refused.code() {
        Some(ErrorCode::InvalidFields) => gate::CODE_WRONG,
        Some(ErrorCode::Lapsed) => gate::CODE_LAPSED,
        _ => refused.text(),
    }
}

/// Counts the seconds down, for as long as the form is there.
fn count_down(left: RwSignal<u32>, from: u32) {
    left.set(from);
    spawn_local(async move {
        for next in (0..from).rev() {
            TimeoutFuture::new(1_000).await;
            // Somebody else has set it meanwhile, or nobody looks any more.
            if left.try_get_untracked() != Some(next + 1) {
                return;
            }
            let _ = left.try_set(next);
        }
    });
}

/// The code that came.
#[component]
pub fn CodeForm(
    /// The request it answers.
    requested: CodeRequested,
    /// The same once more.
    again: CodeRequest,
    /// It was right.
    #[prop(into)]
    on_in: Callback<Me>,
    /// Back to where the code goes.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let minutes = requested.valid_for.div_ceil(60).to_string();
    let sent = RwSignal::new(Some(requested));
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let left = RwSignal::new(0);
    count_down(left, AGAIN_AFTER);
    // The whole message may be pasted: the code is in it.
    Effect::new(move || {
        let text = code.get();
        if text.chars().count() > 6
            && let Some(found) = one_time(&text)
            && found != text
        {
            code.set(found);
        }
    });
    let send_again = move |()| {
        if left.get_untracked() == 0 && !busy.get_untracked() {
            code.set(String::new());
            wrong.set(None);
            count_down(left, AGAIN_AFTER);
            request(again.clone(), busy, error, sent);
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let digits = one_time(&code.get_untracked());
        wrong.set(digits.is_none().then_some(gate::CODE_FORM));
        let (Some(code), Some(requested), false) = (digits, sent.get_untracked(), busy.get_untracked()) else { return };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::portal::enter_code(&CodeEntered { ceremony: requested.ceremony, code }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(me) => {
                    let _ = on_in.try_run(me);
                }
                Err(refused) => {
                    if refused.code() == Some(ErrorCode::Lapsed) {
                        // Waiting would help nobody: this code is of no more use.
                        let _ = left.try_set(0);
                    }
                    let _ = error.try_set(Some(why(&refused)));
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
                autofocus=true
            />
            <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::ENTER)}</Button>
            <div class="row">
                <Button kind=ButtonKind::Quiet disabled=Signal::derive(move || left.get() > 0) on_click=send_again>
                    {move || match left.get() {
                        0 => t(gate::SEND_AGAIN).to_owned(),
                        left => fill(gate::SEND_AGAIN_IN, &[("n", &left.to_string())]),
                    }}
                </Button>
                <Button kind=ButtonKind::Quiet on_click=on_back>{move || t(gate::OTHER_CONTACT)}</Button>
            </div>
        </form>
    }
}
