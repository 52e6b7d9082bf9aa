//! The field matrix: who sees what, and changing it.
//!
//! The rule: nothing holds before it is saved with a fresh passkey, or where anybody gains by it before a second person has confirmed
//! it; and when somebody else was faster the changes are laid
//! over the new version to be looked at again; what a save would do is shown before it. Deliberately absent: a way to save over another's version.

mod compare;
mod condition;
mod document;
mod draft;
mod editor;
mod grid;
mod history;
mod impact;
mod preview;
mod proposal;
mod propose;
mod roles;
mod scopes;
mod why;
mod words;

pub use compare::ComparePage;
pub use document::DocumentPage;
pub use history::HistoryPage;
pub use why::WhyPage;

use super::{acting::act, setup::setup};
use crate::{
    api::{self, ApiError, with_step_up},
    session,
    text::{admin, common, fill, fill_now, live, matrix, proposals, t, why as asked},
    time,
    ui::{Banner, Button, ButtonKind, Dialog, Failure, LeaveGuard, Loader, Note, PageHead, Skeleton, Tone, toast},
};
use contract::{
    Duty, Role,
    error::ErrorCode,
    wire::{
        families::Conflict,
        policy::{ImpactQuestion, PolicyChange, PolicyDocument, PolicyImpact},
        proposals::{NewProposal, Proposals},
    },
};
use draft::Draft;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use propose::Asking;

/// Draws the page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let document = Loader::new(|| async { api::policy::policy().await });
    let draft = Draft::new(document);
    let keeps = Memo::new(move |_| draft.may_edit());
    let ready = Memo::new(move |_| document.get().is_some());
    let faster = RwSignal::new(None::<(String, i64)>);
    let proposals = Loader::new(|| async { api::policy::proposals().await });
    let stepped = Callback::new(move |()| document.reload());
    // From the comparison of two roles: their cells go into the draft once the matrix is there.
    let wish = use_query_map().with_untracked(|query| {
        let role = |name| query.get(name).and_then(|name| name.parse::<Role>().ok());
        role("copy").zip(role("to"))
    });
    let copied = StoredValue::new(wish.is_none());
    Effect::new(move || {
        if ready.get() && !copied.get_value() {
            copied.set_value(true);
            if let Some((from, to)) = wish {
                draft.copy(from, to);
            }
        }
    });
    let line = Signal::derive(move || {
        let Some(document) = draft.document() else { return String::new() };
        let mut line = fill(
            admin::POLICY_LINE,
            &[
                ("version", &document.version.to_string()),
                ("who", if document.by.is_empty() { t(admin::POLICY_INITIAL) } else { &document.by }),
                ("since", &time::moment(document.since)),
            ],
        );
        if draft.count() > 0 {
            line.push_str(" · ");
            line.push_str(&fill(admin::UNSAVED_N, &[("n", &draft.count().to_string())]));
        }
        line
    });
    view! {
        <PageHead title=Signal::derive(|| t(admin::POLICY_TITLE).to_owned()) line>
            {links()}
        </PageHead>
        {proposal::proposal(proposals, draft, stepped)}
        {move || keeps.get().then(setup)}
        {move || faster.get().map(|(who, version)| view! {
            <Banner tone=Tone::Caution>
                <p>{move || fill(admin::POLICY_CONFLICT, &[("who", &who), ("version", &version.to_string())])}</p>
                <Button class="button--small end" on_click=move |()| faster.set(None)>{live(common::CLOSE)}</Button>
            </Banner>
        })}
        {move || match (document.failure(), ready.get()) {
            (_, true) => view! { <Matrix draft faster proposals /> }.into_any(),
            (Some(error), false) => view! { <Failure error again=move |()| document.reload() /> }.into_any(),
            (None, false) => view! { <Skeleton /> }.into_any(),
        }}
    }
}

