//! What waits on other pages: standing grants to be decided and the way to them, findings of audits that are late.
//!
//! The rule: the page says that something waits; what, and the decision, are on a page of their own. Deliberately absent: a failure of
//! its own, since the page stands without it.

use crate::{
    api::grants::GrantCounts,
    text::{Text, fill, grants, live, t},
    ui::Loader,
};
use leptos::prelude::*;

const HOME: &str = "/grants";

/// The card that says that some wait, above the day's work; nothing where none does.
pub fn waiting(loader: Loader<GrantCounts>) -> AnyView {
    (move || Some(counted("standing", grants::WAITS, loader.get()?.to_decide.len(), (HOME, grants::DECIDE)))).into_any()
}

/// A card that says how many of something wait on another page; nothing where none does.
pub fn counted(id: &'static str, title: Text, count: usize, (href, words): (&'static str, Text)) -> AnyView {
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
    };
    (count > 0).then(card).into_any()
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
