//! Conditions in words, and the small form that adds one.
//!
//! The rule: the form offers whole conditions, each by the text that stands for it in the address, so that there is nothing to
//! type and nothing to read wrongly.

use crate::text::{Text, Word, families as words, fill, list, staff, t};
use contract::wire::{
    filter::{Condition, MOST, Next, Whose},
    school::{SchoolFacts, Stage},
};
use leptos::prelude::*;

impl Word for Next {
    fn word(self) -> Text {
        match self {
            Self::Overdue => words::OVERDUE,
            Self::Today => words::TODAY,
            Self::Week => words::WEEK,
            Self::None => words::NO_DAY,
        }
    }
}

/// The kinds that the form offers, and the days of the last.
const KINDS: [Text; 7] =
    [staff::OWNER, staff::NEXT_CONTACT, staff::CLASSES, words::STAGE_IS, words::STAGE_NOT, staff::CAMPUS, words::UNCHANGED];
const DAYS: [u16; 6] = [7, 14, 30, 60, 90, 180];
/// Id of the form, which its button opens.
const EDITOR: &str = "filter-editor";

/// Puts a condition in force: one set of stages or days grows, and nothing stands twice.
pub fn add(all: &mut Vec<Condition>, new: Condition) {
    fn grow<T: Copy + PartialEq>(set: &mut Vec<T>, more: &[T], order: &[T]) {
        set.extend_from_slice(more);
        let whole: Vec<T> = order.iter().copied().filter(|one| set.contains(one)).collect();
        *set = whole;
    }
    for one in all.iter_mut() {
        match (one, &new) {
            (Condition::Stage(set), Condition::Stage(more)) | (Condition::NotStage(set), Condition::NotStage(more)) => {
                return grow(set, more, Stage::ALL);
            }
            (Condition::Next(set), Condition::Next(more)) => return grow(set, more, Next::ALL),
            (one, new) if one == new => return,
            _ => {}
        }
    }
    if all.len() < MOST {
        all.push(new);
    }
}

/// Takes a stage out of those that are asked for.
pub fn leave_out(all: &mut Vec<Condition>, stage: Stage) {
    for one in all.iter_mut() {
        if let Condition::Stage(stages) = one {
            stages.retain(|other| *other != stage);
        }
    }
    all.retain(|one| !matches!(one, Condition::Stage(stages) if stages.is_empty()));
}

fn listed<T: Word>(kind: Text, values: &[T]) -> String {
    fill(words::PAIR, &[("what", t(kind)), ("to", &list(values.iter().copied()))])
}

/// A condition in words.
pub fn say(condition: &Condition, school: &SchoolFacts) -> String {
    let named =
        |kind: Text, name: Option<&String>| fill(words::PAIR, &[("what", t(kind)), ("to", name.map_or(t(words::OTHER), String::as_str))]);
    match condition {
        Condition::Stage(stages) => listed(words::STAGE_IS, stages),
        Condition::NotStage(stages) => listed(words::STAGE_NOT, stages),
        Condition::Owner(Whose::Mine) => listed(staff::OWNER, &[words::ME]),
        Condition::Owner(Whose::Nobodys) => listed(staff::OWNER, &[staff::NOBODY]),
        Condition::Owner(Whose::Of(id)) => named(staff::OWNER, school.consultants.iter().find(|one| one.id == *id).map(|one| &one.name)),
        Condition::Campus(id) => named(staff::CAMPUS, school.campuses.iter().find(|one| one.id == *id).map(|one| &one.name)),
        Condition::Class(id) => named(staff::CLASSES, school.classes.iter().find(|one| one.id == *id).map(|one| &one.name)),
        Condition::Next(next) => listed(staff::NEXT_CONTACT, next),
        Condition::Unchanged(days) => fill(words::DAYS, &[("n", &days.to_string())]),
    }
}

/// The conditions of a kind, each with its words.
fn offered(kind: usize, school: &SchoolFacts) -> Vec<(Condition, String)> {
    let word = |one: Text| t(one).to_owned();
    let stages = |of: fn(Vec<Stage>) -> Condition| Stage::ALL.iter().map(|stage| (of(vec![*stage]), word(stage.word()))).collect();
    match kind {
        0 => [(Condition::Owner(Whose::Mine), word(words::ME)), (Condition::Owner(Whose::Nobodys), word(staff::NOBODY))]
            .into_iter()
            .chain(school.consultants.iter().map(|one| (Condition::Owner(Whose::Of(one.id)), one.name.clone())))
            .collect(),
        1 => Next::ALL.iter().map(|next| (Condition::Next(vec![*next]), word(next.word()))).collect(),
        2 => school.classes.iter().map(|class| (Condition::Class(class.id), class.name.clone())).collect(),
        3 => stages(Condition::Stage),
        4 => stages(Condition::NotStage),
        5 => school.campuses.iter().map(|campus| (Condition::Campus(campus.id), campus.name.clone())).collect(),
        _ => DAYS.iter().map(|days| (Condition::Unchanged(*days), fill(words::DAYS, &[("n", &days.to_string())]))).collect(),
    }
}

/// The button and its form.
pub fn editor(school: Memo<SchoolFacts>, on_add: Callback<Condition>) -> AnyView {
    let kind = RwSignal::new(0_usize);
    let chosen = RwSignal::new(String::new());
    let values = Memo::new(move |_| {
        let offered = school.with(|school| offered(kind.get(), school));
        offered.into_iter().map(|(condition, words)| (condition.to_string(), words)).collect::<Vec<_>>()
    });
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = chosen.get_untracked();
        let first = || values.with_untracked(|values| values.first().map(|(text, _)| text.clone()));
        let text = if values.with_untracked(|values| values.iter().any(|(one, _)| *one == text)) { Some(text) } else { first() };
        if let Some(condition) = text.and_then(|text| text.parse().ok()) {
            crate::ui::menu::close(EDITOR);
            on_add.run(condition);
        }
    };
    let option = |(value, words): (String, String)| view! { <option value=value>{words}</option> };
    view! {
        <button class="chip" type="button" popovertarget=EDITOR aria-haspopup="dialog">"+ " {move || t(words::ADD_FILTER)}</button>
        <form class="editor" id=EDITOR popover="auto" role="dialog" aria-label=move || t(words::ADD_FILTER) on:submit=send>
            <label class="form__field">
                <span class="form__label">{move || t(words::BY)}</span>
                <select class="input" autofocus on:change=move |event| kind.set(event_target_value(&event).parse().unwrap_or_default())>
                    {KINDS.into_iter().enumerate().map(|(at, word)| view! { <option value=at.to_string()>{move || t(word)}</option> }).collect_view()}
                </select>
            </label>
            <label class="form__field">
                <span class="form__label">{move || t(words::VALUE)}</span>
                <select class="input" on:change=move |event| chosen.set(event_target_value(&event))>{move || values.get().into_iter().map(option).collect_view()}</select>
            </label>
            <button class="button button--primary" type="submit">{move || t(words::ADD)}</button>
        </form>
    }
    .into_any()
}
