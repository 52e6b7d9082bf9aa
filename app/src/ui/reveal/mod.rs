//! The seal: opens one field of one record for some seconds, for a reason, with a passkey.
//!
//! The rule: what opens a seal is made when it is pressed for the first time, since a list holds hundreds of seals and hardly
//! one of them is pressed. The button stays where it is while the value is open, so that the focus finds back to it.
//! A solid seal asks for a reason, an outlined one for an approval. Deliberately absent: the opened value, which is in `opening`
//! alone.

pub mod approval;
mod opening;
mod reason;
mod refusal;

use super::{
    back, copy,
    shown::{Words, with_seal},
};
use crate::text::{Word, common, fill, t};
use contract::{
    FieldKey, RecordKind, Shown,
    ids::{GuardianId, NoteId, StudentId},
    wire::Can,
};
use leptos::prelude::*;
use opening::Opening;
use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};
use uuid::Uuid;

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
    /// Kind and id.
    fn record(self) -> (RecordKind, Uuid) {
        match self {
            Self::Student(id) => (RecordKind::Student, id.0),
            Self::Guardian(id) => (RecordKind::Guardian, id.0),
            Self::Note(id) => (RecordKind::Note, id.0),
        }
    }
}

/// Counts the times the reader left the window; everything open closes on a change.
static LEFT: LazyLock<ArcRwSignal<u32>> = LazyLock::new(|| ArcRwSignal::new(0));
static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Watches the window for the whole life of the app; called once, before the router is made.
pub fn watch_window() {
    back::watch();
    copy::watch();
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

/// How the masked form with its seal looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Closed,
    Breaking,
    /// The opened value stands in its place.
    Open,
    Closing,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Closed => "field",
            Self::Breaking => "field field--breaking",
            Self::Open => "field field--opened",
            Self::Closing => "field field--closing",
        }
    }
}

/// One seal that can be pressed.
#[derive(Clone, Copy)]
struct Seal {
    serial: u32,
    /// Whether it opens only after somebody has agreed.
    by_approval: bool,
    target: RevealTarget,
    field: FieldKey,
    look: RwSignal<Look>,
    /// Whether the reason is being asked for.
    asking: RwSignal<bool>,
    on_opened: Option<Callback<()>>,
}

impl Seal {
    /// The id of a part of it.
    fn part(self, name: &str) -> String {
        format!("reveal-{}-{name}", self.serial)
    }
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
    /// Whether the words follow the language by themselves.
    #[prop(optional)]
    words: Words,
    /// Called after a look, which the access ledger now tells of.
    #[prop(optional)]
    on_opened: Option<Callback<()>>,
) -> impl IntoView {
    let may_open = can.reveal.contains(&field);
    let may_ask = can.ask.contains(&field);
    if !may_open && !may_ask {
        return with_seal(&value, None, words);
    }
    let look = RwSignal::new(Look::Closed);
    let asking = RwSignal::new(false);
    let pressed = RwSignal::new(false);
    let seal = Seal { serial: SERIAL.fetch_add(1, Ordering::Relaxed), by_approval: !may_open, target, field, look, asking, on_opened };
    let button = view! {
        <button
            class=if may_open { "seal" } else { "seal seal--off" }
            type="button"
            id=seal.part("seal")
            aria-haspopup="dialog"
            aria-label=move || fill(if may_open { common::SEAL_OPEN } else { common::SEAL_ASK }, &[("field", t(field.word()))])
            on:click=move |_| {
                asking.set(true);
                if !pressed.get_untracked() {
                    pressed.set(true);
                }
            }
        >"封"</button>
    }
    .into_any();
    view! {
        <span class=move || look.get().class()>{with_seal(&value, Some(button), words)}</span>
        {move || pressed.get().then(|| view! { <Opening seal /> })}
    }
    .into_any()
}
