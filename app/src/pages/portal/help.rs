//! Help in plain words: what the marks mean, who is who, how to ask, how to leave.
//!
//! Deliberately absent: law by article; a page for parents says what they can do.

use super::{Mark, looks::print};
use crate::{
    session,
    text::{Text, common, live, portal, t},
    ui::{Glyph, Icon, page_title},
};
use leptos::prelude::*;

const PARTS: [(Text, &[(Text, Text)]); 4] = [
    (portal::HELP_MARKS, &portal::HELP_MARKS_LINES),
    (portal::HELP_PEOPLE, &portal::HELP_PEOPLE_LINES),
    (portal::HELP_ASK, &portal::HELP_ASK_LINES),
    (portal::HELP_LEAVE, &portal::HELP_LEAVE_LINES),
];

/// Draws the page.
#[component]
pub fn HelpPage() -> impl IntoView {
    let heading = page_title(|| t(common::HELP).to_owned());
    view! {
        <header class="portal__head">
            <Mark />
            <div>
                <h1 tabindex="-1" node_ref=heading>{live(common::HELP)}</h1>
                <p class="muted">{|| session::me().map(|me| me.school)}</p>
            </div>
            <button class="button button--quiet button--icon end no-print" type="button" aria-label=live(common::PRINT) on:click=|_| print()>
                <Icon glyph=Glyph::Print />
            </button>
        </header>
        <main class="portal__main" id="main" tabindex="-1">
            {PARTS.map(|(title, lines)| part(title, lines)).into_iter().collect_view()}
        </main>
    }
}

fn part(title: Text, lines: &'static [(Text, Text)]) -> AnyView {
    let line = |(term, words): &(Text, Text)| {
        let (term, words) = (*term, *words);
        view! { <div class="held__row"><dt><b>{live(term)}</b></dt><dd class="muted">{live(words)}</dd></div> }
    };
    view! {
        <section class="card">
            <header class="card__head"><h2>{live(title)}</h2></header>
            <dl class="card__body held">{lines.iter().map(line).collect_view()}</dl>
        </section>
    }
    .into_any()
}
