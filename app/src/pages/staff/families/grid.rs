//! What the parts of the list share: the rows that came, those that were changed since, which are selected, which columns show.
//!
//! The rule: rows are drawn once and hold nothing reactive; whoever changes one draws its slice anew, and marks of the moment, such
//! as a selection, are set on the elements. Deliberately absent: a copy of the list outside this page.

use super::{answer::Answer, slices::Slices};
use crate::{session, text::t_now, ui::shown::plain};
use contract::{
    Change, Duty,
    ids::FamilyId,
    wire::{
        families::{BulkChange, BulkLine, BulkOutcome, FamilyRow},
        school::SchoolFacts,
        views::{Column, Density},
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// The list, for its parts.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The answers, in the order of the rows.
    pub answers: Memo<Option<Vec<Answer>>>,
    /// What is drawn of them.
    pub slices: Slices,
    /// Which families are selected.
    pub selected: RwSignal<Vec<FamilyId>>,
    /// The columns beside the names.
    pub columns: RwSignal<Vec<Column>>,
    /// How close the rows stand.
    pub density: RwSignal<Density>,
    /// The school.
    pub school: Memo<SchoolFacts>,
    /// Rows as they became by a change.
    changed: StoredValue<Vec<FamilyRow>>,
}

impl Grid {
    /// Nothing is selected and nothing changed.
    pub fn new(
        answers: Memo<Option<Vec<Answer>>>,
        columns: RwSignal<Vec<Column>>,
        density: RwSignal<Density>,
        school: Memo<SchoolFacts>,
    ) -> Self {
        let changed = StoredValue::new(Vec::new());
        // What is answered anew is newer than what was changed before.
        Effect::new(move |before: Option<Option<Answer>>| {
            let first = answers.with(|answers| answers.as_ref().and_then(|answers| answers.first().cloned()));
            if before.is_some_and(|before| before != first) {
                changed.set_value(Vec::new());
            }
            first
        });
        let slices = Slices::new(Signal::derive(move || answers.get().unwrap_or_default()), columns);
        Self { answers, slices, selected: RwSignal::new(Vec::new()), columns, density, school, changed }
    }
    /// A row as it is now.
    pub fn row(self, id: FamilyId) -> Option<FamilyRow> {
        let came =
            || self.answers.with_untracked(|all| all.iter().flatten().flat_map(|answer| &answer.items).find(|row| row.id == id).cloned());
        self.changed.with_value(|changed| changed.iter().find(|row| row.id == id).cloned()).or_else(came)
    }
    /// The same for a row that came.
    pub fn now(self, row: &FamilyRow) -> FamilyRow {
        self.changed.with_value(|changed| changed.iter().find(|other| other.id == row.id).cloned()).unwrap_or_else(|| row.clone())
    }
    /// What a row is called, for labels.
    pub fn name(self, id: FamilyId) -> String {
        self.row(id).map(|row| name(&row)).unwrap_or_default()
    }
    /// Puts into the rows what a change has made of them.
    pub fn take(self, wish: &BulkChange, report: &[BulkLine]) {
        for line in report.iter().filter(|line| line.outcome == BulkOutcome::Changed) {
            let Some(mut row) = self.row(line.id) else { continue };
            row.version = row.version.saturating_add(1);
            row.stage = wish.stage.unwrap_or(row.stage);
            if let Some(owner) = wish.owner {
                row.owner = self.school.with_untracked(|school| school.consultants.iter().find(|one| one.id == owner).cloned());
            }
            match wish.next_contact {
                Change::Keep => {}
                Change::Set(day) => row.next_contact = Some(day),
                Change::Erase => row.next_contact = None,
            }
            self.changed.update_value(|changed| {
                changed.retain(|other| other.id != row.id);
                changed.push(row);
            });
            self.slices.refresh(line.id);
        }
    }
    /// Selects these families and no others, on the elements too.
    pub fn select(self, ids: Vec<FamilyId>) {
        for element in rows() {
            mark(&element, family_of(&element).is_some_and(|id| ids.contains(&id)));
        }
        self.selected.set(ids);
    }
    /// Selects a family or not; with `up_to` all from the last one on.
    pub fn choose(self, row: &Element, on: bool, up_to: bool) {
        let Some(id) = family_of(row) else { return };
        let all = rows();
        let place = |id: FamilyId| all.iter().position(|row| family_of(row) == Some(id));
        let last = self.selected.with_untracked(|ids| ids.last().copied()).filter(|_| up_to).and_then(place);
        let (Some(here), Some(last)) = (place(id), last.or_else(|| place(id))) else { return };
        let among = &all.get(here.min(last)..=here.max(last)).unwrap_or_default();
        let mut ids = self.selected.get_untracked();
        // The one that was pressed comes last: it is where the next range begins.
        for id in among.iter().filter_map(family_of).filter(|other| *other != id).chain([id]).collect::<Vec<_>>() {
            ids.retain(|other| *other != id);
            if on {
                ids.push(id);
            }
        }
        self.select(ids);
    }
}

/// The names in a row, as the viewer sees them.
pub fn name(row: &FamilyRow) -> String {
    untrack(|| row.students.iter().map(|student| plain(&student.name.to_text())).collect::<Vec<_>>().join("、"))
}

/// Whether the viewer may change facts of a family.
pub fn keeps() -> bool {
    session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepFamilies))
}

/// The rows of the document.
pub fn rows() -> Vec<HtmlElement> {
    let found = web_sys::window().and_then(|window| window.document()?.query_selector_all("tr[data-family]").ok());
    found.map(|found| (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()).unwrap_or_default()
}

/// The row of a family.
pub fn row_of(id: FamilyId) -> Option<HtmlElement> {
    rows().into_iter().find(|row| family_of(row) == Some(id))
}

/// The family of a row.
pub fn family_of(row: &impl AsRef<Element>) -> Option<FamilyId> {
    row.as_ref().get_attribute("data-family")?.parse().ok()
}

fn mark(row: &Element, on: bool) {
    let _ = if on { row.set_attribute("aria-selected", "true") } else { row.remove_attribute("aria-selected") };
    if let Some(check) = row.query_selector(".grid__check input").ok().flatten().and_then(|check| check.dyn_into::<HtmlInputElement>().ok())
    {
        check.set_checked(on);
    }
}

/// Why a family was left as it is.
pub fn why(outcome: BulkOutcome) -> &'static str {
    use crate::text::families as words;
    t_now(match outcome {
        BulkOutcome::Changed => crate::text::common::SAVED,
        BulkOutcome::Already => words::ALREADY,
        BulkOutcome::OtherCampus => words::OTHER_CAMPUS,
        BulkOutcome::Conflict => words::CONFLICT,
        BulkOutcome::Forbidden => words::NOT_YOURS,
        BulkOutcome::NotFound => words::GONE,
    })
}
