//! What stands in the dialog of a seal that needs an approval: the form that asks for one, that it waits, or that it opens;
//! under a standing grant the form that asks for the reason alone.
//!
//! The rule: what became of the last request is asked when the seal is pressed, and nothing is asked before. Deliberately
//! absent: telling the seals of a page apart by what was asked.

use super::{
    super::{Failure, Loader, Note, Skeleton, Tone, toast},
    Seal,
    reason::ReasonForm,
    refusal,
};
use crate::{
    api, session,
    text::{Text, approvals, common, fill, t},
    time,
};
use contract::wire::{
    approvals::{Approval, ApprovalState, Approvals, NewApproval},
    reveals::Reason,
};
use leptos::{prelude::*, task::spawn_local};

/// The body and the foot of the dialog.
pub(super) fn asking(seal: Seal, id: String, busy: RwSignal<bool>, refused: RwSignal<Option<Text>>, open: Callback<Reason>) -> AnyView {
    let (kind, record) = seal.target.record();
    let field = seal.field;
    let list = Loader::new(move || async move { api::approvals::list(Some(record)).await });
    let ask = Callback::new(move |reason: Reason| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = api::approvals::ask(&NewApproval { kind, record, field, reason }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(now) => list.set(now),
                Err(error) => refused.set(Some(refusal::words(&error))),
            }
        });
    });
    let withdraw = move |approval: &Approval| {
        let id = approval.id;
        busy.set(true);
        spawn_local(async move {
            let answer = api::approvals::withdraw(id).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => toast::done(approvals::WITHDRAWN_NOW),
                Err(error) => toast::failed(&error),
            }
            list.reload();
        });
    };
    // One list for all that the dialog shows; the last request for this field is the first of it.
    let last = move |list: Approvals| list.mine.into_iter().find(|approval| approval.field == field);
    let form = move |note: Option<AnyView>, covered: bool| {
        let (submit, said, on_reason) =
            if covered { (common::REVEAL, approvals::STANDING, open) } else { (approvals::ASK, approvals::ASK_NOTE, ask) };
        view! {
            {note.map(|note| view! { <div class="dialog__note">{note}</div> })}
            <ReasonForm id=id.clone() busy refused asking=seal.asking submit note=Signal::derive(move || fill(said, &[("n", &left())])) on_reason />
        }
        .into_any()
    };
    let standing = move |approval: Approval, opens: bool| {
        let words = said(&approval);
        let reason = Reason { code: approval.reason, text: approval.words.clone() };
        view! {
            <div class="dialog__body">
                {move || refused.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })}
                <Note tone=if opens { Tone::Good } else { Tone::Info }>{words}</Note>
                {opens.then(|| view! { <p class="faint">{move || fill(approvals::OPEN_NOTE, &[("n", &left())])}</p> })}
            </div>
            <footer class="dialog__foot">
                <button class="button button--quiet" type="button" disabled=move || busy.get() on:click=move |_| withdraw(&approval)>
                    {move || t(approvals::WITHDRAW)}
                </button>
                <button
                    class="button button--primary"
                    type="button"
                    autofocus=true
                    aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| {
                        if !opens {
                            seal.asking.set(false);
                        } else if !busy.get_untracked() {
                            open.run(reason.clone());
                        }
                    }
                >
                    {move || t(if opens { common::REVEAL } else { common::CLOSE })}
                </button>
            </footer>
        }
        .into_any()
    };
    (move || match (list.failure(), list.get().map(|list| (list.standing.contains(&field), last(list)))) {
        (Some(error), _) => view! { <div class="dialog__body"><Failure error again=move |()| list.reload() /></div> }.into_any(),
        (None, None) => view! { <div class="dialog__body"><Skeleton lines=2 /></div> }.into_any(),
        (None, Some((covered @ true, _) | (covered, None))) => form(None, covered),
        (None, Some((false, Some(approval)))) => match approval.state {
            ApprovalState::Asked => standing(approval, false),
            ApprovalState::Granted => standing(approval, true),
            _ => {
                let words = said(&approval);
                form(Some(view! { <Note tone=Tone::Caution>{words}</Note> }.into_any()), false)
            }
        },
    })
    .into_any()
}

fn left() -> String {
    session::me().map_or(0, |me| me.reveals_left).to_string()
}

/// What became of a request, in a sentence.
pub fn said(approval: &Approval) -> impl Fn() -> String + Send + use<> {
    let Approval { state, asked_at, until, decided_by, answer, .. } = approval.clone();
    let who = decided_by.map(|who| who.name).unwrap_or_default();
    move || {
        let words = match state {
            ApprovalState::Asked => approvals::WAITING,
            ApprovalState::Granted => approvals::GRANTED,
            ApprovalState::Refused => approvals::REFUSED,
            ApprovalState::Withdrawn | ApprovalState::Revoked => approvals::WITHDRAWN,
            ApprovalState::Used => approvals::USED,
            ApprovalState::Lapsed => approvals::LAPSED,
        };
        fill(words, &[("at", &time::moment(asked_at)), ("until", &time::moment(until)), ("who", &who), ("why", &answer)])
    }
}
