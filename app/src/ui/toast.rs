//! Short messages at the edge: what was done, what went wrong.
//!
//! The rule: a toast never carries a personal value, and nothing is said only in a toast that a person must act on.

use super::kept::{each_kept, kept};
use crate::{
    api::ApiError,
    passkey::PasskeyError,
    text::{Text, common, live, t_now},
};
use contract::error::ErrorCode;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::LazyLock;

/// How long a toast stays, in milliseconds; errors stay until closed.
const STAYS: u32 = 6_000;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    id: u32,
    words: String,
    error: bool,
}

static TOASTS: LazyLock<ArcRwSignal<(u32, Vec<Toast>)>> = LazyLock::new(|| ArcRwSignal::new((0, Vec::new())));

/// Says that something was done.
pub fn done(text: Text) {
    push(t_now(text).to_owned(), false);
}
/// The same, already worded by [`crate::text::fill_now`].
pub fn say(words: String) {
    push(words, false);
}
/// Says that something went wrong.
pub fn error(text: Text) {
    push(t_now(text).to_owned(), true);
}
/// Says something that stays until it is closed.
pub fn warn(words: String) {
    push(words, true);
}
/// Says why a call failed; silent when another ceremony took over or the session ended (the sign-in page says that).
pub fn failed(error: &ApiError) {
    match error {
        ApiError::Passkey(PasskeyError::Aborted) => {}
        _ if error.code() == Some(ErrorCode::NotSignedIn) => {}
        _ => push(t_now(error.text()).to_owned(), true),
    }
}

fn push(words: String, error: bool) {
    let mut id = 0;
    TOASTS.update(|(last, toasts)| {
        *last = last.wrapping_add(1);
        id = *last;
        toasts.push(Toast { id, words, error });
        if toasts.len() > 4 {
            toasts.remove(0);
        }
    });
    if !error {
        spawn_local(async move {
            TimeoutFuture::new(STAYS).await;
            close(id);
        });
    }
}
fn close(id: u32) {
    TOASTS.update(|(_, toasts)| toasts.retain(|toast| toast.id != id));
}

/// Where the toasts appear; once in the app.
#[component]
pub fn Toasts() -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {each_kept(Box::new(|| TOASTS.get().1.into_iter().map(|toast| kept(toast.id.to_string(), move || draw(toast))).collect()))}
        </div>
    }
}

fn draw(toast: Toast) -> AnyView {
    view! {
        <div class=if toast.error { "toast toast--error" } else { "toast" }>
            <span>{toast.words}</span>
            <button class="toast__close" type="button" aria-label=live(common::CLOSE) on:click=move |_| close(toast.id)>
                "✕"
            </button>
        </div>
    }
    .into_any()
}
