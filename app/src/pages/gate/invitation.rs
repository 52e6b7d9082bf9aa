//! A guardian's first visit: the invitation, a code to the contact that the school holds, and a passkey for those who like.

use super::{
    LapsedLink, Refusal, barrier,
    enrol::is_lapsed,
    guardian::{CodeForm, request},
    token,
};
use crate::{
    api::{self, ApiError, with_step_up},
    passkey, routes,
    session::{self, Phase},
    text::{Text, Word, fill, gate, t, t_now},
    ui::{Button, ButtonKind, Failure, GateSheet, ShownValue, Skeleton, Steps},
};
use contract::wire::sign_in::{CeremonyFinish, Channel, CodeRequest, CodeRequested, InvitationOpened, Me, Surface};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone)]
enum State {
    Opening,
    Taken(Me),
    Opened(InvitationOpened),
    Sent(InvitationOpened, CodeRequest, CodeRequested),
    In(Me),
    Lapsed,
    Failed(ApiError),
}

/// The invitation page.
#[component]
pub fn InvitationPage() -> impl IntoView {
    token::watch();
    let token = StoredValue::new(token::take());
    let state = RwSignal::new(State::Opening);
    let open = move || {
        let Some(token) = token.get_value() else {
            state.set(State::Lapsed);
            return;
        };
        state.set(State::Opening);
        spawn_local(async move {
            let next = match api::portal::invitation(token).await {
                Ok(opened) => State::Opened(opened),
                Err(refused) if is_lapsed(&refused) => State::Lapsed,
                Err(refused) => State::Failed(refused),
            };
            let _ = state.try_set(next);
        });
    };
    // Whoever is signed in here decides first; an invitation would put itself into their place.
    let begun = StoredValue::new(false);
    Effect::new(move || {
        if session::phase() == Phase::Asking || begun.get_value() {
            return;
        }
        begun.set_value(true);
        match session::me_now() {
            Some(me) => state.set(State::Taken(me)),
            None => open(),
        }
    });
    let leave = Callback::new(move |()| {
        state.set(State::Opening);
        spawn_local(async move {
            session::sign_out().await;
            open();
        });
    });
    let enter = Callback::new(move |me: Me| routes::load(session::home(&me)));
    let title = Signal::derive(move || -> Text {
        state.with(|state| match state {
            State::In(_) => gate::OFFER,
            State::Lapsed => gate::LAPSED,
            State::Taken(_) => gate::TAKEN,
            _ => gate::INVITATION,
        })
    });
    let at = Signal::derive(move || {
        state.with(|state| match state {
            State::Opening | State::Taken(_) | State::Opened(_) | State::Lapsed | State::Failed(_) => 0,
            State::Sent(..) => 1,
            State::In(_) => 2,
        })
    });
    view! {
        <GateSheet title=title wide=true>
            <Steps names=vec![gate::STEP_CHANNEL, gate::STEP_CODE, gate::STEP_PASSKEY] at />
            <div class="stack">
                {move || match state.get() {
                    State::Opening => view! { <Skeleton /> }.into_any(),
                    State::Taken(me) => taken(me, leave),
                    State::Opened(opened) => {
                        let kept = opened.clone();
                        view! {
                            <Choose
                                token=token.get_value().unwrap_or_default()
                                opened
                                on_sent=move |(again, sent)| state.set(State::Sent(kept.clone(), again, sent))
                            />
                        }.into_any()
                    }
                    State::Sent(opened, again, requested) => view! {
                        <CodeForm
                            requested
                            again
                            on_in=move |me| if barrier().is_none() { state.set(State::In(me)) } else { enter.run(me) }
                            on_back=move |()| state.set(State::Opened(opened.clone()))
                        />
                    }.into_any(),
                    State::In(me) => view! { <Offer me on_done=enter /> }.into_any(),
                    State::Lapsed => view! { <LapsedLink line=gate::LAPSED_GUARDIAN sign_in="/portal/sign-in" /> }.into_any(),
                    State::Failed(error) => view! { <Failure error again=move |()| open() /> }.into_any(),
                }}
            </div>
        </GateSheet>
    }
}

