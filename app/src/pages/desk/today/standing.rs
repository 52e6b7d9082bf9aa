//! Standing grants on the page of today: that one waits to be decided, and the way to them.
//!
//! The rule: the page says that something waits, and by whom; deciding is a page of its own. Deliberately absent: a failure of its own,
//! since the page stands without it.

use crate::{
    text::{Word, fill, grants, list, live, t},
    ui::Loader,
};
use contract::wire::grants::{Grant, Grants};
use leptos::prelude::*;

const HOME: &str = "/grants";

/// The card of those that wait, above the day's work; nothing where none does.
pub fn waiting(loader: Loader<Grants>) -> AnyView {
    let card = move || {
        let items = loader.get()?.to_decide;
        (!items.is_empty()).then(|| {
            view! {
                <section class="card waiting__emergency" aria-labelledby="standing">
                    <header class="card__head">
                        <h2 id="standing">{live(grants::WAITS)}</h2>
                        <span class="waits__count">{items.len()}</span>
                    </header>
                    <ul class="waits">{items.into_iter().map(item).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {card} }.into_any()
}

fn item(grant: Grant) -> AnyView {
    let Grant { class, fields, by, reason, words, .. } = grant;
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <p><span class="waits__name">{by.name}</span> " " {class.name} " · " {move || list(fields.iter().copied())}</p>
                <p class="waits__why">{move || t(reason.word())} {(!words.is_empty()).then(|| format!(" · {words}"))}</p>
            </div>
            <div class="waits__end"><a class="button button--small button--primary" href=HOME rel=crate::routes::rel(HOME)>{live(grants::DECIDE)}</a></div>
        </li>
    }
    .into_any()
}

/// The way there, quiet under the day's work, for whoever has one, may ask for one or may revoke one.
pub fn way(loader: Loader<Grants>) -> AnyView {
    let line = move || {
        let Grants { may_ask, mine, standing, .. } = loader.get()?;
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
