//! Pages of a guardian: the children, who looked, what is kept.
//!
//! The rule: phone first, large type, plain words. Deliberately absent: anything about other families.

mod child;
mod children;
mod held;
mod looks;

pub use child::ChildPage;
pub use children::ChildrenPage;

use leptos::prelude::*;

/// The seal of the product in the head of a page.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <span class="mark" aria-hidden="true">"慎"<br />"独"</span> }
}
