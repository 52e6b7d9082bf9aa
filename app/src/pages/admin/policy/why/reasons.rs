//! The steps of a decision in words.
//!
//! The rule: a sentence for each step as it came, and nothing that no step says. Deliberately absent: a decision.

use super::super::words::{class, condition as condition_of, full, school_moment, tag};
use crate::{
    text::{Text, Word, comma, fill, live, t, why},
    time,
};
use contract::{
    Exposure, Reveal, Role, RowScope,
    wire::{
        approvals::ApprovalState,
        why::{Door, Step},
    },
};
use leptos::prelude::*;

/// The form, and how it opens.
pub fn form(form: Exposure) -> AnyView {
    view! { <span class=class(form)>{move || t(form.word())}</span> }.into_any()
}

/// How it is opened; a dash where it is not.
pub fn opens(reveal: Reveal) -> AnyView {
    match tag(reveal) {
        Some(_) => (move || t(reveal.word())).into_any(),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    }
}

/// The steps, those that decide first.
pub fn reasons(version: i64, steps: &[Step]) -> AnyView {
    if steps.is_empty() {
        return view! { <span class="muted">{live(why::NO_ROLE)}</span> }.into_any();
    }
    let decides = |step: &&Step| !matches!(step, Step::Role { decides: false, .. });
    let (first, rest): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(decides);
    let line = |step: &Step, less: bool| {
        let step = step.clone();
        view! { <li class=if less { "muted" } else { "" }>{move || sentence(version, &step)}</li> }
    };
    let all = first.into_iter().map(|step| line(step, false)).chain(rest.into_iter().map(|step| line(step, true)));
    view! { <ul class="why__steps">{all.collect_view()}</ul> }.into_any()
}

fn sentence(version: i64, step: &Step) -> String {
    match step {
        Step::Suspended => t(why::SUSPENDED).to_owned(),
        Step::Door { door, open } => behind(*door, *open),
        Step::Approval { state, until } => {
            let words = if *state == ApprovalState::Granted { why::GRANTED } else { why::ASKED };
            fill(words, &[("until", &school_moment(*until))])
        }
        Step::Standing { class, last_day } => fill(why::STANDING, &[("class", class), ("day", &time::day(*last_day))]),
        Step::Change { version, confirmed, from, form, reveal, gains, loses } => {
            let words = match (confirmed, from) {
                (true, Some(_)) => why::CHANGE_SURE,
                (false, Some(_)) => why::CHANGE_FROM,
                (_, None) => why::CHANGE,
            };
            let turn = match (gains, loses) {
                (true, false) => why::GAINS,
                (false, true) => why::LOSES,
                _ => why::TURNS,
            };
            let then = match tag(*reveal) {
                Some(_) => format!("{} · {}", t(form.word()), t(reveal.word())),
                None => t(form.word()).to_owned(),
            };
            let from = from.map(school_moment).unwrap_or_default();
            fill(words, &[("n", &version.to_string()), ("from", &from), ("turn", t(turn)), ("then", &then)])
        }
        Step::Role { role, scope, reached, classes, condition, narrowed, form, decides, .. } => {
            let words = match (reached, decides) {
                (true, true) => why::STEP,
                (true, false) => why::STEP_LESS,
                (false, _) => why::STEP_NOT,
            };
            let how = fill(how(*role, *scope, *reached), &[("classes", &classes.join(comma()))]);
            let said = fill(words, &[("role", t(role.word())), ("how", &how), ("n", &version.to_string()), ("form", t(form.word()))]);
            match condition.as_ref().filter(|_| *reached) {
                Some(when) => {
                    let under = fill(if *narrowed { why::NARROWED } else { why::UNDER }, &[("when", &condition_of(when))]);
                    format!("{said} · {under}")
                }
                None => said,
            }
        }
    }
}

/// By what a record comes before somebody, or does not.
fn behind(door: Door, open: bool) -> String {
    let one_of = |yes, no| if open { yes } else { no };
    match door {
        Door::Duty(duty) => fill(one_of(why::HAS_DUTY, why::NO_DUTY), &[("duty", t(duty.word()))]),
        Door::OthersLook => t(one_of(why::OTHERS_LOOK, why::OWN_LOOK)).to_owned(),
        Door::Family => t(one_of(why::ANSWERS, why::ANSWERS_NOT)).to_owned(),
        Door::Writes(field) => fill(one_of(why::WRITES, why::WRITES_NOT), &[("field", &full(field))]),
        Door::Asked => t(one_of(why::WROTE, why::WROTE_NOT)).to_owned(),
    }
}

/// By what a role reaches a record, or does not.
const fn how(role: Role, scope: Option<RowScope>, reached: bool) -> Text {
    let Some(scope) = scope else { return why::WHATEVER };
    match (role, scope, reached) {
        (_, RowScope::None, _) => why::REACHES_NONE,
        (Role::Guardian, _, true) => why::OWN_CHILD,
        (Role::Guardian, _, false) => why::NOT_OWN_CHILD,
        (_, RowScope::Own, true) => why::OWN,
        (_, RowScope::Own, false) => why::NOT_OWN,
        (_, RowScope::TeachesNow, true) => why::TEACHES,
        (_, RowScope::TeachesNow, false) => why::NOT_TAUGHT,
        (_, RowScope::Campus, true) => why::CAMPUS,
        (_, RowScope::Campus, false) => why::NOT_CAMPUS,
        (_, RowScope::All, _) => why::ALL,
    }
}