/// Somebody is signed in in this browser.
fn taken(me: Me, leave: Callback<()>) -> AnyView {
    let name = me.name.clone();
    let line = move || match me.surface {
        Surface::Portal => t(gate::TAKEN_GUARDIAN).to_owned(),
        Surface::Staff | Surface::Admin => fill(gate::TAKEN_STAFF, &[("name", &name)]),
    };
    let home = session::home(&me);
    view! {
        <p>{line}</p>
        <Button kind=ButtonKind::Primary class="button--large button--wide" on_click=move |()| routes::load(home)>{move || t(gate::GO_ON)}</Button>
        <Button class="button--large button--wide" on_click=leave>{move || t(gate::SIGN_OUT_FIRST)}</Button>
    }
    .into_any()
}

/// Where the code goes.
#[component]
fn Choose(token: String, opened: InvitationOpened, #[prop(into)] on_sent: Callback<(CodeRequest, CodeRequested)>) -> impl IntoView {
    let ways: Vec<_> = [(Channel::Sms, opened.phone), (Channel::Email, opened.email)]
        .into_iter()
        .filter_map(|(channel, contact)| contact.map(|contact| (channel, contact)))
        .collect();
    let school = opened.school;
    let line = view! { <p>{move || fill(gate::INVITATION_LINE, &[("school", &school)])}</p> };
    let Some(first) = ways.first().map(|(channel, _)| *channel) else {
        return view! { {line} <p class="note">{move || t(gate::NO_CHANNEL)}</p> }.into_any();
    };
    let channel = RwSignal::new(first);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let sent = RwSignal::new(None::<CodeRequested>);
    let wish = StoredValue::new(CodeRequest::Invitation { token: token.clone(), channel: first });
    Effect::new(move || {
        if let Some(requested) = sent.get() {
            on_sent.run((wish.get_value(), requested));
        }
    });
    view! {
        {line}
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                if !busy.get_untracked() {
                    wish.set_value(CodeRequest::Invitation { token: token.clone(), channel: channel.get_untracked() });
                    request(wish.get_value(), busy, error, sent);
                }
            }
        >
            <Refusal error />
            <fieldset class="form__field">
                <legend class="form__label">{move || t(gate::CHANNEL)}</legend>
                {ways.into_iter().map(|(way, contact)| view! {
                    <label class="check">
                        <input
                            class="check__box"
                            type="radio"
                            name="channel"
                            prop:checked=move || channel.get() == way
                            on:change=move |_| channel.set(way)
                        />
                        <span>{move || t(way.word())} " " <ShownValue value=contact /></span>
                    </label>
                }).collect_view()}
            </fieldset>
            <Button kind=ButtonKind::Primary class="button--large button--wide" submit=true busy>{move || t(gate::SEND_CODE)}</Button>
        </form>
    }
    .into_any()
}

/// A passkey for next time, for those who like.
#[component]
fn Offer(me: Me, #[prop(into)] on_done: Callback<Me>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let later = me.clone();
    let make = move |()| {
        busy.set(true);
        error.set(None);
        let me = me.clone();
        spawn_local(async move {
            let answer = add_passkey().await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    let _ = on_done.try_run(Me { passkeys: me.passkeys.saturating_add(1), ..me });
                }
                Err(refused) => {
                    let _ = error.try_set(Some(refused.text()));
                }
            }
        });
    };
    view! {
        <p>{move || t(gate::OFFER_LINE)}</p>
        <Refusal error />
        <Button kind=ButtonKind::Primary class="button--large button--wide" busy on_click=make>{move || t(gate::CREATE)}</Button>
        <Button kind=ButtonKind::Quiet class="button--wide" on_click=move |()| on_done.run(later.clone())>{move || t(gate::NOT_NOW)}</Button>
    }
}

async fn add_passkey() -> Result<(), ApiError> {
    let ceremony = with_step_up(api::account::passkey_begin).await?;
    let credential = passkey::create(&ceremony.options).await.map_err(ApiError::Passkey)?;
    let name = t_now(gate::THIS_DEVICE).to_owned();
    api::account::passkey_finish(&CeremonyFinish { ceremony: ceremony.ceremony, credential, name }).await.map(|_| ())
}
