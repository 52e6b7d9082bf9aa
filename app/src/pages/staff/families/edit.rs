//! Changing a fact in the row: stage, consultant, next contact.
//!
//! The rule: one small menu serves all rows and is anchored to the cell that opened it; what becomes of the change is said beside
//! that cell. A change names the version that was seen, so that nobody overwrites another's unseen; it answers with an outcome and
//! discloses nothing. Deliberately absent: showing a change before the server has stored it.

use super::grid::{Grid, family_of, row_of, why};
use crate::{
    api,
    text::{Word, common, families as words, fill_now, staff, t, t_now},
    time,
    ui::{menu::close, toast},
};
use chrono::{Days, NaiveDate};
use contract::{
    Change,
    ids::FamilyId,
    wire::{
        families::{BulkChange, BulkFamily, BulkOutcome},
        school::Stage,
        views::Column,
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const MENU: &str = "cell-menu";
/// The columns that can be changed.
const EDITABLE: [Column; 3] = [Column::Stage, Column::Owner, Column::NextContact];

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    family: FamilyId,
    column: Column,
}

impl Cell {
    /// The cell of a button in a row.
    pub fn of(row: &Element, button: &Element) -> Option<Self> {
        let name = button.get_attribute("data-edit")?;
        Some(Self { family: family_of(row)?, column: EDITABLE.into_iter().find(|column| column.name() == name)? })
    }
    fn button(self) -> Option<HtmlElement> {
        let row = row_of(self.family)?;
        row.query_selector(&format!("[data-edit={}]", self.column.name())).ok()??.dyn_into().ok()
    }
    /// Says beside the cell how far the change has come.
    fn say(self, state: &str, title: &str) {
        if let Some(button) = self.button() {
            let _ = button.set_attribute("data-state", state);
            button.set_title(title);
        }
    }
}

/// What stands in a cell; a button where it can be changed.
pub fn cell(column: Column, now: &str, view: AnyView, keeps: bool) -> AnyView {
    if !keeps {
        return view;
    }
    let label = fill_now(words::CHANGE, &[("what", t_now(column.word())), ("now", now)]);
    view! {
        <button class="grid__edit" type="button" data-edit=column.name() popovertarget=MENU aria-haspopup="dialog" aria-label=label>{view}</button>
    }
    .into_any()
}

/// Opens the first cell of a row that can be changed.
pub fn begin(row: &Element) {
    if let Ok(Some(button)) = row.query_selector("[data-edit]")
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        button.click();
    }
}

/// The menu; `editing` says whose it is.
pub fn menu(grid: Grid, editing: RwSignal<Option<Cell>>) -> AnyView {
    let said = RwSignal::new(String::new());
    let send = move |wish: BulkChange| {
        close(MENU);
        let Some(cell) = editing.get_untracked() else { return };
        let Some(row) = grid.row(cell.family) else { return };
        let wish = BulkChange { families: vec![BulkFamily { id: row.id, version: row.version }], ..wish };
        cell.say("saving", t_now(words::SAVING));
        spawn_local(async move {
            let answer = api::families::bulk(&wish).await;
            if said.is_disposed() {
                return;
            }
            let outcome = answer.as_ref().ok().and_then(|report| report.families.first()).map(|line| line.outcome);
            let had_focus = cell.button().is_some_and(|button| Some(button.into()) == document().active_element());
            if let Ok(report) = &answer {
                grid.take(&wish, &report.families);
            }
            let words = match (&answer, outcome) {
                (_, Some(outcome)) => why(outcome).to_owned(),
                (Err(error), _) => t_now(error.text()).to_owned(),
                _ => t_now(words::NOT_SENT).to_owned(),
            };
            let fine = matches!(outcome, Some(BulkOutcome::Changed | BulkOutcome::Already));
            if fine {
                set_timeout(move || cell.say("", ""), Duration::from_secs(3));
                said.set(words.clone());
            } else {
                toast::warn(words.clone());
            }
            // After the row has been drawn anew.
            let told = move || {
                cell.say(if fine { "saved" } else { "failed" }, &words);
                if had_focus && let Some(button) = cell.button() {
                    let _ = button.focus();
                }
            };
            set_timeout(told, Duration::from_millis(30));
        });
    };
    let item = move |words: String, on: bool, wish: BulkChange| {
        view! { <button class="menu__item" type="button" aria-current=on.then_some("true") on:click=move |_| send(wish.clone())>{words}</button> }.into_any()
    };
    let items = move || {
        let cell = editing.get()?;
        let row = grid.row(cell.family)?;
        let wish = BulkChange::default;
        Some(match cell.column {
            Column::Stage => {
                let each =
                    |stage: &Stage| item(t(stage.word()).to_owned(), *stage == row.stage, BulkChange { stage: Some(*stage), ..wish() });
                Stage::ALL.iter().map(each).collect_view().into_any()
            }
            Column::Owner => {
                let now = row.owner.as_ref().map(|owner| owner.id);
                let each = |one: contract::wire::school::StaffRef| {
                    item(one.name, now == Some(one.id), BulkChange { owner: Some(one.id), ..wish() })
                };
                grid.school.get().consultants.into_iter().map(each).collect_view().into_any()
            }
            _ => {
                let today = time::today();
                let on = |day: NaiveDate| BulkChange { next_contact: Change::Set(day), ..wish() };
                let near = [(words::TODAY, today), (words::TOMORROW, today + Days::new(1)), (words::IN_A_WEEK, today + Days::new(7))];
                let near = near.map(|(word, day)| item(t(word).to_owned(), row.next_contact == Some(day), on(day)));
                let typed = move |event: web_sys::Event| {
                    if let Ok(day) = event_target_value(&event).parse() {
                        send(BulkChange { next_contact: Change::Set(day), ..BulkChange::default() });
                    }
                };
                let value = row.next_contact.map(|day| day.to_string());
                view! {
                    {near.into_iter().collect_view()}
                    <input class="input" type="date" aria-label=t(staff::NEXT_CONTACT) value=value on:change=typed />
                    {item(t(words::NO_DAY).to_owned(), row.next_contact.is_none(), BulkChange { next_contact: Change::Erase, ..wish() })}
                }
                .into_any()
            }
        })
    };
    let title = move || editing.get().map_or("", |cell| t(cell.column.word()));
    view! {
        <div class="menu menu--cell" id=MENU popover="auto" role="dialog" aria-label=title>
            <p class="menu__title">{title}</p>
            {items}
            <button class="menu__item visually-hidden" type="button" on:click=move |_| close(MENU)>{move || t(common::CLOSE)}</button>
        </div>
        <span class="visually-hidden" role="status">{move || said.get()}</span>
    }
    .into_any()
}
