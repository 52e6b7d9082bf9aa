//! What guardians ask: corrections, for whoever writes the field that is wrong, and questions about looks, for whoever answers.
//!
//! The rule: which of the two stands in the address; whoever has one alone is not shown a choice. Deliberately absent: deciding
//! about several at once.

mod answer;
mod corrections;
mod decide;
mod item;
mod pile;
mod questions;

use crate::session;
use contract::{Duty, wire::sign_in::Surface};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Draws the page.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let query = use_query_map();
    let questions = Memo::new(move |_| {
        let chosen = query.with(|query| query.get("about")).as_deref() == Some(questions::WORDS.about);
        session::has_duty(Duty::Approve) && (chosen || session::surface() != Some(Surface::Staff))
    });
    move || if questions.get() { questions::page() } else { corrections::page() }
}