#[component]
fn Matrix(draft: Draft, faster: RwSignal<Option<(String, i64)>>, proposals: Loader<Proposals>) -> impl IntoView {
    let overtaken = move |conflict: Conflict<PolicyDocument>| {
        let _ = faster.try_set(Some((conflict.current.by.clone(), conflict.current.version)));
        draft.rebase(conflict.current);
    };
    let busy = RwSignal::new(false);
    let seen = RwSignal::new(None::<PolicyImpact>);
    let open = RwSignal::new(false);
    let look = Callback::new(move |()| {
        let Some(question) = draft.request().map(ImpactQuestion::from) else { return };
        act(
            busy,
            move || {
                let question = question.clone();
                Box::pin(async move { api::policy::impact(&question).await })
            },
            move |impact| {
                seen.set(Some(impact));
                open.set(true);
            },
        );
    });
    // Somebody was given a role since the effect was looked at: it is looked at again, and says why.
    let refused = move |error: &ApiError| {
        toast::failed(error);
        if error.code() == Some(ErrorCode::JointRule) {
            look.run(());
        }
    };
    let save = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        let Some(change) = draft.request() else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(|| api::policy::change(&change)).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(document) => {
                    toast::say(fill_now(admin::POLICY_SAVED, &[("version", &document.version.to_string())]));
                    let _ = faster.try_set(None);
                    let _ = open.try_set(false);
                    draft.rebase(document);
                    proposals.reload();
                }
                Err(error) => match error.conflict::<PolicyDocument>() {
                    Some(conflict) => {
                        let _ = open.try_set(false);
                        overtaken(conflict);
                    }
                    None => refused(&error),
                },
            }
        });
    });
    let asking = Asking::new();
    let propose = Callback::new(move |()| {
        let Some(PolicyChange { version, cells, scopes, conditions, roles }) = draft.request() else { return };
        let wish = NewProposal { version, cells, scopes, conditions, roles, ..NewProposal::default() };
        let done = move |made| {
            let _ = open.try_set(false);
            draft.discard();
            proposals.set(made);
        };
        asking.send(busy, wish, done, move |error| {
            if let Some(conflict) = error.conflict() {
                let _ = open.try_set(false);
                overtaken(conflict);
            } else if error.code() == Some(ErrorCode::JointRule) {
                look.run(());
            }
            proposals.reload();
        });
    });
    view! {
        {move || (!draft.may_edit()).then(|| view! { <Note tone=Tone::Info>{live(admin::READ_ONLY)}</Note> })}
        <div class="columns">
            <div class="stack">
                <grid::Grid draft />
                <scopes::Scopes draft />
                {roles::card(draft)}
            </div>
            <aside class="stack">
                <editor::Editor draft />
                <preview::Differences draft />
                <preview::Preview draft />
            </aside>
        </div>
        {move || (draft.count() > 0).then(|| view! { <Bar draft busy look /> })}
        <LeaveGuard id="policy-leave" dirty=Signal::derive(move || draft.count() > 0) />
        <Dialog open id="impact" title=Signal::derive(|| t(matrix::IMPACT).to_owned()) class="dialog--wide">
            {move || seen.get().map(|impact| {
                let waits = proposals.now().and_then(|page| page.last).is_some_and(|last| proposal::is_open(last.state));
                before_saving(impact, busy, open, (save, propose), draft.count(), asking, waits)
            })}
        </Dialog>
    }
}

/// What a save would do, and the save; or, where anybody gains or it is to hold from a moment, the proposal.
fn before_saving(
    impact: PolicyImpact,
    busy: RwSignal<bool>,
    open: RwSignal<bool>,
    (save, propose): (Callback<()>, Callback<()>),
    n: usize,
    asking: Asking,
    waits: bool,
) -> AnyView {
    let refused = impact::refused(&impact);
    let widens = impact.widens;
    let note = (waits && !refused).then_some(if widens { (Tone::Caution, proposals::TAKEN) } else { (Tone::Info, proposals::OVERTAKES) });
    let fields = (!waits && !refused).then(|| if widens { asking.fields(&impact) } else { asking.later() });
    let go = move |()| if widens || untrack(|| asking.is_later()) { propose.run(()) } else { save.run(()) };
    let words = move || match (widens, asking.is_later()) {
        (true, _) => t(proposals::PROPOSE).to_owned(),
        (false, true) => t(proposals::LATER).to_owned(),
        (false, false) => fill(admin::SAVE_N, &[("n", &n.to_string())]),
    };
    view! {
        <div class="dialog__body stack">
            {impact::impact(impact)}
            {note.map(|(tone, words)| view! { <Note tone>{live(words)}</Note> })}
            {fields}
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary busy disabled=refused || (widens && waits) on_click=go>{words}</Button>
        </footer>
    }
    .into_any()
}

/// The pages beside the matrix.
fn links() -> AnyView {
    let all = [
        ("/admin/policy/roles", matrix::COMPARE, Duty::ReadPolicy),
        ("/admin/policy/view-as", asked::TITLE, Duty::ReadPolicy),
        ("/admin/policy/document", matrix::DOCUMENT, Duty::ReadPolicy),
        ("/admin/policy/history", matrix::HISTORY, Duty::ReadPolicy),
    ];
    let allowed = all.into_iter().filter(|(.., duty)| session::has_duty(*duty));
    allowed
        .map(|(href, words, _)| view! { <a class="button button--quiet" href=href rel=crate::routes::rel(href)>{move || t(words)}</a> })
        .collect_view()
        .into_any()
}

/// The bar that stays in sight while something is unsaved.
#[component]
fn Bar(draft: Draft, busy: RwSignal<bool>, look: Callback<()>) -> impl IntoView {
    let n = move || draft.count().to_string();
    view! {
        <div class="savebar">
            <span class="savebar__state" role="status">{move || fill(admin::UNSAVED_N, &[("n", &n())])}</span>
            <Button kind=ButtonKind::Quiet disabled=Signal::derive(move || !draft.has_steps()) on_click=move |()| draft.step_back()>{live(matrix::STEP_BACK)}</Button>
            <Button kind=ButtonKind::Quiet disabled=busy on_click=move |()| draft.discard()>{live(common::DISCARD)}</Button>
            <Button kind=ButtonKind::Primary busy on_click=look>{live(matrix::REVIEW)}</Button>
        </div>
    }
}
