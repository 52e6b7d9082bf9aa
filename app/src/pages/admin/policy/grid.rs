//! The matrix as a table: fields by roles, one stop of the Tab key, arrows within.
//!
//! The rule: the words 明 掩 隐 carry the meaning; frame and hatching only repeat it.

use super::{
    draft::{Draft, Place, highest},
    words,
};
use crate::{
    text::{Word, admin, fill, live, matrix, t},
    ui::keys::is_composing,
};
use contract::{Exposure, FieldKey, RecordKind, Reveal, Role};
use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;

/// The groups of rows.
pub const RECORDS: [RecordKind; 6] =
    [RecordKind::Student, RecordKind::Guardian, RecordKind::Note, RecordKind::Correction, RecordKind::Question, RecordKind::Staff];

/// The id of the button at a place.
pub fn id_of((role, field): Place) -> String {
    format!("cell-{}-{}", role.index(), field.code())
}
/// Takes the focus to an element of the page; says whether it is there.
pub fn focus(selector: &str) -> bool {
    let found =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.query_selector(selector).ok().flatten());
    match found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(element) => element.focus().is_ok(),
        None => false,
    }
}

fn neighbour<T: Copy + PartialEq>(all: &[T], from: T, step: isize) -> T {
    let at = all.iter().position(|item| *item == from).unwrap_or_default();
    at.checked_add_signed(step).and_then(|at| all.get(at)).copied().unwrap_or(from)
}

/// The fields whose group is not folded.
fn unfolded(folded: RwSignal<Vec<RecordKind>>) -> Vec<FieldKey> {
    folded.with_untracked(|folded| FieldKey::ALL.iter().copied().filter(|field| !folded.contains(&field.record())).collect())
}

fn moved((role, field): Place, key: &str, roles: &[Role], fields: &[FieldKey], far: bool) -> Option<Place> {
    Some(match key {
        "ArrowLeft" => (neighbour(roles, role, -1), field),
        "ArrowRight" => (neighbour(roles, role, 1), field),
        "ArrowUp" => (role, neighbour(fields, field, -1)),
        "ArrowDown" => (role, neighbour(fields, field, 1)),
        "Home" if far => (roles.first().copied()?, fields.first().copied()?),
        "End" if far => (roles.last().copied()?, fields.last().copied()?),
        "Home" => (roles.first().copied()?, field),
        "End" => (roles.last().copied()?, field),
        "PageUp" => (role, fields.first().copied()?),
        "PageDown" => (role, fields.last().copied()?),
        _ => return None,
    })
}
fn exposure_of(key: &str, now: Exposure, highest: Exposure) -> Option<Exposure> {
    match key {
        "1" | "明" => Some(Exposure::Clear),
        "2" | "掩" => Some(Exposure::Masked),
        "3" | "隐" => Some(Exposure::Withheld),
        // From 隐 upwards, and round again.
        " " => Some(match now {
            Exposure::Withheld => Exposure::Masked,
            Exposure::Masked if highest > Exposure::Masked => Exposure::Clear,
            Exposure::Masked | Exposure::Clear => Exposure::Withheld,
        }),
        _ => None,
    }
}

fn press(draft: Draft, folded: RwSignal<Vec<RecordKind>>, place: Place, event: &KeyboardEvent) {
    if is_composing(event) || event.alt_key() {
        return;
    }
    let key = event.key();
    let control = event.ctrl_key() || event.meta_key();
    if control && key == "z" {
        event.prevent_default();
        draft.step_back();
    } else if let Some(to) =
        moved(place, &key, &untrack(|| draft.there()), &unfolded(folded), control).filter(|_| !control || key == "Home" || key == "End")
    {
        event.prevent_default();
        draft.at.set(to);
        focus(&format!("#{}", id_of(to)));
    } else if let Some(exposure) = exposure_of(&key, untrack(|| draft.cell(place).exposure), highest(place.0)).filter(|_| !control) {
        event.prevent_default();
        if exposure <= highest(place.0) {
            draft.change(place, |cell| cell.exposure = exposure);
        }
    }
}

/// The matrix.
#[component]
pub fn Grid(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    let folded = RwSignal::new(Vec::new());
    view! {
        <section class="card">
            <div class="scroll" role="region" aria-label=live(admin::GRID_LABEL)>
                {move || table(draft, folded, &draft.there())}
            </div>
        </section>
    }
}

