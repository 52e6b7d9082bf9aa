//! How much waits for the viewer, beside the pages where it waits, and a word when more has come.
//!
//! The rule: numbers alone, so that asking looks at nobody. Asking keeps a session from idling, which a screen that nobody looks
//! at must not: it is done after each change of the page and whenever the tab comes back, then each minute for ten minutes.

use super::toast;
use crate::{api, text::desk};
use contract::wire::today::Waiting;
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local, task::spawn_local_scoped_with_cancellation};
use leptos_router::hooks::use_location;
use std::sync::LazyLock;

/// The page comes first, in milliseconds.
const FIRST: u32 = 1_200;
const EVERY: u32 = 60_000;
const TURNS: u32 = 10;

static WAITING: LazyLock<ArcRwSignal<Option<Waiting>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// How much waits on a page; reactive.
pub fn on(href: &str) -> u64 {
    WAITING.with(|waiting| {
        let waiting = waiting.unwrap_or_default();
        match href {
            "/today" => [waiting.to_decide, waiting.granted, waiting.tokens].into_iter().fold(waiting.contacts, u64::saturating_add),
            "/admin/audit" => waiting.findings,
            "/requests" => waiting.corrections.saturating_add(waiting.questions),
            _ => 0,
        }
    })
}

/// How much waits of one kind; reactive.
pub fn count(of: fn(&Waiting) -> u64) -> u64 {
    WAITING.with(|waiting| waiting.as_ref().map_or(0, of))
}

/// Asks for as long as the layout stands that this is called in.
pub fn watch() {
    let path = use_location().pathname;
    let returns = RwSignal::new(0_u32);
    let seen = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            returns.update(|times| *times = times.wrapping_add(1));
        }
    });
    on_cleanup(move || seen.remove());
    Effect::new(move || {
        path.track();
        returns.track();
        spawn_local_scoped_with_cancellation(async {
            TimeoutFuture::new(FIRST).await;
            for _ in 0..TURNS {
                if !document().hidden() {
                    ask().await;
                }
                TimeoutFuture::new(EVERY).await;
            }
        });
    });
}

/// Asks now: something was done.
pub fn again() {
    spawn_local(ask());
}

async fn ask() {
    // Whoever is not reached says so on the page.
    let Ok(now) = api::today::waiting().await else { return };
    let before = WAITING.get_untracked().unwrap_or(now);
    WAITING.set(Some(now));
    for (before, now, words) in [
        (before.to_decide, now.to_decide, desk::CAME_TO_DECIDE),
        (before.granted, now.granted, desk::CAME_GRANTED),
        (before.corrections, now.corrections, desk::CAME_CORRECTION),
        (before.questions, now.questions, desk::CAME_QUESTION),
    ] {
        if before < now {
            toast::done(words);
        }
    }
}
