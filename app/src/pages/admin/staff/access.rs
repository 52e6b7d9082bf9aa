//! Somebody's access: enrolment link, sessions, suspension.
//!
//! The rule: a link is shown once, in the dialog that made it, and is forgotten when the dialog closes.

use super::super::acting::act;
use crate::{
    api,
    text::{Text, admin, common, fill, keep, live, t},
    time,
    ui::{Button, ButtonKind, Dialog, Loader, Qr, copy::copy, toast},
};
use contract::wire::{
    sign_in::LinkMade,
    staff::{StaffCard, StaffState},
};
use leptos::prelude::*;

/// The card.
pub fn access(loader: Loader<StaffCard>, card: StaffCard) -> AnyView {
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<LinkMade>);
    let open = RwSignal::new(false);
    Effect::new(move || {
        if !open.get() {
            made.set(None);
        }
    });
    let StaffCard { id, name, state, passkeys, sessions, .. } = card;
    let fresh = move |words: Text| {
        move |card: StaffCard| {
            toast::done(words);
            loader.set(card);
        }
    };
    let issue = move |()| {
        act(
            busy,
            move || Box::pin(api::staff::enrol(id)),
            move |link| {
                made.set(Some(link));
                open.set(true);
            },
        );
    };
    let end = move |()| act(busy, move || Box::pin(api::staff::end_sessions(id)), fresh(keep::SESSIONS_ENDED));
    let suspend = move |()| act(busy, move || Box::pin(api::staff::suspend(id)), fresh(keep::SUSPENDED));
    let restore = move |()| act(busy, move || Box::pin(api::staff::restore(id)), fresh(keep::RESTORED));
    let active = state == StaffState::Active;
    let title = Signal::derive(move || fill(admin::LINK_TITLE, &[("name", &name)]));
    view! {
        <section class="card" aria-labelledby="access">
            <header class="card__head"><h2 id="access">{live(keep::ACCESS)}</h2></header>
            <div class="card__body stack">
                <dl class="facts">
                    <div class="facts__row"><dt>{live(admin::PASSKEYS)}</dt><dd class="num">{passkeys}</dd></div>
                    <div class="facts__row"><dt>{live(keep::SESSIONS)}</dt><dd class="num">{sessions}</dd></div>
                </dl>
                <p class="faint">{live(keep::SUSPEND_LINE)}</p>
                <div class="row">
                    {if active {
                        view! {
                            <Button class="button--small" busy on_click=issue>{live(admin::ENROL)}</Button>
                            <Button class="button--small" busy on_click=end>{live(keep::END_SESSIONS)}</Button>
                            <Button class="button--small" kind=ButtonKind::Danger busy on_click=suspend>{live(keep::SUSPEND)}</Button>
                        }.into_any()
                    } else {
                        view! { <Button class="button--small" kind=ButtonKind::Primary busy on_click=restore>{live(keep::RESTORE)}</Button> }.into_any()
                    }}
                </div>
            </div>
        </section>
        <Dialog open id="link" title>{move || made.get().map(|made| link(made, open))}</Dialog>
    }
    .into_any()
}

fn link(made: LinkMade, open: RwSignal<bool>) -> AnyView {
    let LinkMade { url, qr, expires_at, .. } = made;
    let minutes = ((expires_at - time::now()).num_seconds().max(0) + 59) / 60;
    let copied = url.clone();
    view! {
        <div class="dialog__body stack">
            <p>{live(admin::LINK_LINE)}</p>
            <Qr svg=qr caption=Signal::derive(|| t(admin::LINK_QR).to_owned()) />
            <div class="form__field">
                <label class="form__label" for="link-url">{live(admin::LINK)}</label>
                <input class="input" id="link-url" readonly autocomplete="off" spellcheck="false" value=url />
            </div>
            <p class="note" role="status">
                {move || fill(admin::LINK_EXPIRES, &[("n", &minutes.to_string()), ("at", &time::clock(expires_at))])}
            </p>
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |()| open.set(false)>{live(common::CLOSE)}</Button>
            <Button kind=ButtonKind::Primary on_click=move |()| copy(copied.clone())>{live(admin::LINK_COPY)}</Button>
        </footer>
    }
    .into_any()
}
