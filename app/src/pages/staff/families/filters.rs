//! What the list is narrowed by, as it stands in the address.

use crate::{
    pages::staff::school,
    text::{Text, Word, staff, t},
    time,
    ui::Chip,
};
use contract::{
    ids::CampusId,
    wire::{
        families::{FamilyFilter, FamilyQuery, FamilySort},
        school::Stage,
    },
};
use leptos::prelude::*;

/// How many families are shown before anybody asks for more: what fills a screen. Each one that is shown is a look that is
/// recorded, and holds up the first paint. `app/index.html` asks for as many.
const FIRST: u16 = 20;

/// The filters; plain facts only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filters {
    /// Only the viewer's own.
    pub mine: bool,
    /// To be contacted by today.
    pub due: bool,
    /// One stage.
    pub stage: Option<Stage>,
    /// One campus.
    pub campus: Option<CampusId>,
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
            campus: get("campus").and_then(|id| id.parse().ok()),
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
        if let Some(campus) = self.campus {
            pairs.push(format!("campus={campus}"));
        }
        if self.oldest {
            pairs.push("sort=oldest".to_owned());
        }
        if pairs.is_empty() { "/families".to_owned() } else { format!("/families?{}", pairs.join("&")) }
    }
    /// Whether something is left out of the list.
    pub const fn is_any(&self) -> bool {
        self.mine || self.due || self.stage.is_some() || self.campus.is_some()
    }
    /// As the server wants them, from the beginning.
    pub fn query(self) -> FamilyQuery {
        FamilyQuery {
            stage: self.stage,
            mine: self.mine.then_some(true),
            campus: self.campus,
            due: self.due.then(time::today),
            sort: self.oldest.then_some(FamilySort::Oldest),
            after: None,
            limit: Some(FIRST),
        }
    }
    /// The same for an export.
    pub fn filter(self) -> FamilyFilter {
        FamilyFilter {
            stage: self.stage,
            mine: self.mine,
            campus: self.campus,
            due: self.due.then(time::today),
            sort: if self.oldest { FamilySort::Oldest } else { FamilySort::Recent },
        }
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

impl By {
    fn is_on(self, now: Filters) -> bool {
        match self {
            Self::Mine => now.mine,
            Self::Due => now.due,
            Self::Stage(stage) => now.stage == Some(stage),
            Self::Campus(campus) => now.campus == Some(campus),
            Self::Oldest => now.oldest,
        }
    }
    fn turned(self, now: Filters) -> Filters {
        let on = !self.is_on(now);
        match self {
            Self::Mine => Filters { mine: on, ..now },
            Self::Due => Filters { due: on, ..now },
            Self::Stage(stage) => Filters { stage: on.then_some(stage), ..now },
            Self::Campus(campus) => Filters { campus: on.then_some(campus), ..now },
            Self::Oldest => Filters { oldest: on, ..now },
        }
    }
}

/// The chips; a press goes to another address, so that Back undoes it.
pub fn chips(now: Memo<Filters>, narrow: Callback<Filters>) -> AnyView {
    let chip = move |by: By, words: Signal<String>| {
        view! {
            <Chip pressed=Signal::derive(move || by.is_on(now.get())) on_click=move |()| narrow.run(by.turned(now.get_untracked()))>{words}</Chip>
        }
        .into_any()
    };
    let plain = move |by: By, words: Text| chip(by, Signal::derive(move || t(words).to_owned()));
    let school = school();
    let campuses = move || {
        let campuses = school.get().map(|school| school.campuses).unwrap_or_default();
        let many = (campuses.len() > 1).then_some(campuses);
        many.into_iter().flatten().map(|campus| chip(By::Campus(campus.id), Signal::stored(campus.name))).collect_view()
    };
    view! {
        <div class="chips" role="group" aria-label=move || t(staff::FILTERS)>
            {plain(By::Mine, staff::MINE)}
            {plain(By::Due, staff::DUE)}
            {Stage::ALL.iter().map(|stage| plain(By::Stage(*stage), stage.word())).collect_view()}
            {campuses}
            {plain(By::Oldest, staff::OLDEST)}
        </div>
    }
    .into_any()
}
