//! The table of families.
//!
//! The rule: rows are drawn once and then left alone, so that more rows do not close what is open; another answer, or another
//! language, draws them anew. Deliberately absent: anything reactive in a cell but its seal.

use super::{
    answer::Answer,
    slices::{Slice, Slices},
};
use crate::{
    text::{Word, common, staff, t, t_now},
    time,
    ui::{
        RevealTarget, Sealed, TableCard,
        shown::{Words, with_seal},
    },
};
use chrono::NaiveDate;
use contract::{
    FieldKey, Shown,
    wire::{families::FamilyRow, students::StudentBrief},
};
use leptos::prelude::*;

/// The table.
#[component]
pub fn Rows(
    /// What the server answered, in the order of the rows.
    answers: Signal<Vec<Answer>>,
    /// How many, masked by whose rights, recorded.
    caption: Signal<String>,
    /// Whether the list is being read again.
    busy: Signal<bool>,
) -> impl IntoView {
    let slices = Slices::new(answers);
    let head = |words: fn() -> &'static str| view! { <th scope="col">{words}</th> };
    view! {
        <TableCard label=Signal::derive(|| t(staff::LIST_LABEL).to_owned()) caption busy fixed="grid--families">
            <thead>
                <tr>
                    {head(|| t(staff::STUDENT))}
                    {head(|| t(staff::GUARDIAN_PHONE))}
                    {head(|| t(FieldKey::StudentBirthDate.word()))}
                    {head(|| t(FieldKey::StudentAddress.word()))}
                    {head(|| t(staff::STAGE))}
                    {head(|| t(staff::CLASSES))}
                    {head(|| t(staff::OWNER))}
                    {head(|| t(staff::NEXT_CONTACT))}
                </tr>
            </thead>
            <For each=move || slices.drawn() key=Slice::key let:slice>
                <tbody>{draw_all(&slice)}</tbody>
            </For>
            <tbody class="grid__coming" aria-hidden="true" style:--rows=move || slices.rows_to_come().to_string()></tbody>
        </TableCard>
    }
    .into_any()
}

fn each(students: &[StudentBrief], value: impl Fn(&StudentBrief) -> Shown<String>) -> AnyView {
    students
        .iter()
        .enumerate()
        .map(|(at, student)| view! { {(at > 0).then_some(" · ")} <span class="nowrap">{plain(&value(student))}</span> })
        .collect_view()
        .into_any()
}

fn plain(value: &Shown<String>) -> AnyView {
    with_seal(value, None, Words::Still)
}

fn draw_all(slice: &Slice) -> AnyView {
    let today = time::today();
    slice.rows().iter().map(|row| draw(row, today)).collect_view().into_any()
}

fn draw(row: &FamilyRow, today: NaiveDate) -> AnyView {
    let names = each(&row.students, |student| student.name.to_text());
    let births = each(&row.students, |student| student.birth_date.to_text());
    // Brothers and sisters mostly live together: one address a row.
    let address = row.students.first().map(|student| plain(&student.address.to_text()));
    let mut classes: Vec<&str> = Vec::new();
    for class in row.students.iter().flat_map(|student| &student.classes) {
        if !classes.contains(&class.name.as_str()) {
            classes.push(&class.name);
        }
    }
    let classes = if classes.is_empty() { "—".to_owned() } else { classes.join("、") };
    let phone = row.guardian.as_ref().map(|guardian| {
        let (target, value) = (RevealTarget::Guardian(guardian.id), guardian.phone.to_text());
        view! { <Sealed target field=FieldKey::GuardianPhone value can=guardian.can.clone() words=Words::Still /> }.into_any()
    });
    let phone = phone.unwrap_or_else(|| view! { <span class="faint">{t_now(staff::NO_GUARDIAN)}</span> }.into_any());
    let owner = row.owner.as_ref().map_or_else(|| "—".to_owned(), |owner| owner.name.clone());
    let contact = match row.next_contact {
        Some(day) => {
            let late = (day <= today).then_some("tag tag--amber");
            view! { <time datetime=day.to_string() class=late>{time::day(day)}</time> }.into_any()
        }
        None => view! { <span class="faint" aria-label=t_now(common::NOT_RECORDED)>"—"</span> }.into_any(),
    };
    let id = row.id.to_string();
    view! {
        <tr tabindex="-1" data-family=id.clone()>
            <th scope="row" class="grid__title"><a href=format!("/families/{id}")>{names}</a></th>
            <td data-label=t_now(staff::GUARDIAN_PHONE)>{phone}</td>
            <td data-label=t_now(FieldKey::StudentBirthDate.word()) class="grid__minor">{births}</td>
            <td data-label=t_now(FieldKey::StudentAddress.word()) class="grid__minor">{address}</td>
            <td class="grid__aside"><span class=format!("stage stage--{}", row.stage.name())>{t_now(row.stage.word())}</span></td>
            <td data-label=t_now(staff::CLASSES)>{classes}</td>
            <td data-label=t_now(staff::OWNER)>{owner}</td>
            <td data-label=t_now(staff::NEXT_CONTACT)>{contact}</td>
        </tr>
    }
    .into_any()
}
