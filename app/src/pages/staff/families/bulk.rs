//! What is done with the selected rows: assign a consultant, move the stage.
//!
//! The rule: the server says first what would become of each family, then changes them one by one and reports; whatever failed can
//! be tried again. The count is of what is selected and nothing else. Deliberately absent: a change that nobody has seen before.

use super::grid::{Grid, why};
use crate::{
    api,
    text::{Text, Word, common, families as words, fill, t},
    ui::{Button, ButtonKind, Dialog},
};
use contract::{
    ids::FamilyId,
    wire::{
        families::{BulkChange, BulkFamily, BulkLine, BulkOutcome},
        school::Stage,
    },
};
use leptos::{prelude::*, task::spawn_local};

const MOST: usize = 200;

/// What is to be done and how far it has come.
#[derive(Clone)]
struct Work {
    what: Text,
    to: String,
    wish: BulkChange,
    report: Vec<BulkLine>,
    done: bool,
}

impl Work {
    fn count(&self, outcome: BulkOutcome) -> usize {
        self.report.iter().filter(|line| line.outcome == outcome).count()
    }
}

/// The bar over the foot of the list, and the dialog with preview and report.
pub fn bar(grid: Grid) -> AnyView {
    let open = RwSignal::new(false);
    let work = RwSignal::new(None::<Work>);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Text>);
    let ask = move |mut now: Work, families: Vec<BulkFamily>, preview: bool| {
        now.wish.families = families;
        now.wish.preview = preview;
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = api::families::bulk(&now.wish).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(report) => {
                    if !preview {
                        grid.take(&now.wish, &report.families);
                        let changed =
                            |id: &FamilyId| report.families.iter().any(|line| line.id == *id && line.outcome == BulkOutcome::Changed);
                        grid.select(grid.selected.get_untracked().into_iter().filter(|id| !changed(id)).collect());
                    }
                    work.set(Some(Work { report: report.families, done: !preview, ..now }));
                }
                Err(error) => refused.set(Some(error.text())),
            }
        });
    };
    let begin = move |what: Text, to: String, wish: BulkChange| {
        let now = Work { what, to, wish, report: Vec::new(), done: false };
        work.set(Some(now.clone()));
        open.set(true);
        let seen = |id: FamilyId| grid.row(id).map(|row| BulkFamily { id, version: row.version });
        ask(now, grid.selected.get_untracked().into_iter().filter_map(seen).collect(), true);
    };
    let stage = move |event: web_sys::Event| {
        let name = take(&event);
        if let Some(stage) = Stage::ALL.iter().copied().find(|stage| stage.name() == name) {
            begin(words::MOVE, t(stage.word()).to_owned(), BulkChange { stage: Some(stage), ..BulkChange::default() });
        }
    };
    let owner = move |event: web_sys::Event| {
        let id = take(&event);
        let one = grid.school.with_untracked(|school| school.consultants.iter().find(|one| one.id.to_string() == id).cloned());
        if let Some(one) = one {
            begin(words::ASSIGN, one.name, BulkChange { owner: Some(one.id), ..BulkChange::default() });
        }
    };
    let count = Memo::new(move |_| grid.selected.with(Vec::len));
    let bar = move || {
        let n = count.get();
        (n > 0).then(|| {
            let too_many = n > MOST;
            let owners = grid.school.get().consultants;
            view! {
                <div class="bulk" role="group" aria-label=move || fill(words::SELECTED, &[("n", &count.get().to_string())])>
                    <b role="status">{fill(words::SELECTED, &[("n", &n.to_string())])}</b>
                    {super::grid::keeps().then(|| view! {
                        <select class="button" aria-label=t(words::MOVE) disabled=too_many on:change=stage>
                            <option value="">{t(words::MOVE)}"…"</option>
                            {Stage::ALL.iter().map(|stage| view! { <option value=stage.name()>{t(stage.word())}</option> }).collect_view()}
                        </select>
                        <select class="button" aria-label=t(words::ASSIGN) disabled=too_many on:change=owner>
                            <option value="">{t(words::ASSIGN)}"…"</option>
                            {owners.into_iter().map(|one| view! { <option value=one.id.to_string()>{one.name}</option> }).collect_view()}
                        </select>
                    })}
                    {too_many.then(|| view! { <span class="form__error">{t(words::TOO_MANY)}</span> })}
                    <button class="button button--quiet end" type="button" on:click=move |_| grid.select(Vec::new())>{t(common::CANCEL)}</button>
                </div>
            }
        })
    };
    let title = Signal::derive(move || {
        work.with(|work| work.as_ref().map(|work| fill(words::PAIR, &[("what", t(work.what)), ("to", &work.to)])).unwrap_or_default())
    });
    let body = move || {
        let now = work.get()?;
        let changed = now.count(BulkOutcome::Changed).to_string();
        let skipped: Vec<BulkLine> = now.report.iter().copied().filter(|line| line.outcome != BulkOutcome::Changed).collect();
        let lines = skipped
            .iter()
            .map(|line| view! { <li>{fill(words::PAIR, &[("what", &grid.name(line.id)), ("to", why(line.outcome))])}</li> })
            .collect_view();
        let again = |line: &BulkLine| line.version.filter(|_| now.done).map(|version| BulkFamily { id: line.id, version });
        let failed: Vec<BulkFamily> = skipped.iter().filter_map(again).collect();
        let said = (!now.report.is_empty()).then(|| fill(if now.done { words::DID } else { words::WOULD }, &[("n", &changed)]));
        let act = match (now.done, changed.as_str()) {
            (false, "0") => None,
            (false, n) => Some((fill(words::DO_IT, &[("n", n)]), now.wish.families.clone())),
            (true, _) if failed.is_empty() => None,
            (true, _) => Some((fill(words::RETRY, &[("n", &failed.len().to_string())]), failed)),
        };
        let act = act.map(|(words, families): (String, Vec<BulkFamily>)| {
            let press = move |()| ask(now.clone(), families.clone(), false);
            view! { <Button kind=ButtonKind::Primary busy on_click=press>{words}</Button> }
        });
        Some(view! {
            <div class="dialog__body">
                <p role="status">{said}</p>
                <ul class="bulk__left">{lines}</ul>
                {move || refused.get().map(|words| view! { <p class="form__error" role="alert">{t(words)}</p> })}
            </div>
            <div class="dialog__foot">
                <Button on_click=move |()| open.set(false)>{move || t(common::CLOSE)}</Button>
                {act}
            </div>
        })
    };
    view! {
        {bar}
        <Dialog open id="bulk" title>{body}</Dialog>
    }
    .into_any()
}

/// What was chosen; the menu goes back to its own name.
fn take(event: &web_sys::Event) -> String {
    use wasm_bindgen::JsCast;
    let chosen = event_target_value(event);
    if let Some(select) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok()) {
        select.set_selected_index(0);
    }
    chosen
}
