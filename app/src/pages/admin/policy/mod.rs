//! The field matrix: who sees what, and changing it.
//!
//! The rule: nothing holds before it is saved with a fresh passkey, and when somebody else was faster the changes are laid
//! over the new version to be looked at again. Deliberately absent: a way to save over another's version.

mod draft;
mod editor;
mod grid;
mod preview;
mod scopes;
mod words;

use crate::{
    api::{self, with_step_up},
    text::{admin, common, fill, fill_now, t},
    time,
    ui::{Banner, Button, ButtonKind, Failure, Loader, Note, PageHead, Skeleton, Tone, toast},
};
use contract::wire::policy::PolicyDocument;
use draft::Draft;
use leptos::{prelude::*, task::spawn_local};

/// Draws the page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let document = Loader::new(|| async { api::policy::policy().await });
    let draft = Draft::new(document);
    let ready = Memo::new(move |_| document.get().is_some());
    let faster = RwSignal::new(None::<(String, i64)>);
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
        <PageHead title=Signal::derive(|| t(admin::POLICY_TITLE).to_owned()) line />
        {move || faster.get().map(|(who, version)| view! {
            <Banner tone=Tone::Caution>
                <p>{move || fill(admin::POLICY_CONFLICT, &[("who", &who), ("version", &version.to_string())])}</p>
                <Button class="button--small end" on_click=move |()| faster.set(None)>{move || t(common::CLOSE)}</Button>
            </Banner>
        })}
        {move || match (document.failure(), ready.get()) {
            (_, true) => view! { <Matrix draft faster /> }.into_any(),
            (Some(error), false) => view! { <Failure error again=move |()| document.reload() /> }.into_any(),
            (None, false) => view! { <Skeleton /> }.into_any(),
        }}
    }
}

#[component]
fn Matrix(draft: Draft, faster: RwSignal<Option<(String, i64)>>) -> impl IntoView {
    let busy = RwSignal::new(false);
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
                    draft.rebase(document);
                }
                Err(error) => match error.conflict::<PolicyDocument>() {
                    Some(conflict) => {
                        let _ = faster.try_set(Some((conflict.current.by.clone(), conflict.current.version)));
                        draft.rebase(conflict.current);
                    }
                    None => toast::failed(&error),
                },
            }
        });
    });
    view! {
        {move || (!draft.may_edit()).then(|| view! { <Note tone=Tone::Info>{move || t(admin::READ_ONLY)}</Note> })}
        <div class="columns">
            <div class="stack">
                <grid::Grid draft />
                <scopes::Scopes draft />
            </div>
            <aside class="stack">
                <editor::Editor draft />
                <preview::Differences draft />
                <preview::Preview draft />
            </aside>
        </div>
        {move || (draft.count() > 0).then(|| view! { <Bar draft busy save /> })}
    }
}

/// The bar that stays in sight while something is unsaved.
#[component]
fn Bar(draft: Draft, busy: RwSignal<bool>, save: Callback<()>) -> impl IntoView {
    let n = move || draft.count().to_string();
    view! {
        <div class="savebar">
            <span class="savebar__state" role="status">{move || fill(admin::UNSAVED_N, &[("n", &n())])}</span>
            <Button kind=ButtonKind::Quiet disabled=busy on_click=move |()| draft.discard()>{move || t(common::DISCARD)}</Button>
            <Button kind=ButtonKind::Primary busy on_click=save>{move || fill(admin::SAVE_N, &[("n", &n())])}</Button>
        </div>
    }
}
