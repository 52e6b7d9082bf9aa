//! The versions of the matrix, what each made different, confirming the present one, and the way back.
//!
//! The rule: going back shows what it would do, as any change does, and makes a new version; where anybody gains by it, it is proposed.

use super::{
    super::acting::act,
    impact::{difference, impact, refused},
    propose::Asking,
};
use crate::{
    api, session,
    text::{admin, common, fill, fill_now, live, matrix, proposals, t},
    time,
    ui::{Button, ButtonKind, Dialog, Loader, PageHead, loaded, toast},
};
use contract::{
    Duty,
    wire::{
        Page,
        policy::{ImpactQuestion, PolicyDocument, PolicyImpact, PolicyRollback, PolicyVersion},
        proposals::NewProposal,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// A way back that is being looked at: to which version, and what it would do.
type Back = (i64, PolicyImpact);

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let page = Loader::new(|| async { api::policy::versions(None).await });
    let busy = RwSignal::new(false);
    let back = RwSignal::new(None::<Back>);
    let open = RwSignal::new(false);
    let older = move |()| {
        let Some(next) = page.now().and_then(|page| page.next) else { return };
        act(
            busy,
            move || Box::pin(api::policy::versions(Some(next.clone()))),
            move |more| {
                page.update(|page| {
                    page.items.extend(more.items);
                    page.next = more.next;
                });
            },
        );
    };
    // What going back would do is the server's word, which makes the version of the earlier one alone.
    let ask = Callback::new(move |to: i64| {
        act(
            busy,
            move || Box::pin(async move { api::policy::impact(&ImpactQuestion { to: Some(to), ..ImpactQuestion::default() }).await }),
            move |impact| {
                back.set(Some((to, impact)));
                open.set(true);
            },
        );
    });
    let title = Signal::derive(move || {
        back.with(|back| back.as_ref().map(|(to, _)| fill(matrix::ROLL_BACK_TITLE, &[("n", &to.to_string())]))).unwrap_or_default()
    });
    view! {
        <PageHead
            title=Signal::derive(|| t(matrix::HISTORY).to_owned())
            line=Signal::derive(|| t(matrix::HISTORY_LINE).to_owned())
            crumbs=vec![("/admin/policy", admin::POLICY_TITLE)]
        />
        {loaded(page, move |page: Page<PolicyVersion>| {
            let newest = page.items.first().map(|version| version.version);
            let more = page.next.is_some();
            view! {
                <ol class="stack versions">{page.items.into_iter().map(|one| version(one, newest, busy, ask)).collect_view()}</ol>
                <div class="pager">{more.then(|| view! { <Button busy on_click=older>{live(admin::OLDER)}</Button> })}</div>
            }
        })}
        <Dialog open id="back" title class="dialog--wide">{move || back.get().map(|back| confirm(back, page, open))}</Dialog>
    }
    .into_any()
}

fn version(version: PolicyVersion, newest: Option<i64>, busy: RwSignal<bool>, ask: Callback<i64>) -> AnyView {
    let PolicyVersion { version: n, since, by, cells, scopes, conditions, roles } = version;
    let in_force = newest == Some(n);
    let keeps = session::has_duty(Duty::KeepPolicy);
    let many = (cells.len() + scopes.len() + conditions.len() + roles.len()).to_string();
    let who = move || if by.is_empty() { t(admin::POLICY_INITIAL).to_owned() } else { by.clone() };
    let review = move |()| {
        act(busy, move || Box::pin(api::policy::review(n)), |_| toast::done(matrix::REVIEWED));
    };
    view! {
        <li class="card">
            <header class="card__head">
                <h2>{move || fill(matrix::VERSION, &[("n", &n.to_string())])}</h2>
                {in_force.then(|| view! { <span class="tag tag--jade">{live(matrix::IN_FORCE)}</span> })}
                <span class="muted">{who} " · " <time datetime=time::machine(since)>{move || time::moment(since)}</time></span>
                <span class="end row">
                    {(keeps && in_force).then(|| view! { <Button class="button--small" busy on_click=review>{live(matrix::CONFIRM)}</Button> })}
                    {(keeps && !in_force).then(|| view! {
                        <Button class="button--small" busy on_click=move |()| ask.run(n)>{live(matrix::ROLL_BACK)}</Button>
                    })}
                </span>
            </header>
            {(many != "0").then(|| view! {
                <details class="card__body">
                    <summary>{move || fill(matrix::N_CHANGES, &[("n", &many)])}</summary>
                    {difference((&cells, &scopes, &conditions, &roles))}
                </details>
            })}
        </li>
    }
    .into_any()
}

fn confirm((to, what): Back, page: Loader<Page<PolicyVersion>>, open: RwSignal<bool>) -> AnyView {
    let busy = RwSignal::new(false);
    let version = what.version;
    let stopped = refused(&what);
    let widens = what.widens && !stopped;
    let asking = Asking::new();
    let fields = (!stopped).then(|| if widens { asking.fields(&what) } else { asking.later() });
    let go = move |()| {
        if widens || untrack(|| asking.is_later()) {
            let wish = NewProposal { version, to: Some(to), ..NewProposal::default() };
            let failed = move |error: api::ApiError| {
                if error.conflict::<PolicyDocument>().is_some() {
                    page.reload();
                }
            };
            asking.send(
                busy,
                wish,
                move |_| {
                    open.try_set(false);
                },
                failed,
            );
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::with_step_up(|| async move { api::policy::roll_back(&PolicyRollback { version, to }).await }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(document) => {
                    toast::say(fill_now(admin::POLICY_SAVED, &[("version", &document.version.to_string())]));
                    let _ = open.try_set(false);
                    page.reload();
                }
                Err(error) => {
                    toast::failed(&error);
                    page.reload();
                }
            }
        });
    };
    let words = move || match (widens, asking.is_later()) {
        (true, _) => t(proposals::PROPOSE),
        (false, true) => t(proposals::LATER),
        (false, false) => t(matrix::ROLL_BACK),
    };
    view! {
        <div class="dialog__body stack">
            <p>{move || fill(matrix::ROLL_BACK_LINE, &[("n", &to.to_string())])}</p>
            {impact(what)}
            {fields}
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary busy disabled=stopped on_click=go>{words}</Button>
        </footer>
    }
    .into_any()
}
