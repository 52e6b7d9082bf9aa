//! What the trail is narrowed by, as it stands in the address: person, kind of record, action, days, and a line that stands for its
//! record or its person.

use super::super::narrow::{choice, day, with_any};
use crate::{
    api,
    text::{Text, Word, admin, fill, keep, matrix, t},
    ui::Loader,
};
use contract::{
    RecordKind,
    wire::ledger::{Action, TrailBy, TrailFilter, TrailQuery},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

const KINDS: [(RecordKind, &str); 7] = [
    (RecordKind::Family, "family"),
    (RecordKind::Student, "student"),
    (RecordKind::Guardian, "guardian"),
    (RecordKind::Note, "note"),
    (RecordKind::Correction, "correction"),
    (RecordKind::Question, "question"),
    (RecordKind::Staff, "staff"),
];

/// Reads the filter from the query; what it does not know is left out.
pub fn read(get: impl Fn(&str) -> Option<String>) -> TrailQuery {
    TrailQuery {
        who: get("who").and_then(|id| id.parse().ok()),
        by: get("by").and_then(|name| TrailBy::ALL.iter().copied().find(|by| by.name() == name)),
        kind: get("kind").and_then(|name| KINDS.iter().find(|(_, one)| *one == name)).map(|(kind, _)| *kind),
        action: get("action").and_then(|name| Action::ALL.iter().copied().find(|action| action.name() == name)),
        from: get("from").and_then(|day| day.parse().ok()),
        to: get("to").and_then(|day| day.parse().ok()),
        same: get("same").and_then(|line| line.parse().ok()),
        whose: get("whose").and_then(|line| line.parse().ok()),
        after: None,
    }
}

/// The filter alone, for a file.
pub fn lines(query: TrailQuery) -> TrailFilter {
    let TrailQuery { who, by, kind, action, from, to, same, whose, after: _ } = query;
    TrailFilter { who, by, kind, action, from, to, same, whose }
}

fn kind_name(kind: RecordKind) -> &'static str {
    KINDS.iter().find(|(one, _)| *one == kind).map(|(_, name)| *name).unwrap_or_default()
}

fn value(query: &TrailQuery, name: &str) -> String {
    match name {
        "who" => query.who.map(|who| who.to_string()),
        "by" => query.by.map(|by| by.name().to_owned()),
        "kind" => query.kind.map(|kind| kind_name(kind).to_owned()),
        "action" => query.action.map(|action| action.name().to_owned()),
        "from" => query.from.map(|day| day.to_string()),
        "to" => query.to.map(|day| day.to_string()),
        "same" => query.same.map(|line| line.to_string()),
        _ => query.whose.map(|line| line.to_string()),
    }
    .unwrap_or_default()
}

const NAMES: [&str; 8] = ["who", "by", "kind", "action", "from", "to", "same", "whose"];

/// The address with some of them changed.
fn address(query: &TrailQuery, new: &[(&str, &str)]) -> String {
    let value = |one: &str| match new.iter().find(|(name, _)| *name == one) {
        Some((_, new)) => (*new).to_owned(),
        None => value(query, one),
    };
    let pairs: Vec<String> = NAMES
        .iter()
        .map(|one| (*one, value(one)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(one, value)| format!("{one}={value}"))
        .collect();
    if pairs.is_empty() { "/admin/trail".to_owned() } else { format!("/admin/trail?{}", pairs.join("&")) }
}

/// Leads to others about the record of a line.
pub fn same(line: i64) -> String {
    address(&TrailQuery { same: Some(line), ..TrailQuery::default() }, &[])
}

/// Leads to others by the person of a line.
pub fn whose(line: i64) -> String {
    address(&TrailQuery { whose: Some(line), ..TrailQuery::default() }, &[])
}

/// Which line stands for its record or its person, and the way out of that.
fn led(query: &TrailQuery) -> AnyView {
    let one = |line: Option<i64>, words: Text, name: &'static str| {
        line.map(|line| {
            view! {
                <p class="row">
                    <span>{fill(words, &[("n", &line.to_string())])}</span>
                    <a class="link" href=address(query, &[(name, "")])>{t(admin::NO_LONGER)}</a>
                </p>
            }
        })
    };
    view! { {one(query.same, admin::SAME_AS, "same")} {one(query.whose, admin::WHOSE_AS, "whose")} }.into_any()
}

/// The filter.
pub fn filter(query: Memo<TrailQuery>) -> AnyView {
    let people = Loader::new(|| async { api::staff::colleagues().await });
    let who = Signal::derive(move || {
        let all = people.get().map(|people| people.staff).unwrap_or_default();
        let others = TrailBy::ALL.iter().map(|by| (by.name().to_owned(), t(by.word()).to_owned()));
        with_any(matrix::ANYBODY, others.chain(all.into_iter().map(|person| (person.id.to_string(), person.name))))
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
        // Whoever is no person of a name stands among the people.
        let chosen = Signal::derive(move || {
            query.with(|query| match (name, query.by) {
                ("who", Some(by)) => by.name().to_owned(),
                _ => value(query, name),
            })
        });
        let change = Callback::new(move |new: String| {
            let changed = |query: &TrailQuery| match name {
                "who" if TrailBy::ALL.iter().any(|by| by.name() == new) => address(query, &[("who", ""), ("by", &new)]),
                "who" => address(query, &[("who", &new), ("by", "")]),
                _ => address(query, &[(name, &new)]),
            };
            go(&query.with_untracked(changed), NavigateOptions::default());
        });
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
        {move || query.with(led)}
    }
    .into_any()
}
