//! Who sees one field: people by what they see and why, those who see most first.
//!
//! The rule: whoever does not see it stands in the answer too, folded. Deliberately absent: the names of guardians.

use super::{About, Question, address, reasons, seen};
use crate::{
    text::{Word, comma, fill, live, t, why},
    ui::{Note, TableCard, Tone},
};
use contract::{
    Exposure, Reveal,
    wire::why::{RecordsSights, Sight, Sights},
};
use leptos::prelude::*;

/// The answer.
pub fn sights(about: About, answer: Sights) -> AnyView {
    let Sights { version, field, seen } = answer;
    let what = move || super::super::words::full(field);
    let none = seen.is_empty();
    let several = seen.len() > 1;
    view! {
        {seen::head(move || fill(why::SEES, &[("field", &what())]), version)}
        {none.then(|| view! { <Note tone=Tone::Info>{live(why::NO_RECORD)}</Note> })}
        {seen.into_iter().map(|seen| {
            let RecordsSights { records, sights } = seen;
            let marks = seen::marks(&records);
            let (some, others): (Vec<Sight>, Vec<Sight>) =
                sights.into_iter().partition(|sight| sight.form > Exposure::Withheld || sight.reveal > Reveal::No);
            let many: usize = others.iter().map(|sight| sight.people.len() + usize::try_from(sight.guardians).unwrap_or_default()).sum();
            let marks = StoredValue::new(marks);
            let kind = field.record();
            let of = move || marks.with_value(|marks| fill(why::RECORDS, &[("kind", t(kind.word())), ("marks", marks)]));
            let not = move || fill(why::NOT_SEEN, &[("n", &many.to_string())]);
            view! {
                {several.then(|| view! { <h3>{of}</h3> })}
                {if some.is_empty() {
                    view! { <Note tone=Tone::Info>{live(why::NOBODY)}</Note> }.into_any()
                } else {
                    table(about, version, some, Signal::derive(of))
                }}
                {(many > 0).then(|| view! {
                    <details class="why__others">
                        <summary>{not}</summary>
                        {table(about, version, others, Signal::derive(move || format!("{} · {}", not(), of())))}
                    </details>
                })}
            }
        }).collect_view()}
    }
    .into_any()
}

fn table(about: About, version: i64, sights: Vec<Sight>, caption: Signal<String>) -> AnyView {
    let heads = [why::FORM, why::OPENS, why::WHO, why::WHY];
    let row = move |sight: Sight| {
        let Sight { form, reveal, steps, people, guardians } = sight;
        let guardians = (guardians > 0).then_some(move || fill(why::GUARDIANS, &[("n", &guardians.to_string())]));
        let named = people.into_iter().enumerate().map(move |(at, person)| {
            view! {
                {(at > 0).then_some(comma)}
                <a href=address(about, Question::Person(person.id))>{person.name}</a>
            }
        });
        view! {
            <tr>
                <td data-label=move || t(why::FORM)>{reasons::form(form)}</td>
                <td data-label=move || t(why::OPENS)>{reasons::opens(reveal)}</td>
                <td data-label=move || t(why::WHO) class="grid__words why__people"><span>{named.collect_view()} {guardians}</span></td>
                <td data-label=move || t(why::WHY) class="grid__words">{reasons::reasons(version, &steps)}</td>
            </tr>
        }
    };
    view! {
        <TableCard label=caption caption>
            <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{live(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{sights.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}