/// Drawn anew when a role comes, goes, or is called otherwise.
fn table(draft: Draft, folded: RwSignal<Vec<RecordKind>>, roles: &[Role]) -> AnyView {
    let heads = roles.iter().copied().map(|role| view! { <th scope="col">{move || t(role.word())}</th> }).collect_view();
    view! {
        <table class="grid matrix" role="grid" aria-label=live(admin::GRID_LABEL)>
            <caption><Legend /></caption>
            <thead><tr><th scope="col">{live(admin::FIELD)}</th>{heads}</tr></thead>
            <tbody>{RECORDS.into_iter().map(|record| group(draft, folded, record, roles.to_vec())).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn group(draft: Draft, folded: RwSignal<Vec<RecordKind>>, record: RecordKind, roles: Vec<Role>) -> AnyView {
    let is_folded = Memo::new(move |_| folded.with(|folded| folded.contains(&record)));
    let fold = move |_: leptos::ev::MouseEvent| {
        folded.update(|folded| {
            if folded.contains(&record) {
                folded.retain(|one| *one != record);
            } else {
                folded.push(record);
            }
        });
        // The stop of the Tab key must not be in a group that is not there.
        if let Some(first) = unfolded(folded).first() {
            let (role, field) = draft.at.get_untracked();
            if is_folded.get_untracked() && field.record() == record {
                draft.at.set((role, *first));
            }
        }
    };
    let label = move || fill(if is_folded.get() { matrix::UNFOLD } else { matrix::FOLD }, &[("record", t(record.word()))]);
    view! {
        <tr class="matrix__group">
            <th scope="colgroup" colspan=(roles.len() + 1).to_string()>
                <button
                    type="button"
                    class="matrix__fold"
                    aria-expanded=move || (!is_folded.get()).to_string()
                    aria-label=label
                    on:click=fold
                >
                    <span aria-hidden="true">{move || if is_folded.get() { "▸" } else { "▾" }}</span>
                    {move || t(record.word())}
                </button>
            </th>
        </tr>
        {move || (!is_folded.get()).then(|| FieldKey::of(record).map(|field| view! {
            <tr>
                <th scope="row">{move || t(field.word())}</th>
                {roles.iter().map(|role| view! { <td role="gridcell"><Spot draft folded place=(*role, field) /></td> }).collect_view()}
            </tr>
        }).collect_view())}
    }
    .into_any()
}

/// One cell. A press opens the editor, which follows the focus.
#[component]
fn Spot(draft: Draft, folded: RwSignal<Vec<RecordKind>>, place: Place) -> impl IntoView {
    let (role, field) = place;
    let cell = Memo::new(move |_| draft.cell(place));
    let changed = Memo::new(move |_| draft.is_changed(place));
    let here = Memo::new(move |_| draft.at.get() == place);
    let label = move || {
        let said = words::all(cell.get());
        let mut label = fill(admin::CELL_LABEL, &[("field", &words::full(field)), ("role", t(role.word())), ("cell", &said)]);
        if changed.get() {
            label.push_str(t(admin::CELL_CHANGED));
        }
        label
    };
    view! {
        <button
            type="button"
            id=id_of(place)
            class=move || {
                let class = words::class(cell.get().exposure);
                if changed.get() { format!("{class} cell--changed") } else { class.to_owned() }
            }
            tabindex=move || if here.get() { "0" } else { "-1" }
            aria-label=label
            on:focus=move |_| draft.at.set(place)
            on:keydown=move |event| press(draft, folded, place, &event)
            on:click=move |_| {
                draft.at.set(place);
                // A reader who may not change anything gets the panel itself; its inputs are disabled.
                if !focus("#cell-editor fieldset:not(:disabled) input:checked") {
                    focus("#cell-editor");
                }
            }
        >
            {move || t(cell.get().exposure.word())}
            {move || words::tag(cell.get().reveal).map(|tag| view! { <small class="cell__tag">{t(tag)}</small> })}
        </button>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let forms =
        [(Exposure::Clear, admin::LEGEND_CLEAR), (Exposure::Masked, admin::LEGEND_MASKED), (Exposure::Withheld, admin::LEGEND_WITHHELD)];
    let tags = [(Reveal::WithReason, admin::LEGEND_REASON), (Reveal::WithApproval, admin::LEGEND_APPROVAL)];
    view! {
        {forms.into_iter().map(|(exposure, meaning)| view! {
            <span class=words::class(exposure)>{move || t(exposure.word())}</span> " " {move || t(meaning)} " "
        }).collect_view()}
        {tags.into_iter().map(|(reveal, meaning)| view! {
            " " <small class="cell__tag">{move || words::tag(reveal).map(t)}</small> " " {move || t(meaning)}
        }).collect_view()}
        <br />
        {live(admin::LEGEND_KEYS)}
    }
}
