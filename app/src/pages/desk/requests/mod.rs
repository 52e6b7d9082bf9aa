//! What guardians say is wrong: those that wait, the oldest first, and those that are decided.
//!
//! The rule: both values stand there in the form in which the role sees them; nobody has to open one to decide. Deliberately
//! absent: deciding about several at once.

mod decide;
mod item;

use crate::{
    api,
    text::{Text, fill, requests, t},
    ui::{Button, Empty, EmptyKind, Failure, Loader, PageHead, Skeleton, toast},
};
use contract::wire::{
    Page,
    corrections::{AskedCorrection, CorrectionQuery, CorrectionState},
};
use decide::Deciding;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

const STATES: [(CorrectionState, Text); 4] = [
    (CorrectionState::Open, requests::REQUESTS_OPEN),
    (CorrectionState::Accepted, requests::REQUESTS_ACCEPTED),
    (CorrectionState::Declined, requests::REQUESTS_DECLINED),
    (CorrectionState::Withdrawn, requests::REQUESTS_WITHDRAWN),
];

/// Draws the page.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let query = use_query_map();
    let state = Memo::new(move |_| {
        let wanted = query.with(|query| query.get("state"));
        STATES.iter().map(|(state, _)| *state).find(|state| Some(state.name()) == wanted.as_deref()).unwrap_or(CorrectionState::Open)
    });
    let page = Loader::new(move || {
        let query = CorrectionQuery { state: Some(state.get()), after: None };
        async move { api::corrections::list(&query).await }
    });
    let busy = RwSignal::new(false);
    let more = Callback::new(move |()| {
        let Some(after) = page.now().and_then(|page| page.next) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let query = CorrectionQuery { state: Some(state.get_untracked()), after: Some(after) };
        spawn_local(async move {
            let answer = api::corrections::list(&query).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(next) => page.update(|page| {
                    page.items.extend(next.items);
                    page.next = next.next;
                }),
                Err(error) => toast::failed(&error),
            }
        });
    });
    let deciding = Deciding::new(page);
    let line = Signal::derive(move || {
        let total = page.get().and_then(|page| page.total);
        total.map(|total| fill(requests::REQUESTS_LINE, &[("n", &total.to_string())])).unwrap_or_default()
    });
    view! {
        <PageHead title=Signal::derive(|| t(requests::REQUESTS).to_owned()) line />
        <nav class="tabs" aria-label=move || t(requests::REQUESTS)>
            {STATES.map(|(one, word)| view! {
                <a
                    class="tabs__tab"
                    href=format!("/requests?state={}", one.name())
                    aria-current=move || (state.get() == one).then_some("page")
                >
                    {move || t(word)}
                </a>
            }).into_iter().collect_view()}
        </nav>
        <div aria-busy=move || page.is_busy().to_string()>
            {move || match (page.failure(), page.get()) {
                (Some(error), _) => view! { <Failure error again=move |()| page.reload() /> }.into_any(),
                (None, None) => view! { <Skeleton /> }.into_any(),
                (None, Some(found)) => list(found, state.get(), deciding, busy, more),
            }}
        </div>
        {decide::dialog(deciding)}
    }
}

fn list(page: Page<AskedCorrection>, state: CorrectionState, deciding: Deciding, busy: RwSignal<bool>, more: Callback<()>) -> AnyView {
    if page.items.is_empty() {
        let (title, line) = match state {
            CorrectionState::Open => (requests::NO_REQUESTS, requests::NO_REQUESTS_LINE),
            _ => (requests::NONE_SUCH, Text::default()),
        };
        return view! { <Empty kind=EmptyKind::None title line /> }.into_any();
    }
    view! {
        <section class="card waits" aria-label=move || t(requests::REQUESTS)>
            <ul class="waits__list">{page.items.into_iter().map(|one| item::item(one, deciding)).collect_view()}</ul>
            <footer class="card__foot">
                {page.next.is_some().then(|| view! { <Button busy on_click=more>{move || t(requests::MORE)}</Button> })}
                <span>{move || t(requests::REQUESTS_FOOT)}</span>
            </footer>
        </section>
    }
    .into_any()
}
