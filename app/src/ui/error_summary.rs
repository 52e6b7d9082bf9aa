//! The list of what has to be corrected, above a form; takes the focus when it appears.

use crate::text::{common, tr_with};
use leptos::{html, prelude::*};

/// One thing to correct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The id of the control.
    pub id: String,
    /// Label and what is wrong, in words.
    pub words: String,
}

/// The list; nothing while there is nothing to correct.
#[component]
pub fn ErrorSummary(
    /// What has to be corrected.
    #[prop(into)]
    issues: Signal<Vec<Issue>>,
) -> impl IntoView {
    let element: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if !issues.with(Vec::is_empty)
            && let Some(summary) = element.get()
        {
            let _ = summary.focus();
        }
    });
    let title = tr_with(move |lang| common::errors_found(lang, issues.with(Vec::len)));
    move || {
        (!issues.with(Vec::is_empty)).then(|| {
            view! {
                <div class="errors" role="alert" tabindex="-1" node_ref=element>
                    <h2>{title}</h2>
                    <ul>{move || issues.get().into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

fn line(issue: Issue) -> impl IntoView {
    let Issue { id, words } = issue;
    let href = format!("#{id}");
    // The fragment would go through the router; the focus is what is meant.
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        if let Some(control) = document().get_element_by_id(&id) {
            let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(control).focus();
        }
    };
    view! { <li><a href=href on:click=go>{words}</a></li> }
}
