//! The seal: opens one field of one record for some seconds, for a reason, with a passkey.
//!
//! The rule: an opened value lives in one signal of this component and nowhere else; it goes when its seconds are over, when
//! the window loses the focus, when the tab is hidden and when the page is left. The focus follows it, and goes back to the
//! seal. Deliberately absent: keeping it longer without asking the server again.

use super::{
    Button, Dialog, back,
    copy::copy,
    error_summary::focus_soon,
    shown::{grouped, plain, with_seal},
};
use crate::{
    api::{self, ApiError, with_step_up},
    session,
    text::{Text, Word, common, fill, fill_now, t, t_now},
    time,
};
use contract::{
    FieldKey, Shown,
    ids::{GuardianId, NoteId, StudentId},
    wire::{
        Can,
        reveals::{Reason, ReasonCode, RevealRequest, Revealed},
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::Cell,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// The record whose field is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevealTarget {
    /// A student.
    Student(StudentId),
    /// A guardian.
    Guardian(GuardianId),
    /// A note.
    Note(NoteId),
}

impl RevealTarget {
    async fn reveal(self, request: &RevealRequest) -> Result<Revealed, ApiError> {
        match self {
            Self::Student(id) => api::students::reveal(id, request).await,
            Self::Guardian(id) => api::guardians::reveal(id, request).await,
            Self::Note(id) => api::notes::reveal(id, request).await,
        }
    }
}

/// Counts the times the reader left the window; everything open closes on a change.
static LEFT: LazyLock<ArcRwSignal<u32>> = LazyLock::new(|| ArcRwSignal::new(0));
static SERIAL: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// The reason that a person gave last; offered first to the same person, and gone with the tab.
    static LAST: Cell<Option<(uuid::Uuid, ReasonCode)>> = const { Cell::new(None) };
}

fn last_reason() -> ReasonCode {
    let me = session::me_now().map(|me| me.id);
    LAST.get().filter(|(who, _)| Some(*who) == me).map_or(ReasonCode::FollowUp, |(_, code)| code)
}

/// Watches the window for the whole life of the app; called once, before the router is made.
pub fn watch_window() {
    back::watch();
    let leave = || LEFT.update(|count| *count = count.wrapping_add(1));
    let _ = window_event_listener(leptos::ev::blur, move |_| leave());
    let _ = window_event_listener(leptos::ev::pagehide, move |_| leave());
    let _ = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if hidden() {
            leave();
        }
    });
}

fn hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

#[derive(Clone)]
struct Open {
    value: Shown<String>,
    /// Milliseconds since the epoch.
    until: f64,
    seconds: u32,
    reason: Reason,
    extended: bool,
}

