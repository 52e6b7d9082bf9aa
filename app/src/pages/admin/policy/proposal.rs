//! The change that was proposed and does not hold yet: who, why, from when, what it does for whom; and confirming, declining, taking
//! it back. What became of the last one, where it does not hold.
//!
//! The rule: what the reader may do with it is the server's word. Deliberately absent: confirming without seeing what it does.

use super::{super::acting::act_or, draft::Draft, impact::impact, words};
use crate::{
    api,
    text::{Text, admin, comma, common, fill, fill_now, live, proposals, t},
    time,
    ui::{Banner, Button, ButtonKind, Dialog, Loader, TextAreaField, Tone, toast},
};
use chrono::TimeDelta;
use contract::{
    error::ValueError,
    ids::ProposalId,
    wire::proposals::{Proposal, ProposalDecision, ProposalState, Proposals},
};
use leptos::prelude::*;

/// For how long one that ended is spoken of.
const SPOKEN_OF: TimeDelta = TimeDelta::days(30);

/// The card, or what became of the last one; nothing where there is none.
pub fn proposal(page: Loader<Proposals>, draft: Draft, done: Callback<()>) -> impl IntoView {
    move || page.get().and_then(|page| page.last).and_then(|last| shown(last, page, draft, done))
}

fn shown(last: Proposal, page: Loader<Proposals>, draft: Draft, done: Callback<()>) -> Option<AnyView> {
    match proposals::ended(last.state) {
        Some(words) if last.at + SPOKEN_OF > time::now() => Some(ended(words, last, page, draft, done)),
        None if is_open(last.state) => Some(card(last, page, done)),
        _ => None,
    }
}

/// Whether it waits for somebody or for its moment.
pub const fn is_open(state: ProposalState) -> bool {
    matches!(state, ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled)
}

/// Runs a step and shows how things stand then; the rest of the page is loaded again, since a version may have come.
fn step(
    busy: RwSignal<bool>,
    id: ProposalId,
    what: Option<ProposalDecision>,
    page: Loader<Proposals>,
    done: Callback<()>,
    then: impl FnOnce() + 'static,
) {
    act_or(
        busy,
        move || {
            let what = what.clone();
            Box::pin(async move {
                match what {
                    Some(what) => api::policy::decide(id, &what).await,
                    None => api::policy::withdraw(id).await,
                }
            })
        },
        move |now: Proposals| {
            if let Some(last) = &now.last {
                said(last);
            }
            then();
            page.set(now);
            done.run(());
        },
        move |error| {
            toast::failed(&error);
            // Somebody else may have been faster.
            page.reload();
            done.run(());
        },
    );
}

fn said(last: &Proposal) {
    match last.state {
        ProposalState::InForce => {
            toast::say(fill_now(admin::POLICY_SAVED, &[("version", &last.impact.version.saturating_add(1).to_string())]));
        }
        ProposalState::Confirmed => {
            let at = last.holds_at.map(words::school_moment).unwrap_or_default();
            toast::say(fill_now(proposals::CONFIRMED, &[("at", &at)]));
        }
        ProposalState::Declined => toast::done(proposals::DECLINED),
        _ => toast::done(proposals::WITHDRAWN),
    }
}

