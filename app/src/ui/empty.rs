//! Nothing to show: four reasons, four pictures.

use leptos::prelude::*;

/// Why there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyKind {
    /// Nothing yet: what it is for and how to begin.
    First,
    /// Nothing found: take a condition away.
    None,
    /// Not for this person: whom to ask.
    Denied,
    /// It could not be read: try again.
    Error,
}

/// The state. Words, a `blockquote.quote`, a `div.row` of buttons inside.
#[component]
pub fn Empty(
    /// Why.
    kind: EmptyKind,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether the heading is the page's (`h1`); else `h2`.
    #[prop(optional)]
    heading: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (class, glyph) = match kind {
        EmptyKind::First => ("empty empty--first", "始"),
        EmptyKind::None => ("empty empty--none", "无"),
        EmptyKind::Denied => ("empty empty--denied", "禁"),
        EmptyKind::Error => ("empty empty--error", "误"),
    };
    let title = if heading { view! { <h1 tabindex="-1">{title}</h1> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() };
    view! {
        <div class=class>
            <span class="empty__glyph" aria-hidden="true">{glyph}</span>
            {title}
            {children.map(|children| children())}
        </div>
    }
}
