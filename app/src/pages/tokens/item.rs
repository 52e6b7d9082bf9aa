//! One token in a list: what it is for, how it stands, when it was used last, and what can be done about it.

use super::{is_over, secret::Made};
use crate::{
    api,
    pages::admin::acting::{act, act_or},
    text::{Text, Word, comma, common, fill, live, t, tokens},
    time,
    ui::{Dialog, Loader, toast},
};
use contract::{
    error::ErrorCode,
    ids::TokenId,
    wire::tokens::{Token, TokenState, Tokens},
};
use leptos::prelude::*;

/// The question whether to end one.
#[derive(Clone, Copy)]
pub struct Ending {
    open: RwSignal<bool>,
    about: RwSignal<Option<(TokenId, String)>>,
}

impl Ending {
    /// About none yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), about: RwSignal::new(None) }
    }
}

/// How it stands, in a sentence.
fn said(token: &Token) -> impl Fn() -> String + Send + use<> {
    let Token { state, until, decided_by, holds, .. } = token.clone();
    let who = decided_by.map(|who| who.name).unwrap_or_default();
    move || {
        let words = match state {
            TokenState::Asked => tokens::IS_ASKED,
            TokenState::Confirmed => tokens::IS_CONFIRMED,
            TokenState::Living if holds => tokens::IS_LIVING,
            TokenState::Living => tokens::IS_VOID,
            TokenState::Refused => tokens::IS_REFUSED,
            TokenState::Ended => tokens::ENDED,
            TokenState::Lapsed => tokens::IS_LAPSED,
        };
        fill(words, &[("until", &time::moment(until)), ("who", &who)])
    }
}

/// When it was used last; nothing of one that never had a secret.
fn used(token: &Token) -> Option<impl Fn() -> String + Send + use<>> {
    let Token { state, used_at, used_from, .. } = token.clone();
    let place = used_from.unwrap_or_default();
    let words = match (used_at, state) {
        (Some(_), _) if place.is_empty() => tokens::USED,
        (Some(_), _) => tokens::USED_FROM,
        (None, TokenState::Living) => tokens::UNUSED,
        (None, _) => return None,
    };
    Some(move || fill(words, &[("at", &used_at.map(time::moment).unwrap_or_default()), ("place", &place)]))
}

/// The line.
pub fn item(token: Token, secret: Made, ending: Ending, list: Loader<Tokens>) -> AnyView {
    let (said, used, over) = (said(&token), used(&token), is_over(token.state));
    let Token { id, name, by, own, role, words, asked_at, days, networks, may_decide, may_make, may_end, .. } = token;
    let busy = RwSignal::new(false);
    let is_bound = !networks.is_empty();
    let bound = move || fill(tokens::BOUND, &[("networks", &networks.iter().map(ToString::to_string).collect::<Vec<_>>().join(comma()))]);
    let decide = move |confirm: bool, done: Text| {
        act_or(
            busy,
            move || Box::pin(api::tokens::decide(id, confirm)),
            move |now| {
                toast::done(done);
                list.set(now);
            },
            move |error| {
                toast::failed(&error);
                // Somebody else may have decided.
                if error.code() == Some(ErrorCode::Lapsed) {
                    list.reload();
                }
            },
        );
    };
    let make = move |_| act(busy, move || Box::pin(api::tokens::make(id)), move |made| secret.show(made));
    let called = name.clone();
    let end = move |_| {
        ending.about.set(Some((id, called.clone())));
        ending.open.set(true);
    };
    let waits = move || busy.get().then_some("true");
    view! {
        <li class="waits__item">
            <div class=if over { "waits__what faint" } else { "waits__what" }>
                <p><b class="waits__name">{name}</b> " · " {live(role.word())}</p>
                <p class="waits__facts">
                    {(!own).then_some(by.name)}
                    <time datetime=time::machine(asked_at)>{move || time::moment(asked_at)}</time>
                    <span>{move || fill(tokens::FOR_DAYS, &[("n", &days.to_string())])}</span>
                    {used.map(|used| view! { <span>{used}</span> })}
                </p>
                <p class="waits__why">{words}</p>
                {is_bound.then(|| view! { <p class="waits__facts"><span class="waits__why">{bound}</span></p> })}
                <p class="waits__facts"><span class="waits__why">{said}</span></p>
            </div>
            <div class="waits__end">
                {may_decide.then(|| view! {
                    <button class="button button--small button--primary" type="button" aria-busy=waits on:click=move |_| decide(true, tokens::CONFIRMED)>{live(tokens::CONFIRM)}</button>
                    <button class="button button--small button--quiet" type="button" aria-busy=waits on:click=move |_| decide(false, tokens::REFUSED)>{live(tokens::REFUSE)}</button>
                })}
                {may_make.then(|| view! { <button class="button button--small button--primary" type="button" aria-busy=waits on:click=make>{live(tokens::MAKE)}</button> })}
                {(may_end && !may_decide).then(|| view! { <button class="button button--small button--quiet" type="button" on:click=end>{live(tokens::END)}</button> })}
            </div>
        </li>
    }
    .into_any()
}

/// The dialog that asks whether to end one.
pub fn question(ending: Ending, list: Loader<Tokens>) -> AnyView {
    let Ending { open, about } = ending;
    let busy = RwSignal::new(false);
    let send = move |_| {
        let Some((id, _)) = about.get_untracked() else { return };
        act(
            busy,
            move || Box::pin(api::tokens::end(id)),
            move |now| {
                toast::done(tokens::ENDED);
                open.set(false);
                list.set(now);
            },
        );
    };
    let line = move || fill(tokens::END_LINE, &[("name", &about.get().map(|(_, name)| name).unwrap_or_default())]);
    view! {
        <Dialog open id="end-token" title=Signal::derive(|| t(tokens::END_TITLE).to_owned())>
            <div class="dialog__body"><p>{line}</p></div>
            <footer class="dialog__foot">
                <button class="button" type="button" autofocus=true on:click=move |_| open.set(false)>{live(common::CANCEL)}</button>
                <button class="button button--danger" type="button" aria-busy=move || busy.get().then_some("true") on:click=send>{live(tokens::END)}</button>
            </footer>
        </Dialog>
    }
    .into_any()
}
