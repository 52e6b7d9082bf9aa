//! The head of a page: title, the line under it, what can be done. Also what a change of page means for screen readers.
//!
//! The rule: a new page takes the focus to its `h1` and its title to the window, once for each path.

use crate::text::{common, t};
use leptos::{html, prelude::*};
use std::cell::RefCell;

thread_local! {
    /// The path whose heading had the focus last; nothing before the first page.
    static ARRIVED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Sets the window's title and takes the focus to the heading on arrival. Give the answer to the `h1`'s `node_ref`, and
/// `tabindex="-1"` with it.
pub fn page_title(title: impl Fn() -> String + Send + Sync + 'static) -> NodeRef<html::H1> {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move || {
        let title = title();
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{title} · {}", t(common::SHENDU)));
        }
    });
    Effect::new(move || {
        let Some(heading) = node.get() else { return };
        let Some(path) = web_sys::window().and_then(|window| window.location().pathname().ok()) else { return };
        let before = ARRIVED.with(|arrived| arrived.replace(Some(path.clone())));
        // The first page keeps the focus where the browser put it, so that the skip link is the first stop.
        if before.is_some_and(|before| before != path) {
            let _ = heading.focus();
        }
    });
    node
}

/// One step of the breadcrumb: address and words.
pub type Crumb = (&'static str, crate::text::Text);

/// The head of a page.
#[component]
pub fn PageHead(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// What the title looks like, where it holds a mask; the text of `title` unless told.
    #[prop(optional, into)]
    shown: Option<ViewFn>,
    /// The line under it: how much, and whose. Its room is kept while it is empty.
    #[prop(optional, into)]
    line: Option<Signal<String>>,
    /// Where the page stands; the page itself is added.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Buttons; the primary one last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = page_title(move || title.get());
    let crumbs = (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="crumbs" aria-label=move || t(common::CRUMBS)>
                <ol>
                    {crumbs.into_iter().map(|(href, words)| view! { <li><a href=href rel=crate::routes::rel(href)>{move || t(words)}</a></li> }).collect_view()}
                    <li aria-current="page">{move || title.get()}</li>
                </ol>
            </nav>
        }
    });
    view! {
        <header class="head">
            <div class="head__title">
                {crumbs}
                <h1 tabindex="-1" node_ref=heading>
                    {match shown {
                        Some(shown) => shown.run(),
                        None => (move || title.get()).into_any(),
                    }}
                </h1>
                {line.map(|line| view! { <p class="head__line">{move || line.get()}</p> })}
            </div>
            {children.map(|children| view! { <div class="head__actions">{children()}</div> })}
        </header>
    }
}
