//! Before saving: who gains and who loses what, as the server computes it, and what must not be seen together.
//!
//! The rule: the numbers and the names are the server's. Deliberately absent: a way to save what a joint rule refuses; the server
//! would not take it either.

use super::{super::joint, words};
use crate::{
    text::{Word, admin, comma, fill, live, matrix, t},
    ui::{Note, Tone},
};
use contract::{
    Role,
    wire::policy::{CellEffect, ConditionEffect, JointConcern, People, PolicyImpact, RoleEffect, RolePeople, ScopeEffect},
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What becomes different: cells, scopes, conditions, the school's own roles.
pub type Effects<'a> = (&'a [CellEffect], &'a [ScopeEffect], &'a [ConditionEffect], &'a [RoleEffect]);

/// Whether the server would refuse to save it.
pub fn refused(impact: &PolicyImpact) -> bool {
    impact.concerns.iter().any(|concern| concern.refused)
}

/// The whole of it, role by role.
pub fn impact(impact: PolicyImpact) -> AnyView {
    let PolicyImpact { cells, scopes, conditions, roles, people, concerns, .. } = impact;
    if people.is_empty() {
        return view! { <p class="muted">{live(matrix::NO_EFFECT)}</p> }.into_any();
    }
    let parts = people.into_iter().map(|held| part(held.role, Some(held), (&cells, &scopes, &conditions, &roles)));
    view! { {concerns.into_iter().map(concern).collect_view()} {parts.collect_view()} }.into_any()
}

/// What one version made different, without people.
pub fn difference(effects: Effects<'_>) -> AnyView {
    let (cells, scopes, conditions, roles) = effects;
    let touched = cells.iter().map(|one| one.role).chain(scopes.iter().map(|one| one.role)).chain(conditions.iter().map(|one| one.role));
    let touched: BTreeSet<Role> = touched.chain(roles.iter().map(|one| Role::Custom(one.to.role))).collect();
    touched.into_iter().map(|role| part(role, None, effects)).collect_view().into_any()
}

fn concern(concern: JointConcern) -> AnyView {
    let tone = if concern.refused { Tone::Error } else { Tone::Caution };
    view! { <Note tone>{move || joint::words(&concern)}</Note> }.into_any()
}

/// So many names stand in a line.
const NAMES: usize = 12;

/// Some people: the first names and how many they are, or how many where nobody is named.
fn who(people: &People) -> String {
    let n = people.many.to_string();
    let names: Vec<&str> = people.names.iter().map(String::as_str).take(NAMES).collect();
    let names = names.join(comma());
    match people.names.len() {
        0 => fill(matrix::WHO_MANY, &[("n", &n)]),
        all if all > NAMES => fill(matrix::WHO_MORE, &[("names", &names), ("n", &n)]),
        _ => names,
    }
}

/// Who gains and who loses by what becomes different in the row of a role. An emergency is nobody's before it is opened.
fn moved(RolePeople { role, people: _, gain, lose }: RolePeople) -> Option<AnyView> {
    if role == Role::Emergency {
        return None;
    }
    let line = move || {
        let lines = [(&gain, matrix::WHO_GAIN), (&lose, matrix::WHO_LOSE)].into_iter().filter(|(people, _)| people.many > 0);
        let lines: Vec<String> = lines.map(|(people, words)| fill(words, &[("who", &who(people))])).collect();
        if lines.is_empty() { t(matrix::WHO_NOBODY).to_owned() } else { lines.join(" · ") }
    };
    Some(view! { <p class="muted">{line}</p> }.into_any())
}

fn part(role: Role, held: Option<RolePeople>, (cells, scopes, conditions, roles): Effects<'_>) -> AnyView {
    let people = held.as_ref().map(|held| held.people);
    let head = move || match people {
        Some(_) if role == Role::Emergency => fill(matrix::PEOPLE_EMERGENCY, &[("role", t(role.word()))]),
        Some(people) => fill(matrix::PEOPLE, &[("role", t(role.word())), ("n", &people.to_string())]),
        None => t(role.word()).to_owned(),
    };
    let lines = cells.iter().copied().filter(|cell| cell.role == role).map(|cell| {
        line(move || words::full(cell.field), move || words::all(cell.from), move || words::all(cell.to), cell.gains, cell.loses)
    });
    let scopes = scopes.iter().copied().filter(|scope| scope.role == role).map(|scope| {
        line(
            || t(admin::SCOPE).to_owned(),
            move || t(scope.from.word()).to_owned(),
            move || t(scope.to.word()).to_owned(),
            scope.gains,
            scope.loses,
        )
    });
    let conditions = conditions.iter().filter(|one| one.role == role).cloned().map(|one| {
        let ConditionEffect { role: _, from, to, gains, loses } = one;
        line(|| t(matrix::WHEN).to_owned(), move || words::condition(&from), move || words::condition(&to), gains, loses)
    });
    let names = roles.iter().filter(|one| Role::Custom(one.to.role) == role).cloned().map(|one| {
        let RoleEffect { from, to, gains, loses } = one;
        line(|| t(matrix::ROLE_NAME).to_owned(), move || words::name(&from), move || words::name(&to), gains, loses)
    });
    view! {
        <h3 class="impact__role">{head}</h3>
        {held.and_then(moved)}
        <ul class="impact">{names.chain(lines).chain(scopes).chain(conditions).collect_view()}</ul>
    }
    .into_any()
}

type Words = Box<dyn Fn() -> String + Send>;

fn line(
    what: impl Fn() -> String + Send + 'static,
    from: impl Fn() -> String + Send + 'static,
    to: impl Fn() -> String + Send + 'static,
    gains: bool,
    loses: bool,
) -> AnyView {
    let (what, from, to): (Words, Words, Words) = (Box::new(what), Box::new(from), Box::new(to));
    view! {
        <li class="impact__line">
            <span class="impact__ways">
                {gains.then(|| view! { <span class="tag tag--amber">{live(matrix::GAINS)}</span> })}
                {loses.then(|| view! { <span class="tag tag--jade">{live(matrix::LOSES)}</span> })}
            </span>
            <span><b>{what}</b> " " <del class="diff__del">{from}</del> " → " <ins class="diff__ins">{to}</ins></span>
        </li>
    }
    .into_any()
}
