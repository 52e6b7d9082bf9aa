//! Every component of the kit in every state it has, at `/__ui`.
//!
//! The rule: it is in no program that is shipped. The feature `gallery` alone compiles it, no build for shipping asks for the
//! feature, and the weighing of a shipped program refuses one that holds [`MARK`]. All values are invented. Deliberately absent:
//! any call of the server.

mod parts;
mod values;

use crate::{
    text::{common, text},
    ui::{
        page_title,
        theme::{LangSwitch, ThemeSwitch},
    },
};
use leptos::prelude::*;

/// What a program with the gallery holds, and no other.
const MARK: &str = "shendu-gallery";

/// A part of the page: id, title, view.
type Part = (&'static str, &'static str, fn() -> AnyView);

/// Whether this is its address.
pub fn is_here() -> bool {
    web_sys::window().and_then(|window| window.location().pathname().ok()).is_some_and(|path| path == "/__ui")
}

/// The page, without anybody signed in.
pub fn page() -> AnyView {
    let heading = page_title(|| MARK.to_owned());
    let each = |(id, title, view): Part| {
        view! {
            <section class="card" data-part=id aria-labelledby=format!("part-{id}")>
                <header class="card__head"><h2 id=format!("part-{id}")>{title}</h2></header>
                <div class="card__body stack">{view()}</div>
            </section>
        }
    };
    let all = parts::ALL.iter().chain(values::ALL).copied().map(each).collect_view();
    view! {
        <main class="main" id="main">
            <header class="head">
                <div class="head__title"><h1 tabindex="-1" node_ref=heading>{text("组件", "Components").in_lang(crate::text::lang_now())}</h1></div>
                <div class="head__actions"><ThemeSwitch /><LangSwitch /></div>
            </header>
            <p class="visually-hidden">{crate::text::t_now(common::SHENDU)}</p>
            <div class="halves">{all}</div>
        </main>
    }
    .into_any()
}
