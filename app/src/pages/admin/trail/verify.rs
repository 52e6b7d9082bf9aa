//! "Verify now": begins, shows how far it is, can be stopped, says what was found.
//!
//! The rule: how it stands is asked of the server, every second while one runs, so that leaving the page stops nothing.

use super::super::acting::act;
use crate::{
    api,
    text::{Text, Word, common, fill, matrix, t},
    time,
    ui::{Button, Loader, Note, Tone},
};
use contract::wire::ledger::{Verification, VerificationState};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

fn fault(name: &str) -> Text {
    match name {
        "gap" => matrix::FAULT_GAP,
        "altered" => matrix::FAULT_ALTERED,
        "mislabelled" => matrix::FAULT_LABEL,
        "cut" | "rolled_back" => matrix::FAULT_CUT,
        "forged_beginning" | "before_beginning" => matrix::FAULT_BEGINNING,
        _ => matrix::FAULT_HEAD,
    }
}

const fn tag(state: VerificationState) -> &'static str {
    match state {
        VerificationState::Whole => "tag tag--jade",
        VerificationState::Broken => "tag tag--plum",
        VerificationState::Running => "tag tag--indigo",
        VerificationState::Cancelled | VerificationState::Failed => "tag tag--amber",
    }
}

/// The card.
pub fn verification() -> AnyView {
    let last = Loader::new(|| async { api::trail::verification().await });
    let busy = RwSignal::new(false);
    let running = Memo::new(move |_| last.get().flatten().is_some_and(|last| last.state == VerificationState::Running));
    Effect::new(move || {
        if !running.get() {
            return;
        }
        spawn_local_scoped_with_cancellation(async move {
            while running.try_get_untracked() == Some(true) {
                TimeoutFuture::new(1_000).await;
                match api::trail::verification().await {
                    Ok(now) => last.set(now),
                    Err(_) => break,
                }
            }
        });
    });
    let begin = move |()| act(busy, || Box::pin(api::trail::verify()), move |now| last.set(now));
    let cancel = move |()| act(busy, || Box::pin(api::trail::cancel()), move |now| last.set(now));
    view! {
        <details class="card verify no-print">
            <summary class="card__head">
                <h2>{move || t(matrix::VERIFY)}</h2>
                {move || last.get().flatten().map(|last| view! { <span class=tag(last.state)>{t(last.state.word())}</span> })}
            </summary>
            <div class="card__body stack">
                <p class="faint">{move || t(matrix::VERIFY_LINE)}</p>
                <div role="status" class="stack stack--tight">
                    {move || match last.get() {
                        Some(Some(last)) => told(last),
                        Some(None) => view! { <p class="muted">{t(matrix::VERIFY_NEVER)}</p> }.into_any(),
                        None => ().into_any(),
                    }}
                </div>
                <div class="row">
                    {move || if running.get() {
                        view! { <Button class="button--small" busy on_click=cancel>{t(common::CANCEL)}</Button> }.into_any()
                    } else {
                        view! { <Button class="button--small" busy on_click=begin>{t(matrix::VERIFY_NOW)}</Button> }.into_any()
                    }}
                </div>
            </div>
        </details>
    }
    .into_any()
}

fn told(last: Verification) -> AnyView {
    let Verification { state, by, started_at, rows, of, fault: found, at, .. } = last;
    let of = of.max(rows);
    let words = fill(matrix::VERIFY_AT, &[("state", t(state.word())), ("n", &rows.to_string()), ("of", &of.to_string())]);
    view! {
        {(state == VerificationState::Running).then(|| view! { <progress class="progress" max=of.to_string() value=rows.to_string()></progress> })}
        <p>{words} " " <span class="faint">{fill(matrix::VERIFY_WHEN, &[("who", &by), ("at", &time::moment(started_at))])}</span></p>
        {found.map(|found| view! {
            <Note tone=Tone::Error>
                {fill(matrix::VERIFY_FAULT, &[("n", &at.unwrap_or_default().to_string()), ("what", t(fault(&found)))])}
            </Note>
        })}
    }
    .into_any()
}