fn card(last: Proposal, page: Loader<Proposals>, done: Callback<()>) -> AnyView {
    let Proposal { id, by, at, words: why, state, until, from, holds_at, decided_by, impact: what, may_decide, may_withdraw, .. } = last;
    let busy = RwSignal::new(false);
    let declining = RwSignal::new(false);
    let confirmed = matches!(state, ProposalState::Confirmed | ProposalState::Scheduled);
    let names = what.confirmers.clone();
    let can = move || if names.is_empty() { t(proposals::CAN_NOBODY).to_owned() } else { names.join(comma()) };
    let holds = move || {
        let at = |at| words::school_moment(at);
        match (holds_at, from) {
            (Some(moment), _) => fill(proposals::BY_ITSELF, &[("at", &at(moment))]),
            (None, Some(from)) => fill(proposals::AT, &[("at", &at(from))]),
            (None, None) => t(proposals::AT_ONCE).to_owned(),
        }
    };
    let mut facts = vec![fact(proposals::WORDS, move || why.clone()), fact(proposals::HOLDS, holds)];
    match decided_by {
        Some(second) => facts.push(fact(proposals::CONFIRMED_BY, move || second.name.clone())),
        // What only narrows waits for its moment alone.
        None if state == ProposalState::Scheduled => {}
        None => facts.push(fact(proposals::CAN, can)),
    }
    if !confirmed && holds_at.is_none() {
        facts.push(fact(proposals::UNTIL, move || fill(proposals::AT, &[("at", &words::school_moment(until))])));
    }
    view! {
        <section class="card proposal" aria-labelledby="proposal">
            <header class="card__head">
                <h2 id="proposal">{live(proposals::TITLE)}</h2>
                <span class="muted">
                    {by.name} " " {live(proposals::BY)} " · " <time datetime=time::machine(at)>{move || time::moment(at)}</time>
                </span>
            </header>
            <div class="card__body proposal__body">
                <dl class="facts">{facts}</dl>
                <div>{impact(what)}</div>
            </div>
            {(may_decide || may_withdraw).then(|| view! {
                <footer class="card__foot no-print">
                    {may_decide.then(|| view! {
                        <Button kind=ButtonKind::Primary busy on_click=move |()| step(busy, id, Some(ProposalDecision::Confirm {}), page, done, || ())>
                            {live(proposals::CONFIRM)}
                        </Button>
                        <Button on_click=move |()| declining.set(true)>{live(proposals::DECLINE)}</Button>
                    })}
                    {may_withdraw.then(|| view! {
                        <Button busy on_click=move |()| step(busy, id, None, page, done, || ())>
                            {live(if confirmed { proposals::CALL_OFF } else { proposals::WITHDRAW })}
                        </Button>
                    })}
                </footer>
            })}
        </section>
        {may_decide.then(|| refusal(id, declining, page, done))}
    }
    .into_any()
}

fn fact(name: Text, said: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { <div class="facts__row"><dt>{live(name)}</dt><dd>{said}</dd></div> }.into_any()
}

/// The dialog that asks why not.
fn refusal(id: ProposalId, open: RwSignal<bool>, page: Loader<Proposals>, done: Callback<()>) -> AnyView {
    let form = move || {
        let (why, missing, busy) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
        let send = move |()| {
            let why = why.get_untracked().trim().replace('\n', " ");
            if why.is_empty() {
                missing.set(Some(crate::text::Word::word(ValueError::Required)));
                return;
            }
            step(busy, id, Some(ProposalDecision::Decline { why }), page, done, move || open.set(false));
        };
        view! {
            <div class="dialog__body">
                <TextAreaField id="why" label=proposals::WHY hint=proposals::WORDS_HINT value=why error=missing max=200 />
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary busy on_click=send>{live(proposals::DECLINE)}</Button>
            </footer>
        }
    };
    view! { <Dialog open id="decline" title=Signal::derive(|| t(proposals::DECLINE_TITLE).to_owned())>{form()}</Dialog> }.into_any()
}

/// One that does not hold, and why.
fn ended(why: Text, last: Proposal, page: Loader<Proposals>, draft: Draft, done: Callback<()>) -> AnyView {
    let Proposal { id, by, state, decided_by, answer, impact, may_withdraw, .. } = last;
    let second = decided_by.map(|second| second.name).unwrap_or_default();
    let busy = RwSignal::new(false);
    let again = matches!(state, ProposalState::Overtaken | ProposalState::Lapsed | ProposalState::Deserted);
    let what = StoredValue::new(impact);
    view! {
        <Banner tone=Tone::Caution>
            <p>{move || fill(why, &[("who", &by.name), ("second", &second), ("answer", &answer)])}</p>
            {move || (again && draft.may_edit()).then(|| view! {
                <Button class="button--small" on_click=move |()| what.with_value(|what| draft.lay(what))>{live(proposals::AGAIN)}</Button>
            })}
            {may_withdraw.then(|| view! {
                <Button class="button--small" busy on_click=move |()| step(busy, id, None, page, done, || ())>{live(proposals::WITHDRAW)}</Button>
            })}
        </Banner>
    }
    .into_any()
}
