//! The table of families.
//!
//! The rule: rows are drawn once and then left alone, so that more rows do not close what is open; another answer, another
//! language or other columns draw them anew. What is pressed in a row is heard once, at the table. Deliberately absent: anything
//! reactive in a cell but its seal.

use super::{
    edit,
    grid::{Grid, family_of, keeps, name, rows},
    slices::Slice,
};
use crate::{
    text::{Text, Word, common, families as words, fill_now, staff, t, t_now},
    time,
    ui::{
        RevealTarget, Sealed, TableCard,
        shown::{Words, with_seal},
    },
};
use chrono::NaiveDate;
use contract::{
    FieldKey, Shown,
    ids::FamilyId,
    wire::{families::FamilyRow, students::StudentBrief, views::Column},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

impl Word for Column {
    fn word(self) -> Text {
        match self {
            Self::Phone => staff::GUARDIAN_PHONE,
            Self::BirthDate => FieldKey::StudentBirthDate.word(),
            Self::Address => FieldKey::StudentAddress.word(),
            Self::Stage => staff::STAGE,
            Self::Classes => staff::CLASSES,
            Self::Owner => staff::OWNER,
            Self::NextContact => staff::NEXT_CONTACT,
            Self::Campus => staff::CAMPUS,
            Self::Updated => words::UPDATED,
        }
    }
}

/// The columns of whoever has chosen none.
pub const USUAL: [Column; 7] =
    [Column::Phone, Column::BirthDate, Column::Address, Column::Stage, Column::Classes, Column::Owner, Column::NextContact];

/// How wide a column is beside the others.
const fn width(column: Column) -> &'static str {
    match column {
        Column::Phone | Column::Classes => " 16fr",
        Column::Address => " 14fr",
        Column::NextContact | Column::Updated | Column::BirthDate => " 12fr",
        Column::Stage | Column::Campus | Column::Owner => " 10fr",
    }
}

/// The table.
pub fn table(grid: Grid, caption: Signal<String>, busy: Signal<bool>, peek: RwSignal<Option<FamilyId>>) -> AnyView {
    let editing = RwSignal::new(None);
    let head = move || {
        let columns = grid.columns.get();
        columns.into_iter().map(|column| view! { <th scope="col">{move || t(column.word())}</th> }).collect_view()
    };
    let widths = move || {
        grid.columns
            .with(|columns| format!("calc(var(--pad) + 22px) 14fr{}", columns.iter().map(|column| width(*column)).collect::<String>()))
    };
    let pressed = move |event: web_sys::MouseEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Ok(Some(row)) = target.closest("tr[data-family]") else { return };
        if let Ok(Some(_)) = target.closest("[data-peek]") {
            peek.set(family_of(&row));
        } else if let Ok(Some(cell)) = target.closest("[data-edit]") {
            editing.set(edit::Cell::of(&row, &cell));
        } else if let Some(check) = target.dyn_ref::<HtmlInputElement>() {
            grid.choose(&row, check.checked(), event.shift_key());
        }
    };
    let all = move |event: web_sys::Event| {
        let on = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).is_some_and(|check| check.checked());
        grid.select(if on { rows().iter().filter_map(family_of).collect() } else { Vec::new() });
    };
    view! {
        <div class="list" style:--cols=widths data-density=move || grid.density.get().name() on:click=pressed>
            <TableCard label=Signal::derive(|| t(staff::LIST_LABEL).to_owned()) caption busy fixed="grid--families">
                <thead>
                    <tr>
                        <td class="grid__check">
                            <input class="check__box" type="checkbox" aria-label=move || t(words::SELECT_ALL) prop:checked=move || grid.selected.with(|ids| !ids.is_empty()) on:change=all />
                        </td>
                        <th scope="col">{move || t(staff::STUDENT)}</th>
                        {head}
                    </tr>
                </thead>
                <For each=move || grid.slices.drawn() key=Slice::key let:slice>
                    <tbody>{draw_all(&slice, grid)}</tbody>
                </For>
                <tbody class="grid__coming" aria-hidden="true" style:--rows=move || grid.slices.rows_to_come().to_string()></tbody>
            </TableCard>
            {edit::menu(grid, editing)}
        </div>
    }
    .into_any()
}

fn each(students: &[StudentBrief], value: impl Fn(&StudentBrief) -> Shown<String>) -> AnyView {
    students
        .iter()
        .enumerate()
        .map(|(at, student)| view! { {(at > 0).then_some(" · ")} <span class="nowrap">{still(&value(student))}</span> })
        .collect_view()
        .into_any()
}

