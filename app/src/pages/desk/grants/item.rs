//! One standing grant in a list: the class and the fields, and what became of it.

use super::decide::Asking;
use crate::{
    api,
    pages::admin::acting::act,
    text::{Word, fill, grants, list, live, t},
    time,
    ui::{Loader, toast},
};
use contract::wire::{
    approvals::ApprovalState,
    grants::{Grant, Grants},
};
use leptos::prelude::*;

/// The class, and the fields that open.
pub fn what(grant: &Grant) -> AnyView {
    let (class, fields) = (grant.class.name.clone(), grant.fields.clone());
    view! { <p><b class="waits__name">{class}</b> " · " {move || list(fields.iter().copied())}</p> }.into_any()
}

/// Who asks, in which roles, when, and why.
pub fn who(grant: &Grant) -> AnyView {
    let Grant { by, roles, asked_at, reason, words, .. } = grant.clone();
    view! {
        <p class="waits__facts">
            <span>{by.name} " " <span class="faint">{move || list(roles.iter().copied())}</span></span>
            <time datetime=time::machine(asked_at)>{move || time::moment(asked_at)}</time>
        </p>
        <p class="waits__why">{move || t(reason.word())} {(!words.is_empty()).then(|| format!(" · {words}"))}</p>
    }
    .into_any()
}

/// What became of it, in a sentence.
fn said(grant: &Grant) -> impl Fn() -> String + Send + use<> {
    let Grant { state, until, last_day, decided_by, answer, holds, .. } = grant.clone();
    let who = decided_by.map(|who| who.name).unwrap_or_default();
    move || {
        let words = match state {
            ApprovalState::Asked => grants::IS_ASKED,
            ApprovalState::Granted if holds => grants::IS_GRANTED,
            ApprovalState::Granted => grants::IS_VOID,
            ApprovalState::Refused => grants::IS_REFUSED,
            ApprovalState::Withdrawn => grants::IS_WITHDRAWN,
            ApprovalState::Revoked => grants::IS_REVOKED,
            ApprovalState::Lapsed | ApprovalState::Used => grants::IS_LAPSED,
        };
        fill(words, &[("until", &time::moment(until)), ("day", &time::day(last_day)), ("who", &who), ("why", &answer)])
    }
}

/// One's own: it can be taken back while it waits, and given back while it stands.
pub fn own(grant: Grant, loader: Loader<Grants>) -> AnyView {
    let busy = RwSignal::new(false);
    let id = grant.id;
    let word = match grant.state {
        ApprovalState::Asked => Some(grants::WITHDRAW),
        ApprovalState::Granted => Some(grants::GIVE_BACK),
        _ => None,
    };
    let end = move |_| {
        act(
            busy,
            move || Box::pin(api::grants::end(id)),
            move |now| {
                toast::done(grants::ENDED);
                loader.set(now);
            },
        );
    };
    let (words, dull) = (said(&grant), word.is_none());
    view! {
        <li class="waits__item">
            <div class=if dull { "waits__what faint" } else { "waits__what" }>
                {what(&grant)}
                <p class="waits__facts"><span class="waits__why">{words}</span></p>
            </div>
            {word.map(|word| view! {
                <div class="waits__end">
                    <button class="button button--small button--quiet" type="button" aria-busy=move || busy.get().then_some("true") on:click=end>{live(word)}</button>
                </div>
            })}
        </li>
    }
    .into_any()
}

/// One that stands for somebody else.
pub fn others(grant: Grant, revoking: Asking) -> AnyView {
    let (words, void) = (said(&grant), !grant.holds);
    let parts = (what(&grant), who(&grant));
    view! {
        <li class="waits__item">
            <div class="waits__what">
                {parts.0}
                {parts.1}
                <p class="waits__facts"><span class="waits__why">{words}</span></p>
            </div>
            <div class="waits__end">
                {void.then(|| view! { <span class="tag tag--quiet">{live(grants::VOID)}</span> })}
                <button class="button button--small button--quiet" type="button" on:click=move |_| revoking.about(&grant)>{live(grants::REVOKE)}</button>
            </div>
        </li>
    }
    .into_any()
}
