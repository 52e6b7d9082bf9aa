//! Somebody else was faster: mine and now, side by side, and who did what meanwhile.
//!
//! The rule: what was typed stays until its writer decides; only masks and values that the viewer may see anyway are shown.

use super::super::log::log;
use crate::{
    text::{Text, staff, t},
    ui::{Button, ButtonKind, ShownValue},
};
use contract::{Shown, wire::ledger::LedgerLine};
use leptos::{html, prelude::*};

/// One field in dispute.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which.
    pub what: Text,
    /// What the viewer wants it to be.
    pub mine: Shown<String>,
    /// What it is now.
    pub now: Shown<String>,
    /// Whether it changed since the viewer saw it.
    pub changed: bool,
}

/// The two sides.
#[component]
pub fn Clash(
    /// The fields that the viewer wants to change.
    lines: Vec<Line>,
    /// What was done since the version that the viewer saw, newest first.
    since: Vec<LedgerLine>,
    /// Whether an answer is awaited.
    #[prop(into)]
    busy: Signal<bool>,
    /// Saves the viewer's wish over the present state.
    #[prop(into)]
    on_mine: Callback<()>,
    /// Gives the wish up.
    #[prop(into)]
    on_theirs: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr data-changed=line.changed.then_some("")>
                    <th scope="row">{move || t(line.what)}</th>
                    <td class="diff__mine"><ShownValue value=line.mine /></td>
                    <td class="diff__theirs"><ShownValue value=line.now /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="stack" role="alert" tabindex="-1" node_ref=node>
            <p class="note">{move || t(staff::CLASH_LINE)}</p>
            <table class="diff">
                <caption>{move || t(staff::CLASH)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{move || t(staff::ITEM)}</th>
                        <th scope="col">{move || t(staff::MINE_NOW)}</th>
                        <th scope="col">{move || t(staff::THEIRS_NOW)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {(!since.is_empty()).then(|| view! { <h3>{move || t(staff::SINCE)}</h3> })}
            {(!since.is_empty()).then(|| log(since))}
            <div class="row">
                <Button kind=ButtonKind::Primary busy on_click=on_mine>{move || t(staff::KEEP_MINE)}</Button>
                <Button disabled=busy on_click=on_theirs>{move || t(staff::TAKE_THEIRS)}</Button>
            </div>
        </div>
    }
    .into_any()
}
