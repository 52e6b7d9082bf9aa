//! Where the family stands, who looks after it, and when to get in touch again.
//!
//! The rule: the version that goes out is that of the card on the screen, whose facts stand in the form.

use super::{
    super::{draft::path_label, school},
    conflict::{Choices, Clash, Line},
    next::NextContact,
};
use crate::{
    api,
    text::{Word, common, live, staff, t},
    time,
    ui::{ErrorSummary, FormErrors, LeaveGuard, Loader, SaveBar, SelectField, StageTag, toast},
};
use chrono::NaiveDate;
use contract::{
    Change, Shown,
    error::ValueError,
    wire::{
        families::{Conflict, FamilyCard, FamilyChanges},
        school::{StaffRef, Stage},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What the form is about.
#[derive(Debug, Clone, PartialEq)]
struct State {
    stage: Stage,
    owner: Option<StaffRef>,
}

fn state(family: &FamilyCard) -> State {
    State { stage: family.stage, owner: family.owner.clone() }
}

fn text_of(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The card; made anew when stage or consultant have changed.
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
            <header class="card__head"><h2 id="keep-title">{live(staff::STANDING)}</h2></header>
            <div class="card__body">
                {move || now.get().map(|now| if may_keep.get() {
                    view! { <KeepForm now family /> }.into_any()
                } else {
                    facts(now, family.now().and_then(|family| family.next_contact))
                })}
            </div>
        </section>
    }
    .into_any()
}

fn facts(now: State, next: Option<NaiveDate>) -> AnyView {
    let owner = now.owner.map(|owner| owner.name);
    view! {
        <dl class="facts">
            <div class="facts__row"><dt>{live(staff::STAGE)}</dt><dd><StageTag stage=now.stage /></dd></div>
            <div class="facts__row"><dt>{live(staff::OWNER)}</dt><dd>{move || owner.clone().unwrap_or_else(|| t(staff::NOBODY).to_owned())}</dd></div>
            <div class="facts__row"><dt>{live(staff::NEXT_CONTACT)}</dt><dd>{move || next.map_or_else(|| t(common::NOTHING).to_owned(), time::day)}</dd></div>
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
        family.next_contact = card.next_contact;
        // The other side of a conflict brings no thread with it.
        if !card.timeline.items.is_empty() {
            family.timeline = card.timeline;
        }
    });
}

/// Id of the day: the form for notes has one of the same name.
const NEXT: &str = "keep.next_contact";

#[component]
fn KeepForm(now: State, family: Loader<FamilyCard>) -> impl IntoView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let clash = RwSignal::new(None::<Conflict<FamilyCard>>);
    let choices = Choices::new();
    let stage_was = now.stage.name().to_owned();
    let owner_was = now.owner.as_ref().map(|owner| owner.id.to_string()).unwrap_or_default();
    let stage = RwSignal::new(stage_was.clone());
    let owner = RwSignal::new(owner_was.clone());
    // A note sets the day too: it is followed as long as nobody is at it here.
    let next_now = Memo::new(move |_| text_of(family.get().and_then(|family| family.next_contact)));
    let next = RwSignal::new(next_now.get_untracked());
    Effect::new(move |before: Option<String>| {
        let now = next_now.get();
        if before.is_none_or(|before| next.get_untracked() == before) {
            next.set(now.clone());
        }
        now
    });
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
        Memo::new(move |_| stage.get() != stage_was || owner.get() != owner_was || next.get() != next_now.get())
    };
    let send = {
        let (stage_was, owner_was) = (stage_was.clone(), owner_was.clone());
        move || {
            let Some((id, version)) = family.now().map(|family| (family.id, family.version)) else { return };
            if busy.get_untracked() {
                return;
            }
            errors.clear();
            let day = next.get_untracked();
            let next_contact = match day.parse::<NaiveDate>() {
                _ if day == next_now.get_untracked() || choices.gave_up(staff::NEXT_CONTACT) => Change::Keep,
                _ if day.is_empty() => Change::Erase,
                Ok(day) => Change::Set(day),
                Err(_) => {
                    errors.add(NEXT, ValueError::DateRange);
                    return;
                }
            };
            let (to, by) = (stage.get_untracked(), owner.get_untracked());
            let changed = |what, is: bool| is && !choices.gave_up(what);
            let current = clash.get_untracked().map(|clash| clash.current);
            let changes = FamilyChanges {
                version: current.as_ref().map_or(version, |card| card.version),
                stage: changed(staff::STAGE, to != stage_was).then(|| stage_of(&to)).flatten(),
                owner: changed(staff::OWNER, by != owner_was).then(|| by.parse().ok()).flatten(),
                next_contact,
            };
            if changes.stage.is_none() && changes.owner.is_none() && changes.next_contact.is_keep() {
                if let Some(current) = current {
                    clash.set(None);
                    take(family, current);
                }
                return;
            }
            busy.set(true);
            spawn_local(async move {
                let answer = api::families::change(id, &changes).await;
                if busy.try_set(false).is_some() {
                    return;
                }
                match answer {
                    Ok(card) => {
                        toast::done(common::SAVED);
                        clash.set(None);
                        take(family, card);
                    }
                    Err(error) => {
                        choices.clear();
                        clash.set(error.conflict::<FamilyCard>());
                        if clash.with_untracked(Option::is_none) {
                            if let Some(day) = error.fields().iter().find(|field| field.at == "next_contact") {
                                errors.add(NEXT, day.code);
                            } else {
                                errors.take(&error);
                            }
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
            next.set(next_now.get_untracked());
            errors.clear();
            if let Some(found) = clash.get_untracked() {
                clash.set(None);
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
            let (day, was) = (next.get_untracked(), next_now.get_untracked());
            if day != was {
                let there = text_of(current.next_contact);
                let changed = there != was;
                lines.push(Line { what: staff::NEXT_CONTACT, mine: Shown::Clear(day), now: Shown::Clear(there), changed });
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
                <NextContact id=NEXT value=next error=errors.at(NEXT) />
            </div>
            <SaveBar dirty busy on_discard=move |()| discard() />
        </form>
        <LeaveGuard id="keep-leave" dirty />
    }
    .into_any()
}
