//! Requests of others that wait for the viewer: who asks, why, which field of whose record; and the decision.
//!
//! The rule: whoever decides sees the record in their own form, and whoever reaches no family sees its number alone.
//! Deliberately absent: granting several at once.

use super::asked_for;
use crate::{
    api::{self, with_step_up},
    text::{Text, Word, common, desk, fill, list, t},
    time,
    ui::{Dialog, Loader, toast, waiting, waits},
};
use contract::{
    ids::ApprovalId,
    wire::approvals::{Approval, Approvals, Decision},
};
use leptos::{prelude::*, task::spawn_local};

/// For how many hours an approval may be good.
const HOURS: [u8; 4] = [1, 4, 8, 24];

/// The card; nothing where nothing waits.
pub fn card(waiting: Vec<Approval>, loader: Loader<Approvals>) -> Option<AnyView> {
    let refusing = RwSignal::new(None::<ApprovalId>);
    let items = waiting.into_iter().map(|approval| item(approval, refusing, loader)).collect::<Vec<_>>();
    waits("decide", desk::TO_DECIDE, items).map(|card| view! { {card} {refusal(refusing, loader)} }.into_any())
}

fn decide(id: ApprovalId, decision: Decision, busy: RwSignal<bool>, done: Text, loader: Loader<Approvals>, then: Callback<()>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        let answer = with_step_up(|| api::approvals::decide(id, &decision)).await;
        if busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(_) => {
                toast::done(done);
                waiting::again();
                then.run(());
                loader.reload();
            }
            Err(error) => {
                toast::failed(&error);
                // Somebody else may have decided meanwhile.
                if error.code() == Some(contract::error::ErrorCode::Lapsed) {
                    loader.reload();
                }
            }
        }
    });
}

fn item(approval: Approval, refusing: RwSignal<Option<ApprovalId>>, loader: Loader<Approvals>) -> AnyView {
    let whose = asked_for(&approval);
    let Approval { id, by, roles, asked_at, reason, words, .. } = approval;
    let hours = RwSignal::new(1_u8);
    let busy = RwSignal::new(false);
    let label = format!("hours-{id}");
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <p>{whose}</p>
                <p class="waits__facts">
                    <span>{by.name} " " <span class="faint">{move || list(roles.iter().copied())}</span></span>
                    <time datetime=time::machine(asked_at)>{move || time::moment(asked_at)}</time>
                </p>
                <p class="waits__why">{move || t(reason.word())} {(!words.is_empty()).then(|| format!(" · {words}"))}</p>
            </div>
            <div class="waits__end">
                <label class="visually-hidden" for=label.clone()>{move || t(desk::GOOD_FOR)}</label>
                <select class="button button--small" id=label on:change:target=move |event| hours.set(event.target().value().parse().unwrap_or(1))>
                    {HOURS.map(|n| view! { <option value=n.to_string()>{move || fill(desk::HOURS, &[("n", &n.to_string())])}</option> }).collect_view()}
                </select>
                <button
                    class="button button--small button--primary"
                    type="button"
                    aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| decide(id, Decision::Grant { hours: hours.get_untracked() }, busy, desk::GRANTED, loader, Callback::new(|()| ()))
                >{move || t(desk::GRANT)}</button>
                <button class="button button--small button--quiet" type="button" on:click=move |_| refusing.set(Some(id))>{move || t(desk::REFUSE)}</button>
            </div>
        </li>
    }
    .into_any()
}

/// The dialog that asks why not.
fn refusal(refusing: RwSignal<Option<ApprovalId>>, loader: Loader<Approvals>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(refusing.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && refusing.with_untracked(Option::is_some) {
            refusing.set(None);
        }
    });
    let form = move || {
        let why = RwSignal::new(String::new());
        let missing = RwSignal::new(false);
        let busy = RwSignal::new(false);
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let Some(id) = refusing.get_untracked() else { return };
            let why = why.get_untracked().trim().to_owned();
            if why.is_empty() {
                missing.set(true);
                return;
            }
            decide(id, Decision::Refuse { why }, busy, desk::REFUSED, loader, Callback::new(move |()| open.set(false)));
        };
        view! {
            <form class="dialog__body" id="refuse-form" on:submit=send>
                <div class="form__field">
                    <label class="form__label" for="why">{move || t(desk::WHY_NOT)}</label>
                    <p class="form__hint" id="why-hint">{move || t(desk::WHY_NOT_HINT)}</p>
                    <textarea
                        class="input"
                        id="why"
                        rows="2"
                        maxlength="200"
                        autofocus=true
                        aria-describedby="why-hint"
                        aria-invalid=move || missing.get().then_some("true")
                        on:input:target=move |event| {
                            why.set(event.target().value());
                            missing.set(false);
                        }
                    ></textarea>
                    {move || missing.get().then(|| view! { <p class="form__error" role="alert">{t(desk::WHY_NOT_NEEDED)}</p> })}
                </div>
            </form>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>{move || t(common::CANCEL)}</button>
                <button class="button button--primary" type="submit" form="refuse-form" aria-busy=move || busy.get().then_some("true")>
                    {move || t(desk::REFUSE)}
                </button>
            </footer>
        }
        .into_any()
    };
    view! { <Dialog open id="refuse" title=Signal::derive(|| t(desk::REFUSE).to_owned())>{form()}</Dialog> }.into_any()
}
