//! The first page of the portal: one card a child; with one child, straight to it.

use super::Mark;
use crate::{
    api,
    text::{live, portal, t},
    ui::{Empty, EmptyKind, Loader, ShownValue, Skeleton, loaded, page_title},
};
use contract::wire::portal::{ChildBrief, Children};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Draws the page.
#[component]
pub fn ChildrenPage() -> impl IntoView {
    let children = Loader::new(|| async { api::portal::children().await });
    let heading = page_title(|| t(portal::CHILDREN).to_owned());
    let go = use_navigate();
    Effect::new(move || {
        if let Some([only]) = children.get().as_ref().map(|all| all.children.as_slice()) {
            // Replaced, so that the way back does not lead here and forward again.
            go(&format!("/portal/children/{}", only.id), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let school = move || children.get().map(|all| all.school);
    view! {
        <header class="portal__head">
            <Mark />
            <div>
                <h1 tabindex="-1" node_ref=heading>{live(portal::CHILDREN)}</h1>
                <p class="muted">{school}</p>
            </div>
        </header>
        <main class="portal__main" id="main" tabindex="-1">
            {loaded(children, |all: Children| match all.children.as_slice() {
                [] => view! { <Empty kind=EmptyKind::First title=portal::NO_CHILDREN line=portal::NO_CHILDREN_LINE /> }.into_any(),
                [_] => view! { <Skeleton /> }.into_any(),
                many => many.iter().cloned().map(|child| view! { <Card child /> }).collect_view().into_any(),
            })}
        </main>
    }
}

#[component]
fn Card(child: ChildBrief) -> impl IntoView {
    view! {
        <a class="card" href=format!("/portal/children/{}", child.id)>
            <div class="card__body">
                <h2><ShownValue value=child.name.to_text() /></h2>
                <p class="muted">{child.classes.join(" · ")}</p>
            </div>
        </a>
    }
}
