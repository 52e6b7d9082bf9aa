//! What stands beside a line: the way to ask about it, and how far a question about it has come.
//!
//! The rule: a question and its answer are read on a page of their own, which comes back to the line; the fragment of the
//! address says which one. Deliberately absent: the words. A ledger says that somebody asked, not what.

use super::sift::Filter;
use crate::{
    text::{fill, live, portal},
    time,
};
use chrono::NaiveDate;
use contract::{
    ids::StudentId,
    wire::{ledger::LedgerLine, portal::AskedLine, questions::Finding},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The id of the line that somebody comes back to.
pub const HERE: &str = "look";

/// The fragment that leads to a line.
pub fn fragment(line: i64) -> String {
    format!("#{HERE}-{line}")
}

/// The line that the fragment leads to.
pub fn sought() -> Option<i64> {
    use_location().hash.get_untracked().trim_start_matches('#').strip_prefix(HERE)?.strip_prefix('-')?.parse().ok()
}

/// What the lines of a ledger need to know of one another.
pub struct Beside {
    /// Whose ledger it is.
    pub child: StudentId,
    /// What it is filtered by.
    pub filter: Filter,
    /// What was asked, newest first.
    pub asked: Vec<AskedLine>,
    /// The line that somebody comes back to.
    pub sought: Option<i64>,
}

impl Beside {
    /// Whether these are the line that somebody comes back to.
    pub fn is_sought(&self, same: &[LedgerLine]) -> bool {
        same.iter().any(|line| Some(line.seq) == self.sought)
    }

    /// The state of the newest question about these lines, and the way to ask while none is open.
    pub fn view(&self, line: &LedgerLine, same: &[LedgerLine]) -> AnyView {
        let newest = self.asked.iter().find(|one| same.iter().any(|line| line.seq == one.line));
        let open = newest.is_some_and(|one| one.finding.is_none());
        let mark = newest.map(|one| {
            let href = format!("/portal/children/{}/questions{}", self.child, fragment(one.line));
            let words = if open { portal::READ_QUESTION } else { portal::READ_ANSWER };
            view! {
                <p class="row log__asked">
                    {state(one.due, one.finding)}
                    <a class="link no-print" href=href rel="external">{live(words)}</a>
                </p>
            }
        });
        let ask = (!open && line.is_questionable()).then(|| {
            let href = self.filter.after(&format!("/portal/children/{}/questions/{}", self.child, line.seq));
            let (who, at) = (line.who.clone(), line.at);
            view! {
                <a
                    class="link log__ask no-print"
                    href=href
                    rel="external"
                    aria-label=move || fill(portal::QUESTION_OF, &[("who", &who), ("at", &time::clock(at))])
                >
                    {live(portal::QUESTION)}
                </a>
            }
        });
        view! { {mark} {ask} }.into_any()
    }
}

/// How far a question has come, in a word.
pub fn state(due: NaiveDate, finding: Option<Finding>) -> AnyView {
    let (class, text) = match finding {
        None if due < time::today() => ("tag tag--plum", portal::STATE_LATE),
        None => ("tag tag--amber", portal::STATE_OPEN),
        Some(Finding::Justified) => ("tag tag--jade", portal::FOUND_JUSTIFIED),
        Some(Finding::Unjustified) => ("tag tag--plum", portal::FOUND_UNJUSTIFIED),
        Some(Finding::Mistake) => ("tag tag--amber", portal::FOUND_MISTAKE),
    };
    view! { <span class=class>{move || fill(text, &[("day", &time::day(due))])}</span> }.into_any()
}
