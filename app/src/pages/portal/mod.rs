//! Pages of a guardian: the children, who looked, what is kept, what is to be corrected, what was asked, help.
//!
//! The rule: phone first, large type, plain words. Deliberately absent: anything about other families.

mod asked;
mod audience;
mod child;
mod children;
mod correct;
mod held;
mod help;
mod looks;
mod questions;

pub use children::ChildrenPage;
pub use held::held_page;
pub use help::HelpPage;
pub use looks::looks_page;
pub use questions::{ask_page, questions_page};

use leptos::prelude::*;

/// The seal of the product in the head of a page.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <span class="mark" aria-hidden="true">"慎"<br />"独"</span> }
}
