//! Emergency access: asking for it, opening it for somebody, and the hour in which it is open.
//!
//! The rule: while it is open, that stands on this page with its end. Deliberately absent: opening one's own.

use crate::{
    api::{self, ApiError, with_step_up},
    text::{Text, common, emergencies, fill, t},
    time,
    ui::{Dialog, Loader, toast},
};
use contract::{
    error::ErrorCode,
    wire::emergencies::{Emergencies, Emergency, EmergencyState, NewEmergency},
};
use leptos::{prelude::*, task::spawn_local};

/// The card of what runs, above the day's work; nothing where nothing does.
pub fn running(loader: Loader<Emergencies>) -> AnyView {
    let card = move || {
        let items: Vec<Emergency> = loader.get()?.items.into_iter().filter(is_shown).collect();
        (!items.is_empty()).then(|| {
            view! {
                <section class="card waiting__emergency" aria-labelledby="emergency">
                    <header class="card__head"><h2 id="emergency">{move || t(emergencies::EMERGENCY)}</h2></header>
                    <ul class="waits">{items.into_iter().map(|one| item(one, loader)).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {card} }.into_any()
}

/// The way to ask, quiet under the day's work.
pub fn way(loader: Loader<Emergencies>) -> AnyView {
    let asking = RwSignal::new(false);
    let ask = move || {
        loader.get().is_some_and(|found| found.may_ask).then(|| {
            view! {
                <p class="waiting__ask">
                    <span class="faint">{move || t(emergencies::ASK_LINE)}</span>
                    <button class="button button--small button--quiet" type="button" on:click=move |_| asking.set(true)>
                        {move || t(emergencies::ASK)}
                    </button>
                </p>
            }
        })
    };
    view! { {ask} {dialog(asking, loader)} }.into_any()
}

/// What runs, for whomever; what was refused, for whoever asked.
fn is_shown(one: &Emergency) -> bool {
    match one.state {
        EmergencyState::Asked | EmergencyState::Open => true,
        EmergencyState::Refused => one.own,
        EmergencyState::Ended | EmergencyState::Lapsed => false,
    }
}

/// What came of a step: the list as it is now, or why not.
fn after(answer: Result<Emergencies, ApiError>, done: Text, loader: Loader<Emergencies>) -> bool {
    match answer {
        Ok(list) => {
            toast::done(done);
            loader.set(list);
            true
        }
        Err(error) => {
            toast::failed(&error);
            // Somebody else may have decided, or its time may be over.
            if error.code() == Some(ErrorCode::Lapsed) {
                loader.reload();
            }
            false
        }
    }
}

fn item(one: Emergency, loader: Loader<Emergencies>) -> AnyView {
    let Emergency { id, by, own, asked_at, words, state, until, decided_by, may_decide, may_end } = one;
    let busy = RwSignal::new(false);
    let decide = move |open: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(|| api::emergencies::decide(id, open)).await;
            let _ = busy.try_set(false);
            after(answer, if open { emergencies::OPENED } else { emergencies::REFUSED }, loader);
        });
    };
    let end = move |_| {
        spawn_local(async move {
            after(api::emergencies::end(id).await, emergencies::ENDED, loader);
        });
    };
    let who = decided_by.map(|person| person.name).unwrap_or_default();
    let line = move || match state {
        EmergencyState::Asked => fill(emergencies::WAITS, &[("until", &time::clock(until))]),
        EmergencyState::Open => fill(emergencies::RUNS, &[("who", &who), ("until", &time::clock(until))]),
        EmergencyState::Refused | EmergencyState::Ended | EmergencyState::Lapsed => fill(emergencies::SAID_NO, &[("who", &who)]),
    };
    let tone = if state == EmergencyState::Open { "tag tag--amber" } else { "tag tag--quiet" };
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <p><span class="waits__name">{by.name}</span> " " <span class="waits__why">{words}</span></p>
                <p class="waits__facts">
                    <time datetime=time::machine(asked_at)>{move || time::moment(asked_at)}</time>
                </p>
                <p><span class=tone>{line}</span></p>
            </div>
            <div class="waits__end">
                {(own && state == EmergencyState::Open).then(|| view! {
                    <a class="button button--small button--primary" href="/families" rel=crate::routes::rel("/families")>{move || t(emergencies::FAMILIES)}</a>
                })}
                {may_decide.then(|| view! {
                    <button
                        class="button button--small button--primary"
                        type="button"
                        aria-busy=move || busy.get().then_some("true")
                        on:click=move |_| decide(true)
                    >{move || t(emergencies::OPEN)}</button>
                    <button class="button button--small button--quiet" type="button" on:click=move |_| decide(false)>{move || t(emergencies::REFUSE)}</button>
                })}
                {may_end.then(|| view! {
                    <button class="button button--small button--quiet" type="button" on:click=end>
                        {move || t(if state == EmergencyState::Open { emergencies::END } else { emergencies::WITHDRAW })}
                    </button>
                })}
            </div>
        </li>
    }
    .into_any()
}

/// The dialog that asks what happened.
fn dialog(open: RwSignal<bool>, loader: Loader<Emergencies>) -> AnyView {
    let form = move || {
        let why = RwSignal::new(String::new());
        let missing = RwSignal::new(false);
        let busy = RwSignal::new(false);
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let why = why.get_untracked().trim().to_owned();
            if why.is_empty() {
                missing.set(true);
                return;
            }
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            spawn_local(async move {
                let answer = api::emergencies::ask(&NewEmergency { why }).await;
                let _ = busy.try_set(false);
                if after(answer, emergencies::SENT, loader) {
                    open.set(false);
                }
            });
        };
        view! {
            <form class="dialog__body stack" id="emergency-form" on:submit=send>
                <p>{move || t(emergencies::HOW)}</p>
                <div class="form__field">
                    <label class="form__label" for="what-happened">{move || t(emergencies::WHY)}</label>
                    <p class="form__hint" id="what-happened-hint">{move || t(emergencies::WHY_HINT)}</p>
                    <textarea
                        class="input"
                        id="what-happened"
                        rows="2"
                        maxlength="200"
                        autofocus=true
                        aria-describedby="what-happened-hint"
                        aria-invalid=move || missing.get().then_some("true")
                        on:input:target=move |event| {
                            why.set(event.target().value());
                            missing.set(false);
                        }
                    ></textarea>
                    {move || missing.get().then(|| view! { <p class="form__error" role="alert">{t(emergencies::WHY_NEEDED)}</p> })}
                </div>
            </form>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>{move || t(common::CANCEL)}</button>
                <button class="button button--primary" type="submit" form="emergency-form" aria-busy=move || busy.get().then_some("true")>
                    {move || t(emergencies::SEND)}
                </button>
            </footer>
        }
        .into_any()
    };
    view! { <Dialog open id="emergency-ask" title=Signal::derive(|| t(emergencies::EMERGENCY).to_owned())>{form()}</Dialog> }.into_any()
}
