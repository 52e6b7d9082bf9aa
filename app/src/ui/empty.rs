//! What stands where nothing can be shown, and why.

use super::{Button, ButtonKind};
use crate::{
    api::ApiError,
    text::{Text, common, live, t},
};
use contract::error::ErrorCode;
use leptos::prelude::*;

/// Why there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyKind {
    /// Nothing was made yet.
    First,
    /// Nothing matches.
    None,
    /// Not allowed.
    Denied,
    /// It failed.
    Error,
}

impl EmptyKind {
    const fn class(self) -> &'static str {
        match self {
            Self::First => "empty empty--first",
            Self::None => "empty empty--none",
            Self::Denied => "empty empty--denied",
            Self::Error => "empty empty--error",
        }
    }
    const fn glyph(self) -> &'static str {
        match self {
            Self::First => "始",
            Self::None => "无",
            Self::Denied => "禁",
            Self::Error => "误",
        }
    }
}

/// An empty state; children are buttons, a quotation or more lines.
#[component]
pub fn Empty(
    /// Why.
    kind: EmptyKind,
    /// What there is not.
    title: Text,
    /// What to do.
    #[prop(optional)]
    line: Text,
    /// More.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=kind.class()>
            <span class="empty__glyph" aria-hidden="true">{kind.glyph()}</span>
            <h2>{live(title)}</h2>
            {(!line.is_empty()).then(|| view! { <p>{move || t(line)}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// A failed call in place of what it should have brought.
#[component]
pub fn Failure(
    /// What happened.
    error: ApiError,
    /// Tries again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let kind = match error.code() {
        Some(ErrorCode::Forbidden) => EmptyKind::Denied,
        Some(ErrorCode::NotFound) => EmptyKind::None,
        _ => EmptyKind::Error,
    };
    let title = match kind {
        EmptyKind::Denied => common::DENIED,
        _ => common::LOAD_FAILED,
    };
    let line = error.text();
    view! {
        <Empty kind title line>
            <div class="row"><Button kind=ButtonKind::Plain on_click=again>{live(common::AGAIN)}</Button></div>
            {error.trace_id().map(|id| view! { <p class="faint">{live(common::TRACE)} " " <code>{id}</code></p> })}
        </Empty>
    }
}
