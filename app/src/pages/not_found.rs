//! Nothing here, or nothing for this person: deliberately the same page.

use crate::{
    routes,
    text::{common, live, t},
    ui::{Empty, EmptyKind, page_title},
};
use leptos::prelude::*;

/// The page of a path that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let heading = page_title(|| t(common::NOT_FOUND).to_owned());
    view! {
        <h1 class="visually-hidden" tabindex="-1" node_ref=heading>{live(common::NOT_FOUND)}</h1>
        <Empty kind=EmptyKind::None title=common::NOT_FOUND line=common::NOT_FOUND_LINE>
            <div class="row"><a class="button" href="/" rel=routes::rel("/")>{live(common::HOME)}</a></div>
        </Empty>
    }
}
