//! The secret of a token, shown once.
//!
//! The rule: it is in one signal of one dialog, which empties when the dialog closes. Deliberately absent: a second look.

use crate::{
    text::{common, fill, live, t, tokens},
    time,
    ui::{Button, ButtonKind, Dialog, Loader, copy::copy},
};
use contract::wire::tokens::{TokenSecret, Tokens};
use leptos::prelude::*;

/// What was made.
#[derive(Clone, Copy)]
pub struct Made {
    open: RwSignal<bool>,
    secret: RwSignal<Option<TokenSecret>>,
}

impl Made {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), secret: RwSignal::new(None) }
    }
    /// Shows it.
    pub fn show(self, made: TokenSecret) {
        self.secret.set(Some(made));
        self.open.set(true);
    }
}

/// The dialog; the list is asked for anew when it closes, and not before: drawing it anew would close it.
pub fn dialog(made: Made, list: Loader<Tokens>) -> AnyView {
    let Made { open, secret } = made;
    Effect::new(move || {
        if !open.get() && secret.with_untracked(Option::is_some) {
            secret.set(None);
            list.reload();
        }
    });
    let body = move || {
        secret.get().map(|TokenSecret { secret, until }| {
            let taken = secret.clone();
            view! {
                <div class="dialog__body stack">
                    <p>{live(tokens::SECRET_LINE)}</p>
                    <p class="muted">{live(tokens::SECRET_HOW)}</p>
                    <p class="code waits__why">"Authorization: Bearer " <span data-secret="">{secret}</span></p>
                    <p class="faint">{move || fill(tokens::SECRET_UNTIL, &[("until", &time::moment(until))])}</p>
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| copy(taken.clone())>{live(common::COPY)}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |()| open.set(false)>{live(tokens::SECRET_KEPT)}</Button>
                </footer>
            }
        })
    };
    view! { <Dialog open id="secret" title=Signal::derive(|| t(tokens::SECRET).to_owned())>{body}</Dialog> }.into_any()
}
