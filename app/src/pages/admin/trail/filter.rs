//! What the trail is narrowed by, as it stands in the address: person, kind of record, action, days.

use super::super::narrow::{choice, day, with_any};
use crate::{
    api,
    text::{Word, admin, keep, matrix, t},
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

/// The filter.
pub fn filter(query: Memo<TrailQuery>) -> AnyView {
    let people = Loader::new(|| async { api::staff::colleagues().await });
    let who = Signal::derive(move || {
        let all = people.get().map(|people| people.staff).unwrap_or_default();
        with_any(matrix::ANYBODY, all.into_iter().map(|person| (person.id.to_string(), person.name)))
    });
    let kinds = Signal::derive(move || {
        with_any(matrix::ANY_KIND, KINDS.iter().map(|(kind, name)| ((*name).to_owned(), t(kind.word()).to_owned())))
    });
    let actions = Signal::derive(move || {
        with_any(admin::EVERY_ACTION, Action::ALL.iter().map(|action| (action.name().to_owned(), t(action.word()).to_owned())))
    });
    let narrowed = Memo::new(move |_| query.get() != TrailQuery::default());
    let go = use_navigate();
    let part = move |name: &'static str| {
        let go = go.clone();
        let chosen = Signal::derive(move || query.with(|query| value(query, name)));
        let change =
            Callback::new(move |new: String| go(&query.with_untracked(|query| address(query, name, &new)), NavigateOptions::default()));
        (chosen, change)
    };
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {choice("who", admin::WHO, who, part("who"))}
            {choice("kind", admin::RECORD, kinds, part("kind"))}
            {choice("action", admin::ACTION, actions, part("action"))}
            {day("from", matrix::FROM, part("from"))}
            {day("to", matrix::TO, part("to"))}
            {move || narrowed.get().then(|| view! { <a class="button button--quiet" href="/admin/trail">{t(keep::CLEAR)}</a> })}
        </form>
    }
    .into_any()
}