/// One field with its seal. Draws like [`super::ShownValue`] where nothing can be opened.
#[component]
pub fn Sealed(
    /// The record.
    target: RevealTarget,
    /// The field.
    field: FieldKey,
    /// What the viewer sees of it; `card.phone.to_text()`.
    value: Shown<String>,
    /// What the viewer may do with the record.
    can: Can,
    /// Called after a look, which the access ledger now tells of.
    #[prop(optional)]
    on_opened: Option<Callback<()>>,
) -> impl IntoView {
    let may_open = can.reveal.contains(&field);
    let may_ask = can.ask.contains(&field);
    if !may_open && !may_ask {
        return with_seal(&value, None);
    }
    if !may_open {
        let label = move || fill(common::SEAL_ASK, &[("field", t(field.word()))]);
        let seal = view! { <span class="seal seal--off" role="img" aria-label=label title=label>"封"</span> }.into_any();
        return with_seal(&value, Some(seal));
    }
    let open = RwSignal::new(None::<Open>);
    let left = RwSignal::new(0_u32);
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Text>);
    let said = RwSignal::new(String::new());
    let closing = RwSignal::new(false);
    let breaking = RwSignal::new(false);

    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);

    // `pressed`: not every browser focuses a button that is pressed.
    let close = move |pressed: bool| {
        if open.try_with_untracked(Option::is_some) == Some(true) {
            if pressed || has_focus(serial) {
                focus_soon(part(serial, "seal"));
            }
            open.set(None);
            closing.set(true);
            said.set(fill_now(common::CLOSED, &[("field", t_now(field.word()))]));
            set_timeout(
                move || {
                    closing.try_set(false);
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

    let send = move |reason: Reason, extended: bool| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let request = RevealRequest { field, reason: reason.clone() };
            let answer = with_step_up(|| target.reveal(&request)).await;
            // Nothing of the answer outlives a page that was left meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(revealed) => {
                    session::set_reveals_left(revealed.left_today);
                    asking.set(false);
                    LAST.set(session::me_now().map(|me| (me.id, reason.code)));
                    if let Some(on_opened) = on_opened {
                        on_opened.run(());
                    }
                    if hidden() {
                        super::toast::error(common::REVEAL_HIDDEN);
                        return;
                    }
                    breaking.set(true);
                    set_timeout(
                        move || {
                            if breaking.try_set(false).is_some() || hidden() {
                                return;
                            }
                            let seconds = revealed.closes_in.max(1);
                            left.set(seconds);
                            let words = [("field", t_now(field.word())), ("n", &seconds.to_string())];
                            said.set(fill_now(common::OPENED, &words));
                            let until = time::now_ms() + f64::from(seconds) * 1000.0;
                            open.set(Some(Open { value: revealed.value.clone(), until, seconds, reason: reason.clone(), extended }));
                            focus_soon(part(serial, "value"));
                        },
                        Duration::from_millis(180),
                    );
                }
                Err(error) => {
                    if asking.get_untracked() {
                        refused.set(Some(error.text()));
                    } else {
                        super::toast::failed(&error);
                    }
                }
            }
        });
    };

    let id = format!("reveal-{serial}");
    let title = Signal::derive(move || fill(common::SEAL_OPEN, &[("field", t(field.word()))]));
    let body = move || match open.get() {
        Some(now) => {
            let copied = plain(&now.value);
            let text = grouped(copied.clone());
            let reason = now.reason.clone();
            let total = f64::from(now.seconds);
            view! {
                <span class="field field--revealed" id=part(serial, "open")>
                    <span class="field__text" id=part(serial, "value") tabindex="-1">{text}</span>
                    <button
                        class="seal seal--open"
                        type="button"
                        data-seconds=move || left.get().to_string()
                        style:--left=move || format!("{:.0}%", f64::from(left.get()) / total * 100.0)
                        aria-label=move || fill(common::SEAL_CLOSE, &[("field", t(field.word()))])
                        on:click=move |_| close(true)
                    >"封"</button>
                    <button class="button button--quiet button--small no-print" type="button" on:click=move |_| copy(copied.clone())>
                        {move || t(common::COPY)}
                    </button>
                    {(!now.extended).then(|| view! {
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
        }
        None => {
            let seal = view! {
                <button
                    class=move || if breaking.get() { "seal seal--breaking" } else { "seal" }
                    type="button"
                    id=part(serial, "seal")
                    aria-haspopup="dialog"
                    aria-label=move || title.get()
                    on:click=move |_| {
                        refused.set(None);
                        asking.set(true);
                    }
                >"封"</button>
            }
            .into_any();
            let drawn = with_seal(&value, Some(seal));
            view! { <span class=move || if closing.get() { "field field--closing" } else { "field" }>{drawn}</span> }.into_any()
        }
    };
    view! {
        {body}
        <span class="visually-hidden" role="status">{move || said.get()}</span>
        <Dialog open=asking id=id.clone() title=title>
            <ReasonForm id=id.clone() busy refused asking on_reason=Callback::new(move |reason| send(reason, false)) />
        </Dialog>
    }
    .into_any()
}

fn part(serial: u32, name: &str) -> String {
    format!("reveal-{serial}-{name}")
}

/// Whether the focus is on the opened value or beside it.
fn has_focus(serial: u32) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let within = format!("#{}:focus-within", part(serial, "open"));
    document.is_some_and(|document| matches!(document.query_selector(&within), Ok(Some(_))))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to some minutes before")]
fn seconds_until(until: f64) -> u32 {
    ((until - time::now_ms()) / 1000.0).ceil().clamp(0.0, 3600.0) as u32
}

/// Asks for the reason.
#[component]
fn ReasonForm(
    id: String,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<Text>>,
    asking: RwSignal<bool>,
    on_reason: Callback<Reason>,
) -> impl IntoView {
    let first = last_reason();
    let code = RwSignal::new(first);
    let words = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let area = format!("{id}-text");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = words.get_untracked().trim().to_owned();
        if code.get_untracked() == ReasonCode::Other && text.is_empty() {
            missing.set(true);
        } else if !busy.get_untracked() {
            on_reason.run(Reason { code: code.get_untracked(), text });
        }
    };
    let form_id = format!("{id}-form");
    view! {
        <form class="dialog__body" id=form_id.clone() on:submit=submit>
            {move || refused.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })}
            <fieldset class="form__field">
                <legend class="form__label">{move || t(common::REASON)}</legend>
                <div class="reasons">
                    {ReasonCode::ALL.iter().copied().map(|one| view! {
                        <label class="check">
                            <input
                                class="check__box"
                                type="radio"
                                name=format!("{id}-reason")
                                autofocus=one == first
                                prop:checked=move || code.get() == one
                                on:change=move |_| {
                                    code.set(one);
                                    missing.set(false);
                                }
                            />
                            <span>{move || t(one.word())}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <div class="form__field">
                <label class="form__label" for=area.clone()>{move || t(common::REASON_TEXT)}</label>
                <p class="form__hint" id=format!("{area}-hint")>{move || t(common::REASON_HINT)}</p>
                <textarea
                    class="input"
                    id=area.clone()
                    rows="2"
                    maxlength="200"
                    aria-describedby=format!("{area}-hint")
                    aria-invalid=move || missing.get().then_some("true")
                    prop:value=move || words.get()
                    on:input:target=move |event| {
                        words.set(event.target().value());
                        missing.set(false);
                    }
                ></textarea>
                {move || missing.get().then(|| view! { <p class="form__error" role="alert">{t(common::REASON_NEEDED)}</p> })}
            </div>
            <p class="faint">{move || {
                let left = session::me().map_or(0, |me| me.reveals_left).to_string();
                fill(common::REVEAL_NOTE, &[("n", &left)])
            }}</p>
        </form>
        <footer class="dialog__foot">
            <Button on_click=move |()| asking.set(false)>{move || t(common::CANCEL)}</Button>
            <button class="button button--primary" type="submit" form=form_id aria-busy=move || busy.get().then_some("true")>
                {move || t(common::REVEAL)}
            </button>
        </footer>
    }
}
