//! Deciding about somebody else's: until which day, or why not; and revoking one that stands.
//!
//! The rule: the day that was asked for is offered, and can be an earlier one. Deliberately absent: deciding several at once.

use super::item::{what, who};
use crate::{
    api,
    pages::admin::acting::{act, act_or},
    text::{Text, common, fill, grants, live, t},
    time,
    ui::{Dialog, Loader, TextAreaField, toast},
};
use contract::{
    error::ErrorCode,
    ids::GrantId,
    wire::grants::{Grant, GrantDecision, Grants},
};
use leptos::prelude::*;

/// A dialog about one grant of a list.
#[derive(Clone, Copy)]
pub struct Asking {
    open: RwSignal<bool>,
    grant: RwSignal<Option<Grant>>,
}

impl Asking {
    /// About none yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), grant: RwSignal::new(None) }
    }
    /// Opens it.
    pub fn about(self, grant: &Grant) {
        self.grant.set(Some(grant.clone()));
        self.open.set(true);
    }
}

fn decide(id: GrantId, decision: GrantDecision, busy: RwSignal<bool>, done: Text, list: Loader<Grants>, then: Callback<()>) {
    act_or(
        busy,
        move || {
            let decision = decision.clone();
            Box::pin(async move { api::grants::decide(id, &decision).await })
        },
        move |now| {
            toast::done(done);
            then.run(());
            list.set(now);
        },
        move |error| {
            toast::failed(&error);
            // Somebody else may have decided, or the class may have another teacher.
            if error.code() == Some(ErrorCode::Lapsed) {
                list.reload();
            }
        },
    );
}

/// One that waits for the viewer.
pub fn item(grant: Grant, refusing: Asking, list: Loader<Grants>) -> AnyView {
    let (id, last) = (grant.id, grant.last_day);
    let day = RwSignal::new(last.to_string());
    let busy = RwSignal::new(false);
    let label = format!("day-{id}");
    let send = move |_| {
        let Ok(last_day) = day.get_untracked().parse() else { return };
        decide(id, GrantDecision::Grant { last_day }, busy, grants::GRANTED, list, Callback::new(|()| ()));
    };
    let parts = (what(&grant), who(&grant));
    view! {
        <li class="waits__item">
            <div class="waits__what">
                {parts.0}
                {parts.1}
                <p class="waits__facts"><span>{move || fill(grants::UNTIL_ASKED, &[("day", &time::day(last))])}</span></p>
            </div>
            <div class="waits__end">
                <label class="visually-hidden" for=label.clone()>{live(grants::LAST_DAY)}</label>
                <input
                    class="input grants__day"
                    id=label
                    type="date"
                    required=true
                    min=time::today().to_string()
                    max=last.to_string()
                    prop:value=move || day.get()
                    on:change:target=move |event| day.set(event.target().value())
                />
                <button class="button button--small button--primary" type="button" aria-busy=move || busy.get().then_some("true") on:click=send>
                    {live(grants::GRANT)}
                </button>
                <button class="button button--small button--quiet" type="button" on:click=move |_| refusing.about(&grant)>{live(grants::REFUSE)}</button>
            </div>
        </li>
    }
    .into_any()
}

/// The dialog that asks why not.
pub fn refusal(refusing: Asking, list: Loader<Grants>) -> AnyView {
    let Asking { open, grant } = refusing;
    let form = move || {
        let (why, error, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<Text>), RwSignal::new(false));
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let Some(id) = grant.with_untracked(|grant| grant.as_ref().map(|grant| grant.id)) else { return };
            let why = why.get_untracked().trim().to_owned();
            if why.is_empty() {
                return error.set(Some(grants::WHY_NOT_NEEDED));
            }
            decide(id, GrantDecision::Refuse { why }, busy, grants::REFUSED, list, Callback::new(move |()| open.set(false)));
        };
        view! {
            <form class="dialog__body" id="refuse-form" on:submit=send>
                <TextAreaField id="why" label=grants::WHY_NOT hint=grants::WHY_NOT_HINT value=why error max=200 />
            </form>
            {foot(open, busy, "submit", grants::REFUSE, Callback::new(|()| ()))}
        }
        .into_any()
    };
    view! { <Dialog open id="refuse" title=Signal::derive(|| t(grants::REFUSE).to_owned())>{form()}</Dialog> }.into_any()
}

/// The dialog that asks whether to revoke.
pub fn revocation(revoking: Asking, list: Loader<Grants>) -> AnyView {
    let Asking { open, grant } = revoking;
    let busy = RwSignal::new(false);
    let send = Callback::new(move |()| {
        let Some(id) = grant.with_untracked(|grant| grant.as_ref().map(|grant| grant.id)) else { return };
        act(
            busy,
            move || Box::pin(api::grants::end(id)),
            move |now| {
                toast::done(grants::ENDED);
                open.set(false);
                list.set(now);
            },
        );
    });
    let line = move || {
        let about = grant.get().map(|grant| (grant.by.name, grant.class.name)).unwrap_or_default();
        fill(grants::REVOKE_LINE, &[("who", &about.0), ("class", &about.1)])
    };
    view! {
        <Dialog open id="revoke" title=Signal::derive(|| t(grants::REVOKE_TITLE).to_owned())>
            <div class="dialog__body"><p>{line}</p></div>
            {foot(open, busy, "button", grants::REVOKE, send)}
        </Dialog>
    }
    .into_any()
}

/// Cancel, and the act: by the form of the refusal, or by itself.
fn foot(open: RwSignal<bool>, busy: RwSignal<bool>, kind: &'static str, word: Text, act: Callback<()>) -> AnyView {
    view! {
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>{live(common::CANCEL)}</button>
            <button
                class="button button--primary"
                type=kind
                form=(kind == "submit").then_some("refuse-form")
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| act.run(())
            >{live(word)}</button>
        </footer>
    }
    .into_any()
}
