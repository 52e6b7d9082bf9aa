//! Which columns show, in which order, and how close the rows stand.
//!
//! The rule: only what a row holds anyway; it is remembered with the saved view and otherwise by nobody. Deliberately absent:
//! taking the names away, by which a row is known.

use super::rows::USUAL;
use crate::text::{Text, Word, families as words, fill, t};
use contract::wire::views::{Column, Density};
use leptos::prelude::*;

/// The button and its panel.
pub fn chooser(columns: RwSignal<Vec<Column>>, density: RwSignal<Density>) -> AnyView {
    // Those that show come first, in their order; the others follow.
    let all = move || {
        let mut all = columns.get();
        all.extend(Column::ALL.iter().filter(|column| !columns.with(|columns| columns.contains(column))));
        all
    };
    let turn = move |column: Column| {
        columns.update(|columns| {
            let before = columns.len();
            columns.retain(|one| *one != column);
            if columns.len() == before {
                columns.push(column);
            }
        });
    };
    let shift = move |column: Column, back: bool| {
        columns.update(|columns| {
            if let Some(at) = columns.iter().position(|one| *one == column) {
                let to = if back { at.saturating_sub(1) } else { (at + 1).min(columns.len() - 1) };
                columns.swap(at, to);
            }
        });
    };
    let line = move |column: Column| {
        let shown = move || columns.with(|columns| columns.contains(&column));
        let mover = move |label: Text, sign: &'static str, back: bool| {
            view! {
                <button
                    class="button button--quiet button--icon button--small"
                    type="button"
                    disabled=move || !shown()
                    aria-label=move || fill(label, &[("what", t(column.word()))])
                    on:click=move |_| shift(column, back)
                >{sign}</button>
            }
        };
        view! {
            <li class="row">
                <label class="check">
                    <input class="check__box" type="checkbox" prop:checked=shown on:change=move |_| turn(column) />
                    <span>{move || t(column.word())}</span>
                </label>
                <span class="end">{mover(words::EARLIER, "↑", true)} {mover(words::LATER, "↓", false)}</span>
            </li>
        }
    };
    let close = |one: Density| match one {
        Density::Compact => words::COMPACT,
        Density::Usual => words::USUAL,
        Density::Roomy => words::ROOMY,
    };
    let densities = Density::ALL.iter().map(|one| {
        let pressed = move || (density.get() == *one).to_string();
        view! { <button class="chip" type="button" aria-pressed=pressed on:click=move |_| density.set(*one)>{move || t(close(*one))}</button> }
    });
    let reset = move |_| {
        columns.set(USUAL.to_vec());
        density.set(Density::Usual);
    };
    view! {
        <button class="button button--quiet" type="button" popovertarget="columns" aria-haspopup="dialog">{move || t(words::LOOK)}</button>
        <div class="editor" id="columns" popover="auto" role="dialog" aria-label=move || t(words::COLUMNS)>
            <ul class="stack stack--tight">
                <For each=all key=|column| *column children=line />
            </ul>
            <div class="row" role="group" aria-label=move || t(words::DENSITY)>{densities.collect_view()}</div>
            <button class="button button--small" type="button" on:click=reset>{move || t(words::RESET)}</button>
        </div>
    }
    .into_any()
}
