//! The viewer's own requests: what waits, what is open until when, what was refused and why.

use super::asked_for;
use crate::{
    api,
    text::{approvals, desk, t},
    time,
    ui::{Loader, reveal::approval::said, toast},
};
use chrono::TimeDelta;
use contract::wire::approvals::{Approval, ApprovalState, Approvals};
use leptos::{prelude::*, task::spawn_local};

/// For how long a refusal is shown.
const FRESH: TimeDelta = TimeDelta::days(7);
/// What ends sooner than this is about to lapse.
const SOON: TimeDelta = TimeDelta::hours(1);

/// The card; nothing where nothing is open.
pub fn card(mine: Vec<Approval>, loader: Loader<Approvals>) -> Option<AnyView> {
    let open: Vec<Approval> = mine
        .into_iter()
        .filter(|approval| match approval.state {
            ApprovalState::Asked | ApprovalState::Granted => true,
            ApprovalState::Refused => time::now() - approval.asked_at < FRESH,
            ApprovalState::Withdrawn | ApprovalState::Revoked | ApprovalState::Used | ApprovalState::Lapsed => false,
        })
        .collect();
    (!open.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="mine">
                <header class="card__head"><h2 id="mine">{move || t(desk::MINE)}</h2></header>
                <ul class="waits">{open.into_iter().map(|approval| item(approval, loader)).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn item(approval: Approval, loader: Loader<Approvals>) -> AnyView {
    let id = approval.id;
    let words = said(&approval);
    let open = matches!(approval.state, ApprovalState::Asked | ApprovalState::Granted);
    let soon = approval.state == ApprovalState::Granted && approval.until - time::now() < SOON;
    let until = approval.until;
    let withdraw = move |_| {
        spawn_local(async move {
            match api::approvals::withdraw(id).await {
                Ok(_) => toast::done(approvals::WITHDRAWN_NOW),
                Err(error) => toast::failed(&error),
            }
            loader.reload();
        });
    };
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <p>{asked_for(&approval)}</p>
                <p class="waits__facts">{words}</p>
            </div>
            {open.then(|| view! {
                <div class="waits__end">
                    {soon.then(|| view! { <span class="tag tag--amber">{move || t(desk::LAPSES_SOON)} " " {move || time::clock(until)}</span> })}
                    <button class="button button--small button--quiet" type="button" on:click=withdraw>{move || t(approvals::WITHDRAW)}</button>
                </div>
            })}
        </li>
    }
    .into_any()
}
