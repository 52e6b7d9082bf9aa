//! What a pressed seal does: asks for the reason, has the passkey sign for it, shows the value, closes it again.
//!
//! The rule: an opened value lives in one signal of this component and nowhere else; it goes when its seconds are over, when
//! the window loses the focus, when the tab is hidden and when the page is left; what was copied of it goes with it where the
//! browser lets us. The focus follows it, and goes back to the seal. Deliberately absent: keeping it longer without asking the
//! server again.

use super::{
    super::{
        Dialog,
        copy::{lend, take_back},
        error_summary::focus_soon,
        shown::{Form, form, grouped},
        toast,
    },
    LEFT, Look, Seal, approval, hidden,
    reason::{ReasonForm, remember},
    refusal,
};
use crate::{
    api, session,
    text::{Text, Word, common, fill, fill_now, t, t_now},
    time,
};
use contract::{
    Shown,
    wire::reveals::{Reason, RevealRequest},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

#[derive(Clone)]
struct Open {
    value: Shown<String>,
    /// Milliseconds since the epoch.
    until: f64,
    seconds: u32,
    reason: Reason,
    extended: bool,
}

/// The dialog, the opened value and its clock.
#[component]
pub fn Opening(
    /// The seal that was pressed.
    seal: Seal,
) -> impl IntoView {
    let Seal { serial, by_approval, target, field, look, asking, on_opened } = seal;
    let open = RwSignal::new(None::<Open>);
    let left = RwSignal::new(0_u32);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Text>);
    let said = RwSignal::new(String::new());

    // `pressed`: not every browser focuses a button that is pressed.
    let close = move |pressed: bool| {
        if let Some(Some(now)) = open.try_get_untracked() {
            take_back(serial, field, words_of(&now.value));
            if pressed || has_focus(seal) {
                focus_soon(seal.part("seal"));
            }
            open.set(None);
            look.set(Look::Closing);
            said.set(fill_now(common::CLOSED, &[("field", t_now(field.word()))]));
            set_timeout(
                move || {
                    if look.try_get_untracked() == Some(Look::Closing) {
                        look.set(Look::Closed);
                    }
                },
                Duration::from_millis(240),
            );
        }
    };
    let tick = move || {
        let Some(Some(until)) = open.try_with_untracked(|open| open.as_ref().map(|open| open.until)) else { return };
        let seconds = seconds_until(until);
        if seconds == 0 {
            close(false);
        } else {
            left.set(seconds);
            if seconds == 5 {
                said.set(t_now(common::CLOSING_SOON).to_owned());
            }
        }
    };
    // One clock for as long as something is open.
    Effect::new(move |before: Option<Option<IntervalHandle>>| {
        if let Some(Some(clock)) = before {
            clock.clear();
        }
        if open.with(Option::is_some) { set_interval_with_handle(tick, Duration::from_secs(1)).ok() } else { None }
    });
    Effect::new(move |before: Option<u32>| {
        let count = LEFT.get();
        if before.is_some_and(|before| before != count) {
            close(false);
        }
        count
    });
    // Each question begins without the refusal of the last.
    Effect::new(move || {
        if asking.get() {
            refused.set(None);
        }
    });

    let send = move |reason: Reason, extended: bool| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let request = RevealRequest { field, reason: reason.clone() };
            let answer = api::reveals::open(target.record(), &request).await;
            // Nothing of the answer outlives a page that was left meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(revealed) => {
                    session::set_reveals_left(revealed.left_today);
                    asking.set(false);
                    remember(reason.code);
                    if let Some(on_opened) = on_opened {
                        on_opened.run(());
                    }
                    if hidden() {
                        toast::error(common::REVEAL_HIDDEN);
                        return;
                    }
                    if !extended {
                        look.set(Look::Breaking);
                    }
                    set_timeout(
                        move || {
                            if open.is_disposed() {
                                return;
                            }
                            if hidden() {
                                look.set(Look::Closed);
                                return;
                            }
                            let seconds = revealed.closes_in.max(1);
                            left.set(seconds);
                            let words = [("field", t_now(field.word())), ("n", &seconds.to_string())];
                            said.set(fill_now(common::OPENED, &words));
                            let until = time::now_ms() + f64::from(seconds) * 1000.0;
                            open.set(Some(Open { value: revealed.value.clone(), until, seconds, reason: reason.clone(), extended }));
                            look.set(Look::Open);
                            focus_soon(seal.part("value"));
                        },
                        Duration::from_millis(180),
                    );
                }
                Err(error) => {
                    if asking.get_untracked() {
                        refused.set(Some(refusal::words(&error)));
                    } else {
                        toast::error(refusal::words(&error));
                    }
                }
            }
        });
    };

    let opened = move |now: Open| {
        let copied = words_of(&now.value);
        let text = grouped(copied.clone());
        let reason = now.reason;
        let total = now.seconds.max(1);
        view! {
            <span class="field field--revealed" id=seal.part("open")>
                <span class="field__text" id=seal.part("value") tabindex="-1">{text}</span>
                <button
                    class="seal seal--open"
                    type="button"
                    data-seconds=move || left.get().to_string()
                    style:--left=move || format!("{}%", left.get().saturating_mul(100) / total)
                    aria-label=move || fill(common::SEAL_CLOSE, &[("field", t(field.word()))])
                    on:click=move |_| close(true)
                >"封"</button>
                <button class="button button--quiet button--small no-print" type="button" on:click=move |_| lend(serial, field, copied.clone())>
                    {move || t(common::COPY)}
                </button>
                {(!now.extended && !by_approval).then(|| view! {
                    <button
                        class="button button--quiet button--small no-print"
                        type="button"
                        disabled=move || busy.get()
                        on:click=move |_| send(reason.clone(), true)
                    >{move || t(common::EXTEND)}</button>
                })}
            </span>
        }
        .into_any()
    };
    let id = format!("reveal-{}", seal.serial);
    let title = Signal::derive(move || fill(if by_approval { common::SEAL_ASK } else { common::SEAL_OPEN }, &[("field", t(field.word()))]));
    let note = Signal::derive(|| fill(common::REVEAL_NOTE, &[("n", &session::me().map_or(0, |me| me.reveals_left).to_string())]));
    let on_reason = Callback::new(move |reason| send(reason, false));
    view! {
        {move || open.get().map(opened)}
        <span class="visually-hidden" role="status">{move || said.get()}</span>
        <Dialog open=asking id=id.clone() title=title>
            {if by_approval {
                approval::asking(seal, id.clone(), busy, refused, on_reason)
            } else {
                view! { <ReasonForm id=id.clone() busy refused asking submit=common::REVEAL note on_reason /> }.into_any()
            }}
        </Dialog>
    }
    .into_any()
}

/// The opened value as it is, covered or not.
fn words_of(value: &Shown<String>) -> String {
    match form(value) {
        Form::Clear(text) | Form::Masked(text) => text,
        Form::Withheld => String::new(),
    }
}

/// Whether the focus is on the opened value or beside it.
fn has_focus(seal: Seal) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let within = format!("#{}:focus-within", seal.part("open"));
    document.is_some_and(|document| matches!(document.query_selector(&within), Ok(Some(_))))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to some minutes before")]
fn seconds_until(until: f64) -> u32 {
    ((until - time::now_ms()) / 1000.0).ceil().clamp(0.0, 3600.0) as u32
}
