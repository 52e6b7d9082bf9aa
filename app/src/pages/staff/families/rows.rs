//! The table of families.
//!
//! The rule: a row is drawn anew exactly when something that it shows has changed, so that more rows do not close what is open.

use crate::{
    text::{Word, common, staff, t},
    time,
    ui::{RevealTarget, Sealed, ShownValue, StageTag, TableCard},
};
use contract::{
    FieldKey,
    wire::{families::FamilyRow, students::StudentBrief},
};
use leptos::prelude::*;

/// Id of a row in the document.
pub fn row_id(row: &FamilyRow) -> String {
    format!("row-{}", row.id)
}

/// The table.
#[component]
pub fn Rows(
    /// The rows.
    rows: Signal<Vec<FamilyRow>>,
    /// How many, masked by whose rights, recorded.
    caption: Signal<String>,
    /// Whether the list is being read again.
    busy: Signal<bool>,
) -> impl IntoView {
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
            <tbody>
                <For each=move || rows.get() key=|row| serde_json::to_string(row).unwrap_or_default() let:row>
                    {draw(row)}
                </For>
            </tbody>
        </TableCard>
    }
    .into_any()
}

fn each(students: &[StudentBrief], show: impl Fn(&StudentBrief) -> AnyView) -> AnyView {
    students
        .iter()
        .enumerate()
        .map(|(at, student)| view! { {(at > 0).then_some(" · ")} <span class="nowrap">{show(student)}</span> })
        .collect_view()
        .into_any()
}

fn draw(row: FamilyRow) -> AnyView {
    let id = row_id(&row);
    let names = each(&row.students, |student| view! { <ShownValue value=student.name.to_text() /> }.into_any());
    let births = each(&row.students, |student| view! { <ShownValue value=student.birth_date.to_text() /> }.into_any());
    // Brothers and sisters mostly live together: one address a row.
    let address = row.students.first().map(|student| view! { <ShownValue value=student.address.to_text() /> });
    let mut classes: Vec<&str> = Vec::new();
    for class in row.students.iter().flat_map(|student| &student.classes) {
        if !classes.contains(&class.name.as_str()) {
            classes.push(&class.name);
        }
    }
    let classes = if classes.is_empty() { "—".to_owned() } else { classes.join("、") };
    let phone = row.guardian.map(|guardian| {
        view! {
            <Sealed target=RevealTarget::Guardian(guardian.id) field=FieldKey::GuardianPhone value=guardian.phone.to_text() can=guardian.can.clone() />
        }
        .into_any()
    });
    let late = row.next_contact.is_some_and(|day| day <= time::today());
    view! {
        <tr id=id tabindex="-1" data-family=row.id.to_string()>
            <th scope="row" class="grid__title"><a href=format!("/families/{}", row.id)>{names}</a></th>
            <td data-label=move || t(staff::GUARDIAN_PHONE)>{phone.unwrap_or_else(|| view! { <span class="faint">{move || t(staff::NO_GUARDIAN)}</span> }.into_any())}</td>
            <td data-label=move || t(FieldKey::StudentBirthDate.word()) class="grid__minor">{births}</td>
            <td data-label=move || t(FieldKey::StudentAddress.word()) class="grid__minor">{address}</td>
            <td class="grid__aside"><StageTag stage=row.stage /></td>
            <td data-label=move || t(staff::CLASSES)>{classes}</td>
            <td data-label=move || t(staff::OWNER)>{row.owner.map_or_else(|| "—".to_owned(), |owner| owner.name)}</td>
            <td data-label=move || t(staff::NEXT_CONTACT)>
                {match row.next_contact {
                    Some(day) => view! {
                        <time datetime=day.to_string() class=late.then_some("tag tag--amber")>{move || time::day(day)}</time>
                    }.into_any(),
                    None => view! { <span class="faint" aria-label=move || t(common::NOT_RECORDED)>"—"</span> }.into_any(),
                }}
            </td>
        </tr>
    }
    .into_any()
}
