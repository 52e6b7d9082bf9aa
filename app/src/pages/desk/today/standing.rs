//! What waits on other pages: standing grants and tokens for programs to be decided and the way there, findings of audits that are late.
//!
//! The rule: the page says that something waits; what, and the decision, are on a page of their own. Deliberately absent: a failure of
//! its own, since the page stands without it.

use crate::{
    api::grants::GrantCounts,
    text::{Text, fill, grants, live, t, tokens},
    ui::{self, Loader},
};
use leptos::prelude::*;

const HOME: &str = "/grants";

/// A card that says how many of something wait on another page; nothing where none does.
pub fn counted(id: &'static str, title: Text, count: u64, (href, words): (&'static str, Text)) -> Option<AnyView> {
    let card = || {
        view! {
            <section class="card waiting__emergency" aria-labelledby=id>
                <header class="card__head">
                    <h2 id=id>{live(title)}</h2>
                    <span class="waits__count">{count}</span>
                    <a class="button button--small button--primary" href=href rel=crate::routes::rel(href)>{live(words)}</a>
                </header>
            </section>
        }
        .into_any()
    };
    (count > 0).then(card)
}

/// Tokens for programs that wait to be confirmed, counted with whatever else waits.
pub fn tokens() -> AnyView {
    let count = || ui::waiting::count(|waiting| waiting.tokens);
    (move || counted("tokens", tokens::WAITS, count(), ("/tokens", grants::DECIDE))).into_any()
}

/// The card that says that some wait, above the day's work; nothing where none does.
pub fn waiting(loader: Loader<GrantCounts>) -> AnyView {
    (move || counted("standing", grants::WAITS, loader.get()?.to_decide.len() as u64, (HOME, grants::DECIDE))).into_any()
}

/// The way there, quiet under the day's work, for whoever has one, may ask for one or may revoke one.
pub fn way(loader: Loader<GrantCounts>) -> AnyView {
    let line = move || {
        let GrantCounts { may_ask, mine, standing, .. } = loader.get()?;
        let count = mine.iter().filter(|one| one.holds).count() + standing.len();
        let words = move || match count {
            0 => t(grants::MAY_ASK).to_owned(),
            n => fill(grants::IN_FORCE, &[("n", &n.to_string())]),
        };
        (count > 0 || !may_ask.is_empty()).then(|| {
            view! {
                <p class="waiting__ask">
                    <span class="faint">{words}</span>
                    <a class="button button--small button--quiet" href=HOME rel=crate::routes::rel(HOME)>{live(grants::TITLE)}</a>
                </p>
            }
        })
    };
    view! { {line} }.into_any()
}
