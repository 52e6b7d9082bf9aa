//! Where the family stands and who looks after it.

use super::{
    super::{draft::path_label, leave::LeaveGuard, school},
    conflict::{Choices, Clash, Line},
};
use crate::{
    api,
    text::{Word, common, staff, t},
    ui::{ErrorSummary, FormErrors, Loader, SaveBar, SelectField, StageTag, toast},
};
use contract::{
    Shown,
    wire::{
        families::{Conflict, FamilyCard, FamilyChanges},
        school::{StaffRef, Stage},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What the form is about.
#[derive(Debug, Clone, PartialEq)]
struct State {
    version: i64,
    stage: Stage,
    owner: Option<StaffRef>,
}

fn state(family: &FamilyCard) -> State {
    State { version: family.version, stage: family.stage, owner: family.owner.clone() }
}

/// The card; made anew when the family's version has changed.
#[component]
pub fn Keep(
    /// The family.
    family: Loader<FamilyCard>,
    /// Whether the viewer keeps it.
    may_keep: Signal<bool>,
) -> impl IntoView {
    let now = Memo::new(move |_| family.get().as_ref().map(state));
    view! {
        <section class="card" aria-labelledby="keep-title">
            <header class="card__head"><h2 id="keep-title">{move || t(staff::STANDING)}</h2></header>
            <div class="card__body">
                {move || now.get().map(|now| if may_keep.get() {
                    view! { <KeepForm now family /> }.into_any()
                } else {
                    facts(now)
                })}
            </div>
        </section>
    }
    .into_any()
}

fn facts(now: State) -> AnyView {
    let owner = now.owner.map(|owner| owner.name);
    view! {
        <dl class="facts">
            <div class="facts__row"><dt>{move || t(staff::STAGE)}</dt><dd><StageTag stage=now.stage /></dd></div>
            <div class="facts__row"><dt>{move || t(staff::OWNER)}</dt><dd>{move || owner.clone().unwrap_or_else(|| t(staff::NOBODY).to_owned())}</dd></div>
        </dl>
    }
    .into_any()
}

fn stage_of(name: &str) -> Option<Stage> {
    Stage::ALL.iter().copied().find(|stage| stage.name() == name)
}

/// Takes over what this form is about; the rest of the card stays as it is, with what may be half typed there.
fn take(family: Loader<FamilyCard>, card: FamilyCard) {
    family.update(|family| {
        family.version = card.version;
        family.stage = card.stage;
        family.owner = card.owner;
        family.ledger = card.ledger;
    });
}

#[component]
fn KeepForm(now: State, family: Loader<FamilyCard>) -> impl IntoView {
    let version = now.version;
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let clash = RwSignal::new(None::<Conflict<FamilyCard>>);
    let choices = Choices::new();
    let stage_was = now.stage.name().to_owned();
    let owner_was = now.owner.as_ref().map(|owner| owner.id.to_string()).unwrap_or_default();
    let stage = RwSignal::new(stage_was.clone());
    let owner = RwSignal::new(owner_was.clone());
    let school = school();
    let present = now.owner.clone();
    let consultants = Memo::new(move |_| {
        let mut all = school.get().map(|school| school.consultants).unwrap_or_default();
        if let Some(present) = &present
            && !all.iter().any(|one| one.id == present.id)
        {
            all.insert(0, present.clone());
        }
        all
    });
    let nobody = now.owner.is_none();
    let owners = Signal::derive(move || {
        let none = nobody.then(|| (String::new(), t(staff::NOBODY).to_owned()));
        none.into_iter().chain(consultants.get().into_iter().map(|one| (one.id.to_string(), one.name))).collect::<Vec<_>>()
    });
    let stages = Signal::derive(|| Stage::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect::<Vec<_>>());
    let dirty = {
        let (stage_was, owner_was) = (stage_was.clone(), owner_was.clone());
        Memo::new(move |_| stage.get() != stage_was || owner.get() != owner_was)
    };
    let send = {
        let (stage_was, owner_was) = (stage_was.clone(), owner_was.clone());
        move || {
            let Some(id) = family.now().map(|family| family.id) else { return };
            if busy.get_untracked() {
                return;
            }
            let (to, by) = (stage.get_untracked(), owner.get_untracked());
            let changed = |what, is: bool| is && !choices.gave_up(what);
            let current = clash.get_untracked().map(|clash| clash.current);
            let changes = FamilyChanges {
                version: current.as_ref().map_or(version, |card| card.version),
                stage: changed(staff::STAGE, to != stage_was).then(|| stage_of(&to)).flatten(),
                owner: changed(staff::OWNER, by != owner_was).then(|| by.parse().ok()).flatten(),
                ..FamilyChanges::default()
            };
            if changes.stage.is_none() && changes.owner.is_none() {
                if let Some(current) = current {
                    take(family, current);
                }
                return;
            }
            errors.clear();
            busy.set(true);
            spawn_local(async move {
                let answer = api::families::change(id, &changes).await;
                if busy.try_set(false).is_some() {
                    return;
                }
                match answer {
                    Ok(card) => {
                        toast::done(common::SAVED);
                        take(family, card);
                    }
                    Err(error) => {
                        choices.clear();
                        clash.set(error.conflict::<FamilyCard>());
                        if clash.with_untracked(Option::is_none) {
                            errors.take(&error);
                        }
                    }
                }
            });
        }
    };
    let discard = {
        let (stage_was, owner_was) = (stage_was.clone(), owner_was.clone());
        move || {
            stage.set(stage_was.clone());
            owner.set(owner_was.clone());
            errors.clear();
            if let Some(found) = clash.get_untracked() {
                take(family, found.current);
            }
        }
    };
    let name_of =
        move |id: &str| consultants.with_untracked(|all| all.iter().find(|one| one.id.to_string() == id).map(|one| one.name.clone()));
    let clashing = move || {
        clash.get().map(|found| {
            let Conflict { current, since, .. } = found;
            let there = state(&current);
            let word = |stage: Stage| Shown::Clear(t(stage.word()).to_owned());
            let person = |owner: &Option<StaffRef>| Shown::Clear(owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default());
            let (to, by) = (stage.get_untracked(), owner.get_untracked());
            let mut lines = Vec::new();
            if to != stage_was {
                let mine = word(stage_of(&to).unwrap_or(now.stage));
                lines.push(Line { what: staff::STAGE, mine, now: word(there.stage), changed: there.stage != now.stage });
            }
            if by != owner_was {
                let mine = Shown::Clear(name_of(&by).unwrap_or_default());
                lines.push(Line { what: staff::OWNER, mine, now: person(&there.owner), changed: there.owner != now.owner });
            }
            view! { <Clash id="keep-clash" lines since choices /> }
        })
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            {clashing}
            <div class="form" hidden=move || clash.with(Option::is_some)>
                <SelectField id="stage" label=staff::STAGE value=stage options=stages error=errors.at("stage") />
                <SelectField id="owner" label=staff::OWNER value=owner options=owners error=errors.at("owner") />
            </div>
            <SaveBar dirty busy on_discard=move |()| discard() />
        </form>
        <LeaveGuard id="keep-leave" dirty />
    }
    .into_any()
}
