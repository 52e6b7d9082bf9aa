//! What the school keeps, grouped by how far it goes, with who sees it in which form, and the way to correct it.
//!
//! The rule: what is not recorded is said in one quiet line; it needs no audience.

use super::{
    asked, audience,
    audience::Reach,
    child::{self, Tab},
    correct::{self, Correcting},
    looks::printed,
};
use crate::{
    api,
    text::{Text, Word, fill, live, portal, t},
    time,
    ui::{
        Loader,
        shown::{Form, ShownValue, form},
    },
};
use contract::{
    FieldKey, Shown,
    ids::StudentId,
    wire::{
        corrections::{CorrectionState, Corrections},
        portal::{Audience, ChildCard},
    },
};
use leptos::prelude::*;

type Entry = (FieldKey, Shown<String>);

/// Draws the page of a child with one of these parts open.
pub fn held_page() -> AnyView {
    child::page(|tab, card| match tab {
        Tab::Me => myself(card),
        Tab::Held | Tab::Who => held(card),
    })
}

/// About the child.
fn held(card: &ChildCard) -> AnyView {
    let student = &card.student;
    let entries = vec![
        (FieldKey::StudentName, student.name.to_text()),
        (FieldKey::StudentBirthDate, student.birth_date.to_text()),
        (FieldKey::StudentSchool, student.school.to_text()),
        (FieldKey::StudentAddress, student.address.to_text()),
        (FieldKey::StudentHealthNote, student.health_note.to_text()),
        (FieldKey::StudentIdCard, student.id_card.to_text()),
    ];
    part("held", portal::HELD, entries, card)
}

/// About the guardian.
fn myself(card: &ChildCard) -> AnyView {
    let me = &card.me;
    let entries = vec![
        (FieldKey::GuardianName, me.name.to_text()),
        (FieldKey::GuardianPhone, me.phone.to_text()),
        (FieldKey::GuardianSecondPhone, me.second_phone.to_text()),
        (FieldKey::GuardianWechat, me.wechat.to_text()),
        (FieldKey::GuardianEmail, me.email.to_text()),
        (FieldKey::GuardianAddress, me.address.to_text()),
        (FieldKey::GuardianEmployer, me.employer.to_text()),
        (FieldKey::GuardianIdCard, me.id_card.to_text()),
    ];
    part("myself", portal::ME, entries, card)
}

fn part(id: &'static str, title: Text, entries: Vec<Entry>, card: &ChildCard) -> AnyView {
    let child: StudentId = card.student.id;
    let reader = card.me.name.to_text();
    let corrections = Loader::new(move || async move { api::portal::corrections(child).await });
    let correcting = Correcting::new(child, corrections);
    let (kept, empty): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|(_, value)| is_recorded(value));
    let missing: Vec<FieldKey> = empty.into_iter().map(|(field, _)| field).collect();
    let fields: Vec<FieldKey> = kept.iter().map(|(field, _)| *field).chain(missing.iter().copied()).collect();
    let of = |field| card.audience.iter().find(|one| one.field == field).cloned();
    let mut rows: Vec<(Entry, Audience)> = kept.into_iter().filter_map(|(field, value)| Some(((field, value), of(field)?))).collect();
    let groups: Vec<(Reach, Vec<(Entry, Audience)>)> = Reach::ALL
        .into_iter()
        .map(|reach| (reach, rows.extract_if(.., |(_, audience)| Reach::of(&audience.roles) == reach).collect()))
        .collect();
    let numbers = groups.iter().map(|(reach, rows)| number(*reach, rows.len())).collect_view();
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id>{live(title)}</h2>
            <ul class="reaches">{numbers}</ul>
            <p class="muted">{live(portal::HELD_LINE)}</p>
            {asked::asked(fields, corrections)}
            {groups.map(|(reach, rows)| view! {
                <section class="card">
                    <header class="card__head"><h3>{live(reach.word())}</h3></header>
                    <dl class="card__body held">{rows.into_iter().map(|(entry, audience)| row(entry, &audience, correcting)).collect_view()}</dl>
                </section>
            }).collect_view()}
            {(!missing.is_empty()).then(|| view! {
                <p class="faint">
                    {live(portal::NOT_KEPT)} " "
                    {missing.iter().map(|field| add(*field, correcting)).collect_view()}
                </p>
            })}
            <p class="printed">{move || printed(&reader)}</p>
        </section>
        {correct::dialog(correcting)}
    }
    .into_any()
}

fn is_recorded(value: &Shown<String>) -> bool {
    match form(value) {
        Form::Clear(text) | Form::Masked(text) => !text.is_empty(),
        Form::Withheld => true,
    }
}

fn number(reach: Reach, count: usize) -> AnyView {
    view! { <li class="reaches__one"><span class="figure__number">{count}</span><span>{live(reach.word())}</span></li> }.into_any()
}

fn row((field, value): Entry, audience: &Audience, correcting: Correcting) -> AnyView {
    let now = value.clone();
    view! {
        <div class="held__row">
            <dt>{live(field.word())}</dt>
            <dd class="held__value">
                <ShownValue value />
                <span class="end no-print">{move || match open_until(field, correcting.corrections) {
                    Some(due) => view! { <span class="tag tag--amber">{fill(portal::UNDER_WAY, &[("day", &due)])}</span> }.into_any(),
                    None => button(field, now.clone(), correcting),
                }}</span>
            </dd>
            <dd class="held__who">{audience::lines(audience)}</dd>
        </div>
    }
    .into_any()
}

/// The last day for an answer, where a correction of the field is open.
fn open_until(field: FieldKey, corrections: Loader<Corrections>) -> Option<String> {
    let open = corrections.get()?.items.into_iter().find(|one| one.field == field && one.state == CorrectionState::Open)?;
    Some(time::day(open.due))
}

fn button(field: FieldKey, now: Shown<String>, correcting: Correcting) -> AnyView {
    view! {
        <button
            class="link"
            type="button"
            aria-label=move || fill(portal::CORRECT_FIELD, &[("field", t(field.word()))])
            on:click=move |_| correcting.begin(field, Some(now.clone()))
        >
            {live(portal::CORRECT)}
        </button>
    }
    .into_any()
}

/// What is not recorded can be added the same way.
fn add(field: FieldKey, correcting: Correcting) -> AnyView {
    view! { <button class="link held__add" type="button" on:click=move |_| correcting.begin(field, None)>{live(field.word())}</button> " " }
        .into_any()
}
