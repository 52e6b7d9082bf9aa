//! The people in a report: their rights, and how much they did beside their peers.

use super::parts::{number, plain, table};
use crate::{
    text::{Word, audits, comma, fill, list, live, reports, t},
    time,
};
use contract::{
    Role,
    wire::{
        audits::{AuditPerson, AuditRight},
        reports::{Measure, Measured},
    },
};
use leptos::prelude::*;

fn name(person: &AuditPerson) -> AnyView {
    let (name, roles, active) = (person.name.clone(), person.roles.clone(), person.active);
    view! {
        <span class="step">
            <span>{name}</span>
            <span class="faint">
                {move || list(roles.iter().copied())} {(!active).then(|| view! { " · " {live(audits::GONE)} })}
            </span>
        </span>
    }
    .into_any()
}

/// Who has which roles, and what of them was used.
pub fn access(people: &[AuditPerson]) -> AnyView {
    let row = |person: &AuditPerson| {
        let used = person.last_used;
        let (roles, rights) = (person.unused_roles.clone(), person.unused_rights.clone());
        let few = person.active && person.passkeys < 2;
        let passkeys = person.passkeys.to_string();
        vec![
            name(person),
            view! { <span class="num">{move || used.map_or_else(|| t(audits::NEVER).to_owned(), time::day_of)}</span> }.into_any(),
            view! { <span class=if few { "tag tag--amber" } else { "" }>{passkeys}</span> }.into_any(),
            number(person.tokens.into()),
            number(person.sign_ins_refused.into()),
            if person.active { unused(roles, rights) } else { plain("—".to_owned()) },
        ]
    };
    let heads = vec![
        (audits::PERSON, false),
        (audits::LAST_USED, false),
        (audits::PASSKEYS, true),
        (audits::TOKENS, true),
        (audits::REFUSED_SIGN_INS, true),
        (audits::UNUSED, false),
    ];
    table(audits::ACCESS, || t(audits::ACCESS_CAPTION).to_owned(), heads, people.iter().map(row).collect())
}

/// Whole roles first, then single rights.
fn unused(roles: Vec<Role>, rights: Vec<AuditRight>) -> AnyView {
    if roles.is_empty() && rights.is_empty() {
        return view! { <span class="faint">{live(audits::ALL_USED)}</span> }.into_any();
    }
    let words = move || {
        let roles = roles.iter().map(|role| fill(audits::WHOLE_ROLE, &[("role", t(role.word()))]));
        roles.chain(rights.iter().map(|right| t(right.word()).to_owned())).collect::<Vec<_>>().join(comma())
    };
    view! { <span>{words}</span> }.into_any()
}

/// Who did how much.
pub fn measures(people: &[AuditPerson]) -> AnyView {
    let row = |person: &AuditPerson| {
        let mut cells = vec![name(person)];
        cells.extend(person.measures.iter().map(measured));
        cells
    };
    let mut heads = vec![(audits::PERSON, false)];
    heads.extend(Measure::ALL.iter().map(|measure| (measure.word(), true)));
    table(audits::USE, || t(audits::USE_CAPTION).to_owned(), heads, people.iter().map(row).collect())
}

fn measured(of: &Measured) -> AnyView {
    let Measured { total, peers, stands_out, .. } = *of;
    view! {
        <span class="measured">
            {stands_out.then(|| view! { <span class="tag tag--amber">{live(reports::TRIPLE)}</span> })}
            {number(total.into())}
            {peers.map(|peers| view! { <span class="faint">" / " {peers.median}</span> })}
        </span>
    }
    .into_any()
}
