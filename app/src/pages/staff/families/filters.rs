//! What the list is narrowed by, as it stands in the address.
//!
//! The rule: the address says all of it, so that it can be kept, sent and gone back to; what it says wrongly is left out.
//! Deliberately absent: anything that a condition could not be about by its type.

use super::conditions;
use crate::{
    text::{Text, Word, families as words, fill, staff, t},
    ui::Chip,
};
use contract::{
    ids::{CampusId, ViewId},
    wire::{
        families::{FamilyQuery, FamilySort},
        filter::{Condition, FamilyFilter, Match, Next, Whose},
        school::{SchoolFacts, Stage},
    },
};
use leptos::prelude::*;

/// How many families are shown before anybody asks for more: what fills a screen. Each one that is shown is a look that is
/// recorded, and holds up the first paint. `app/index.html` asks for as many.
pub const FIRST: u16 = 20;

/// What is wished for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The conditions and the order.
    pub filter: FamilyFilter,
    /// The saved view that it began with.
    pub view: Option<ViewId>,
}

impl Wish {
    /// Reads it from the query.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let filter = FamilyFilter {
            when: get("when").and_then(|text| text.parse().ok()).unwrap_or_default(),
            joined: if get("match").as_deref() == Some("any") { Match::Any } else { Match::All },
            sort: if get("sort").as_deref() == Some("oldest") { FamilySort::Oldest } else { FamilySort::Recent },
        };
        Self { filter, view: get("view").and_then(|id| id.parse().ok()) }
    }
    /// The address that stands for it.
    pub fn address(&self) -> String {
        let mut pairs = Vec::new();
        if let Some(view) = self.view {
            pairs.push(format!("view={view}"));
        }
        if self.is_any() {
            pairs.push(format!("when={}", self.filter.when));
        }
        if self.filter.joined == Match::Any {
            pairs.push("match=any".to_owned());
        }
        if self.filter.sort == FamilySort::Oldest {
            pairs.push("sort=oldest".to_owned());
        }
        if pairs.is_empty() { "/families".to_owned() } else { format!("/families?{}", pairs.join("&")) }
    }
    /// Whether something is left out of the list.
    pub const fn is_any(&self) -> bool {
        !self.filter.when.0.is_empty()
    }
    /// Whether only the viewer's own are asked for.
    pub fn is_mine(&self) -> bool {
        self.filter.joined == Match::All && self.filter.when.0.contains(&Condition::Owner(Whose::Mine))
    }
    /// As the server wants it, from the beginning.
    pub fn query(&self) -> FamilyQuery {
        FamilyQuery {
            when: self.is_any().then(|| self.filter.when.clone()),
            joined: (self.filter.joined == Match::Any).then_some(Match::Any),
            sort: (self.filter.sort == FamilySort::Oldest).then_some(FamilySort::Oldest),
            after: None,
            limit: Some(FIRST),
        }
    }
    /// The same with other conditions.
    fn with(&self, change: impl FnOnce(&mut Vec<Condition>)) -> Self {
        let mut to = self.clone();
        change(&mut to.filter.when.0);
        if to.filter.when.0.len() < 2 {
            to.filter.joined = Match::All;
        }
        to
    }
    fn without(&self, condition: &Condition) -> Self {
        self.with(|all| all.retain(|one| one != condition))
    }
}

/// What one chip is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Mine,
    Due,
    Stage(Stage),
    Campus(CampusId),
    Oldest,
}

fn due() -> Condition {
    Condition::Next(vec![Next::Overdue, Next::Today])
}

impl By {
    /// The condition that a press puts in force or takes away.
    fn condition(self) -> Option<Condition> {
        match self {
            Self::Mine => Some(Condition::Owner(Whose::Mine)),
            Self::Due => Some(due()),
            Self::Campus(campus) => Some(Condition::Campus(campus)),
            Self::Stage(_) | Self::Oldest => None,
        }
    }
    fn is_on(self, now: &Wish) -> bool {
        let all = &now.filter.when.0;
        match self {
            Self::Stage(stage) => all.iter().any(|one| matches!(one, Condition::Stage(stages) if stages.contains(&stage))),
            Self::Oldest => now.filter.sort == FamilySort::Oldest,
            _ => self.condition().is_some_and(|condition| all.contains(&condition)),
        }
    }
    fn turned(self, now: &Wish) -> Wish {
        let on = !self.is_on(now);
        match self {
            Self::Oldest => {
                let mut to = now.clone();
                to.filter.sort = if on { FamilySort::Oldest } else { FamilySort::Recent };
                to
            }
            Self::Stage(stage) => now.with(|all| {
                if on {
                    conditions::add(all, Condition::Stage(vec![stage]));
                } else {
                    conditions::leave_out(all, stage);
                }
            }),
            _ => now.with(|all| {
                let campus = matches!(self, Self::Campus(_)) && now.filter.joined == Match::All;
                let condition = self.condition();
                // A family is at one campus: another one takes its place.
                all.retain(|one| Some(one) != condition.as_ref() && !(campus && matches!(one, Condition::Campus(_))));
                all.extend(condition.filter(|_| on));
            }),
        }
    }
}

