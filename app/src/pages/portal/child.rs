//! What stands around each part of the page of a child: the name, the tabs, the other children.
//!
//! The rule: a child that is not the guardian's does not exist, in the same words as a wrong address. The other children of
//! the family are one press away from wherever the page is scrolled to. Deliberately absent: the parts themselves. They are of
//! two programs, and each brings its own: a part that is named here would be in both.

use super::Mark;
use crate::{
    api,
    pages::not_found::NotFoundPage,
    routes,
    text::{Text, live, portal},
    ui::{Failure, Loader, ShownValue, Skeleton, page_title, shown},
};
use contract::{
    error::ErrorCode,
    ids::StudentId,
    wire::portal::{ChildBrief, ChildCard, Children},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Draws the part that is open.
pub type Draw = fn(Tab, &ChildCard) -> AnyView;

/// The page; child and part stand in the address.
pub fn page(draw: Draw) -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<StudentId>().ok()));
    let tab = Memo::new(move |_| Tab::of(params.with(|params| params.get("part")).as_deref()));
    // Asked once for all of them: the switch stays while another child is read.
    let children = Loader::new(|| async { api::portal::children().await });
    // Made anew for each child, so that nothing of one stays while another is read.
    (move || match id.get() {
        Some(id) if tab.with(Option::is_some) => child(id, children, tab, draw),
        _ => missing(),
    })
    .into_any()
}

fn missing() -> AnyView {
    view! { <main class="portal__main" id="main"><NotFoundPage /></main> }.into_any()
}

fn child(id: StudentId, children: Loader<Children>, tab: Memo<Option<Tab>>, draw: Draw) -> AnyView {
    let card = Loader::new(move || async move { api::portal::child(id).await });
    (move || match (card.failure(), card.get()) {
        (Some(error), _) if error.code() == Some(ErrorCode::NotFound) => missing(),
        (Some(error), _) => {
            view! { <main class="portal__main" id="main"><Failure error again=move |()| card.reload() /></main> }.into_any()
        }
        (None, Some(card)) => known(card, children, tab, draw),
        (None, None) => view! { <main class="portal__main" id="main"><Skeleton /></main> }.into_any(),
    })
    .into_any()
}

fn known(card: ChildCard, children: Loader<Children>, tab: Memo<Option<Tab>>, draw: Draw) -> AnyView {
    let id = card.student.id;
    let name = card.student.name.to_text();
    let spoken = name.clone();
    let heading = page_title(move || shown::plain(&spoken));
    let classes = card.student.classes.iter().map(|class| class.name.as_str());
    let line = std::iter::once(card.school.as_str()).chain(classes).collect::<Vec<_>>().join(" · ");
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
            <nav class="tabs" aria-label=live(portal::PARTS)>
                {Tab::ALL.into_iter().map(|one| link(one, id, tab)).collect_view()}
            </nav>
            {move || tab.get().map(|tab| draw(tab, &card))}
        </main>
    }
    .into_any()
}

fn link(one: Tab, id: StudentId, tab: Memo<Option<Tab>>) -> AnyView {
    let href = one.href(id);
    let rel = routes::rel(&href);
    view! {
        <a class="tabs__tab" href=href rel=rel aria-current=move || (tab.get() == Some(one)).then_some("page")>
            {live(one.word())}
        </a>
    }
    .into_any()
}

/// The children of the guardian, at the upper edge whatever is read; each opens the part that is open now.
fn siblings(id: StudentId, children: Vec<ChildBrief>, tab: Memo<Option<Tab>>) -> AnyView {
    let one = |child: ChildBrief| {
        let here = child.id == id;
        view! {
            <a class="chip" href=move || tab.get().map(|tab| tab.href(child.id)) aria-current=here.then_some("page")>
                <ShownValue value=child.name.to_text() />
            </a>
        }
    };
    view! {
        <nav class="siblings no-print" aria-label=live(portal::OTHER_CHILD)>{children.into_iter().map(one).collect_view()}</nav>
    }
    .into_any()
}

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Who looked.
    Who,
    /// What the school keeps about the child.
    Held,
    /// What it keeps about the guardian.
    Me,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Who, Self::Held, Self::Me];
    fn of(key: Option<&str>) -> Option<Self> {
        match key {
            None => Some(Self::Who),
            Some("held") => Some(Self::Held),
            Some("me") => Some(Self::Me),
            Some(_) => None,
        }
    }
    /// Who looked is what the page of a child opens with.
    fn href(self, id: StudentId) -> String {
        let part = match self {
            Self::Who => "",
            Self::Held => "/held",
            Self::Me => "/me",
        };
        format!("/portal/children/{id}{part}")
    }
    const fn word(self) -> Text {
        match self {
            Self::Who => portal::TAB_WHO,
            Self::Held => portal::TAB_HELD,
            Self::Me => portal::TAB_ME,
        }
    }
}
