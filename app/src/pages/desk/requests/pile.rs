//! A list of what guardians ask: by state, a page at a time; what waits comes first, the oldest before the others.
//!
//! The rule: kind and state stand in the address. What is there stays until the next answer has come.

use crate::{
    api::ApiError,
    session,
    text::{Text, fill, live, requests, t},
    ui::{Button, Empty, EmptyKind, Failure, Loader, PageHead, Skeleton, toast, waiting},
};
use contract::{
    Duty,
    wire::{Page, sign_in::Surface, today::Waiting},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use std::future::Future;

/// What a list says of itself.
pub struct Words {
    /// The kind, as it stands in the address.
    pub about: &'static str,
    /// The states by their names in the address; the first is that of what waits.
    pub states: &'static [(&'static str, Text)],
    /// Nothing waits.
    pub none: Text,
    /// Nothing waits, more.
    pub none_line: Text,
    /// By whose rights.
    pub foot: Text,
}

/// A kind: its name in the address, its word, how much of it waits.
type Kind = (&'static str, Text, fn(&Waiting) -> u64);

const KINDS: [Kind; 2] = [
    (super::corrections::WORDS.about, requests::ABOUT_CORRECTIONS, |waiting| waiting.corrections),
    (super::questions::WORDS.about, requests::ABOUT_QUESTIONS, |waiting| waiting.questions),
];

/// The list of one kind.
pub struct Pile<T: Send + Sync + 'static> {
    words: &'static Words,
    state: Memo<&'static str>,
    /// What is shown.
    pub page: Loader<Page<T>>,
    busy: RwSignal<bool>,
    more: Callback<()>,
}

impl<T: Clone + Send + Sync + 'static> Pile<T> {
    /// Asks for what stands in the address: a page of a state, by its name.
    pub fn new<Coming>(words: &'static Words, ask: fn(&'static str, Option<String>) -> Coming) -> Self
    where
        Coming: Future<Output = Result<Page<T>, ApiError>> + 'static,
    {
        let query = use_query_map();
        let state = Memo::new(move |_| {
            let wanted = query.with(|query| query.get("state"));
            let known = words.states.iter().map(|(state, _)| *state).find(|state| Some(*state) == wanted.as_deref());
            known.or(words.states.first().map(|(state, _)| *state)).unwrap_or_default()
        });
        let page = Loader::new(move || ask(state.get(), None));
        let busy = RwSignal::new(false);
        let more = Callback::new(move |()| {
            let Some(after) = page.now().and_then(|page| page.next) else { return };
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let coming = ask(state.get_untracked(), Some(after));
            spawn_local(async move {
                let answer = coming.await;
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
        Self { words, state, page, busy, more }
    }

    /// The page, each item drawn by `draw`.
    pub fn view(self, draw: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static) -> AnyView {
        let Self { words, state, page, busy, more } = self;
        let line = Signal::derive(move || {
            let total = page.get().and_then(|page| page.total);
            total.map(|total| fill(requests::REQUESTS_LINE, &[("n", &total.to_string())])).unwrap_or_default()
        });
        view! {
            {head(words, line, state)}
            <div aria-busy=move || page.is_busy().to_string()>
                {move || match (page.failure(), page.get()) {
                    (Some(error), _) => view! { <Failure error again=move |()| page.reload() /> }.into_any(),
                    (None, None) => view! { <Skeleton /> }.into_any(),
                    (None, Some(found)) if found.items.is_empty() => nothing(words, state.get()),
                    (None, Some(found)) => {
                        let more = found.next.is_some().then_some(more);
                        list(found.items.into_iter().map(draw).collect(), words.foot, busy, more)
                    }
                }}
            </div>
        }
        .into_any()
    }
}

fn nothing(words: &'static Words, state: &'static str) -> AnyView {
    let waits = words.states.first().is_some_and(|(first, _)| *first == state);
    let (title, line) = if waits { (words.none, words.none_line) } else { (requests::NONE_SUCH, Text::default()) };
    view! { <Empty kind=EmptyKind::None title line /> }.into_any()
}

fn list(items: Vec<AnyView>, foot: Text, busy: RwSignal<bool>, more: Option<Callback<()>>) -> AnyView {
    view! {
        <section class="card waits" aria-label=live(requests::REQUESTS)>
            <ul class="waits__list">{items}</ul>
            <footer class="card__foot">
                {more.map(|more| view! { <Button busy on_click=more>{live(requests::MORE)}</Button> })}
                <span>{live(foot)}</span>
            </footer>
        </section>
    }
    .into_any()
}

/// Title, kinds where somebody has both, states.
fn head(words: &'static Words, line: Signal<String>, state: Memo<&'static str>) -> AnyView {
    let both = Memo::new(|_| session::has_duty(Duty::Approve) && session::surface() == Some(Surface::Staff));
    let kind = move |(about, word, count): Kind| {
        let waits = move || {
            let count = waiting::count(count);
            (count > 0).then(|| format!(" {count}"))
        };
        view! {
            <a class="chip" href=format!("/requests?about={about}") aria-current=(about == words.about).then_some("true")>{live(word)} {waits}</a>
        }
    };
    let tab = |(name, word): &(&'static str, Text)| {
        let (name, word) = (*name, *word);
        view! {
            <a
                class="tabs__tab"
                href=format!("/requests?about={}&state={name}", words.about)
                aria-current=move || (state.get() == name).then_some("page")
            >
                {live(word)}
            </a>
        }
    };
    view! {
        <PageHead title=Signal::derive(|| t(requests::REQUESTS).to_owned()) line />
        {move || both.get().then(|| view! {
            <nav class="chips" aria-label=live(requests::KINDS)>{KINDS.map(kind).into_iter().collect_view()}</nav>
        })}
        <nav class="tabs" aria-label=live(requests::STATES)>{words.states.iter().map(tab).collect_view()}</nav>
    }
    .into_any()
}
