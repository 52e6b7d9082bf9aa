//! A guardian's own pages.

use leptos::prelude::*;

use contract::ids::StudentId;

/// The children.
#[component]
pub fn ChildrenPage() -> impl IntoView {}

/// One child.
#[component]
pub fn ChildPage(
    /// Which.
    id: StudentId,
) -> impl IntoView {
    let _ = id;
}
