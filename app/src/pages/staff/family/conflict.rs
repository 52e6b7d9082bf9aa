//! Somebody else was faster: mine and now, side by side, a choice for each field in dispute, and who did what meanwhile.
//!
//! The rule: what was typed stays until its writer has chosen; only masks and values that the viewer may see anyway are
//! shown. Deliberately absent: a question about a field that nobody else touched, and a choice made for the viewer.

use super::super::log::log;
use crate::{
    text::{Text, fill, live, staff, t},
    ui::ShownValue,
};
use contract::{Shown, wire::ledger::LedgerLine};
use leptos::{html, prelude::*};

/// One field that the viewer wants to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which.
    pub what: Text,
    /// What the viewer wants it to be.
    pub mine: Shown<String>,
    /// What it is now.
    pub now: Shown<String>,
    /// Whether somebody changed it since the viewer saw it.
    pub changed: bool,
}

/// For each field in dispute, whether the viewer's wish stands.
#[derive(Clone, Copy)]
pub struct Choices(RwSignal<Vec<(Text, bool)>>);

impl Choices {
    /// Nothing is chosen.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
    /// Forgets all; before another conflict is shown.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }
    /// Whether the viewer has given up the wish; not tracked.
    pub fn gave_up(self, what: Text) -> bool {
        untrack(|| self.of(what)) == Some(false)
    }
    fn of(self, what: Text) -> Option<bool> {
        self.0.with(|all| all.iter().find(|(of, _)| *of == what).map(|(_, mine)| *mine))
    }
    fn choose(self, what: Text, mine: bool) {
        self.0.update(|all| {
            all.retain(|(of, _)| *of != what);
            all.push((what, mine));
        });
    }
}

/// The two sides. Stands in a form, whose submit waits for every choice and saves what was chosen.
#[component]
pub fn Clash(
    /// Beginning of the names of its controls.
    #[prop(into)]
    id: String,
    /// The fields that the viewer wants to change.
    lines: Vec<Line>,
    /// What was done since the version that the viewer saw, newest first.
    since: Vec<LedgerLine>,
    /// What is chosen.
    choices: Choices,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    let fields: Vec<(Text, bool)> = lines.iter().map(|line| (line.what, line.changed)).collect();
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let name = format!("{id}-{at}");
            let Line { what, mine, now, changed } = line;
            let side = |value, mine| side(value, changed.then(|| name.clone()), what, mine, choices);
            view! {
                <tr data-changed=changed.then_some("")>
                    <th scope="row">{move || t(what)}</th>
                    <td class="diff__mine">{side(mine, true)}</td>
                    <td class="diff__theirs">{side(now, false)}</td>
                </tr>
            }
        })
        .collect_view();
    let summary = move || {
        let theirs = fields.iter().filter(|(what, _)| choices.of(*what) == Some(false)).count();
        let open = fields.iter().filter(|(what, changed)| *changed && choices.of(*what).is_none()).count();
        let mine = fields.len().saturating_sub(theirs).saturating_sub(open);
        fill(staff::CLASH_SUM, &[("mine", &mine.to_string()), ("theirs", &theirs.to_string()), ("open", &open.to_string())])
    };
    view! {
        <div class="stack" role="group" aria-label=live(staff::CLASH) tabindex="-1" node_ref=node>
            <p class="note">{live(staff::CLASH_LINE)}</p>
            <table class="diff">
                <caption>{live(staff::CLASH)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{live(staff::ITEM)}</th>
                        <th scope="col">{live(staff::MINE_NOW)}</th>
                        <th scope="col">{live(staff::THEIRS_NOW)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="muted" role="status">{summary}</p>
            {(!since.is_empty()).then(|| view! { <h3>{live(staff::SINCE)}</h3> })}
            {(!since.is_empty()).then(|| log(since))}
        </div>
    }
    .into_any()
}

/// One side of a field; with the `name` of its choice where there is one.
fn side(value: Shown<String>, name: Option<String>, what: Text, mine: bool, choices: Choices) -> AnyView {
    let Some(name) = name else { return view! { <ShownValue value /> }.into_any() };
    let words = move || format!("{}：{}", t(what), t(if mine { staff::MINE_NOW } else { staff::THEIRS_NOW }));
    view! {
        <label class="check">
            <input
                class="check__box"
                type="radio"
                name=name
                required
                aria-label=words
                prop:checked=move || choices.of(what) == Some(mine)
                on:change=move |_| choices.choose(what, mine)
            />
            <ShownValue value />
        </label>
    }
    .into_any()
}
