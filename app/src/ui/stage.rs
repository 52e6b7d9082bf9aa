//! Where a family stands, as a coloured word.

use crate::text::{tr, words};
use contract::wire::school::Stage;
use leptos::prelude::*;

/// The stage.
#[component]
pub fn StageTag(
    /// Which.
    stage: Stage,
) -> impl IntoView {
    let class = match stage {
        Stage::Lead => "stage stage--lead",
        Stage::Trial => "stage stage--trial",
        Stage::Enrolled => "stage stage--enrolled",
        Stage::Left => "stage stage--left",
    };
    view! { <span class=class>{tr(words::stage(stage))}</span> }
}
