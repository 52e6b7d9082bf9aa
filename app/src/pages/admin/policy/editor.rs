//! The panel that edits one cell; it follows the focus in the matrix.

use super::{
    draft::{Draft, highest, may_open, may_take},
    grid::{focus, id_of},
    words,
};
use crate::{
    text::{Text, Word, admin, fill, live, matrix, t},
    ui::{Button, ButtonKind, Note, Tone},
};
use contract::{Cell, Exposure, FieldKey, Reveal, Role};
use leptos::prelude::*;

const EXPOSURES: [Exposure; 3] = [Exposure::Clear, Exposure::Masked, Exposure::Withheld];
const REVEALS: [(Reveal, Text); 3] =
    [(Reveal::No, admin::REVEAL_NO), (Reveal::WithReason, admin::REVEAL_REASON), (Reveal::WithApproval, admin::REVEAL_APPROVAL)];

/// The editor.
#[component]
pub fn Editor(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    let cell = Memo::new(move |_| draft.cell(draft.at.get()));
    let role = Memo::new(move |_| draft.at.get().0);
    let may_edit = Memo::new(move |_| draft.may_edit());
    let title = move || {
        let (role, field) = draft.at.get();
        fill(admin::EDITOR_TITLE, &[("role", t(role.word())), ("record", t(field.record().word())), ("field", t(field.word()))])
    };
    let kept = move || {
        let version = draft.document().map(|document| document.version.to_string()).unwrap_or_default();
        fill(admin::EDITOR_KEPT, &[("version", &version), ("cell", &words::all(draft.kept(draft.at.get())))])
    };
    let back = move || {
        focus(&format!("#{}", id_of(draft.at.get_untracked())));
    };
    // Of the role at the place, whatever the matrix says.
    let never = Signal::derive(move || !may_take(role.get()));
    view! {
        <section
            class="editor"
            id="cell-editor"
            tabindex="-1"
            aria-label=title
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    back();
                }
            }
        >
            <h2 class="editor__title">{title}<small>{kept}</small></h2>
            <fieldset class="form__field" disabled=move || !may_edit.get()>
                <legend class="form__label">{live(admin::EXPOSURE)}</legend>
                <div class="segmented">
                    {EXPOSURES.into_iter().map(|exposure| view! {
                        <label class="segmented__item">
                            <input
                                type="radio"
                                name="cell-exposure"
                                prop:checked=move || cell.get().exposure == exposure
                                disabled=move || highest(role.get()) < exposure
                                on:change=move |_| draft.change(draft.at.get_untracked(), |cell| cell.exposure = exposure)
                            />
                            <span>{move || t(exposure.word())}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <fieldset
                class="form__field"
                disabled=move || !may_edit.get() || cell.get().exposure == Exposure::Clear || !may_open(role.get())
            >
                <legend class="form__label">{live(admin::REVEAL)}</legend>
                <div class="segmented">
                    {REVEALS.into_iter().map(|(reveal, word)| view! {
                        <label class="segmented__item">
                            <input
                                type="radio"
                                name="cell-reveal"
                                prop:checked=move || cell.get().reveal == reveal
                                on:change=move |_| draft.change(draft.at.get_untracked(), |cell| cell.reveal = reveal)
                            />
                            <span>{move || t(word)}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <fieldset class="stack stack--tight" disabled=move || !may_edit.get()>
                <Allow draft cell word=admin::MAY_EDIT never read=|cell| cell.edit write=|cell, may| cell.edit = may />
                <Allow draft cell word=admin::MAY_SEARCH never=Signal::stored(false) read=|cell| cell.search write=|cell, may| cell.search = may />
                <Allow draft cell word=admin::MAY_EXPORT never read=|cell| cell.export write=|cell, may| cell.export = may />
            </fieldset>
            {move || match role.get() {
                Role::Administrator => Some(admin::ADMINISTRATOR_LIMIT),
                Role::Emergency => Some(matrix::EMERGENCY_LIMIT),
                _ => None,
            }.map(|limit| view! { <Note tone=Tone::Caution>{move || t(limit)}</Note> })}
            <div class="editor__fill row">
                <Button
                    class="button--small"
                    disabled=Signal::derive(move || !may_edit.get())
                    on_click=move |()| {
                        let at = draft.at.get_untracked();
                        draft.fill(at, untrack(|| draft.there()).into_iter().map(|role| (role, at.1)));
                    }
                >
                    {live(matrix::FILL_ROW)}
                </Button>
                <Button
                    class="button--small"
                    disabled=Signal::derive(move || !may_edit.get())
                    on_click=move |()| {
                        let at = draft.at.get_untracked();
                        draft.fill(at, FieldKey::ALL.iter().map(|field| (at.0, *field)));
                    }
                >
                    {live(matrix::FILL_COLUMN)}
                </Button>
            </div>
            <div class="editor__foot">
                <Button
                    kind=ButtonKind::Quiet
                    class="button--small"
                    disabled=Signal::derive(move || !draft.is_changed(draft.at.get()))
                    on_click=move |()| draft.undo(draft.at.get_untracked())
                >
                    {live(admin::UNDO_CELL)}
                </Button>
                <Button class="button--small" on_click=move |()| back()>{live(admin::TO_GRID)}</Button>
            </div>
        </section>
    }
}

#[component]
fn Allow(
    draft: Draft,
    cell: Memo<Cell>,
    word: Text,
    never: Signal<bool>,
    read: fn(Cell) -> bool,
    write: fn(&mut Cell, bool),
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                class="check__box"
                type="checkbox"
                disabled=never
                prop:checked=move || read(cell.get())
                on:change:target=move |event| {
                    let may = event.target().checked();
                    draft.change(draft.at.get_untracked(), |cell| write(cell, may));
                }
            />
            <span>{move || t(word)}</span>
        </label>
    }
}
