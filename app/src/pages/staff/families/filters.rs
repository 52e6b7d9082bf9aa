//! What the list is narrowed by, as it stands in the address.

use crate::{
    text::{Text, Word, staff, t},
    time,
    ui::Chip,
};
use contract::wire::{
    families::{FamilyFilter, FamilyQuery, FamilySort},
    school::Stage,
};
use leptos::prelude::*;

/// The filters; plain facts only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filters {
    /// Only the viewer's own.
    pub mine: bool,
    /// To be contacted by today.
    pub due: bool,
    /// One stage.
    pub stage: Option<Stage>,
    /// Longest unchanged first.
    pub oldest: bool,
}

impl Filters {
    /// Reads them from the query; what it does not know is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let stage = get("stage").and_then(|name| Stage::ALL.iter().copied().find(|stage| stage.name() == name));
        Self {
            mine: get("mine").as_deref() == Some("true"),
            due: get("due").as_deref() == Some("today"),
            stage,
            oldest: get("sort").as_deref() == Some("oldest"),
        }
    }
    /// The address that stands for them.
    pub fn address(&self) -> String {
        let mut pairs = Vec::new();
        if self.mine {
            pairs.push("mine=true".to_owned());
        }
        if self.due {
            pairs.push("due=today".to_owned());
        }
        if let Some(stage) = self.stage {
            pairs.push(format!("stage={}", stage.name()));
        }
        if self.oldest {
            pairs.push("sort=oldest".to_owned());
        }
        if pairs.is_empty() { "/families".to_owned() } else { format!("/families?{}", pairs.join("&")) }
    }
    /// Whether something is left out of the list.
    pub const fn is_any(&self) -> bool {
        self.mine || self.due || self.stage.is_some()
    }
    /// As the server wants them.
    pub fn query(self) -> FamilyQuery {
        FamilyQuery {
            stage: self.stage,
            mine: self.mine.then_some(true),
            campus: None,
            due: self.due.then(time::today),
            sort: self.oldest.then_some(FamilySort::Oldest),
            after: None,
            limit: None,
        }
    }
    /// The same for an export.
    pub fn filter(self) -> FamilyFilter {
        FamilyFilter {
            stage: self.stage,
            mine: self.mine,
            campus: None,
            due: self.due.then(time::today),
            sort: if self.oldest { FamilySort::Oldest } else { FamilySort::Recent },
        }
    }
}

/// The chips; a press goes to another address, so that Back undoes it.
pub fn chips(now: Memo<Filters>, narrow: Callback<Filters>) -> AnyView {
    let chip = move |words: Text, on: fn(Filters) -> bool, other: fn(Filters) -> Filters| {
        view! {
            <Chip pressed=Signal::derive(move || on(now.get())) on_click=move |()| narrow.run(other(now.get_untracked()))>{move || t(words)}</Chip>
        }
    };
    let stage = move |stage: Stage| {
        let press = move |()| {
            let was = now.get_untracked();
            narrow.run(Filters { stage: (was.stage != Some(stage)).then_some(stage), ..was });
        };
        view! { <Chip pressed=Signal::derive(move || now.get().stage == Some(stage)) on_click=press>{move || t(stage.word())}</Chip> }
    };
    view! {
        <div class="chips" role="group" aria-label=move || t(staff::FILTERS)>
            {chip(staff::MINE, |now| now.mine, |now| Filters { mine: !now.mine, ..now })}
            {chip(staff::DUE, |now| now.due, |now| Filters { due: !now.due, ..now })}
            {Stage::ALL.iter().copied().map(stage).collect_view()}
            {chip(staff::OLDEST, |now| now.oldest, |now| Filters { oldest: !now.oldest, ..now })}
        </div>
    }
    .into_any()
}