/// Whether a chip that always stands shows the condition.
fn has_chip(condition: &Condition, school: &SchoolFacts) -> bool {
    match condition {
        Condition::Stage(_) | Condition::Owner(Whose::Mine) => true,
        Condition::Campus(id) => school.campuses.len() > 1 && school.campuses.iter().any(|campus| campus.id == *id),
        other => *other == due(),
    }
}

/// The chips; a press goes to another address, so that Back undoes it.
pub fn chips(now: Memo<Wish>, school: Memo<SchoolFacts>, narrow: Callback<Wish>) -> AnyView {
    let chip = move |by: By, words: Signal<String>| {
        view! {
            <Chip pressed=Signal::derive(move || now.with(|now| by.is_on(now))) on_click=move |()| narrow.run(now.with_untracked(|now| by.turned(now)))>{words}</Chip>
        }
        .into_any()
    };
    let plain = move |by: By, words: Text| chip(by, Signal::derive(move || t(words).to_owned()));
    let campuses = Memo::new(move |_| school.with(|school| school.campuses.clone()));
    let campuses = move || {
        let campuses = campuses.get();
        let many = (campuses.len() > 1).then_some(campuses);
        many.into_iter().flatten().map(|campus| chip(By::Campus(campus.id), Signal::stored(campus.name))).collect_view()
    };
    let removable = move || {
        let others = school
            .with(|school| now.with(|now| now.filter.when.0.iter().filter(|one| !has_chip(one, school)).cloned().collect::<Vec<_>>()));
        let each = |condition: Condition| {
            let what = school.with(|school| conditions::say(&condition, school));
            let label = fill(words::REMOVE_FILTER, &[("what", &what)]);
            view! {
                <span class="chip chip--filter">
                    {what}
                    <button class="chip__close" type="button" aria-label=label on:click=move |_| narrow.run(now.with_untracked(|now| now.without(&condition)))>"✕"</button>
                </span>
            }
            .into_any()
        };
        others.into_iter().map(each).collect_view()
    };
    let several = Memo::new(move |_| now.with(|now| now.filter.when.0.len() > 1));
    let any = Memo::new(move |_| now.with(|now| now.filter.joined == Match::Any));
    let join = move |event: web_sys::Event| {
        let mut to = now.get_untracked();
        to.filter.joined = if event_target_value(&event) == "any" { Match::Any } else { Match::All };
        narrow.run(to);
    };
    let joined = move || {
        several.get().then(|| {
            view! {
                <select class="chip" aria-label=move || t(words::JOINED) prop:value=move || if any.get() { "any" } else { "all" } on:change=join>
                    <option value="all" selected=move || !any.get()>{move || t(words::ALL)}</option>
                    <option value="any" selected=move || any.get()>{move || t(words::ANY)}</option>
                </select>
            }
        })
    };
    let clear = move || {
        now.with(Wish::is_any).then(|| {
            let press = move |_| narrow.run(now.with_untracked(|now| now.with(Vec::clear)));
            view! { <button class="button button--quiet button--small" type="button" on:click=press>{move || t(staff::CLEAR_FILTERS)}</button> }
        })
    };
    view! {
        <div class="chips" role="group" aria-label=move || t(staff::FILTERS)>
            {plain(By::Mine, staff::MINE)}
            {plain(By::Due, staff::DUE)}
            {Stage::ALL.iter().map(|stage| plain(By::Stage(*stage), stage.word())).collect_view()}
            {campuses}
            {plain(By::Oldest, staff::OLDEST)}
            {removable}
            {conditions::editor(school, Callback::new(move |condition| narrow.run(now.with_untracked(|now| now.with(|all| conditions::add(all, condition))))))}
            {joined}
            {clear}
        </div>
    }
    .into_any()
}
