//! One child: who looked, what the school keeps, and what it keeps about the guardian.
//!
//! The rule: a child that is not the guardian's does not exist, in the same words as a wrong address.

use super::{Mark, held, looks};
use crate::{
    api,
    pages::not_found::NotFoundPage,
    text::{Text, portal, t},
    ui::{Failure, Loader, Menu, ShownValue, Skeleton, page_title, shown},
};
use contract::{
    error::ErrorCode,
    ids::StudentId,
    wire::portal::{ChildBrief, ChildCard},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Draws the page.
#[component]
pub fn ChildPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<StudentId>().ok()));
    // Made anew for each child, so that nothing of one stays while another is read.
    move || match id.get() {
        Some(id) => view! { <Child id /> }.into_any(),
        None => missing(),
    }
}

fn missing() -> AnyView {
    view! { <main class="portal__main" id="main"><NotFoundPage /></main> }.into_any()
}

#[component]
fn Child(id: StudentId) -> impl IntoView {
    let card = Loader::new(move || async move { api::portal::child(id).await });
    let siblings = Loader::new(|| async { api::portal::children().await });
    let others = Signal::derive(move || {
        siblings.get().map(|all| all.children.into_iter().filter(|child| child.id != id).collect::<Vec<_>>()).unwrap_or_default()
    });
    move || match (card.failure(), card.get()) {
        (Some(error), _) if error.code() == Some(ErrorCode::NotFound) => missing(),
        (Some(error), _) => {
            view! { <main class="portal__main" id="main"><Failure error again=move |()| card.reload() /></main> }.into_any()
        }
        (None, Some(card)) => view! { <Known id card others /> }.into_any(),
        (None, None) => view! { <main class="portal__main" id="main"><Skeleton /></main> }.into_any(),
    }
}

#[component]
fn Known(id: StudentId, card: ChildCard, others: Signal<Vec<ChildBrief>>) -> impl IntoView {
    let name = card.student.name.to_text();
    let spoken = name.clone();
    let heading = page_title(move || shown::plain(&spoken));
    let classes = card.student.classes.iter().map(|class| class.name.as_str());
    let line = std::iter::once(card.school.as_str()).chain(classes).collect::<Vec<_>>().join(" · ");
    let query = use_query_map();
    let tab = Memo::new(move |_| match query.with(|query| query.get("tab")).as_deref() {
        Some("held") => Tab::Held,
        Some("me") => Tab::Me,
        _ => Tab::Who,
    });
    view! {
        <header class="portal__head">
            <Mark />
            <div>
                <h1 tabindex="-1" node_ref=heading><ShownValue value=name /></h1>
                <p class="muted">{line}</p>
            </div>
            {move || (!others.with(Vec::is_empty)).then(|| view! {
                <button class="chip end no-print" type="button" popovertarget="siblings">{move || t(portal::OTHER_CHILD)}</button>
                <Menu id="siblings">
                    {move || others.get().into_iter().map(|child| view! {
                        <a class="menu__item" role="menuitem" href=format!("/portal/children/{}", child.id)>
                            <ShownValue value=child.name.to_text() />
                        </a>
                    }).collect_view()}
                </Menu>
            })}
        </header>
        <main class="portal__main" id="main" tabindex="-1">
            <nav class="tabs" aria-label=move || t(portal::PARTS)>
                {Tab::ALL.into_iter().map(|one| view! {
                    <a
                        class="tabs__tab"
                        href=format!("/portal/children/{id}?tab={}", one.key())
                        aria-current=move || (tab.get() == one).then_some("page")
                    >
                        {move || t(one.word())}
                    </a>
                }).collect_view()}
            </nav>
            {move || match tab.get() {
                Tab::Who => view! { <looks::Looks id /> }.into_any(),
                Tab::Held => view! { <held::Held card=card.clone() /> }.into_any(),
                Tab::Me => view! { <held::Myself card=card.clone() /> }.into_any(),
            }}
        </main>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Who,
    Held,
    Me,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Who, Self::Held, Self::Me];
    const fn key(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Held => "held",
            Self::Me => "me",
        }
    }
    const fn word(self) -> Text {
        match self {
            Self::Who => portal::TAB_WHO,
            Self::Held => portal::TAB_HELD,
            Self::Me => portal::TAB_ME,
        }
    }
}