fn still(value: &Shown<String>) -> AnyView {
    with_seal(value, None, Words::Still)
}

fn draw_all(slice: &Slice, grid: Grid) -> AnyView {
    let (today, keeps) = (time::today(), keeps());
    let columns = grid.columns.get_untracked();
    let selected = grid.selected.get_untracked();
    let draw = |row: &FamilyRow| draw(&grid.now(row), &columns, selected.contains(&row.id), today, keeps);
    slice.rows().iter().map(draw).collect_view().into_any()
}

fn draw(row: &FamilyRow, columns: &[Column], selected: bool, today: NaiveDate, keeps: bool) -> AnyView {
    let names = each(&row.students, |student| student.name.to_text());
    let (id, who) = (row.id.to_string(), name(row));
    let label = |text: Text| fill_now(text, &[("who", &who)]);
    let cells = columns.iter().map(|column| cell(row, *column, today, keeps)).collect_view();
    view! {
        <tr tabindex="-1" data-family=id.clone() aria-selected=selected.then_some("true")>
            <td class="grid__check"><input class="check__box" type="checkbox" aria-label=label(words::SELECT) checked=selected /></td>
            <th scope="row" class="grid__title">
                <a href=format!("/families/{id}") rel="external">{names}</a>
                <button class="grid__peek" type="button" data-peek="" aria-label=label(words::PEEK)>"›"</button>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(row: &FamilyRow, column: Column, today: NaiveDate, keeps: bool) -> AnyView {
    let label = t_now(column.word());
    let none = || view! { <span class="faint" aria-label=t_now(common::NOT_RECORDED)>"—"</span> }.into_any();
    let (class, view) = match column {
        Column::Phone => ("", phone(row)),
        Column::BirthDate => ("grid__minor", each(&row.students, |student| student.birth_date.to_text())),
        // Brothers and sisters mostly live together: one address a row.
        Column::Address => ("grid__minor", row.students.first().map(|student| still(&student.address.to_text())).into_any()),
        Column::Stage => {
            let view = view! { <span class=format!("stage stage--{}", row.stage.name())>{t_now(row.stage.word())}</span> }.into_any();
            ("grid__aside", edit::cell(column, t_now(row.stage.word()), view, keeps))
        }
        Column::Classes => ("", classes(row).into_any()),
        Column::Owner => {
            let name = row.owner.as_ref().map_or_else(|| t_now(staff::NOBODY).to_owned(), |owner| owner.name.clone());
            let view = row.owner.as_ref().map_or_else(none, |owner| owner.name.clone().into_any());
            ("", edit::cell(column, &name, view, keeps))
        }
        Column::NextContact => {
            let name = row.next_contact.map_or_else(|| t_now(words::NO_DAY).to_owned(), time::day);
            let view = row.next_contact.map_or_else(none, |day| {
                let late = (day <= today).then_some("tag tag--amber");
                view! { <time datetime=day.to_string() class=late>{time::day(day)}</time> }.into_any()
            });
            ("", edit::cell(column, &name, view, keeps))
        }
        Column::Campus => ("grid__minor", row.campus.name.clone().into_any()),
        Column::Updated => {
            ("grid__minor", view! { <time datetime=time::machine(row.updated_at)>{time::day_of(row.updated_at)}</time> }.into_any())
        }
    };
    // The stage stands beside the name on a phone, where it needs no word before it.
    let label = (column != Column::Stage).then_some(label);
    view! { <td class=class data-label=label>{view}</td> }.into_any()
}

fn phone(row: &FamilyRow) -> AnyView {
    match &row.guardian {
        Some(guardian) => {
            let (target, value) = (RevealTarget::Guardian(guardian.id), guardian.phone.to_text());
            view! { <Sealed target field=FieldKey::GuardianPhone value can=guardian.can.clone() words=Words::Still /> }.into_any()
        }
        None => view! { <span class="faint">{t_now(staff::NO_GUARDIAN)}</span> }.into_any(),
    }
}

fn classes(row: &FamilyRow) -> String {
    let mut classes: Vec<&str> = Vec::new();
    for class in row.students.iter().flat_map(|student| &student.classes) {
        if !classes.contains(&class.name.as_str()) {
            classes.push(&class.name);
        }
    }
    if classes.is_empty() { "—".to_owned() } else { classes.join("、") }
}
