//! What the trail is narrowed by, as it stands in the address: person, kind of record, action, days.

use crate::{
    api,
    text::{Text, Word, admin, keep, matrix, t},
    ui::Loader,
};
use contract::{
    RecordKind,
    wire::ledger::{Action, TrailFilter, TrailQuery},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

const KINDS: [(RecordKind, &str); 5] = [
    (RecordKind::Family, "family"),
    (RecordKind::Student, "student"),
    (RecordKind::Guardian, "guardian"),
    (RecordKind::Note, "note"),
    (RecordKind::Staff, "staff"),
];

/// Reads the filter from the query; what it does not know is left out.
pub fn read(get: impl Fn(&str) -> Option<String>) -> TrailQuery {
    TrailQuery {
        who: get("who").and_then(|id| id.parse().ok()),
        kind: get("kind").and_then(|name| KINDS.iter().find(|(_, one)| *one == name)).map(|(kind, _)| *kind),
        action: get("action").and_then(|name| Action::ALL.iter().copied().find(|action| action.name() == name)),
        from: get("from").and_then(|day| day.parse().ok()),
        to: get("to").and_then(|day| day.parse().ok()),
        after: None,
    }
}

/// The filter alone, for a file.
pub fn lines(query: TrailQuery) -> TrailFilter {
    let TrailQuery { who, kind, action, from, to, after: _ } = query;
    TrailFilter { who, kind, action, from, to }
}

fn kind_name(kind: RecordKind) -> &'static str {
    KINDS.iter().find(|(one, _)| *one == kind).map(|(_, name)| *name).unwrap_or_default()
}

fn value(query: &TrailQuery, name: &str) -> String {
    match name {
        "who" => query.who.map(|who| who.to_string()),
        "kind" => query.kind.map(|kind| kind_name(kind).to_owned()),
        "action" => query.action.map(|action| action.name().to_owned()),
        "from" => query.from.map(|day| day.to_string()),
        _ => query.to.map(|day| day.to_string()),
    }
    .unwrap_or_default()
}

const NAMES: [&str; 5] = ["who", "kind", "action", "from", "to"];

/// The address with one of them changed.
fn address(query: &TrailQuery, name: &str, new: &str) -> String {
    let pairs: Vec<String> = NAMES
        .iter()
        .map(|one| (*one, if *one == name { new.to_owned() } else { value(query, one) }))
        .filter(|(_, value)| !value.is_empty())
        .map(|(one, value)| format!("{one}={value}"))
        .collect();
    if pairs.is_empty() { "/admin/trail".to_owned() } else { format!("/admin/trail?{}", pairs.join("&")) }
}

type Options = Signal<Vec<(String, String)>>;

/// The filter.
pub fn filter(query: Memo<TrailQuery>) -> AnyView {
    let people = Loader::new(|| async { api::staff::colleagues().await });
    let with_any =
        |any: Text, all: Vec<(String, String)>| std::iter::once((String::new(), t(any).to_owned())).chain(all).collect::<Vec<_>>();
    let who = Signal::derive(move || {
        let all = people.get().map(|people| people.staff).unwrap_or_default();
        with_any(matrix::ANYBODY, all.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
    });
    let kinds = Signal::derive(move || {
        with_any(matrix::ANY_KIND, KINDS.iter().map(|(kind, name)| ((*name).to_owned(), t(kind.word()).to_owned())).collect())
    });
    let actions = Signal::derive(move || {
        let all = Action::ALL.iter().map(|action| (action.name().to_owned(), t(action.word()).to_owned())).collect();
        with_any(admin::EVERY_ACTION, all)
    });
    let narrowed = Memo::new(move |_| query.get() != TrailQuery::default());
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {choice(query, "who", admin::WHO, who)}
            {choice(query, "kind", admin::RECORD, kinds)}
            {choice(query, "action", admin::ACTION, actions)}
            {day(query, "from", matrix::FROM)}
            {day(query, "to", matrix::TO)}
            {move || narrowed.get().then(|| view! { <a class="button button--quiet" href="/admin/trail">{t(keep::CLEAR)}</a> })}
        </form>
    }
    .into_any()
}

fn choice(query: Memo<TrailQuery>, name: &'static str, label: Text, options: Options) -> AnyView {
    let go = use_navigate();
    view! {
        <div class="form__field">
            <label class="form__label" for=name>{move || t(label)}</label>
            <select
                class="input"
                id=name
                on:change:target=move |event| go(&query.with_untracked(|query| address(query, name, &event.target().value())), NavigateOptions::default())
            >
                {move || options.get().into_iter().map(|(key, words)| {
                    let own = key.clone();
                    view! { <option value=key selected=move || query.with(|query| value(query, name) == own)>{words}</option> }
                }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn day(query: Memo<TrailQuery>, name: &'static str, label: Text) -> AnyView {
    let go = use_navigate();
    view! {
        <div class="form__field">
            <label class="form__label" for=name>{move || t(label)}</label>
            <input
                class="input"
                id=name
                type="date"
                prop:value=move || query.with(|query| value(query, name))
                on:change:target=move |event| go(&query.with_untracked(|query| address(query, name, &event.target().value())), NavigateOptions::default())
            />
        </div>
    }
    .into_any()
}
