//! Where a family stands, as a tag.

use crate::text::{Word, t};
use contract::wire::school::Stage;
use leptos::prelude::*;

/// The stage in its colour and its word.
#[component]
pub fn StageTag(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    view! { <span class=format!("stage stage--{}", stage.name())>{move || t(stage.word())}</span> }
}
