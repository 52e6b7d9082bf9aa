//! One child: who looked, what the school keeps, and what it keeps about the guardian.
//!
//! The rule: a child that is not the guardian's does not exist, in the same words as a wrong address. The other children of
//! the family are one press away from wherever the page is scrolled to.

use super::{Mark, held, looks};
use crate::{
    api,
    pages::not_found::NotFoundPage,
    text::{Text, portal, t},
    ui::{Failure, Loader, ShownValue, Skeleton, page_title, shown},
};
use contract::{
    error::ErrorCode,
    ids::StudentId,
    wire::portal::{ChildBrief, ChildCard, Children},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Draws the page.
#[component]
pub fn ChildPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<StudentId>().ok()));
    // Asked once for all of them: the switch stays while another child is read.
    let children = Loader::new(|| async { api::portal::children().await });
    // Made anew for each child, so that nothing of one stays while another is read.
    move || match id.get() {
        Some(id) => child(id, children),
        None => missing(),
    }
}

fn missing() -> AnyView {
    view! { <main class="portal__main" id="main"><NotFoundPage /></main> }.into_any()
}

fn child(id: StudentId, children: Loader<Children>) -> AnyView {
    let card = Loader::new(move || async move { api::portal::child(id).await });
    (move || match (card.failure(), card.get()) {
        (Some(error), _) if error.code() == Some(ErrorCode::NotFound) => missing(),
        (Some(error), _) => {
            view! { <main class="portal__main" id="main"><Failure error again=move |()| card.reload() /></main> }.into_any()
        }
        (None, Some(card)) => known(id, card, children),
        (None, None) => view! { <main class="portal__main" id="main"><Skeleton /></main> }.into_any(),
    })
    .into_any()
}

fn known(id: StudentId, card: ChildCard, children: Loader<Children>) -> AnyView {
    let name = card.student.name.to_text();
    let spoken = name.clone();
    let heading = page_title(move || shown::plain(&spoken));
    let classes = card.student.classes.iter().map(|class| class.name.as_str());
    let line = std::iter::once(card.school.as_str()).chain(classes).collect::<Vec<_>>().join(" · ");
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| Tab::of(query.get("tab").as_deref())));
    view! {
        <header class="portal__head">
            <Mark />
            <div>
                <h1 tabindex="-1" node_ref=heading><ShownValue value=name /></h1>
                <p class="muted">{line}</p>
            </div>
        </header>
        {move || children.get().filter(|all| all.children.len() > 1).map(|all| siblings(id, all.children, tab))}
        <main class="portal__main" id="main" tabindex="-1">
            <nav class="tabs" aria-label=move || t(portal::PARTS)>
                {Tab::ALL.into_iter().map(|one| view! {
                    <a class="tabs__tab" href=one.href(id) aria-current=move || (tab.get() == one).then_some("page")>
                        {move || t(one.word())}
                    </a>
                }).collect_view()}
            </nav>
            {move || match tab.get() {
                Tab::Who => looks::looks(id, card.me.name.to_text()),
                Tab::Held => held::held(&card),
                Tab::Me => held::myself(&card),
            }}
        </main>
    }
    .into_any()
}

/// The children of the guardian, at the upper edge whatever is read; each opens the part that is open now.
fn siblings(id: StudentId, children: Vec<ChildBrief>, tab: Memo<Tab>) -> AnyView {
    let one = |child: ChildBrief| {
        let here = child.id == id;
        view! {
            <a class="chip" href=move || tab.get().href(child.id) aria-current=here.then_some("page")>
                <ShownValue value=child.name.to_text() />
            </a>
        }
    };
    view! {
        <nav class="siblings no-print" aria-label=move || t(portal::OTHER_CHILD)>{children.into_iter().map(one).collect_view()}</nav>
    }
    .into_any()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Who,
    Held,
    Me,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Who, Self::Held, Self::Me];
    fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|tab| Some(tab.key()) == key).unwrap_or(Self::Who)
    }
    const fn key(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Held => "held",
            Self::Me => "me",
        }
    }
    fn href(self, id: StudentId) -> String {
        format!("/portal/children/{id}?tab={}", self.key())
    }
    const fn word(self) -> Text {
        match self {
            Self::Who => portal::TAB_WHO,
            Self::Held => portal::TAB_HELD,
            Self::Me => portal::TAB_ME,
        }
    }
}
