//! New lines as they come: every five seconds the server is asked how many there are, and only where there are any the list is read.
//!
//! The rule: plain requests, so that a session that ended holds at the next one. Asking keeps a session from idling, which a screen
//! that nobody looks at must not: it pauses while the tab is hidden, and by itself after ten minutes.

use crate::{
    api,
    text::{fill, matrix, t},
    ui::Loader,
};
use contract::wire::{Page, ledger::LedgerLine};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

const EVERY: u32 = 5_000;
/// How often it asks before it pauses.
const TURNS: u32 = 120;

fn hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// The switch and what it says.
pub fn live(page: Loader<Page<LedgerLine>>) -> AnyView {
    let on = RwSignal::new(false);
    let newer = RwSignal::new(0_u32);
    Effect::new(move || {
        if !on.get() {
            return;
        }
        spawn_local_scoped_with_cancellation(async move {
            for _ in 0..TURNS {
                TimeoutFuture::new(EVERY).await;
                let last = page.now().and_then(|page| page.items.first().map(|line| line.seq));
                let Some(since) = last.filter(|_| !hidden()) else { continue };
                match api::trail::news(since).await {
                    Ok(news) if news.newer > 0 => {
                        newer.set(news.newer);
                        page.reload();
                    }
                    Ok(_) => newer.set(0),
                    Err(_) => break,
                }
            }
            let _ = on.try_set(false);
        });
    });
    view! {
        <div class="live row no-print">
            <label class="switch" for="live">
                <input
                    class="switch__box"
                    type="checkbox"
                    role="switch"
                    id="live"
                    prop:checked=move || on.get()
                    on:change:target=move |event| on.set(event.target().checked())
                />
                <span>{move || t(matrix::LIVE)}</span>
            </label>
            <span class="faint" role="status">
                {move || match (on.get(), newer.get()) {
                    (true, 0) => t(matrix::LIVE_ON).to_owned(),
                    (true, n) => fill(matrix::NEWER, &[("n", &n.to_string())]),
                    (false, _) => t(matrix::LIVE_OFF).to_owned(),
                }}
            </span>
        </div>
    }
    .into_any()
}
