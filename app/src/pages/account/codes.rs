//! Recovery codes: how many are left, and new ones, shown once.

use crate::{
    api::{self, with_step_up},
    text::{account, common, fill, gate, live, t},
    ui::{Button, ButtonKind, Dialog, Loader, RecoveryCodesView, toast},
};
use contract::wire::account::Account;
use leptos::{prelude::*, task::spawn_local};

/// The part about recovery codes.
#[component]
pub fn Codes(
    /// One's own access.
    access: Loader<Account>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let codes = RwSignal::new(None::<Vec<String>>);
    let left = Memo::new(move |_| access.get().map(|access| access.recovery_codes_left).unwrap_or_default());
    // The codes are forgotten as soon as the dialog is closed, whichever way.
    Effect::new(move || {
        if !open.get() {
            codes.set(None);
        }
    });
    let title = Signal::derive(move || t(if codes.with(Option::is_some) { gate::CODES } else { account::CODES_NEW }).to_owned());
    let make = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(api::account::recovery_codes).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(made) => {
                    let count = u32::try_from(made.codes.len()).unwrap_or(u32::MAX);
                    access.update(|access| access.recovery_codes_left = count);
                    // Earlier codes are void by now: these must be seen even when the dialog was closed meanwhile.
                    let _ = open.try_set(true);
                    let _ = codes.try_set(Some(made.codes));
                }
                Err(error) => toast::failed(&error),
            }
        });
    });
    view! {
        <section class="card" aria-labelledby="codes">
            <header class="card__head"><h2 id="codes">{live(account::CODES)}</h2></header>
            <div class="card__body">
                {move || match left.get() {
                    0 => view! { <p class="note">{live(account::CODES_NONE)}</p> }.into_any(),
                    n => view! { <p>{move || fill(account::CODES_LEFT, &[("n", &n.to_string())])}</p> }.into_any(),
                }}
            </div>
            <footer class="card__foot">
                <Button on_click=move |()| open.set(true)>{live(account::CODES_NEW)}</Button>
            </footer>
        </section>
        <Dialog open id="codes-new" title>
            {move || match codes.get() {
                Some(codes) => view! {
                    <div class="dialog__body stack"><RecoveryCodesView codes on_kept=move |()| open.set(false) /></div>
                }
                .into_any(),
                None => view! {
                    <div class="dialog__body"><p>{live(account::CODES_NEW_LINE)}</p></div>
                    <footer class="dialog__foot">
                        <button class="button" type="button" autofocus=true on:click=move |_| open.set(false)>{live(common::CANCEL)}</button>
                        <Button kind=ButtonKind::Primary busy on_click=make>{live(account::CODES_NEW)}</Button>
                    </footer>
                }
                .into_any(),
            }}
        </Dialog>
    }
}
